#include "offline/packs.hpp"

#include "base/clock.hpp"
#include "base/log.hpp"
#include "credential/keys.hpp"
#include "credential/text_codes.hpp"
#include "gate/late.hpp"
#include "gate/standing.hpp"
#include "issuing/service.hpp"
#include "movement/service.hpp"

namespace firstline::offline {
namespace {

using store::Session;

constexpr std::size_t token_tag_bytes = 8;

Result<void> add_rules(const gate::Ground& ground, Instant now, Shared& shared) {
  FL_TRY(const auto rules, ground.rules->at(shared.division_code, now));
  shared.policy = rules->gate;
  const auto next_from = ground.rules->next_change(shared.division_code, now);
  if (!next_from) return {};
  FL_TRY(const auto next, ground.rules->at(shared.division_code, *next_from));
  shared.next_policy = api::NextPolicy{*next_from, next->gate};
  return {};
}

// Each number has an address of its own: caches may keep what they have.
Result<void> add_lists(Session& session, AreaId community, Shared& shared) {
  FL_TRY(const auto numbers, issuing::file_numbers(session, community));
  const auto add = [&](api::ListKind kind, const std::string& path, std::int64_t number) {
    if (number > 0) shared.lists.push_back({kind, path + "?number=" + std::to_string(number), number});
  };
  add(api::ListKind::trust, issuing::trust_path, numbers.trust);
  add(api::ListKind::revocations, issuing::revocations_path(community), numbers.revocations);
  return {};
}

Result<Shared> shared_of(Session& session, const gate::Ground& ground, const area::Gate& gate, Instant now) {
  Shared shared;
  shared.division_code = policy::division_code(gate.path);
  FL_TRY(const auto gates, area::gates_of(session, gate.community_id));
  for (const area::Gate& each : gates) {
    if (each.compound_id != gate.compound_id) continue;
    FL_TRY(shared.gates.emplace_back(), area::view(session, each));
  }
  FL_TRYV(add_rules(ground, now, shared));
  FL_TRYV(add_lists(session, gate.community_id, shared));
  const issuing::Ground issuing{ground.people, ground.rules};
  FL_TRY(shared.health_signers, issuing::health_signers(session, issuing, shared.division_code, now));
  return shared;
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
    FL_TRY(auto stands, gate::stands_of(session, gate, visit, now));
    visits.push_back({visit.id, visit.kind, visit.state, visit.name_masked, std::move(each.household_label),
                      person::tag_of(key, each.token, token_tag_bytes), std::move(stands)});
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
  FL_TRY(found.shared, shared_of(session, *ground_, gate, now));
  FL_TRY(auto people, gate::stands_below(session, *ground_->people, gate, now, compound.masked));
  found.homes = homes_of(std::move(people));
  FL_TRY(found.visits, visits_of(session, *ground_, gate, now));
  static const Content nothing;
  const Content& before = compound.content ? *compound.content : nothing;
  auto after = std::make_shared<const Content>(advanced(before, std::move(found), now));
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

Result<std::string> Packs::signature_of(http::Call& call, const area::Gate& gate, const Content& content,
                                        std::string_view text) {
  credential::PackStatement statement;
  statement.version = format_id(content.version.value);
  statement.issued_at = content.made_at;
  statement.not_after = content.made_at + pack_age_max;
  statement.gate = format_id(gate.id.value);
  statement.digest = credential::sha256(text);
  const issuing::Ground ground{ground_->people, ground_->rules};
  const auto sign = [&](Session& session) {
    return issuing::sign_pack(session, ground, gate.community_id, statement, call.now, *call.random);
  };
  auto octets = sign(*call.session);
  // The first pack of a community, or of a quarter that nobody has made a key for.
  if (!octets && octets.error().reason == "key.none" && database_) octets = database_->write(sign);
  if (!octets) return octets;
  return credential::to_base64(*octets);
}

Result<api::SignedPack> Packs::pack(http::Call& call, const area::Gate& gate, std::optional<PackVersion> since) {
  FL_TRY(const auto content, this->content(*call.session, gate, call.now, fresh_age_max));
  if (since && !content->versions.contains(*since)) since.reset();
  api::SignedPack answer;
  if (call.asker_holds(format_id(content->version.value))) return answer;
  const Shared& shared = content->shared->thing;
  api::Pack pack;
  FL_TRY(pack.gate, area::view(*call.session, gate));
  pack.division_code = shared.division_code;
  for (const area::GateView& other : shared.gates)
    if (other.gate_id != gate.id) pack.neighbours.push_back(other);
  pack.policy = shared.policy;
  pack.next_policy = shared.next_policy;
  pack.tag_key = person::hex(ground_->people->tag_key(gate.compound_id));
  pack.lists = shared.lists;
  pack.health_signers = shared.health_signers;
  answer.pack.text = pack_text(*content, since, std::move(pack));
  FL_TRY(answer.signature, signature_of(call, gate, *content, answer.pack.text));
  return answer;
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
