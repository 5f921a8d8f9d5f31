#include "app/command_line.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <ostream>

#include <fmt/format.h>

namespace firstline::app {
namespace {

std::string environment_name(std::string_view flag) {
  std::string name = "FIRSTLINE_";
  for (const char c : flag) name += c == '-' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  return name;
}

std::vector<std::string> split(const std::string& words) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at < words.size();) {
    const std::size_t end = std::min(words.find(' ', at), words.size());
    parts.push_back(words.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

tl::unexpected<Fault> misuse(std::string_view reason, std::string_view flag) {
  return fail(FaultCode::invalid, reason, {}, std::string(flag));
}

}  // namespace

std::string Arguments::text(std::string_view flag) const {
  const auto found = values_.find(flag);
  return found == values_.end() ? std::string() : found->second;
}

bool Arguments::on(std::string_view flag) const {
  const std::string value = text(flag);
  return value == "1" || value == "true" || value == "yes" || value == "on";
}

Result<long> Arguments::number(std::string_view flag, long min, long max) const {
  const std::string value = text(flag);
  long number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc{} || end != value.data() + value.size() || number < min || number > max)
    return misuse("usage.not_a_number", flag);
  return number;
}

CommandLine::CommandLine(std::string program, std::vector<Command> commands)
    : program_(std::move(program)), commands_(std::move(commands)) {}

// The longest command whose words come first; takes them off.
const Command* CommandLine::find(std::span<const std::string>& words) const {
  const Command* best = nullptr;
  std::size_t best_length = 0;
  for (const Command& command : commands_) {
    const auto parts = split(command.words);
    if (parts.size() > best_length && parts.size() <= words.size() &&
        std::equal(parts.begin(), parts.end(), words.begin()))
      best = &command, best_length = parts.size();
  }
  words = words.subspan(best_length);
  return best;
}

Result<Arguments> CommandLine::parse(const Command& command, std::span<const std::string> words) const {
  Arguments arguments;
  std::map<std::string, std::string, std::less<>> given;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (!word.starts_with("--")) {
      if (command.arguments.empty()) return misuse("usage.unexpected_word", word);
      arguments.rest_.push_back(word);
      continue;
    }
    const std::size_t equals = word.find('=');
    const std::string name = word.substr(2, equals == word.npos ? word.npos : equals - 2);
    const auto flag =
        std::find_if(command.flags.begin(), command.flags.end(), [&](const Flag& f) { return f.name == name; });
    if (flag == command.flags.end()) return misuse("usage.unknown_flag", word);
    if (equals != word.npos) given[name] = word.substr(equals + 1);
    else if (flag->value_name.empty()) given[name] = "1";
    else if (i + 1 == words.size()) return misuse("usage.missing_value", word);
    else given[name] = words[++i];
  }
  std::map<std::string, std::string, std::less<>> file;
  const auto lookup = [&](const Flag& flag) {
    if (const auto found = given.find(flag.name); found != given.end()) return found->second;
    if (const char* value = std::getenv(environment_name(flag.name).c_str())) return std::string(value);
    if (const auto found = file.find(flag.name); found != file.end()) return found->second;
    return flag.fallback;
  };
  for (const Flag& flag : command.flags) {
    if (flag.name != "config") continue;
    if (const std::string path = lookup(flag); !path.empty()) {
      FL_TRY(file, read_configuration(path));
    }
  }
  for (const Flag& flag : command.flags) arguments.values_[flag.name] = lookup(flag);
  return arguments;
}

int CommandLine::run(std::span<const std::string> words, std::ostream& out, std::ostream& err) const {
  const auto is_help = [](const std::string& word) { return word == "--help" || word == "-h"; };
  if (words.empty() || is_help(words[0]) || words[0] == "help") {
    help(words.empty() ? err : out);
    return words.empty() ? exit_usage : exit_good;
  }
  const std::string first = words[0];
  const Command* command = find(words);
  if (!command) {
    // "firstline policy --help" lists the commands that begin so.
    const bool begins = std::any_of(commands_.begin(), commands_.end(),
                                    [&](const Command& c) { return c.words.starts_with(first + ' '); });
    const bool asked = begins && words.size() > 1 && is_help(words[1]);
    if (!begins) err << program_ << ": no command \"" << first << "\"\n";
    help(asked ? out : err);
    return asked ? exit_good : exit_usage;
  }
  if (std::any_of(words.begin(), words.end(), is_help)) {
    help(*command, out);
    return exit_good;
  }
  if (command->passes_all) {
    Arguments arguments;
    arguments.rest_.assign(words.begin(), words.end());
    return command->run(arguments);
  }
  const auto arguments = parse(*command, words);
  if (!arguments) {
    const Fault& fault = arguments.error();
    err << program_ << ": " << fault.reason << ": " << fault.where << (fault.detail.empty() ? "" : ": ") << fault.detail
        << "\n\n";
    help(*command, err);
    return exit_usage;
  }
  return command->run(*arguments);
}

void CommandLine::help(std::ostream& out) const {
  out << "usage: " << program_ << " COMMAND [FLAGS]\n\n";
  for (const Command& command : commands_) out << fmt::format("  {:<22} {}\n", command.words, command.summary);
  out << "\n" << program_ << " COMMAND --help tells more. Exit codes: 0 good, 1 the answer is no, 2 usage, 3 fault.\n";
}

void CommandLine::help(const Command& command, std::ostream& out) const {
  out << "usage: " << program_ << ' ' << command.words << (command.flags.empty() ? "" : " [FLAGS]")
      << (command.arguments.empty() ? "" : " ") << command.arguments << "\n\n"
      << command.summary << "\n";
  if (command.flags.empty()) return;
  out << '\n';
  for (const Flag& flag : command.flags) {
    const std::string left = "--" + flag.name + (flag.value_name.empty() ? "" : ' ' + flag.value_name);
    out << fmt::format("  {:<28} {}{}\n", left, flag.help,
                       flag.fallback.empty() ? "" : fmt::format(" ({})", flag.fallback));
  }
  out << "\nEach flag may also be set as " << environment_name("flag")
      << " in the environment or as flag = \"...\" in the file of --config.\n";
}

}  // namespace firstline::app
