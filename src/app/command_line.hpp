#pragma once

// Words and flags of the command line, and the help made from the same table. A flag that is not given is looked up in
// the environment (FIRSTLINE_WEB_ROOT for --web-root), then in the configuration file, then has its default.

#include <functional>
#include <iosfwd>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/fault.hpp"

namespace firstline::app {

// Exit codes.
inline constexpr int exit_good = 0, exit_no = 1, exit_usage = 2, exit_fault = 3;

struct Flag {
  std::string name;        // "web-root"
  std::string value_name;  // "DIR"; empty: a switch.
  std::string help;
  std::string fallback;  // Default; for a switch empty.
};

class Arguments {
 public:
  std::string text(std::string_view flag) const;  // "" if it has neither value nor default.
  bool on(std::string_view flag) const;           // Switches: given, or "1", "true", "yes", "on".
  Result<long> number(std::string_view flag, long min,
                      long max) const;  // Fault invalid usage.not_a_number, where = flag.
  std::span<const std::string> rest() const { return rest_; }

 private:
  friend class CommandLine;
  std::map<std::string, std::string, std::less<>> values_;
  std::vector<std::string> rest_;
};

struct Command {
  std::string words;      // "policy check"
  std::string arguments;  // For the usage line, beyond the flags: "FILE..."
  std::string summary;
  std::vector<Flag> flags;
  std::function<int(const Arguments&)> run;
  bool passes_all = false;  // Takes everything behind its words as rest(), flags too.
};

class CommandLine {
 public:
  CommandLine(std::string program, std::vector<Command> commands);
  // Help goes to `out`; what is wrong with the usage to `err`. Returns the exit code.
  int run(std::span<const std::string> words, std::ostream& out, std::ostream& err) const;

 private:
  const Command* find(std::span<const std::string>& words) const;
  Result<Arguments> parse(const Command& command, std::span<const std::string> words) const;
  void help(std::ostream& out) const;
  void help(const Command& command, std::ostream& out) const;

  std::string program_;
  std::vector<Command> commands_;
};

// Keys of a TOML file, all as text. Fault invalid config.unreadable, where = "file:line".
Result<std::map<std::string, std::string, std::less<>>> read_configuration(const std::string& file);

}  // namespace firstline::app
