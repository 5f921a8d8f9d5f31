#pragma once

// Takes in test results and vaccinations from files (CSV, XLSX, FHIR R4) and messages. Finds whom each is about by a
// number and the name, refuses row by row with a reason, and hands what is good to health, whose rule of versions makes
// a second sending harmless. Opens its own transactions, small ones, so that a million rows never keep a gate waiting.
//
// Faults: laboratory.bad_source (invalid), laboratory.unknown_batch (not_found); those of reading.hpp.

#include "http/route.hpp"
#include "laboratory/model.hpp"
#include "laboratory/reading.hpp"
#include "person/service.hpp"
#include "store/database.hpp"

namespace firstline::laboratory {

struct By {
  AccountId account;
  Instant now{};
};

struct Wanted {
  Kind kind = Kind::results;
  std::string source;  // The laboratory or clinic: whose numbers the external ids are.
  std::string file_name;
  Uuid command;
  AreaId area;       // A community, or a node above several.
  AreaId community;  // 0: several.
  std::string path;  // Of the area: only people of communities below it are taken.
};

struct Outcome {
  std::optional<Batch> batch;  // Nothing after a look.
  BatchCounts counts;
  std::vector<Rejection> rejections;  // All of them, in the order of the file.
};

class Laboratory {
 public:
  // All of them outlive it. Without a database nothing but the routes' shapes may be asked of it; without reactions
  // nobody else is told of a positive.
  Laboratory(store::Database* database, const person::Directory& people, const health::Reactions* reactions = nullptr)
      : database_(database), people_(&people), reactions_(reactions) {}

  using Progress = std::function<void(std::int64_t rows)>;
  // What taking the file would come to; writes nothing. A row that the file holds twice counts as new twice.
  Result<Outcome> look(const Wanted& wanted, const OpenFile& open, const By& by, const Progress& progress = {}) const;
  // The same command gives the same batch; a batch that was cut short goes on.
  Result<Outcome> take(const Wanted& wanted, const OpenFile& open, const By& by, const Progress& progress = {}) const;

  const person::Directory& people() const { return *people_; }
  const health::Reactions* reactions() const { return reactions_; }

 private:
  class Run;
  store::Database* database_;
  const person::Directory* people_;
  const health::Reactions* reactions_;
};

// Under communities/{community}: batches, results of one person; my/results. `laboratory` outlives the table.
void add_routes(http::RouteTable& table, const Laboratory& laboratory);

}  // namespace firstline::laboratory
