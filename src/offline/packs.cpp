#include "offline/packs.hpp"

#include "base/clock.hpp"
#include "base/log.hpp"
#include "gate/late.hpp"
#include "gate/standing.hpp"
#include "movement/service.hpp"

namespace firstline::offline {
namespace {

using store::Session;

constexpr std::size_t token_tag_bytes = 8;

struct RulesThere {
  std::shared_ptr<const policy::Rules> now;
  std::optional<Instant> next_from;
  std::shared_ptr<const policy::Rules> next;

  std::string text() const {
    return now->gate.version + (next ? " " + format_instant(*next_from) + " " + next->gate.version : "");
  }
};

Result<RulesThere> rules_there(const gate::Ground& ground, const area::Gate& gate, Instant now) {
  RulesThere rules;
  const std::string division = policy::division_code(gate.path);
  FL_TRY(rules.now, ground.rules->at(division, now));
  rules.next_from = ground.rules->next_change(division, now);
  if (rules.next_from) {
    FL_TRY(rules.next, ground.rules->at(division, *rules.next_from));
  }
  return rules;
}

std::vector<api::PackHome> homes_of(std::vector<gate::StandsOf> people) {
  std::vector<api::PackHome> homes;
  for (gate::StandsOf& each : people) {
    auto& who = each.who;
    if (homes.empty() || homes.back().household_id != who.household_id)
      homes.push_back({who.household_id, std::move(who.household_label), {}});
    homes.back().people.push_back(
        {who.id, std::move(who.name_masked), std::move(who.id_last4), std::move(who.id_tag), std::move(each.stands)});
  }
  return homes;
}

Result<std::vector<api::PackVisit>> visits_of(Session& session, const gate::Ground& ground, const area::Gate& gate,
                                              Instant now) {
  FL_TRY(auto expected, movement::expected_visits(session, *ground.movement, gate, now));
  const auto key = ground.people->tag_key(gate.compound_id);
  std::vector<api::PackVisit> visits;
  for (movement::ExpectedVisit& each : expected) {
    const auto& visit = each.visit;
    visits.push_back({visit.id, visit.kind, visit.state, visit.name_masked, std::move(each.household_label),
                      person::tag_of(key, each.token, token_tag_bytes), gate::stands_of(visit)});
  }
  return visits;
}

}  // namespace

std::shared_ptr<Packs::Compound> Packs::compound_of(const area::Gate& gate, Instant now, bool asked) {
  const std::lock_guard lock(mutex_);
  auto& compound = compounds_[gate.compound_id];
  if (!compound) {
    compound = std::make_shared<Compound>();
    compound->gate = gate;
  }
  if (asked) compound->asked_at = now;
  return compound;
}

Result<std::shared_ptr<const Content>> Packs::build(Session& session, Compound& compound, Instant now) {
  const area::Gate& gate = compound.gate;
  Found found;
  FL_TRY(const auto rules, rules_there(*ground_, gate, now));
  found.rules = rules.text();
  FL_TRY(auto people, gate::stands_below(session, *ground_->people, gate, now));
  found.homes = homes_of(std::move(people));
  FL_TRY(found.visits, visits_of(session, *ground_, gate, now));
  static const Content nothing;
  const Content& before = compound.content ? *compound.content : nothing;
  auto after =
      std::make_shared<const Content>(advanced(before, std::move(found), session.new_id<PackVersion>(now), now));
  if (database_ && before.version && after->version != before.version) {
    database_->submit_write(
        [community = gate.community_id, compound_id = gate.compound_id, version = after->version, now](Session& write) {
          return gate::announce_pack(write, community, compound_id, version.value, now);
        },
        [](const Result<void>& done) {
          if (!done) log(LogLevel::warning, "pack.announce", {{"reason", done.error().reason}});
        });
  }
  compound.content = after;
  return std::shared_ptr<const Content>(std::move(after));
}

Result<std::shared_ptr<const Content>> Packs::content(Session& session, const area::Gate& gate, Instant now,
                                                      Millis age_max) {
  const auto compound = compound_of(gate, now, true);
  const std::lock_guard lock(compound->building);
  const bool fresh = compound->content && now - compound->content->made_at < age_max;
  return fresh ? compound->content : build(session, *compound, now);
}

Result<api::Pack> Packs::pack(http::Call& call, const area::Gate& gate, std::optional<PackVersion> since) {
  Session& session = *call.session;
  FL_TRY(const auto content, this->content(session, gate, call.now, fresh_age_max));
  if (since && !content->versions.contains(*since)) since.reset();
  api::Pack pack;
  if (call.asker_holds(format_id(content->version.value))) return pack;
  fill(*content, since, pack);
  FL_TRY(pack.gate, area::view(session, gate));
  pack.division_code = policy::division_code(gate.path);
  FL_TRY(const auto gates, area::gates_of(session, gate.community_id));
  for (const area::Gate& other : gates) {
    if (other.compound_id != gate.compound_id || other.id == gate.id) continue;
    FL_TRY(pack.neighbours.emplace_back(), area::view(session, other));
  }
  FL_TRY(const auto rules, rules_there(*ground_, gate, call.now));
  pack.policy = rules.now->gate;
  if (rules.next) pack.next_policy = api::NextPolicy{*rules.next_from, rules.next->gate};
  pack.tag_key = person::hex(ground_->people->tag_key(gate.compound_id));
  return pack;
}

void Packs::follow(Instant now) {
  std::vector<std::shared_ptr<Compound>> asked;
  {
    const std::lock_guard lock(mutex_);
    std::erase_if(compounds_, [&](const auto& each) { return now - each.second->asked_at > asked_age_max; });
    for (const auto& [id, compound] : compounds_) asked.push_back(compound);
  }
  for (const auto& compound : asked) {
    const auto done = database_->read([&](Session& session) -> Result<void> {
      const std::lock_guard lock(compound->building);
      FL_TRYV(build(session, *compound, now));
      return {};
    });
    if (!done) log(LogLevel::warning, "pack.follow", {{"reason", done.error().reason}});
  }
}

Follower::Follower(Packs& packs) : packs_(packs), thread_([this] { run(); }) {}

Follower::~Follower() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void Follower::run() {
  std::unique_lock lock(mutex_);
  while (!wake_.wait_for(lock, follow_step, [this] { return stopping_; })) {
    lock.unlock();
    packs_.follow(system_clock().now());
    lock.lock();
  }
}

}  // namespace firstline::offline
