#pragma once

// What the routes about visits take and answer (docs/api.md).

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "movement/wire.hpp"
#include "person/wire.hpp"

namespace firstline::movement::api {

// Common to all who register a visitor.
struct VisitCommand {
  Uuid id;
  VisitKind kind = VisitKind::guest;
  std::optional<AreaId> household_id;  // By the desk and at a gate; a resident invites to their own.
  std::string name;
  std::optional<std::string> phone, plate, note;
  int companions = 0;
  Instant from{}, until{};
  std::optional<int> weekdays, minute_from, minute_until;  // Repeated: days of the week and minutes of the day.
  std::optional<std::string> from_name, from_code;         // Where they come from.
};
BOOST_DESCRIBE_STRUCT(VisitCommand, (),
                      (id, kind, household_id, name, phone, plate, note, companions, from, until, weekdays, minute_from,
                       minute_until, from_name, from_code))

struct VisitView {
  VisitorId visit_id;
  VisitKind kind = VisitKind::guest;
  VisitState state = VisitState::invited;
  bool expired = false;  // Its time is over and it was never finished.
  std::string name;      // Masked, except to the host.
  std::optional<std::string> phone_masked, plate_masked;
  bool has_note = false;
  int companions = 0;
  Instant from{}, until{};
  std::optional<int> weekdays, minute_from, minute_until;
  std::optional<AreaId> household_id;
  std::string household_label;
  std::optional<std::string> token;  // For the host, who hands it on.
  std::optional<AnsweredBy> answered_how;
  std::optional<Instant> entered_at, left_at;
  std::string from_name, from_code;
  Risk risk = Risk::low;  // Of that place today, by the lists in force here.
};
BOOST_DESCRIBE_STRUCT(VisitView, (),
                      (visit_id, kind, state, expired, name, phone_masked, plate_masked, has_note, companions, from,
                       until, weekdays, minute_from, minute_until, household_id, household_label, token, answered_how,
                       entered_at, left_at, from_name, from_code, risk))
struct VisitList {
  std::vector<VisitView> items;
};
BOOST_DESCRIBE_STRUCT(VisitList, (), (items))

struct AnswerVisit {
  Uuid id;
  bool confirmed = false;
};
BOOST_DESCRIBE_STRUCT(AnswerVisit, (), (id, confirmed))
struct WithdrawVisit {
  Uuid id;
};
BOOST_DESCRIBE_STRUCT(WithdrawVisit, (), (id))

// A courier at the poster, without an account.
struct AnnounceCourier {
  Uuid id;
  std::string company;
  std::optional<std::string> phone, plate, room;  // room: as on the parcel, "3-2-502".
};
BOOST_DESCRIBE_STRUCT(AnnounceCourier, (), (id, company, phone, plate, room))
struct CourierAnnounced {
  std::string token;
  Instant until{};
  bool room_found = false;
};
BOOST_DESCRIBE_STRUCT(CourierAnnounced, (), (token, until, room_found))

struct VisitRevealed {
  std::string name;
  std::optional<std::string> phone, plate, note;
};
BOOST_DESCRIBE_STRUCT(VisitRevealed, (), (name, phone, plate, note))

}  // namespace firstline::movement::api
