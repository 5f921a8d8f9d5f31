#pragma once

// How a typed view is filled from the parameters in force: a described member is a parameter or a group of them, under
// the same name. Internal to the module.

#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include <boost/describe.hpp>
#include <boost/mp11/algorithm.hpp>

#include "policy/library.hpp"

namespace firstline::policy::view {

namespace describe = boost::describe;

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_list = false;
template <class T>
inline constexpr bool is_list<std::vector<T>> = true;

template <class Enum>
Result<void> assign_word(Enum& field, const std::string& word) {
  if (!describe::enum_from_string(word.c_str(), field)) return fail(FaultCode::corrupt, "policy.choice_without_value");
  return {};
}

template <class Field>
Result<void> assign(Field& field, const Value& value) {
  if constexpr (std::is_same_v<Field, int>) {
    field = static_cast<int>(std::get<std::int64_t>(value));
  } else if constexpr (std::is_same_v<Field, bool>) {
    field = std::get<bool>(value);
  } else if constexpr (std::is_enum_v<Field>) {
    return assign_word(field, std::get<std::string>(value));
  } else if constexpr (is_optional<Field>) {
    return assign(field.emplace(), value);
  } else if constexpr (std::is_same_v<Field, std::vector<int>>) {
    for (const std::int64_t number : std::get<std::vector<std::int64_t>>(value))
      field.push_back(static_cast<int>(number));
  } else {
    static_assert(is_list<Field>);
    for (const std::string& word : std::get<std::vector<std::string>>(value)) {
      typename Field::value_type each{};
      FL_TRYV(assign_word(each, word));
      field.push_back(each);
    }
  }
  return {};
}

// What may be absent stays empty; anything else must be set by some pack: not_found policy.parameter_missing.
template <class Field>
Result<void> take(const PolicySet& set, const std::string& name, Field& field) {
  const auto found = set.parameters.find(name);
  if (found != set.parameters.end()) return assign(field, found->second.parameter.value);
  if constexpr (is_optional<Field> || is_list<Field>) return {};
  else return fail(FaultCode::not_found, "policy.parameter_missing", {}, name);
}

template <class Group>
Result<void> fill(const PolicySet& set, const std::string& prefix, Group& group) {
  Result<void> result;
  boost::mp11::mp_for_each<describe::describe_members<Group, describe::mod_public>>([&](auto member) {
    auto& field = group.*member.pointer;
    using Field = std::remove_reference_t<decltype(field)>;
    if (!result || std::is_same_v<Field, std::string>) return;
    const std::string name = prefix + "." + member.name;
    if constexpr (describe::has_describe_members<Field>::value) result = fill(set, name, field);
    else if constexpr (!std::is_same_v<Field, std::string>) result = take(set, name, field);
  });
  return result;
}

}  // namespace firstline::policy::view
