// A code of our own, shown at a gate that is online: the same verifier as a phone's, with the database for its lists.

#include "credential/keys.hpp"
#include "issuing/parts.hpp"
#include "issuing/service.hpp"

namespace firstline::issuing {
namespace {

using store::Session;

// Looks keys and codes up while a code is verified, and keeps what went wrong on the way.
class FromDatabase final : public credential::IssuerKeys, public credential::Revocations {
 public:
  explicit FromDatabase(Session& session) : session_(session) {}

  const credential::IssuerKey* find(std::string_view key_id) const override {
    const auto row = keep(load_key_called(session_, bytes_of(key_id)));
    if (!row) return nullptr;
    auto key = credential::PublicKey::from_point(text_of(row->point));
    if (!key) return nullptr;
    community_ = row->community_id;
    key_.emplace(as_known(*row, std::move(*key)));
    return &*key_;
  }
  // A code that was never issued here counts as revoked: somebody else has the key.
  std::optional<bool> revoked(std::string_view, std::string_view code_id, Instant) const override {
    const auto row = keep(load_code_called(session_, community_, bytes_of(code_id)));
    unknown_ = !row;
    return !row || row->revoked_at.has_value();
  }

  AreaId community() const { return community_; }
  bool unknown() const { return unknown_; }
  const std::optional<Fault>& fault() const { return fault_; }

 private:
  template <class T>
  std::optional<T> keep(Result<std::optional<T>> found) const {
    if (found) return std::move(*found);
    fault_ = std::move(found).error();
    return std::nullopt;
  }
  Session& session_;
  mutable AreaId community_;
  mutable std::optional<credential::IssuerKey> key_;
  mutable std::optional<Fault> fault_;
  mutable bool unknown_ = false;
};

Fault refused(const credential::FlReading& reading, bool unknown) {
  using credential::FlStage;
  const auto fault = [&](FaultCode code, const char* reason) { return Fault{code, reason, "/token", reading.reason}; };
  if (reading.stage == FlStage::time && reading.reason == "TIME_EXPIRED")
    return fault(FaultCode::stale, "code.expired");
  if (reading.stage == FlStage::holder)
    return reading.reason == "HOLDER_STALE" ? fault(FaultCode::stale, "code.expired")
                                            : fault(FaultCode::conflict, "code.not_from_phone");
  if (reading.stage == FlStage::revocation && !unknown) return fault(FaultCode::conflict, "code.revoked");
  return fault(FaultCode::not_found, "person.unknown_code");
}

}  // namespace

Result<Recognised> read_code(Session& session, std::string_view text, Instant at) {
  const FromDatabase known(session);
  auto reading = credential::verify_fl(text, known, &known, at);
  if (known.fault()) return tl::unexpected(*known.fault());
  if (reading.verdict != credential::FlVerdict::accept) return tl::unexpected(refused(reading, known.unknown()));
  const auto person = static_cast<std::int64_t>(reading.claims->person);
  return Recognised{{known.community(), PersonId{person}}, std::move(*reading.claims)};
}

}  // namespace firstline::issuing
