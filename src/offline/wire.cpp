#include "offline/wire.hpp"

#include "offline/record_api.hpp"

namespace firstline::json::detail {

template <>
boost::json::value schema<offline::api::PackText>(Schemas& schemas) {
  return boost::json::object{{"type", "string"},
                             {"contentMediaType", "application/json"},
                             {"contentSchema", schema<offline::api::Pack>(schemas)}};
}

template <>
boost::json::value schema<offline::api::UnreadRecord>(Schemas& schemas) {
  return schema<offline::api::Record>(schemas);
}

}  // namespace firstline::json::detail
