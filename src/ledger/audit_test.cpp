#include "ledger/audit.hpp"

#include <filesystem>

#include <gmock/gmock.h>
#include <sqlite3.h>
#include <unistd.h>

#include "ledger/query.hpp"
#include "store/acting.hpp"
#include "store/database.hpp"

namespace firstline::ledger {
namespace {

using store::Session;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const Instant noon = from_millis(1'647'316'800'000);  // 2022-03-15 12:00 in Shanghai.
const Date today = civil_date(noon);
const AreaId here{620102020901}, there{620102020902};

Draft draft_of(int number) {
  Draft draft;
  draft.community = number % 2 == 0 ? here : there;
  draft.at = draft.recorded_at = noon + Millis(number);
  draft.actor = AccountId{7};
  draft.device = DeviceId{8};
  draft.area = draft.community;
  draft.kind = number % 3 == 0 ? "gate.override" : "person.revealed";
  draft.subject = "person:" + std::to_string(number);
  draft.policy_version = "p1";
  draft.body = R"({"number":)" + std::to_string(number) + "}";
  draft.role = "secretary";
  return draft;
}

class LedgerTest : public testing::Test {
 protected:
  LedgerTest() {
    folder_ = std::filesystem::temp_directory_path() / ("fl_ledger_test_" + std::to_string(::getpid()));
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    open();
  }
  ~LedgerTest() override {
    database_.reset();
    std::filesystem::remove_all(folder_);
  }

  void open(int node = 0) {
    database_.reset();
    store::Options options;
    options.url = "sqlite://" + file();
    options.node = node;
    options.readers = 1;
    options.load_chain = load_chain;
    auto opened = store::Database::open(options);
    ASSERT_TRUE(opened) << opened.error().reason << opened.error().detail;
    database_ = std::move(*opened);
  }

  void write_facts(int from, int until) {
    for (int number = from; number < until; ++number)
      ASSERT_TRUE(database_->write([&](Session& s) { return write(s, draft_of(number)); }));
  }

  // What a thief of the database file does: past the program.
  void tamper(const std::string& sql) {
    sqlite3* handle = nullptr;
    ASSERT_EQ(sqlite3_open(file().c_str(), &handle), SQLITE_OK);
    char* error = nullptr;
    const int code = sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, &error);
    EXPECT_EQ(code, SQLITE_OK) << sql << ": " << (error ? error : "");
    EXPECT_GT(sqlite3_total_changes(handle), 0) << sql;
    sqlite3_free(error);
    sqlite3_close(handle);
  }

  AuditReport audit(const std::vector<SealedTable>& tables = {}) {
    auto report = database_->read([&](Session& s) { return verify(s, tables); });
    EXPECT_TRUE(report) << report.error().detail;
    return report ? *report : AuditReport{};
  }

  std::string file() const { return (folder_ / "f.db").string(); }

