// A community's keys: one a quarter, the next two weeks ahead so that the root has time to sign the list.

#include <algorithm>

#include <fmt/format.h>

#include "area/service.hpp"
#include "credential/text_codes.hpp"
#include "issuing/parts.hpp"
#include "issuing/service.hpp"
#include "json/json.hpp"
#include "ledger/fact.hpp"
#include "policy/rules_in_force.hpp"

namespace firstline::issuing {
namespace {

using credential::PrivateKey;
using credential::PublicKey;
using store::Session;

constexpr person::Field secret_field{"issuer_key", "secret"};
constexpr std::chrono::days made_ahead{14};
// Paper lives 180 days: a key that ended longer ago vouches for nothing any more.
constexpr std::chrono::days listed_after_end{181};

struct Quarter {
  std::string name;
  Instant from, until;
};

Quarter quarter_of(Instant at) {
  using namespace std::chrono;
  const year_month_day day(civil_date(at));
  const unsigned first = (static_cast<unsigned>(day.month()) - 1) / 3 * 3 + 1;
  const year_month_day begins{day.year(), month{first}, std::chrono::day{1}};
  const year_month_day ends = begins + months(3);
  return {fmt::format("{}Q{}", static_cast<int>(day.year()), first / 3 + 1), start_of(Date(sys_days(begins))),
          start_of(Date(sys_days(ends)))};
}

struct KeyBody {
  std::string key_id, quarter;
  Instant valid_until{};
};
BOOST_DESCRIBE_STRUCT(KeyBody, (), (key_id, quarter, valid_until))

std::string body_of(const IssuerKeyRow& row) {
  return json::write(KeyBody{credential::to_hex(text_of(row.key_id)), row.quarter, row.valid_until});
}

Result<IssuerKeyRow> make_key(Session& session, const person::FieldKey& seal, AreaId community, const Quarter& quarter,
                              Instant now, Random& random) {
  FL_TRY(const auto place, area::find_community(session, community));
  const PrivateKey key = PrivateKey::make();
  IssuerKeyRow row;
  row.community_id = community;
  row.id = session.new_id<IssuerKeyRef>(now);
  row.key_id = bytes_of(credential::key_id_of(key.public_key()));
  row.point = bytes_of(key.public_key().point());
  row.secret = seal.seal(random, secret_field, row.id.value, key.scalar());
  row.issuer = policy::division_code(place.path);
  row.quarter = quarter.name;
  // Whole seconds, as a code's times are: what is signed in the key's first second must not seem older than it.
  row.valid_from = std::max(quarter.from, Instant(std::chrono::floor<std::chrono::seconds>(now)));
  row.valid_until = quarter.until;
  row.made_at = now;
  FL_TRYV(add(session, row));
  FL_TRYV(note_fact(session, {}, community, "issuing.key_made", "issuer_key:" + format_id(row.id.value), body_of(row),
                    now));
  return row;
}

bool covers(const IssuerKeyRow& row, Instant at) {
  return row.state == KeyState::active && row.valid_from <= at && at < row.valid_until;
}

Result<Signer> opened(const person::FieldKey& seal, IssuerKeyRow row) {
  FL_TRY(const auto scalar, seal.open(secret_field, row.id.value, row.secret));
  FL_TRY(auto key, PrivateKey::from_scalar(scalar));
  return Signer{std::move(row), std::move(key)};
}

}  // namespace

Result<void> note_fact(Session& session, Cause cause, AreaId community, std::string kind, std::string subject,
                       std::string body, Instant now) {
  ledger::Draft fact;
  fact.community = community;
  fact.at = fact.recorded_at = now;
  fact.actor = cause.account;
  fact.device = cause.device;
  fact.area = community;
  fact.kind = std::move(kind);
  fact.subject = std::move(subject);
  fact.body = std::move(body);
  FL_TRYV(ledger::write(session, fact));
  return {};
}

credential::IssuerKey as_known(const IssuerKeyRow& row, PublicKey key) {
  return {text_of(row.key_id), std::move(key),  row.issuer,
          row.valid_from,      row.valid_until, row.state == KeyState::withdrawn};
}

Result<std::optional<Signer>> known_signer(Session& session, const person::FieldKey& seal, AreaId community,
                                           Instant now) {
  FL_TRY(auto rows, load_keys(session, community));
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return covers(row, now); });
  if (found == rows.end()) return std::optional<Signer>();
  FL_TRY(auto signer, opened(seal, std::move(*found)));
  return std::optional(std::move(signer));
}

