#pragma once

// What the routes about trips take and answer (docs/api.md).

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "movement/trip_store.hpp"
#include "policy/shown.hpp"

namespace firstline::movement::api {

// One form for a whole family.
struct FileTrip {
  Uuid id;
  Instant at{};  // When it was said; of a paper slip its own time.
  std::vector<PersonId> person_ids;
  std::string to_name;
  std::optional<std::string> to_code;
  TripPurpose purpose = TripPurpose::other;
  Transport transport = Transport::other;
  std::optional<std::string> plate, companions;
  Date leaves_on{}, back_on{};
  std::optional<Instant> departed_at, returned_at;  // A paper slip only: what has happened by now.
};
BOOST_DESCRIBE_STRUCT(FileTrip, (),
                      (id, at, person_ids, to_name, to_code, purpose, transport, plate, companions, leaves_on, back_on,
                       departed_at, returned_at))

struct TripView {
  TripId trip_id, form_id;
  PersonId person_id;
  std::string name;  // Masked, except on the household's own page.
  std::string household_label;
  TripState state = TripState::filed;
  bool overdue = false;
  std::string to_name, to_code;
  TripPurpose purpose = TripPurpose::other;
  Transport transport = Transport::other;
  std::optional<std::string> plate_masked;
  bool has_companions = false;
  Date leaves_on{}, back_on{};
  Risk risk = Risk::low;
  TripSource source = TripSource::resident;
  Instant at{}, recorded_at{};
  std::optional<Instant> departed_at, returned_at;
};
BOOST_DESCRIBE_STRUCT(TripView, (),
                      (trip_id, form_id, person_id, name, household_label, state, overdue, to_name, to_code, purpose,
                       transport, plate_masked, has_companions, leaves_on, back_on, risk, source, at, recorded_at,
                       departed_at, returned_at))
struct TripList {
  std::vector<TripView> items;
};
BOOST_DESCRIBE_STRUCT(TripList, (), (items))

struct ExtendTrip {
  Uuid id;
  Date back_on{};
};
BOOST_DESCRIBE_STRUCT(ExtendTrip, (), (id, back_on))
struct CancelTrip {
  Uuid id;
};
BOOST_DESCRIBE_STRUCT(CancelTrip, (), (id))
struct CloseTrip {  // Somebody came back and no gate saw it.
  Uuid id;
  Instant at{};
};
BOOST_DESCRIBE_STRUCT(CloseTrip, (), (id, at))

struct FollowUpView {
  FollowUpId follow_up_id;
  TripId trip_id;
  PersonId person_id;
  std::string name_masked, household_label, to_name;
  FollowUp kind = FollowUp::test;
  Risk risk = Risk::low;
  Date begins_on{};
  int days = 0;
  std::string nat_days;
  int tests = 0, within_days = 0;
  std::string parameter, pack, source;
};
BOOST_DESCRIBE_STRUCT(FollowUpView, (),
                      (follow_up_id, trip_id, person_id, name_masked, household_label, to_name, kind, risk, begins_on,
                       days, nat_days, tests, within_days, parameter, pack, source))
struct FollowUpList {
  std::vector<FollowUpView> items;
};
BOOST_DESCRIBE_STRUCT(FollowUpList, (), (items))
struct DecideFollowUp {
  Uuid id;
  bool accepted = false;
};
BOOST_DESCRIBE_STRUCT(DecideFollowUp, (), (id, accepted))
struct FollowUpDecided {
  FollowUpState state = FollowUpState::accepted;
};
BOOST_DESCRIBE_STRUCT(FollowUpDecided, (), (state))

struct TripRevealed {
  std::optional<std::string> plate, companions;
};
BOOST_DESCRIBE_STRUCT(TripRevealed, (), (plate, companions))

struct RiskPlaces {
  std::vector<RiskPlace> items;                  // The community's own table: the nearest list.
  std::vector<policy::RiskPlaceShown> of_packs;  // Of the packs in force here, the nearer pack first.
};
BOOST_DESCRIBE_STRUCT(RiskPlaces, (), (items, of_packs))
struct ImportRiskPlaces {
  Uuid id;
  std::string csv;
};
BOOST_DESCRIBE_STRUCT(ImportRiskPlaces, (), (id, csv))
struct RiskBadLine {
  int line = 0;
  std::string column;
};
BOOST_DESCRIBE_STRUCT(RiskBadLine, (), (line, column))
struct RiskImported {
  int taken = 0;  // 0 when a line is bad: then nothing was changed.
  int trips_rated_anew = 0;
  std::vector<RiskBadLine> bad;
};
BOOST_DESCRIBE_STRUCT(RiskImported, (), (taken, trips_rated_anew, bad))

}  // namespace firstline::movement::api
