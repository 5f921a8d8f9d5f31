#pragma once

// What an engine must give: a Session that can also begin, end and mend itself. Inside the store only.

#include <memory>
#include <string>

#include "store/session.hpp"

namespace firstline::store {

enum class Mode { read, write };

class Connection : public Session {
 public:
  virtual Result<void> begin() = 0;
  virtual Result<void> commit() = 0;
  virtual void rollback() = 0;
  // Several statements without parameters: schema and engine settings.
  virtual Result<void> run_script(const std::string& text) = 0;
  // Whether the transaction has changed anything since it began or since this was reset.
  virtual bool changed() const = 0;
  virtual void reset_changed() = 0;
  // After store.connection_lost: opens again.
  virtual Result<void> reopen() { return {}; }

  bool writable() const final { return mode_ == Mode::write; }
  ChainHead& chain() final { return chain_; }
  IdSource& ids() final { return ids_; }

 protected:
  Connection(Mode mode, IdSource& ids) : mode_(mode), ids_(ids) {}

 private:
  const Mode mode_;
  IdSource& ids_;
  ChainHead chain_;
};

// PostgreSQL cannot keep U+0000 in a text, and a text cut short would be another text. Fault: invalid
// store.zero_in_text.
Result<void> refuse_zero_in_text(const Statement& statement, std::span<const Value> values);

// path: the database file; it is created in write mode.
Result<std::unique_ptr<Connection>> open_sqlite(const std::string& path, Mode mode, IdSource& ids);
// url: a libpq connection string or address.
Result<std::unique_ptr<Connection>> open_postgresql(const std::string& url, Mode mode, IdSource& ids);

// Brings the schema up to this program's. Faults: stale (the database knows steps that this program does not).
Result<void> migrate(Connection& connection);

}  // namespace firstline::store
