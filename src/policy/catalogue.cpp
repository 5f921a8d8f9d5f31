#include "policy/catalogue.hpp"

#include <algorithm>
#include <unordered_map>

#include "policy/catalogue_tables.hpp"

namespace firstline::policy {
namespace {

bool is_choice(std::string_view choices, std::string_view word) {
  if (word.empty() || word.find(' ') != word.npos) return false;
  for (std::size_t at = 0; at <= choices.size();) {
    const std::size_t end = std::min(choices.find(' ', at), choices.size());
    if (choices.substr(at, end - at) == word) return true;
    at = end + 1;
  }
  return false;
}

Result<void> wrong_type() { return fail(FaultCode::invalid, "policy.wrong_type"); }
Result<void> out_of_range() { return fail(FaultCode::invalid, "policy.out_of_range"); }

}  // namespace

std::span<const Entry> catalogue() {
  static const std::vector<Entry> all = [] {
    std::vector<Entry> entries;
    for (const auto part : {gate_entries(), zone_entries(), people_entries(), test_entries()})
      entries.insert(entries.end(), part.begin(), part.end());
    return entries;
  }();
  return all;
}

const Entry* find_entry(std::string_view name) {
  static const auto by_name = [] {
    std::unordered_map<std::string_view, const Entry*> index;
    for (const Entry& entry : catalogue()) index.emplace(entry.name, &entry);
    return index;
  }();
  const auto found = by_name.find(name);
  return found == by_name.end() ? nullptr : found->second;
}

Result<void> check_value(const Entry& entry, const Value& value) {
  switch (entry.type) {
    case ValueType::integer: {
      const auto* number = std::get_if<std::int64_t>(&value);
      if (!number) return wrong_type();
      if (*number < entry.min || *number > entry.max) return out_of_range();
      return {};
    }
    case ValueType::yes_no:
      if (!std::holds_alternative<bool>(value)) return wrong_type();
      return {};
    case ValueType::choice: {
      const auto* word = std::get_if<std::string>(&value);
      if (!word) return wrong_type();
      if (!is_choice(entry.choices, *word)) return out_of_range();
      return {};
    }
    case ValueType::day_list: {
      const auto* days = std::get_if<std::vector<std::int64_t>>(&value);
      if (!days) return wrong_type();
      for (std::size_t i = 0; i < days->size(); ++i)
        if ((*days)[i] < entry.min || (*days)[i] > entry.max || (i > 0 && (*days)[i] <= (*days)[i - 1]))
          return out_of_range();
      return {};
    }
    case ValueType::choice_list: {
      const auto* words = std::get_if<std::vector<std::string>>(&value);
      if (!words) return wrong_type();
      for (const std::string& word : *words)
        if (!is_choice(entry.choices, word) || std::count(words->begin(), words->end(), word) > 1)
          return out_of_range();
      return {};
    }
  }
  return wrong_type();
}

std::string format_value(const Value& value) {
  struct Format {
    std::string operator()(std::int64_t number) const { return std::to_string(number); }
    std::string operator()(bool yes) const { return yes ? "yes" : "no"; }
    std::string operator()(const std::string& word) const { return word; }
    std::string operator()(const std::vector<std::int64_t>& days) const {
      std::string text;
      for (const std::int64_t day : days) text += (text.empty() ? "" : " ") + std::to_string(day);
      return text.empty() ? "none" : text;
    }
    std::string operator()(const std::vector<std::string>& words) const {
      std::string text;
      for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
      return text.empty() ? "none" : text;
    }
  };
  return std::visit(Format{}, value);
}

}  // namespace firstline::policy
