#pragma once

// Which C++ types have a form in JSON. Decides nothing else.

#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include <boost/describe.hpp>
#include <boost/mp11.hpp>

#include "base/id.hpp"
#include "base/time.hpp"

namespace firstline::json::detail {

template <class T>
inline constexpr bool is_id = false;
template <class Tag>
inline constexpr bool is_id<Id<Tag>> = true;

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

template <class T>
inline constexpr bool is_list = false;
template <class T>
inline constexpr bool is_list<std::vector<T>> = true;

template <class T>
inline constexpr bool is_map = false;
template <class T, class Less>
inline constexpr bool is_map<std::map<std::string, T, Less>> = true;

template <class T>
inline constexpr bool is_struct = boost::describe::has_describe_members<T>::value && !std::is_enum_v<T>;
template <class T>
inline constexpr bool is_integer = std::is_integral_v<T> && !std::is_same_v<T, bool> && !std::is_same_v<T, char>;

template <class T>
using Members = boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;
template <class E>
using Enumerators = boost::describe::describe_enumerators<E>;

template <class T, class Member>
using FieldOf = std::remove_cvref_t<decltype(std::declval<T&>().*Member::pointer)>;

// A struct whose module declares `constexpr bool absent_means_default(const T*)` beside its description (found by its
// namespace): members equal to those of T{} are left out, and read as such where they are absent.
template <class T>
inline constexpr bool is_sparse = requires {
  absent_means_default(static_cast<const T*>(nullptr));
};
template <class T>
const T& default_of() {
  static const T value{};
  return value;
}

template <class T>
inline constexpr bool no_json_form = false;

}  // namespace firstline::json::detail
