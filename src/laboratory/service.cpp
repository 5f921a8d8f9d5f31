#include "laboratory/service.hpp"

#include "json/json.hpp"
#include "laboratory/store.hpp"
#include "laboratory/taking.hpp"

namespace firstline::laboratory {
namespace {

using store::Session;

constexpr std::size_t rows_in_a_transaction = 200;  // Some ten milliseconds of the writer.
constexpr std::size_t source_bytes_max = 100, file_name_bytes_max = 200;

}  // namespace

// One file on its way in: rows are gathered, and each group is one small transaction together with how far we are.
class Laboratory::Run {
 public:
  Run(const Laboratory& laboratory, const Wanted& wanted, const By& by, Mode mode, Batch batch,
      const Progress& progress)
      : laboratory_(laboratory),
        taking_(laboratory, {wanted.community, wanted.path}, wanted.source, batch.id, by),
        mode_(mode),
        batch_(std::move(batch)),
        progress_(progress) {}

  Result<void> use(AnyRow row) {
    if (std::holds_alternative<FhirFile::Nothing>(row)) {
      ++tally_.all.left_out;
      return {};
    }
    group_.push_back(std::move(row));
    return group_.size() < rows_in_a_transaction ? Result<void>() : flush();
  }

  Result<void> flush() {
    if (group_.empty()) return {};
    Tally made;
    const auto work = [&](Session& session) -> Result<void> {
      made = {};  // A use case may be run again.
      for (const AnyRow& row : group_) {
        FL_TRY(const auto one, taken(session, row));
        count(made, one);
      }
      return mode_ == Mode::take ? save(session, made.all, BatchState::taking) : Result<void>();
    };
    FL_TRYV(mode_ == Mode::take ? laboratory_.database_->write(work) : laboratory_.database_->read(work));
    tally_.add(made);
    group_.clear();
    if (progress_) progress_(tally_.all.rows);
    return {};
  }

  Result<Batch> finish(AreaId area, const By& by) {
    std::vector<Rejection> kept(
        tally_.rejections.begin(),
        tally_.rejections.begin() + static_cast<std::ptrdiff_t>(std::min(tally_.rejections.size(), rejections_kept)));
    batch_.rejections = json::write(kept);
    const auto work = [&](Session& session) -> Result<void> {
      FL_TRYV(save(session, {}, BatchState::taken));
      return write_facts(session, batch_, tally_, area, by);
    };
    FL_TRYV(laboratory_.database_->write(work));
    batch_.state = BatchState::taken;
    return batch_;
  }
  Tally& tally() { return tally_; }

 private:
  Result<One> taken(Session& session, const AnyRow& row) const {
    if (const auto* rejection = std::get_if<Rejection>(&row)) return One{{}, *rejection, {}};
    if (const auto* result = std::get_if<ResultRow>(&row)) return taking_.one(session, *result, mode_);
    return taking_.one(session, std::get<VaccinationRow>(row), mode_);
  }
  Result<void> save(Session& session, const BatchCounts& more, BatchState state) {
    Tally sum;
    sum.all = tally_.all;
    Tally now;
    now.all = more;
    sum.add(now);
    Batch batch = batch_;
    batch.state = state;
    batch.counts = json::write(sum.all);
    FL_TRYV(save_progress(session, batch));
    if (state == BatchState::taken) batch_.counts = batch.counts;
    return {};
  }

  const Laboratory& laboratory_;
  const Taking taking_;
  const Mode mode_;
  Batch batch_;
  const Progress& progress_;
  std::vector<AnyRow> group_;
  Tally tally_;
};

Result<Outcome> Laboratory::look(const Wanted& wanted, const OpenFile& open, const By& by,
                                 const Progress& progress) const {
  if (wanted.source.empty() || wanted.source.size() > source_bytes_max)
    return fail(FaultCode::invalid, "laboratory.bad_source", {}, "/source");
  Run run(*this, wanted, by, Mode::only_look, {}, progress);
  FL_TRYV(read_file(open, wanted.kind, [&](AnyRow row) { return run.use(std::move(row)); }));
  FL_TRYV(run.flush());
  return Outcome{{}, run.tally().all, std::move(run.tally().rejections)};
}

Result<Outcome> Laboratory::take(const Wanted& wanted, const OpenFile& open, const By& by,
                                 const Progress& progress) const {
  if (wanted.source.empty() || wanted.source.size() > source_bytes_max)
    return fail(FaultCode::invalid, "laboratory.bad_source", {}, "/source");
  Batch batch;
  batch.community_id = wanted.community;
  batch.command_id = wanted.command;
  batch.kind = wanted.kind;
  batch.source = wanted.source;
  batch.file_name = wanted.file_name.substr(0, file_name_bytes_max);
  batch.at = by.now;
  batch.account_id = by.account;
  batch.counts = json::write(BatchCounts{});
  batch.rejections = "[]";
  FL_TRYV(database_->write([&](Session& session) -> Result<void> {
    batch.id = session.new_id<health::BatchId>(by.now);
    FL_TRY(const bool added, add(session, batch));
    if (added) return {};
    FL_TRY(const auto there, load_by_command(session, batch.community_id, batch.command_id));
    FL_CHECK(there);
    batch = *there;
    return {};
  }));
  if (batch.state == BatchState::taken) {
    Outcome outcome{batch, {}, {}};
    FL_TRY(outcome.counts, json::read<BatchCounts>(batch.counts));
    FL_TRY(outcome.rejections, json::read<std::vector<Rejection>>(batch.rejections));
    return outcome;
  }
  Run run(*this, wanted, by, Mode::take, batch, progress);
  FL_TRYV(read_file(open, wanted.kind, [&](AnyRow row) { return run.use(std::move(row)); }));
  FL_TRYV(run.flush());
  FL_TRY(const auto taken, run.finish(wanted.area, by));
  return Outcome{taken, run.tally().all, std::move(run.tally().rejections)};
}

}  // namespace firstline::laboratory