  std::filesystem::path folder_;
  std::unique_ptr<store::Database> database_;
};

TEST_F(LedgerTest, AnUntouchedChainIsWhole) {
  write_facts(1, 21);
  const auto report = audit();
  EXPECT_EQ(report.facts, 20);
  EXPECT_EQ(report.chains, 1);
  EXPECT_THAT(report.findings, IsEmpty());
  ASSERT_THAT(report.heads, SizeIs(1));
  EXPECT_EQ(report.heads[0].seq, 20);
}

TEST_F(LedgerTest, AnEmptyLedgerIsWhole) {
  const auto report = audit();
  EXPECT_EQ(report.facts, 0);
  EXPECT_THAT(report.findings, IsEmpty());
}

TEST_F(LedgerTest, MoreFactsThanOnePageHolds) {
  ASSERT_TRUE(database_->write([&](Session& s) -> Result<void> {
    for (int number = 0; number < 4500; ++number) FL_TRYV(write(s, draft_of(number)));
    return {};
  }));
  EXPECT_EQ(audit().facts, 4500);
  EXPECT_THAT(audit().findings, IsEmpty());
  tamper("update fact set actor = 9 where seq = 4321");
  ASSERT_THAT(audit().findings, SizeIs(1));
  EXPECT_EQ(audit().findings[0].seq, 4321);
}

struct Tampering {
  const char* column;
  const char* change;
  Trouble what;
};
class EveryColumn : public LedgerTest, public testing::WithParamInterface<Tampering> {};

// The 10th of 20 facts is touched; the finding must name the 10th place.
TEST_P(EveryColumn, IsFoundAtExactlyThatFact) {
  write_facts(1, 21);
  tamper(std::string("update fact set ") + GetParam().change + " where seq = 10");
  const auto report = audit();
  std::vector<Finding> of_chain;
  for (const Finding& finding : report.findings)
    if (finding.writer == 1) of_chain.push_back(finding);
  ASSERT_THAT(of_chain, SizeIs(1));
  EXPECT_EQ(of_chain[0].what, GetParam().what);
  EXPECT_EQ(of_chain[0].seq, 10);
}
INSTANTIATE_TEST_SUITE_P(
    Fact, EveryColumn,
    testing::Values(
        Tampering{"community_id", "community_id = community_id + 5", Trouble::hash_mismatch},
        Tampering{"id", "id = id + 4000000", Trouble::hash_mismatch}, Tampering{"writer", "writer = 2", Trouble::gap},
        Tampering{"writer_below_zero", "writer = -2", Trouble::gap}, Tampering{"seq", "seq = 1000", Trouble::gap},
        Tampering{"at", "at = at + 1", Trouble::hash_mismatch},
        Tampering{"recorded_at", "recorded_at = recorded_at - 1", Trouble::hash_mismatch},
        Tampering{"actor", "actor = 70", Trouble::hash_mismatch},
        Tampering{"device", "device = 0", Trouble::hash_mismatch},
        Tampering{"area", "area = 1", Trouble::hash_mismatch},
        Tampering{"kind", "kind = 'person.seen'", Trouble::hash_mismatch},
        Tampering{"subject", "subject = 'person:11'", Trouble::hash_mismatch},
        Tampering{"policy_version", "policy_version = 'p2'", Trouble::hash_mismatch},
        Tampering{"body", "body = '{}'", Trouble::hash_mismatch},
        Tampering{"text_moved_between_columns", "subject = subject || 'p', policy_version = '1'",
                  Trouble::hash_mismatch},
        Tampering{"previous_hash", "previous_hash = zeroblob(32)", Trouble::hash_mismatch},
        Tampering{"hash", "hash = zeroblob(32)", Trouble::hash_mismatch},
        Tampering{"role", "role = 'auditor'", Trouble::hash_mismatch},
        Tampering{"role_taken_away", "role = ''", Trouble::hash_mismatch},
        Tampering{"role_moved_to_kind", "role = 'secretar', kind = 'y' || kind", Trouble::hash_mismatch},
        Tampering{"called_an_older_form", "hash_version = 1", Trouble::hash_mismatch},
        Tampering{"called_an_older_form_without_role", "hash_version = 1, role = ''", Trouble::hash_mismatch},
        Tampering{"called_a_form_to_come", "hash_version = 3", Trouble::hash_mismatch}),
    [](const auto& param_info) { return param_info.param.column; });

TEST_F(LedgerTest, AFactTakenOutLeavesAGap) {
  write_facts(1, 21);
  tamper("delete from fact where seq = 10");
  ASSERT_THAT(audit().findings, SizeIs(1));
  EXPECT_EQ(audit().findings[0].what, Trouble::gap);
  EXPECT_EQ(audit().findings[0].seq, 10);
}

TEST_F(LedgerTest, TheFirstFactTakenOutLeavesAGap) {
  write_facts(1, 5);
  tamper("delete from fact where seq = 1");
  ASSERT_THAT(audit().findings, SizeIs(1));
  EXPECT_EQ(audit().findings[0].what, Trouble::gap);
  EXPECT_EQ(audit().findings[0].seq, 1);
}

TEST_F(LedgerTest, TwoFactsSwapped) {
  write_facts(1, 21);
  tamper(
      "update fact set seq = -1 where seq = 10; update fact set seq = 10 where seq = 12; update fact set seq = 12 where seq = -1");
  ASSERT_THAT(audit().findings, SizeIs(1));
  EXPECT_EQ(audit().findings[0].what, Trouble::hash_mismatch);
  EXPECT_EQ(audit().findings[0].seq, 10);
}

TEST_F(LedgerTest, ASecondFactAtOnePlaceIsAFork) {
  write_facts(1, 21);
  tamper(
      "insert into fact select community_id + 7, id, writer, seq, at, recorded_at, actor, device, area, kind, subject, policy_version, "
      "body, previous_hash, hash, role, hash_version from fact where seq = 10");
  ASSERT_THAT(audit().findings, SizeIs(1));
  EXPECT_EQ(audit().findings[0].what, Trouble::fork);
  EXPECT_EQ(audit().findings[0].seq, 10);
}

// Somebody who knows how the hash is made changes a fact and its hash: the next one gives it away.
TEST_F(LedgerTest, AFactWrittenAgainBreaksTheLink) {
  write_facts(1, 4);
  auto rows = database_->read([](Session& s) { return facts(s, {here, {}, {}, {}, {}, 10}); });
  ASSERT_TRUE(rows);
  FactRow forged = rows->front();
  ASSERT_EQ(forged.seq, 2);
  forged.actor = 99;
  tamper("update fact set actor = 99, hash = x'" + to_hex(hash_of(forged)) + "' where seq = 2");
  ASSERT_THAT(audit().findings, SizeIs(1));
  EXPECT_EQ(audit().findings[0].what, Trouble::broken_link);
  EXPECT_EQ(audit().findings[0].seq, 3);
}

// Worked out outside this program, from what version 0.1 hashed: old chains must verify for ever.
TEST(FactHash, TheFirstFormIsAsItWasWritten) {
  FactRow row;
  row.community_id = 620102020901;
  row.id = FactId{77};
  row.writer = 1;
  row.seq = 3;
  row.at = row.recorded_at = noon;
  row.actor = 7;
  row.device = 8;
  row.area = 9;
  row.kind = "person.revealed";
  row.subject = "person:5";
  row.policy_version = "p1";
  row.body = "{}";
  row.previous_hash = store::Bytes(32);
  row.hash_version = 1;
  EXPECT_EQ(to_hex(hash_of(row)), "e7f010f43baa946b2b3498d1f80ec90ea9bbd320543ac007afecbaee719ee22c");
  row.role = "secretary";
  EXPECT_NE(to_hex(hash_of(row)), "e7f010f43baa946b2b3498d1f80ec90ea9bbd320543ac007afecbaee719ee22c")
      << "a role put onto an old fact";
}

// A database of before: its facts have no role and their old hashes; new ones follow them in the same chain.
TEST_F(LedgerTest, FactsOfBeforeTheRoleStayWholeAndTheChainGoesOn) {
  write_facts(1, 6);
  std::vector<FactRow> rows;
  for (const AreaId community : {here, there}) {
    const auto found = database_->read([&](Session& s) { return facts(s, {community, {}, {}, {}, {}, 10}); });
    rows.insert(rows.end(), found->begin(), found->end());
  }
  std::sort(rows.begin(), rows.end(), [](const FactRow& a, const FactRow& b) { return a.seq < b.seq; });
  store::Bytes previous(32);
  for (FactRow& row : rows) {
    row.role.clear();
    row.hash_version = 1;
    row.previous_hash = previous;
    previous = hash_of(row);
    tamper("update fact set role = '', hash_version = 1, previous_hash = x'" + to_hex(row.previous_hash) +
           "', hash = x'" + to_hex(previous) + "' where seq = " + std::to_string(row.seq));
  }
  open();
  write_facts(6, 11);
  EXPECT_EQ(audit().facts, 10);
  EXPECT_THAT(audit().findings, IsEmpty());
  tamper("update fact set role = 'auditor' where seq = 2");
  ASSERT_THAT(audit().findings, SizeIs(1));
  EXPECT_EQ(audit().findings[0].seq, 2);
}

// Roles come from the use case; a fact without an actor has none, and the next use case starts without.
TEST_F(LedgerTest, TheRoleIsThatOfTheUseCaseAndDoesNotOutliveIt) {
  const auto written = [&](std::string_view acting, AccountId actor) {
    const auto id = database_->write([&](Session& s) {
      if (!acting.empty()) store::act_as(s, acting);
      Draft draft = draft_of(2);
      draft.role.reset();
      draft.actor = actor;
      return write(s, draft);
    });
    return (*database_->read([&](Session& s) { return find_fact(s, here, *id); }))->role;
  };
  EXPECT_EQ(written("grid_worker", AccountId{7}), "grid_worker");
  EXPECT_EQ(written("", AccountId{7}), "");
  EXPECT_EQ(written("keeper", {}), "");
  FactFilter filter;
  filter.community = here;
  filter.role = "grid_worker";
  EXPECT_THAT(*database_->read([&](Session& s) { return facts(s, filter); }), SizeIs(1));
  filter.subject = "person:2";
  EXPECT_THAT(*database_->read([&](Session& s) { return facts(s, filter); }), SizeIs(1));
  filter.role = "keeper";
  EXPECT_THAT(*database_->read([&](Session& s) { return facts(s, filter); }), IsEmpty());
  filter = {};
  filter.community = here;
  filter.kind_end = "revealed";
  EXPECT_THAT(*database_->read([&](Session& s) { return facts(s, filter); }), SizeIs(3));
  filter.kind_end = "override";
  EXPECT_THAT(*database_->read([&](Session& s) { return facts(s, filter); }), IsEmpty());
  filter.kind_end = "a kind longer than any other, person.revealed";
  EXPECT_THAT(*database_->read([&](Session& s) { return facts(s, filter); }), IsEmpty());
}

TEST_F(LedgerTest, TheChainGoesOnAfterReopening) {
  write_facts(1, 6);
  open();
  write_facts(6, 11);
  open(3);  // Another node: a chain of its own.
  write_facts(11, 16);
  open();
  write_facts(16, 18);
  const auto report = audit();
  EXPECT_EQ(report.facts, 17);
  EXPECT_EQ(report.chains, 2);
  EXPECT_THAT(report.findings, IsEmpty());
}

TEST_F(LedgerTest, ARollBackDoesNotMoveTheChain) {
  write_facts(1, 4);
  const auto refused = database_->write([](Session& s) -> Result<void> {
    FL_TRYV(write(s, draft_of(50)));
    return fail(FaultCode::conflict, "test.no");
  });
  EXPECT_EQ(refused.error().reason, "test.no");
  EXPECT_FALSE(database_->write([](Session& s) -> Result<void> {
    FL_TRYV(write(s, draft_of(51)));
    throw std::runtime_error("thrown");
  }));
  write_facts(4, 7);
  const auto report = audit();
  EXPECT_EQ(report.facts, 6);
  EXPECT_THAT(report.findings, IsEmpty());
}

TEST_F(LedgerTest, TheEndCutOffIsMissedByTheDaySeal) {
  write_facts(1, 11);
  const auto tomorrow = noon + std::chrono::hours(24);
  EXPECT_EQ(database_->write([&](Session& s) { return seal_chains(s, today, noon); }).error().reason,
            "ledger.day_not_over");
  EXPECT_EQ(*database_->write([&](Session& s) { return seal_chains(s, today, tomorrow); }), 1);
  EXPECT_EQ(*database_->write([&](Session& s) { return seal_chains(s, today, tomorrow); }), 0);
  open(1);
  EXPECT_EQ(*database_->write([&](Session& s) {
    return seal_chains(s, today + std::chrono::days(1), tomorrow + std::chrono::hours(24));
  }),
            1);
  EXPECT_THAT(audit().findings, IsEmpty());
  EXPECT_EQ(audit().seals, 2);

  tamper("delete from fact where writer = 1 and seq > 8");  // Together with its own seal; the other node's remembers.
  const auto findings = audit().findings;
  ASSERT_THAT(findings, SizeIs(1));
  EXPECT_EQ(findings[0].what, Trouble::missing);
  EXPECT_EQ(findings[0].writer, 1);
  EXPECT_EQ(findings[0].seq, 11);
}

TEST_F(LedgerTest, RowsOfASealedTable) {
  std::int64_t rows = 3;
  const SealedTable table{"gate.day_sealed", [&](Session&, AreaId, Date) -> Result<std::vector<DaySeal>> {
                            if (rows == 0) return std::vector<DaySeal>{};
                            DayDigest digest;
                            for (std::int64_t row = 0; row < rows; ++row) digest.add(row);
                            return std::vector<DaySeal>{{"gate:5", rows, digest.finish()}, {"gate:6", 1, "aa"}};
                          }};
  const auto seal = [&] {
    return database_->write([&](Session& s) { return seal_day(s, table, here, today, noon + std::chrono::hours(24)); });
  };
  EXPECT_EQ(*seal(), 2);
  EXPECT_EQ(*seal(), 0);
  EXPECT_THAT(audit({table}).findings, IsEmpty());
  EXPECT_EQ(audit({table}).seals, 2);
  for (const std::int64_t now : {2, 4}) {
    rows = now;
    const auto findings = audit({table}).findings;
    ASSERT_THAT(findings, SizeIs(1)) << now;
    EXPECT_EQ(findings[0].what, Trouble::seal_mismatch);
    EXPECT_EQ(findings[0].seq, 1);
  }
  rows = 0;  // All rows of the day taken out.
  EXPECT_THAT(audit({table}).findings, SizeIs(2));
}

TEST_F(LedgerTest, FactsAreFoundNewestFirstPageByPage) {
  write_facts(1, 25);
  FactFilter filter{here, "gate.", {}, {}, {}, 3};
  std::vector<std::string> subjects;
  for (;;) {
    const auto page = database_->read([&](Session& s) { return facts(s, filter); });
    ASSERT_TRUE(page) << page.error().detail;
    for (const FactRow& row : *page) subjects.push_back(row.subject);
    if (page->size() < 3) break;
    filter.until = page->back().id;
  }
  EXPECT_THAT(subjects, ElementsAre("person:24", "person:18", "person:12", "person:6"));

  const auto one = database_->read([&](Session& s) { return facts(s, {here, {}, "person:8", {}, {}, 10}); });
  ASSERT_THAT(*one, SizeIs(1));
  const FactId id = one->front().id;
  EXPECT_THAT(*database_->read([&](Session& s) {
    return facts(s, {here, {}, {}, id, {}, 100});
  }),
              SizeIs(9));  // 8, 10 ... 24.
  EXPECT_EQ((*database_->read([&](Session& s) { return find_fact(s, here, id); }))->subject, "person:8");
  EXPECT_FALSE(*database_->read([&](Session& s) { return find_fact(s, there, id); }));
  EXPECT_EQ((*database_->read([&](Session& s) { return find_fact_anywhere(s, id); }))->community_id, here.value);
}

}  // namespace
}  // namespace firstline::ledger
