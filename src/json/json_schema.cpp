#include "json/json_schema.hpp"

#include "base/check.hpp"

namespace firstline::json::detail {

std::string plain_name(std::string_view compiler_name) {
  std::string plain, word;
  const auto finish = [&] {
    if (word.empty()) return;
    if (!plain.empty()) plain += '_';
    plain += word;
    word.clear();
  };
  bool nameless = false;  // Inside "{anonymous}" or "(anonymous namespace)".
  for (const char c : compiler_name) {
    if (c == '{' || c == '(') nameless = true;
    if (c == '}' || c == ')') nameless = false;
    if (nameless) continue;
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    if (letter) word += c;
    else if (c == ':') word.clear();  // What came before was a namespace.
    else finish();
  }
  finish();
  return plain;
}

void keep_schema(Schemas& schemas, const std::string& name, boost::json::value schema) {
  const auto found = schemas.find(name);
  if (found == schemas.end()) schemas.emplace(name, std::move(schema));
  else FL_CHECK(found->second == schema);
}

}  // namespace firstline::json::detail
