#pragma once

// A case of the disease (病例) and what is known of it. Plain values; knows no database.
//
//   suspected > confirmed | asymptomatic | excluded | died
//   asymptomatic > confirmed | recovered | excluded         confirmed > recovered | died | excluded
//
// The whole table, with who must agree, is `needed_for` in steps.hpp.

#include <optional>
#include <string>
#include <vector>

#include "health/results.hpp"
#include "store/value.hpp"

namespace firstline::casebook {

struct CaseTag {};
using CaseId = Id<CaseTag>;
struct EntryTag {};
using EntryId = Id<EntryTag>;
struct LinkTag {};
using LinkId = Id<LinkTag>;

// 疑似病例 确诊病例 无症状感染者 已排除 治愈出院（解除医学观察） 死亡
enum class Status { suspected, confirmed, asymptomatic, excluded, recovered, died };
BOOST_DESCRIBE_ENUM(Status, suspected, confirmed, asymptomatic, excluded, recovered, died)

// Whether the case is still one: people follow from it.
inline bool is_open(Status status) { return status <= Status::asymptomatic; }

// How it became known here. 检测结果 人工登记 病例名单导入
enum class Ground { test_result, by_hand, line_list };
BOOST_DESCRIBE_ENUM(Ground, test_result, by_hand, line_list)

struct Case {
  AreaId community_id;
  CaseId id;
  std::int64_t number = 0;                    // In the community, from 1: how people speak of it without a name.
  PersonId person_id;                         // 0: known by name from a list only.
  std::optional<store::Bytes> listed_sealed;  // What the list says of this row, and what it said when taken last.
  Status status = Status::suspected;
  Status classified = Status::suspected;  // The last of the first three: kept when the case has ended.
  std::optional<Instant> onset_at;        // First symptoms 发病.
  std::optional<Instant> sampled_at;      // First positive sample 首次阳性采样.
  std::optional<Instant> reported_at;     // 报告.
  std::optional<Instant> transferred_at;  // Taken to hospital or isolation 转运: infects nobody here from then on.
  std::optional<Instant> ended_at;        // Recovered, died or excluded.
  Ground ground = Ground::by_hand;
  health::TestResultId result_id;                  // The result that opened it; 0: none did.
  std::optional<std::string> source, external_id;  // Of a line list: whose it is, and what it calls the case.
  AccountId opened_by;                             // 0: the result did.
  Instant opened_at{};
  std::int64_t changes = 0;
};
BOOST_DESCRIBE_STRUCT(Case, (),
                      (community_id, id, number, person_id, listed_sealed, status, classified, onset_at, sampled_at,
                       reported_at, transferred_at, ended_at, ground, result_id, source, external_id, opened_by,
                       opened_at, changes))

// Which part of a case an entry of its history changed. 立案 状态 发病时间 采样时间 报告时间 转运时间 阳性结果 结果撤回
// 关联
enum class Part {
  opened,
  status,
  onset,
  sampled,
  reported,
  transferred,
  evidence,
  evidence_withdrawn,
  linked,
  link_withdrawn,
  revealed  // Looked at in clear 查看明文.
};
BOOST_DESCRIBE_ENUM(Part, opened, status, onset, sampled, reported, transferred, evidence, evidence_withdrawn, linked,
                    link_withdrawn, revealed)

// 已生效 待第二人 第二人不同意
enum class EntryState { done, proposed, refused };
BOOST_DESCRIBE_ENUM(EntryState, done, proposed, refused)

// One line of a case's history: who changed what, and on what ground.
struct Entry {
  AreaId community_id;
  CaseId case_id;
  EntryId id;
  Instant at{};
  AccountId account_id;  // 0: a result that came in.
  Part part = Part::opened;
  std::string before, after;      // A status, an instant, the id of a result or of a case; names nobody.
  std::optional<Instant> moment;  // When it became so, where that is not `at`.
  std::optional<store::Bytes> reason_sealed;
  EntryState state = EntryState::done;
  AccountId decided_by;  // The second person.
  std::optional<Instant> decided_at;
};
BOOST_DESCRIBE_STRUCT(Entry, (),
                      (community_id, case_id, id, at, account_id, part, before, after, moment, reason_sealed, state,
                       decided_by, decided_at))

// How one infected the other. 同户 同单元 同班 聚餐 照护 交接 同乘 其他
enum class LinkKind { household, stairwell, work, meal, care, hand_over, transport, other };
BOOST_DESCRIBE_ENUM(LinkKind, household, stairwell, work, meal, care, hand_over, transport, other)
// 确定 很可能 可能
enum class Confidence { certain, probable, possible };
BOOST_DESCRIBE_ENUM(Confidence, certain, probable, possible)

// Who infected whom, as the investigators hold it.
struct Link {
  AreaId community_id;
  LinkId id;
  CaseId from_case, to_case;
  LinkKind kind = LinkKind::other;
  Confidence confidence = Confidence::possible;
  std::optional<Instant> exposed_from, exposed_until;
  std::string place;                  // A place's name; empty: not known.
  std::optional<std::string> source;  // Of a contacts list.
  AccountId added_by;
  Instant added_at{};
  AccountId withdrawn_by;
  std::optional<Instant> withdrawn_at;
};
BOOST_DESCRIBE_STRUCT(Link, (),
                      (community_id, id, from_case, to_case, kind, confidence, exposed_from, exposed_until, place,
                       source, added_by, added_at, withdrawn_by, withdrawn_at))

// From when the days in which a case could infect others are counted back (people.close_contact.lookback_days), and
// until when it could.
struct Window {
  Instant anchor{};
  bool by_onset = false;         // Else by the first positive sample.
  std::optional<Instant> until;  // Nothing: it still can.
};
// Somebody without symptoms is counted by the sample, whatever was noted once. Nothing: neither is known.
inline std::optional<Window> window_of(const Case& c) {
  Window window;
  const bool symptoms = c.classified != Status::asymptomatic && c.onset_at;
  if (!symptoms && !c.sampled_at) return std::nullopt;
  window.anchor = symptoms ? *c.onset_at : *c.sampled_at;
  window.by_onset = symptoms;
  window.until = c.transferred_at ? c.transferred_at : c.ended_at;
  return window;
}

// What a list says of somebody: kept sealed, compared when the list comes again.
struct Listed {
  std::string name, gender, outcome;
  std::optional<int> age;
  std::optional<Date> onset_on, sampled_on, reported_on, admitted_on, ended_on;
  bool operator==(const Listed&) const = default;
};
BOOST_DESCRIBE_STRUCT(Listed, (),
                      (name, gender, outcome, age, onset_on, sampled_on, reported_on, admitted_on, ended_on))

}  // namespace firstline::casebook