Result<Signer> signer_of(Session& session, const person::FieldKey& seal, AreaId community, Instant now,
                         Random& random) {
  FL_TRY(auto known, known_signer(session, seal, community, now));
  if (known) return std::move(*known);
  FL_TRY(auto row, make_key(session, seal, community, quarter_of(now), now, random));
  return opened(seal, std::move(row));
}

Result<void> tend_keys(Session& session, const person::FieldKey& seal, AreaId community, Instant now, Random& random) {
  FL_TRY(auto rows, load_keys(session, community));
  if (rows.empty()) return {};  // Nobody here has asked for a code yet.
  const auto any_at = [&](Instant at) {
    return std::any_of(rows.begin(), rows.end(), [&](const auto& row) { return covers(row, at); });
  };
  const Quarter next = quarter_of(quarter_of(now).until);
  if (now + made_ahead >= next.from && !any_at(next.from))
    FL_TRYV(make_key(session, seal, community, next, now, random));
  for (IssuerKeyRow& row : rows) {
    if (row.state != KeyState::active || now < row.valid_until) continue;
    row.state = KeyState::retired;
    row.secret.clear();
    FL_TRYV(put_state(session, row));
    FL_TRYV(note_fact(session, {}, community, "issuing.key_retired", "issuer_key:" + format_id(row.id.value),
                      body_of(row), now));
  }
  return {};
}

Result<TrustSigned> sign_trust(Session& session, const PrivateKey& root, std::chrono::days good_for, Instant now) {
  FL_TRY(const auto rows, load_all_keys(session));
  FL_TRY(const auto before, load_list(session, {}, ListKind::trust));
  credential::TrustList list;
  list.number = before ? before->number + 1 : 1;
  list.issued_at = Instant(std::chrono::floor<std::chrono::seconds>(now));
  list.not_after = list.issued_at + good_for;
  for (const IssuerKeyRow& row : rows) {
    if (row.valid_until + listed_after_end < now) continue;
    FL_TRY(auto key, PublicKey::from_point(text_of(row.point)));
    list.keys.push_back(as_known(row, std::move(key)));
  }
  FL_TRYV(
      put_list(session, {0, ListKind::root, 1, list.issued_at, list.not_after, bytes_of(root.public_key().point())}));
  FL_TRYV(put_list(session, {0, ListKind::trust, list.number, list.issued_at, list.not_after,
                             bytes_of(credential::encode_trust_list(list, root))}));
  FL_TRYV(note_fact(session, {}, {}, "issuing.trust_signed", "trust_list:" + std::to_string(list.number),
                    fmt::format(R"({{"keys":{}}})", list.keys.size()), now));
  return TrustSigned{list.number, static_cast<int>(list.keys.size())};
}

Result<void> end_key(Session& session, Cause cause, IssuerKeyRow row, Instant now) {
  row.state = KeyState::withdrawn;
  row.secret.clear();
  FL_TRYV(put_state(session, row));
  return note_fact(session, cause, row.community_id, "issuing.key_withdrawn", "issuer_key:" + format_id(row.id.value),
                   body_of(row), now);
}

Result<void> withdraw_key(Session& session, std::string_view key_id_hex, Instant now) {
  const auto key_id = credential::from_hex(key_id_hex);
  FL_TRY(auto found, load_key_called(session, bytes_of(key_id.value_or(""))));
  if (!found) return fail(FaultCode::not_found, "key.unknown");
  return end_key(session, {}, std::move(*found), now);
}

}  // namespace firstline::issuing
