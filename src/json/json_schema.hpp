#pragma once

// JSON Schema 2020-12 of described structs, as OpenAPI 3.1 takes it. Fields stand in the order of the struct.

#include <limits>
#include <string>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "json/json_kinds.hpp"

namespace firstline::json::detail {

using Schemas = std::map<std::string, boost::json::value>;  // As json::Schemas.

// "firstline::gate::List<firstline::gate::Passage>" > "List_Passage".
std::string plain_name(std::string_view compiler_name);
// Adds or, if there, checks that two structs do not share one name.
void keep_schema(Schemas& schemas, const std::string& name, boost::json::value schema);

template <class T>
std::string struct_name() {
  // GCC and clang both write "... [with T = X; ...]" or "... [T = X]".
  std::string_view text = __PRETTY_FUNCTION__;
  text.remove_prefix(text.find("T = ") + 4);
  return plain_name(text.substr(0, text.find_first_of(";]")));
}

template <class T>
boost::json::value schema(Schemas& schemas) {
  using boost::json::array;
  using boost::json::object;
  if constexpr (std::is_same_v<T, bool>) {
    return object{{"type", "boolean"}};
  } else if constexpr (std::is_enum_v<T>) {
    array names;
    boost::mp11::mp_for_each<Enumerators<T>>([&](auto enumerator) { names.emplace_back(enumerator.name); });
    return object{{"type", "string"}, {"enum", std::move(names)}};
  } else if constexpr (is_integer<T>) {
    if constexpr (sizeof(T) >= 8) return object{{"type", "integer"}, {"format", "int64"}};
    else
      return object{
          {"type", "integer"}, {"minimum", std::numeric_limits<T>::min()}, {"maximum", std::numeric_limits<T>::max()}};
  } else if constexpr (std::is_floating_point_v<T>) {
    return object{{"type", "number"}};
  } else if constexpr (is_id<T>) {
    return object{{"type", "string"}, {"pattern", "^[1-9][0-9]{0,18}$"}};
  } else if constexpr (std::is_same_v<T, Uuid>) {
    return object{{"type", "string"}, {"format", "uuid"}};
  } else if constexpr (std::is_same_v<T, Instant>) {
    return object{{"type", "string"}, {"format", "date-time"}};
  } else if constexpr (std::is_same_v<T, Date>) {
    return object{{"type", "string"}, {"format", "date"}};
  } else if constexpr (std::is_same_v<T, boost::json::value>) {
    return object{};
  } else if constexpr (is_optional<T>) {
    return schema<typename T::value_type>(schemas);
  } else if constexpr (is_list<T>) {
    auto item = schema<typename T::value_type>(schemas);
    if constexpr (is_optional<typename T::value_type>) item = object{{"anyOf", array{item, object{{"type", "null"}}}}};
    return object{{"type", "array"}, {"items", std::move(item)}};
  } else if constexpr (is_map<T>) {
    return object{{"type", "object"}, {"additionalProperties", schema<typename T::mapped_type>(schemas)}};
  } else if constexpr (is_struct<T>) {
    static const std::string name = struct_name<T>();
    thread_local bool inside = false;  // A struct that holds itself in a list refers to its own name.
    if (!inside) {
      inside = true;
      object properties;
      array required;
      boost::mp11::mp_for_each<Members<T>>([&](auto member) {
        using Field = FieldOf<T, decltype(member)>;
        properties.emplace(member.name, schema<Field>(schemas));
        if (!is_optional<Field> && !is_sparse<T>) required.emplace_back(member.name);
      });
      object whole{{"type", "object"}, {"properties", std::move(properties)}};
      if (!required.empty()) whole.emplace("required", std::move(required));
      whole.emplace("additionalProperties", false);
      inside = false;
      keep_schema(schemas, name, std::move(whole));
    }
    return object{{"$ref", "#/components/schemas/" + name}};
  } else {
    static_assert(std::is_convertible_v<T, std::string_view>, "this type has no form in JSON");
    return object{{"type", "string"}};
  }
}

}  // namespace firstline::json::detail
