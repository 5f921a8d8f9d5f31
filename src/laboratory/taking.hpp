#pragma once

// Takes rows into the database, each for the person it names. Inside the module only.

#include "laboratory/service.hpp"
#include "laboratory/whom.hpp"

namespace firstline::laboratory {

// BatchCounts of a whole batch and of each community in it.
struct Tally {
  BatchCounts all;
  std::map<std::int64_t, BatchCounts> by_community;
  std::vector<Rejection> rejections;
  void add(const Tally& more);
};

struct Within {
  AreaId community;  // 0: any below the path.
  std::string path;
};

struct One {
  std::optional<health::Taken> taken;
  std::optional<Rejection> rejection;
  AreaId community;
};

enum class Mode { take, only_look };

class Taking {
 public:
  Taking(const Laboratory& laboratory, Within within, std::string source, health::BatchId batch, const By& by)
      : people_(&laboratory.people()),
        reactions_(laboratory.reactions()),
        within_(std::move(within)),
        source_(std::move(source)),
        batch_(batch),
        by_(by) {}
  // A rule's refusal is a rejection; only what the database cannot do is a fault. Writes nothing for a refused row.
  Result<One> one(store::Session& session, const ResultRow& row, Mode mode) const;
  Result<One> one(store::Session& session, const VaccinationRow& row, Mode mode) const;

 private:
  Result<Found> find(store::Session& session, const Who& who) const;
  Result<bool> is_within(store::Session& session, AreaId community) const;
  template <class Row, class F>
  Result<One> weighed(store::Session& session, const Row& row, F take) const;

  const person::Directory* people_;
  const health::Reactions* reactions_;
  Within within_;
  std::string source_;
  health::BatchId batch_;
  By by_;
};

void count(Tally& tally, const One& one);
// "laboratory.batch_taken": one for the batch, and one for each community if they are several.
Result<void> write_facts(store::Session& session, const Batch& batch, const Tally& tally, AreaId area, const By& by);

}  // namespace firstline::laboratory
