#pragma once

// What the line commands share: reading a question, writing an answer, words of the command line. Unknown members of a
// question are left alone: test sets carry notes of their own.

#include <initializer_list>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/value.hpp>

#include "base/fault.hpp"

namespace firstline::credential {

struct Emit {
  bool stages = false, payload = false;
};

class LineText {
 public:
  LineText() = default;
  // Begins with the question's own id, if it can be found.
  static LineText for_question(std::string_view question);
  void raw(std::string_view name, std::string_view json);
  void text(std::string_view name, std::string_view value);
  void number(std::string_view name, std::optional<std::int64_t> value);
  void null(std::string_view name) { raw(name, "null"); }
  void flags(std::string_view name, std::initializer_list<std::pair<std::string_view, std::optional<bool>>> flags);
  std::string take() { return std::move(out_) + (out_.empty() ? "{}" : "}"); }

 private:
  std::string out_;
};

class LineQuestion {
 public:
  static Result<LineQuestion> read(std::string_view line);  // Faults json.*.
  std::optional<std::string> text(std::string_view name) const;
  // A list of texts, or one text alone; others are left out.
  std::vector<std::string> texts(std::string_view name) const;
  const boost::json::value* member(std::string_view name) const;
  Emit emit() const;
  LineText begin_answer() const;

 private:
  boost::json::value root_;
};

// "--name value" and switches.
class Words {
 public:
  // Fault usage.unknown_word, usage.value_missing.
  static Result<Words> read(std::span<const std::string> arguments, std::initializer_list<std::string_view> switches,
                            std::initializer_list<std::string_view> with_value);
  bool on(std::string_view name) const { return values_.contains(name); }
  std::string one(std::string_view name) const;
  std::vector<std::string> all(std::string_view name) const;

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> values_;
};

// At most 1 MiB. Fault not_found usage.file_unreadable.
Result<std::string> read_file(const std::string& name);

}  // namespace firstline::credential
