#pragma once

// Brings the office's lists in: upload, compare, take, undo. Opens its own transactions, small ones, so that a list of
// a hundred thousand never keeps a gate waiting; what was done is kept with each, so an import that was cut short goes
// on where it stopped when `take` is called again.
//
// Faults: import.unknown (not_found); import.wrong_state, import.rows_refused, import.undecided, import.under_way
// (conflict); table.* and mapping.* (invalid).

#include <functional>
#include <mutex>
#include <set>

#include "http/route.hpp"
#include "intake/model.hpp"
#include "person/service.hpp"
#include "store/database.hpp"

namespace firstline::intake {

// Who asks for it, when.
struct By {
  AccountId account;
  Instant now{};
};

class Intake {
 public:
  // Both outlive it. Without a database nothing but the routes' shapes may be asked of it.
  Intake(store::Database* database, const person::Directory& people) : database_(database), people_(&people) {}

  // Reads the file and suggests what its columns are; the same command gives the same import.
  Result<Import> upload(AreaId community, const Uuid& command, const std::string& file_name, std::string_view bytes,
                        const By& by);
  Result<Import> compare(AreaId community, ImportId id, const Wanted& wanted, const By& by);
  // Every question must be answered and no row refused; with `good_rows`, what is not is left out.
  struct Taking {
    bool good_rows = false;
    std::vector<Answer> answers{};
  };
  Result<Import> take(AreaId community, ImportId id, const Taking& taking, const By& by,
                      const std::function<void(std::int64_t done, std::int64_t total)>& progress = {});
  // Some of those who were gone from a list that is taken, by a person's choice, as of a day; a fact each. Belongs to
  // the import: its undo brings them back. Faults gone.not_among_them, gone.bad_day (invalid).
  Result<Import> move_out(AreaId community, ImportId id, const std::vector<PersonId>& who, Date left_on, const By& by);
  // Puts everybody back whom nobody has touched since. Whoever was new is withdrawn (docs/adr/0004); homes that were
  // made stay.
  Result<Import> undo(AreaId community, ImportId id, const By& by);
  Result<Import> discard(AreaId community, ImportId id, const By& by);

 private:
  class Work;
  class UnderWay;
  Result<Import> find(AreaId community, ImportId id) const;
  Result<std::string> file_of(AreaId community, ImportId id) const;
  Result<Comparison> compare_file(AreaId community, ImportId id, const Wanted& wanted, Instant now) const;

  store::Database* database_;
  const person::Directory* people_;
  std::mutex mutex_;
  std::set<std::int64_t> under_way_;
};

// A list that nobody took is personal data lying about: older than `before`, its file goes and it counts as discarded.
Result<void> forget_files(store::Session& session, AreaId community, Instant before);

// Everybody below an area as rows of the list that we hand out, headings first. In clear: for the export, which writes
// a fact, and for tests.
Result<std::vector<std::vector<std::string>>> exported(store::Session& session, const person::Directory& people,
                                                       const area::Area& community);
// The same as CSV, with the fact `intake.exported`. `reason`: correction, handover or asked_by_superior.
Result<std::string> export_people(store::Session& session, const person::Directory& people, const area::Area& community,
                                  std::string_view reason, const By& by);

// Under communities/{community}/imports; the secretary's. `intake` and `people` outlive the table.
void add_routes(http::RouteTable& table, Intake& intake, const person::Directory& people);

}  // namespace firstline::intake
