#include "offline/trip_fields.hpp"

#include "json/json.hpp"

namespace firstline::offline {
namespace {

// Text as it is; days and words as they stand in JSON, without the quotes.
FieldValue text_of(const std::string& value) { return value; }
FieldValue text_of(Date value) { return format_date(value); }
template <class E>
requires std::is_enum_v<E> FieldValue text_of(E value) { return store::enum_name(value); }
template <class T>
FieldValue text_of(const std::optional<T>& value) {
  return value ? text_of(*value) : FieldValue();
}

template <class T>
Result<void> put(const FieldValue& text, std::optional<T>& into) {
  if (!text) return {};
  FL_TRY(into.emplace(), json::read<T>('"' + *text + '"'));
  return {};
}

}  // namespace

std::vector<FieldVersions> versions_of(const api::BaseTrip& base, const movement::api::FileTrip& device,
                                       const movement::TripRow& server) {
  std::vector<FieldVersions> fields{
      {"to_name", text_of(base.to_name), text_of(device.to_name), text_of(server.to_name)},
      {"purpose", text_of(base.purpose), text_of(device.purpose), text_of(server.purpose)},
      {"transport", text_of(base.transport), text_of(device.transport), text_of(server.transport)},
      {"leaves_on", text_of(base.leaves_on), text_of(device.leaves_on), text_of(server.leaves_on)},
      {"back_on", text_of(base.back_on), text_of(device.back_on), text_of(server.back_on)}};
  // A code that the keeper did not give was looked up from the words by the server: no statement of the device.
  if (device.to_code)
    fields.push_back({"to_code", text_of(base.to_code), text_of(device.to_code), text_of(server.to_code)});
  return fields;
}

Result<movement::TripChange> change_of(const std::vector<FieldVersions>& fields) {
  movement::TripChange change;
  for (const FieldVersions& each : fields) {
    if (each.field == "to_name") change.to_name = each.device;
    if (each.field == "to_code") change.to_code = each.device;
    if (each.field == "purpose") FL_TRYV(put(each.device, change.purpose));
    if (each.field == "transport") FL_TRYV(put(each.device, change.transport));
    if (each.field == "leaves_on") FL_TRYV(put(each.device, change.leaves_on));
    if (each.field == "back_on") FL_TRYV(put(each.device, change.back_on));
  }
  return change;
}

}  // namespace firstline::offline
