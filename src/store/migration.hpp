#pragma once

// The schema, as versioned steps that each module registers beside its statements. A step is plain DDL that both
// engines take: BIGINT, SMALLINT, TEXT, DOUBLE PRECISION, BYTEA. Steps are never edited once released; a change is a
// new step.
//
// A table with the comment `-- in key order` lies in the order of its primary key on SQLite (WITHOUT ROWID): a look-up
// by key is one descent instead of two. Good for short rows that are looked up by their whole key only; not for long
// rows that arrive in time order, and not for tables with a second index whose first column is the key's: without
// statistics SQLite then walks a whole community by the key instead of using the index (so person and area have no such
// mark).
//
// A table with the comment `-- numbered by id` has that column as SQLite's own row number instead of the primary key
// (community_id, id): ids are unique over all communities, so one descent by an integer finds the row. Good for tables
// looked up by id; not where a community's rows are read in order of their ids without another index, nor where an
// "on conflict (community_id, id)" needs the key.

#include <string>
#include <vector>

namespace firstline::store {

// Must have static storage duration: construct at namespace scope only. Steps run in order of (version, module).
struct Migration {
  Migration(int version, std::string module, std::string text);
  Migration(const Migration&) = delete;
  Migration& operator=(const Migration&) = delete;

  std::string key() const;  // "0010 area": what the table `migration` remembers.

  const int version;
  const std::string module;
  const std::string text;
};

// All of the program, in the order in which they run.
std::vector<const Migration*> migrations();

}  // namespace firstline::store
