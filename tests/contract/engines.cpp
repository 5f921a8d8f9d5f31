#include "contract/engines.hpp"

#include "store/migration.hpp"

namespace firstline::tests {
namespace {

using store::Scope;
using store::Statement;

const store::Migration samples{9000, "contract", R"sql(
create table sample (
  community_id bigint not null,
  id bigint not null,
  integer bigint,
  real double precision,
  text text,
  bytes bytea,
  flag smallint not null,
  at bigint not null,
  day bigint not null,
  uuid bytea not null,
  colour text not null check (colour in ('green', 'yellow', 'red')),
  person bigint,
  primary key (community_id, id)
);
create table kept (id bigint not null primary key);
create table promised (id bigint not null primary key, kept_id bigint not null references kept (id) deferrable initially deferred);
)sql"};

const Statement insert_sample{"contract.insert", Scope::community, store::insert_text<Sample>("sample")};
const Statement select_sample{
    "contract.select", Scope::community,
    "select " + store::columns_of<Sample>() + " from sample where community_id = $1 and id = $2"};
const Statement count_samples{"contract.count", Scope::community,
                              "select count(*) from sample where community_id = $1"};

}  // namespace

Result<void> add(Session& session, const Sample& sample) {
  FL_TRYV(session.insert(insert_sample, sample));
  return {};
}

Result<std::optional<Sample>> find(Session& session, std::int64_t id) {
  return session.maybe<Sample>(select_sample, here, id);
}

Result<std::int64_t> count(Session& session) {
  FL_TRY(const auto found, session.maybe<std::int64_t>(count_samples, here));
  return found.value_or(-1);
}

Result<void> add_with_fact(Session& session, std::int64_t id) {
  Sample sample;
  sample.id = id;
  FL_TRYV(add(session, sample));
  ledger::Draft fact;
  fact.community = fact.area = here;
  fact.at = fact.recorded_at = noon;
  fact.kind = "contract.added";
  fact.subject = "sample:" + std::to_string(id);
  fact.body = "{}";
  FL_TRYV(ledger::write(session, fact));
  return {};
}

INSTANTIATE_TEST_SUITE_P(Store, Engines, testing::Values("sqlite", "postgresql"),
                         [](const auto& i) { return i.param; });

void Engines::SetUp() {
  options.load_chain = ledger::load_chain;
  options.readers = 2;
  options.writers = 2;
  if (sqlite()) {
    static std::atomic<int> number{0};
    folder_ = std::filesystem::temp_directory_path() /
              ("fl_contract_" + std::to_string(::getpid()) + "_" + std::to_string(number++));
    std::filesystem::create_directories(folder_);
    options.url = "sqlite://" + (folder_ / "f.db").string();
  } else {
    if (!PostgresqlServer::shared()) GTEST_SKIP() << PostgresqlServer::why_absent();
    options.url = PostgresqlServer::shared()->make_database();
  }
  open();
}

void Engines::TearDown() {
  database.reset();
  std::error_code error;
  if (!folder_.empty()) std::filesystem::remove_all(folder_, error);
}

void Engines::open() {
  database.reset();
  auto opened = Database::open(options);
  ASSERT_TRUE(opened) << opened.error().reason << " " << opened.error().where << " " << opened.error().detail;
  database = std::move(*opened);
}

void Engines::expect_whole() {
  const auto report = database->read([](Session& s) { return ledger::verify(s, {}); });
  ASSERT_TRUE(report) << report.error().detail;
  for (const auto& finding : report->findings)
    ADD_FAILURE() << store::enum_name(finding.what) << " at " << finding.writer << "/" << finding.seq;
}

std::int64_t Engines::rows() { return database->read(count).value_or(-1); }

}  // namespace firstline::tests
