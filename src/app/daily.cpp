#include "app/daily.hpp"

#include "access/service.hpp"
#include "area/service.hpp"
#include "base/log.hpp"
#include "gate/seal.hpp"
#include "http/once.hpp"
#include "intake/service.hpp"
#include "issuing/service.hpp"
#include "offline/service.hpp"
#include "venue/service.hpp"

namespace firstline::app {
namespace {

constexpr std::chrono::minutes step{5};

Result<void> forget_late_records(store::Database& database, const std::vector<AreaId>& communities, Instant now) {
  for (const AreaId community : communities) {
    int forgotten = 1;
    while (forgotten > 0) {
      FL_TRY(forgotten, database.write([&](store::Session& session) {
        return offline::forget_contents(session, community, now - offline::contents_kept);
      }));
    }
  }
  return {};
}

}  // namespace

Result<void> seal_day(store::Database& database, Date day, Instant now) {
  FL_TRY(auto communities,
         database.read([](store::Session& session) { return area::communities_with_gates(session); }));
  for (const AreaId community : communities) {
    FL_TRY([[maybe_unused]] const int facts, database.write([&](store::Session& session) {
      return ledger::seal_day(session, gate::sealed_passages(), community, day, now);
    }));
  }
  communities.push_back({});  // Commands above any community.
  for (const AreaId community : communities) {
    FL_TRY([[maybe_unused]] const auto forgotten, database.write([&](store::Session& session) {
      return http::forget_answers(session, community, now - answers_kept);
    }));
  }
  FL_TRYV(database.write([&](store::Session& session) { return access::forget_expired(session, now); }));
  for (const AreaId community : communities) {
    const auto forget = [&](store::Session& session) -> Result<void> {
      FL_TRYV(venue::forget_scans(session, community, now - venue::scans_kept));
      return intake::forget_files(session, community, now - files_kept);
    };
    FL_TRYV(database.write(forget));
  }
  FL_TRYV(forget_late_records(database, communities, now));
  FL_TRY([[maybe_unused]] const int heads,
         database.write([&](store::Session& session) { return ledger::seal_chains(session, day, now); }));
  return {};
}

DailyWork::DailyWork(store::Database& database, const person::Directory& people, const isolation::Desk& isolating,
                     const Clock& clock)
    : database_(database), people_(people), isolating_(isolating), clock_(clock), thread_([this] { run(); }) {}

DailyWork::~DailyWork() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void DailyWork::index_old() {
  const auto communities =
      database_.read([](store::Session& session) { return area::communities_with_gates(session); });
  if (!communities) return;
  for (const AreaId community : *communities) {
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) return;
    }
    const auto whole =
        database_.read([&](store::Session& session) { return person::is_indexed(session, people_, community); });
    if (whole && *whole) continue;
    const auto done = whole ? person::reindex(database_, people_, community) : tl::unexpected(whole.error());
    if (done)
      log(LogLevel::info, "search.indexed",
          {{"community", format_id(community.value)}, {"people", std::to_string(*done)}});
    else log(LogLevel::error, "search.index_failed", {{"reason", done.error().reason}});
  }
}

void DailyWork::ask_after_reports(Instant now) {
  const auto communities =
      database_.read([](store::Session& session) { return area::communities_with_gates(session); });
  if (!communities) return;
  for (const AreaId community : *communities) {
    const auto raised = database_.write(
        [&](store::Session& session) { return isolation::raise_missed(session, isolating_, community, now); });
    if (!raised) log(LogLevel::error, "daily.reports_failed", {{"reason", raised.error().reason}});
  }
}

void DailyWork::run() {
  index_old();
  Date sealed{};
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    const Instant now = clock_.now();
    lock.unlock();
    if (const auto tended = issuing::tend(database_, people_, now, system_random()); !tended)
      log(LogLevel::error, "daily.codes_failed", {{"reason", tended.error().reason}});
    ask_after_reports(now);
    lock.lock();
    const Date yesterday = civil_date(now) - std::chrono::days(1);
    if (yesterday != sealed) {
      lock.unlock();
      if (const auto done = seal_day(database_, yesterday, now)) sealed = yesterday;
      else
        log(LogLevel::error, "daily.seal_failed", {{"reason", done.error().reason}, {"day", format_date(yesterday)}});
      lock.lock();
    }
    wake_.wait_for(lock, step, [this] { return stopping_; });
  }
}

}  // namespace firstline::app
