#include "ledger/audit.hpp"

#include <limits>
#include <map>
#include <optional>

#include "json/json.hpp"
#include "ledger/seal_body.hpp"
#include "ledger/store.hpp"

namespace firstline::ledger {
namespace {

constexpr int page_rows = 2000;

// One chain while its facts go by in order.
struct Walk {
  std::int64_t writer = 0, seq = 0;
  store::Bytes hash = store::Bytes(32);
  bool sound = true;
};

// What is wrong with a fact that comes after `walk`, if anything.
std::optional<Trouble> trouble_of(const FactRow& row, const Walk& walk) {
  if (row.seq <= walk.seq) return Trouble::fork;
  if (row.seq != walk.seq + 1) return Trouble::gap;
  if (hash_of(row) != row.hash) return Trouble::hash_mismatch;
  if (row.previous_hash != walk.hash) return Trouble::broken_link;
  return std::nullopt;
}

class Audit {
 public:
  Audit(store::Session& session, const std::vector<SealedTable>& tables) : session_(session) {
    for (const SealedTable& table : tables) tables_.emplace(table.kind, &table);
  }

  Result<AuditReport> run() {
    ChainPlace place{std::numeric_limits<std::int64_t>::min(), 0, 0, 0};
    for (;;) {
      FL_TRY(const auto rows, chains_after(session_, place, page_rows));
      for (const FactRow& row : rows) FL_TRYV(take(row));
      if (rows.size() < static_cast<std::size_t>(page_rows)) break;
      const FactRow& last = rows.back();
      place = {last.writer, last.seq, last.community_id, last.id.value};
    }
    close_chain();
    FL_TRYV(check_heads());
    return std::move(report_);
  }

 private:
  Result<void> take(const FactRow& row) {
    if (!walk_ || row.writer != walk_->writer) {
      close_chain();
      walk_ = Walk{row.writer};
    }
    ++report_.facts;
    if (!walk_->sound) return {};
    if (const auto trouble = trouble_of(row, *walk_)) {
      walk_->sound = false;
      const std::int64_t seq = *trouble == Trouble::gap ? walk_->seq + 1 : row.seq;
      report_.findings.push_back({*trouble, row.writer, seq, row.id, row.kind});
      return {};
    }
    walk_->seq = row.seq;
    walk_->hash = row.hash;
    if (row.kind == chains_sealed_kind) return keep_heads(row);
    return check_seal(row);
  }

  void close_chain() {
    if (!walk_) return;
    ++report_.chains;
    report_.heads.push_back({walk_->writer, walk_->seq, to_hex(walk_->hash)});
  }

  Result<void> keep_heads(const FactRow& row) {
    ++report_.seals;
    const auto body = json::read<ChainsBody>(row.body);
    if (!body) return unreadable(row);
    for (const Head& head : body->heads) claims_[{head.writer, head.seq}] = {row.id, head.hash};
    return {};
  }

  Result<void> check_seal(const FactRow& row) {
    const auto found = tables_.find(row.kind);
    if (found == tables_.end()) return {};
    ++report_.seals;
    const auto read = json::read<SealBody>(row.body);
    if (!read) return unreadable(row);
    const SealBody& body = *read;
    FL_TRY(const auto seals, found->second->seals(session_, AreaId{row.community_id}, body.day));
    DaySeal now{body.part, 0, {}};
    for (const DaySeal& seal : seals)
      if (seal.part == body.part) now = seal;
    if (now == DaySeal{body.part, body.count, body.digest}) return {};
    report_.findings.push_back({Trouble::seal_mismatch, row.writer, row.seq, row.id,
                                body.part + " " + format_date(body.day) + ": sealed " + std::to_string(body.count) +
                                    " rows, found " + std::to_string(now.count)});
    return {};
  }

  Result<void> unreadable(const FactRow& row) {
    report_.findings.push_back({Trouble::seal_mismatch, row.writer, row.seq, row.id, "the seal cannot be read"});
    return {};
  }

  Result<void> check_heads() {
    for (const auto& [place, claim] : claims_) {
      FL_TRY(const auto hashes, hashes_at(session_, place.first, place.second));
      bool there = false;
      for (const store::Bytes& hash : hashes) there = there || to_hex(hash) == claim.hash;
      if (!there)
        report_.findings.push_back(
            {Trouble::missing, place.first, place.second, claim.sealed_by, "sealed, but not there"});
    }
    return {};
  }

  struct Claim {
    FactId sealed_by;
    std::string hash;
  };

  store::Session& session_;
  std::map<std::string, const SealedTable*> tables_;
  std::map<std::pair<std::int64_t, std::int64_t>, Claim> claims_;  // (writer, seq) that day seals name; a few a day.
  std::optional<Walk> walk_;
  AuditReport report_;
};

}  // namespace

Result<AuditReport> verify(store::Session& session, const std::vector<SealedTable>& tables) {
  return Audit(session, tables).run();
}

}  // namespace firstline::ledger
