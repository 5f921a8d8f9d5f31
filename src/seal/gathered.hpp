#pragma once

// Gathers what is known of an order's places from the modules that know, and projects their release. Decides nothing.
// Inside the module only.

#include <map>

#include "area/service.hpp"
#include "seal/api.hpp"
#include "seal/service.hpp"
#include "seal/store.hpp"

namespace firstline::seal {

// One place of an order with what is known of it.
struct PlaceKnown {
  SpanRow span;
  area::Area area;
  std::string label;
  Order order;
  Evidence evidence;
  Projection projection;
  std::optional<Instant> earliest_by_old_rules;
};
struct Gathered {
  SealOrder order;
  std::vector<Act> acts;
  std::vector<Happening> happenings;
  std::vector<SpanRow> spans;      // All, with their past.
  std::vector<PlaceKnown> places;  // Closed now.
  bool rules_changed = false;
  api::OrderState state = api::OrderState::proposed;
  std::vector<api::SealWaiting> waiting;
};
Result<Gathered> gather(store::Session& session, const Desk& desk, const area::Area& community, const SealOrder& order,
                        Instant now);

// What the notes of an order say about one of its places.
Evidence evidence_of(const std::vector<Happening>& happenings, AreaId area, const std::string& path,
                     const std::map<AreaId, std::string>& paths);
Result<area::Area> area_of(store::Session& session, AreaId community, AreaId id);
// "1st court 3-2": labels are unique in their compound only.
Result<std::string> label_of(store::Session& session, AreaId community, const area::Area& area);

}  // namespace firstline::seal
