#pragma once

// Commands and answers about cases, as they go over the wire.

#include "casebook/model.hpp"
#include "person/wire.hpp"

namespace firstline::casebook::api {

struct OpenCase {
  Uuid id;
  PersonId person_id;
  Status classified = Status::suspected;  // suspected, confirmed or asymptomatic.
  std::optional<Instant> onset_at, sampled_at, reported_at, transferred_at;
  std::string reason;  // On what ground, as there is no result here: whose report, which document.
};
BOOST_DESCRIBE_STRUCT(OpenCase, (),
                      (id, person_id, classified, onset_at, sampled_at, reported_at, transferred_at, reason))

struct ChangeStatus {
  Uuid id;
  Status status = Status::confirmed;
  std::optional<Instant> at;  // When they recovered or died; now if not given.
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(ChangeStatus, (), (id, status, at, reason))

// Which moment of the case is corrected.
enum class Moment { onset, sampled, reported, transferred };
BOOST_DESCRIBE_ENUM(Moment, onset, sampled, reported, transferred)

struct CorrectMoment {
  Uuid id;
  Moment moment = Moment::onset;
  std::optional<Instant> at;  // Nothing: it is not known.
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(CorrectMoment, (), (id, moment, at, reason))

struct CaseView {
  CaseId case_id;
  std::int64_t number = 0;
  std::optional<person::PersonMasked> person;  // Somebody registered here,
  std::string listed_name;                     // or, masked, somebody whom only a list names.
  std::string household_label;
  Status status = Status::suspected;
  Status classified = Status::suspected;
  Ground ground = Ground::by_hand;
  std::optional<Instant> onset_at, sampled_at, reported_at, transferred_at, ended_at;
  Instant opened_at{};
  int waiting = 0;  // Changes that wait for a second person.
};
BOOST_DESCRIBE_STRUCT(CaseView, (),
                      (case_id, number, person, listed_name, household_label, status, classified, ground, onset_at,
                       sampled_at, reported_at, transferred_at, ended_at, opened_at, waiting))

struct StatusCount {
  Status status = Status::suspected;
  std::int64_t cases = 0;
};
BOOST_DESCRIBE_STRUCT(StatusCount, (), (status, cases))

struct CaseList {
  std::vector<CaseView> items;      // Newest first.
  std::vector<StatusCount> counts;  // Of all cases of the community, whatever was asked.
  int left_out = 0;                 // Beyond the longest list: older ones.
};
BOOST_DESCRIBE_STRUCT(CaseList, (), (items, counts, left_out))

struct EntryView {
  EntryId entry_id;
  Instant at{};
  std::string by;  // The post; empty: a result that came in.
  Part part = Part::opened;
  std::string before, after;
  std::string reason;  // Empty for whoever may not read it.
  EntryState state = EntryState::done;
  std::optional<std::string> decided_by;
  std::optional<Instant> decided_at;
  bool may_decide = false;  // By the caller.
};
BOOST_DESCRIBE_STRUCT(EntryView, (),
                      (entry_id, at, by, part, before, after, reason, state, decided_by, decided_at, may_decide))

struct EvidenceView {
  health::TestResultId result_id;
  health::TestKind kind = health::TestKind::nucleic_acid;
  health::NatState state = health::NatState::positive;
  Instant sampled_at{};
  std::optional<Instant> reported_at;
  std::string source;
  std::optional<std::string> tube;
  bool replaced = false;  // A later version says something else.
};
BOOST_DESCRIBE_STRUCT(EvidenceView, (), (result_id, kind, state, sampled_at, reported_at, source, tube, replaced))

struct NextStatus {
  Status status = Status::confirmed;
  bool needs_second = false;
};
BOOST_DESCRIBE_STRUCT(NextStatus, (), (status, needs_second))

struct WindowView {
  Instant anchor{};
  bool by_onset = false;
  std::int64_t lookback_days = 0;  // By the policy in force on that day.
  Instant from{};
  std::optional<Instant> until;  // Nothing: still infectious to others here.
};
BOOST_DESCRIBE_STRUCT(WindowView, (), (anchor, by_onset, lookback_days, from, until))

struct LinkedCase {
  LinkId link_id;
  CaseId case_id;
  std::int64_t number = 0;
  bool infected_by = false;  // The other infected this one; else the other way round.
  LinkKind kind = LinkKind::other;
  Confidence confidence = Confidence::possible;
  std::optional<Instant> exposed_from, exposed_until;
  std::string place;
};
BOOST_DESCRIBE_STRUCT(LinkedCase, (),
                      (link_id, case_id, number, infected_by, kind, confidence, exposed_from, exposed_until, place))

struct LinkCases {
  Uuid id;
  CaseId other_case;
  bool infected_by = true;  // The other infected this one; else the other way round.
  LinkKind kind = LinkKind::other;
  Confidence confidence = Confidence::possible;
  std::optional<Instant> exposed_from, exposed_until;
  std::string place;
  std::string reason;  // What says so.
};
BOOST_DESCRIBE_STRUCT(LinkCases, (),
                      (id, other_case, infected_by, kind, confidence, exposed_from, exposed_until, place, reason))
struct WithdrawLink {
  Uuid id;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(WithdrawLink, (), (id, reason))

// Chains of transmission; cases by their numbers, nobody's name.
struct ChainNode {
  CaseId case_id;
  std::int64_t number = 0;
  Status status = Status::suspected;
  Status classified = Status::suspected;
  std::optional<Instant> onset_at, sampled_at;
  int generation = 0;  // 0: who infected them is not known.
  int chain = 0;
};
BOOST_DESCRIBE_STRUCT(ChainNode, (), (case_id, number, status, classified, onset_at, sampled_at, generation, chain))
struct ChainEdge {
  LinkId link_id;
  CaseId from_case, to_case;
  LinkKind kind = LinkKind::other;
  Confidence confidence = Confidence::possible;
  std::optional<int> serial_days;  // Between the onsets, where both are known.
  std::string place;
};
BOOST_DESCRIBE_STRUCT(ChainEdge, (), (link_id, from_case, to_case, kind, confidence, serial_days, place))
struct GenerationSize {
  int generation = 0, cases = 0;
};
BOOST_DESCRIBE_STRUCT(GenerationSize, (), (generation, cases))
struct PlaceCluster {
  std::string place;
  int links = 0, cases = 0;
};
BOOST_DESCRIBE_STRUCT(PlaceCluster, (), (place, links, cases))
struct Chains {
  std::vector<ChainNode> nodes;
  std::vector<ChainEdge> edges;
  std::vector<GenerationSize> generations;
  std::vector<int> serial_days;  // Of every link with both onsets, least first.
  std::optional<double> serial_days_median;
  std::vector<PlaceCluster> clusters;  // The place with most cases first.
  int unlinked = 0;                    // Cases in no link.
  int left_out = 0;                    // Beyond the largest picture: older ones.
};
BOOST_DESCRIBE_STRUCT(Chains, (),
                      (nodes, edges, generations, serial_days, serial_days_median, clusters, unlinked, left_out))

// What a list says of somebody who is registered nowhere here.
struct ListedRevealed {
  std::string name, gender;
  std::optional<int> age;
};
BOOST_DESCRIBE_STRUCT(ListedRevealed, (), (name, gender, age))

struct CaseDetail {
  CaseView shown;
  std::optional<WindowView> window;
  std::vector<EvidenceView> evidence;  // The person's test results, newest first.
  std::vector<EntryView> history;      // Oldest first.
  std::vector<LinkedCase> links;
  std::vector<NextStatus> next;  // What may legally follow, by the caller; empty for whoever may change nothing.
};
BOOST_DESCRIBE_STRUCT(CaseDetail, (), (shown, window, evidence, history, links, next))

}  // namespace firstline::casebook::api
