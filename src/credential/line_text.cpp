#include "credential/line_text.hpp"

#include <algorithm>
#include <fstream>

#include "json/json.hpp"

namespace firstline::credential {

LineText LineText::for_question(std::string_view question) {
  const auto read = LineQuestion::read(question);
  if (read) return read->begin_answer();
  LineText text;
  text.null("id");
  return text;
}

void LineText::raw(std::string_view name, std::string_view json) {
  out_ += out_.empty() ? '{' : ',';
  out_ += '"';
  out_ += name;
  out_ += "\":";
  out_ += json;
}
void LineText::text(std::string_view name, std::string_view value) { raw(name, json::write(std::string(value))); }
void LineText::number(std::string_view name, std::optional<std::int64_t> value) {
  raw(name, value ? std::to_string(*value) : "null");
}
void LineText::flags(std::string_view name,
                     std::initializer_list<std::pair<std::string_view, std::optional<bool>>> flags) {
  std::string all;
  for (const auto& [flag, value] : flags) {
    all += all.empty() ? '{' : ',';
    all += '"';
    all += flag;
    all += !value ? "\":null" : *value ? "\":true" : "\":false";
  }
  raw(name, all + "}");
}

Result<LineQuestion> LineQuestion::read(std::string_view line) {
  LineQuestion question;
  FL_TRY(question.root_, json::read<boost::json::value>(line));
  if (!question.root_.is_object()) return fail(FaultCode::invalid, "json.wrong_type");
  return question;
}

const boost::json::value* LineQuestion::member(std::string_view name) const {
  return root_.get_object().if_contains(name);
}
std::optional<std::string> LineQuestion::text(std::string_view name) const {
  const auto* value = member(name);
  if (!value || !value->is_string()) return std::nullopt;
  return std::string(value->get_string());
}
std::vector<std::string> LineQuestion::texts(std::string_view name) const {
  std::vector<std::string> found;
  const auto* value = member(name);
  if (value && value->is_string()) found.emplace_back(value->get_string());
  if (value && value->is_array())
    for (const auto& item : value->get_array())
      if (item.is_string()) found.emplace_back(item.get_string());
  return found;
}
Emit LineQuestion::emit() const {
  const auto wanted = texts("emit");
  const auto has = [&](std::string_view name) { return std::find(wanted.begin(), wanted.end(), name) != wanted.end(); };
  return {has("stages"), has("payload")};
}
LineText LineQuestion::begin_answer() const {
  LineText text;
  if (const auto* id = member("id")) text.raw("id", json::write(*id));
  return text;
}

Result<Words> Words::read(std::span<const std::string> arguments, std::initializer_list<std::string_view> switches,
                          std::initializer_list<std::string_view> with_value) {
  Words words;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& name = arguments[i];
    if (std::find(switches.begin(), switches.end(), name) != switches.end()) {
      words.values_[name];
      continue;
    }
    if (std::find(with_value.begin(), with_value.end(), name) == with_value.end())
      return fail(FaultCode::invalid, "usage.unknown_word", {}, name);
    if (++i == arguments.size()) return fail(FaultCode::invalid, "usage.value_missing", {}, name);
    words.values_[name].push_back(arguments[i]);
  }
  return words;
}
std::string Words::one(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() || found->second.empty() ? std::string() : found->second.back();
}
std::vector<std::string> Words::all(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? std::vector<std::string>() : found->second;
}

Result<std::string> read_file(const std::string& name) {
  constexpr std::streamsize bytes_max = 1 << 20;
  std::ifstream file(name, std::ios::binary);
  std::string text(static_cast<std::size_t>(bytes_max) + 1, '\0');
  if (!file) return fail(FaultCode::not_found, "usage.file_unreadable", {}, name);
  file.read(text.data(), bytes_max + 1);
  if (file.gcount() > bytes_max) return fail(FaultCode::invalid, "usage.file_too_large", {}, name);
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}

}  // namespace firstline::credential
