#pragma once

// JSON values into described structs, refusing whatever the struct does not say.
// Reasons: json.syntax, json.duplicate_field, json.unknown_field, json.missing_field, json.wrong_type,
// json.out_of_range, json.unknown_value.

#include <array>
#include <cstddef>
#include <utility>

#include <boost/json/array.hpp>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value.hpp>

#include "base/fault.hpp"
#include "json/json_kinds.hpp"

namespace firstline::json::detail {

// A parsed text in memory of its own; small bodies never touch the heap.
class Document {
 public:
  Document() : memory_(buffer_.data(), buffer_.size()) {}
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

  Result<void> parse(std::string_view text);
  const boost::json::value& root() const { return *root_; }

 private:
  std::array<unsigned char, 4096> buffer_;
  boost::json::monotonic_resource memory_;
  std::optional<boost::json::value> root_;
};

// What we wrote ourselves; a syntax error is a broken promise.
boost::json::value parse_own(std::string_view text);

// Where we are in the document; turned into a JSON pointer only when something is refused.
struct Path {
  const Path* parent;
  std::string_view name;  // Empty for an element of a list.
  std::size_t index;
};

// All return false, having filled `fault`.
bool refuse(Fault& fault, const Path* path, std::string_view reason, std::string detail = {});
bool refuse_field(Fault& fault, const Path* path, std::string_view reason, std::string_view name);
bool refuse_number(Fault& fault, const Path* path, const boost::json::value& value);

bool take_text(const boost::json::value& value, std::string_view& out, const Path* path, Fault& fault);
bool take_id(const boost::json::value& value, std::int64_t& out, const Path* path, Fault& fault);
bool take_moment(const boost::json::value& value, Instant& out, const Path* path, Fault& fault);
bool take_date(const boost::json::value& value, Date& out, const Path* path, Fault& fault);
bool take_uuid(const boost::json::value& value, Uuid& out, const Path* path, Fault& fault);
bool take_real(const boost::json::value& value, double& out, const Path* path, Fault& fault);

template <class T>
bool take(const boost::json::value& value, T& out, const Path* path, Fault& fault);

template <class T>
bool take_integer(const boost::json::value& value, T& out, const Path* path, Fault& fault) {
  if (const auto* number = value.if_int64(); number && std::in_range<T>(*number)) {
    out = static_cast<T>(*number);
    return true;
  }
  if (const auto* number = value.if_uint64(); number && std::in_range<T>(*number)) {
    out = static_cast<T>(*number);
    return true;
  }
  return refuse_number(fault, path, value);
}

template <class E>
bool take_enum(const boost::json::value& value, E& out, const Path* path, Fault& fault) {
  std::string_view text;
  if (!take_text(value, text, path, fault)) return false;
  bool known = false;
  boost::mp11::mp_for_each<Enumerators<E>>([&](auto enumerator) {
    if (text == enumerator.name) out = enumerator.value, known = true;
  });
  return known || refuse(fault, path, "json.unknown_value");
}

template <class T>
bool take_struct(const boost::json::value& value, T& out, const Path* path, Fault& fault) {
  const auto* object = value.if_object();
  if (!object) return refuse(fault, path, "json.wrong_type", "expected an object");
  std::size_t known = 0;
  bool good = true;
  boost::mp11::mp_for_each<Members<T>>([&](auto member) {
    if (!good) return;
    const std::string_view name = member.name;
    if (const auto* field = object->if_contains({name.data(), name.size()})) {
      ++known;
      const Path here{path, name, 0};
      good = take(*field, out.*member.pointer, &here, fault);
    } else if constexpr (!is_optional<FieldOf<T, decltype(member)>> && !is_sparse<T>) {
      good = refuse_field(fault, path, "json.missing_field", name);
    }
  });
  if (!good || known == object->size()) return good;
  for (const auto& entry : *object) {
    bool named = false;
    boost::mp11::mp_for_each<Members<T>>([&](auto member) { named = named || entry.key() == member.name; });
    if (!named) return refuse_field(fault, path, "json.unknown_field", {entry.key().data(), entry.key().size()});
  }
  return true;
}

template <class T>
bool take(const boost::json::value& value, T& out, const Path* path, Fault& fault) {
  if constexpr (std::is_same_v<T, bool>) {
    if (!value.is_bool()) return refuse(fault, path, "json.wrong_type", "expected true or false");
    out = value.get_bool();
    return true;
  } else if constexpr (std::is_enum_v<T>) {
    return take_enum(value, out, path, fault);
  } else if constexpr (is_integer<T>) {
    return take_integer(value, out, path, fault);
  } else if constexpr (std::is_floating_point_v<T>) {
    double number = 0;
    if (!take_real(value, number, path, fault)) return false;
    out = static_cast<T>(number);
    return true;
  } else if constexpr (is_id<T>) {
    return take_id(value, out.value, path, fault);
  } else if constexpr (std::is_same_v<T, Uuid>) {
    return take_uuid(value, out, path, fault);
  } else if constexpr (std::is_same_v<T, Instant>) {
    return take_moment(value, out, path, fault);
  } else if constexpr (std::is_same_v<T, Date>) {
    return take_date(value, out, path, fault);
  } else if constexpr (std::is_same_v<T, boost::json::value>) {
    out = boost::json::value(value, boost::json::storage_ptr{});
    return true;
  } else if constexpr (std::is_same_v<T, std::string>) {
    std::string_view text;
    if (!take_text(value, text, path, fault)) return false;
    out.assign(text);
    return true;
  } else if constexpr (is_optional<T>) {
    if (value.is_null()) {
      out.reset();
      return true;
    }
    return take(value, out.emplace(), path, fault);
  } else if constexpr (is_list<T>) {
    const auto* items = value.if_array();
    if (!items) return refuse(fault, path, "json.wrong_type", "expected a list");
    out.clear();
    out.reserve(items->size());
    for (std::size_t i = 0; i < items->size(); ++i) {
      const Path here{path, {}, i};
      typename T::value_type item{};
      if (!take((*items)[i], item, &here, fault)) return false;
      out.push_back(std::move(item));
    }
    return true;
  } else if constexpr (is_map<T>) {
    const auto* object = value.if_object();
    if (!object) return refuse(fault, path, "json.wrong_type", "expected an object");
    out.clear();
    for (const auto& entry : *object) {
      const std::string_view name(entry.key().data(), entry.key().size());
      const Path here{path, name, 0};
      if (!take(entry.value(), out[std::string(name)], &here, fault)) return false;
    }
    return true;
  } else if constexpr (is_struct<T>) {
    return take_struct(value, out, path, fault);
  } else {
    static_assert(no_json_form<T>, "this type has no form in JSON, or cannot be read from it");
    return false;
  }
}

}  // namespace firstline::json::detail
