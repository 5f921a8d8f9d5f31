// SQLite: WAL, synchronous=FULL. Readers see the last commit while the one writer works.

#include <cstring>

#include <sqlite3.h>

#include "base/check.hpp"
#include "store/connection.hpp"
#include "store/page_memory.hpp"

namespace firstline::store {
namespace {

Fault fault_of(sqlite3* handle, int code, std::string_view what) {
  std::string detail = std::string(what) + ": " + sqlite3_errmsg(handle);
  switch (code & 0xff) {
    case SQLITE_CONSTRAINT:
      return {FaultCode::conflict,
              (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY) ? "store.duplicate"
                                                                                         : "store.constraint",
              {},
              detail};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {FaultCode::busy, "store.busy", {}, detail};
    case SQLITE_FULL:
      return {FaultCode::unavailable, "store.disk_full", {}, detail};
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
      return {FaultCode::unavailable, "store.disk", {}, detail};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return {FaultCode::corrupt, "store.corrupt", {}, detail};
    default:
      return {FaultCode::unavailable, "store.statement", {}, detail};
  }
}

// $1 -> ?1, outside of string literals.
std::string with_question_marks(const std::string& text) {
  std::string out;
  out.reserve(text.size());
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\'') quoted = !quoted;
    const bool placeholder =
        !quoted && text[i] == '$' && i + 1 < text.size() && text[i + 1] >= '0' && text[i + 1] <= '9';
    out += placeholder ? '?' : text[i];
  }
  return out;
}

// See migration.hpp: a table whose text says so is numbered by one of its columns.
std::string with_own_numbers(std::string text) {
  constexpr std::string_view mark = "-- numbered by ";
  for (std::size_t at = text.find(mark); at != text.npos; at = text.find(mark, at + 1)) {
    const std::size_t name = at + mark.size();
    const std::string number = text.substr(name, text.find('\n', name) - name);
    const std::string column = "  " + number + " bigint not null",
                      key = ",\n  primary key (community_id, " + number + ")";
    const std::size_t defined = text.find(column, name);
    FL_CHECK(defined != text.npos);
    text.replace(defined, column.size(), "  " + number + " integer not null primary key");
    const std::size_t close = text.find(key, defined);
    FL_CHECK(close != text.npos);
    text.erase(close, key.size());
  }
  return text;
}

// Likewise: a table that lies in the order of its key.
std::string with_key_order(const std::string& text) {
  constexpr std::string_view mark = "-- in key order", end = "\n)";
  std::string out;
  std::size_t done = 0;
  for (std::size_t at = text.find(mark); at != text.npos; at = text.find(mark, done)) {
    const std::size_t close = text.find(end, at);
    FL_CHECK(close != text.npos);
    out.append(text, done, close + end.size() - done).append(" without rowid");
    done = close + end.size();
  }
  return out.append(text, done);
}

class SqliteRow final : public RowView {
 public:
  explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement) {}
  int columns() const override { return sqlite3_column_count(statement_); }
  bool is_null(int column) const override { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
  std::int64_t integer(int column) const override { return sqlite3_column_int64(statement_, column); }
  double real(int column) const override { return sqlite3_column_double(statement_, column); }
  std::string_view text(int column) const override {
    const auto* chars = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return chars ? std::string_view(chars, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)))
                 : std::string_view{};
  }
  std::span<const std::byte> bytes(int column) const override {
    const auto* data = static_cast<const std::byte*>(sqlite3_column_blob(statement_, column));
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }

 private:
  sqlite3_stmt* statement_;
};

class SqliteConnection final : public Connection {
 public:
  SqliteConnection(sqlite3* handle, Mode mode, IdSource& ids) : Connection(mode, ids), handle_(handle) {}
  ~SqliteConnection() override {
    for (auto* statement : prepared_) sqlite3_finalize(statement);
    for (auto* statement : {begin_, commit_, rollback_}) sqlite3_finalize(statement);
    sqlite3_close(handle_);
  }

  Result<void> prepare_own() {
    FL_TRY(begin_, prepare(writable() ? "begin immediate" : "begin", "begin"));
    FL_TRY(commit_, prepare("commit", "commit"));
    FL_TRY(rollback_, prepare("rollback", "rollback"));
    return {};
  }

  Result<void> query(const Statement& statement, std::span<const Value> values,
                     const std::function<void(const RowView&)>& on_row) override {
    FL_TRY(auto* prepared, ready(statement, values));
    if (sqlite3_stmt_readonly(prepared) == 0) changed_ = true;  // "... returning"
    const SqliteRow row(prepared);
    // A callback that throws must not leave the statement open: it would hold its snapshot.
    const struct Reset {
      sqlite3_stmt* statement;
      ~Reset() { sqlite3_reset(statement); }
    } reset{prepared};
    int code;
    while ((code = sqlite3_step(prepared)) == SQLITE_ROW) on_row(row);
    if (code != SQLITE_DONE) {
      failed_ = true;
      return tl::unexpected(fault_of(handle_, sqlite3_extended_errcode(handle_), statement.name()));
    }
    return {};
  }

  Result<std::int64_t> execute(const Statement& statement, std::span<const Value> values) override {
    FL_CHECK(writable());
    FL_TRY(auto* prepared, ready(statement, values));
    changed_ = true;
    const int code = sqlite3_step(prepared);
    std::int64_t changes = sqlite3_changes(handle_);
    if (code != SQLITE_DONE && code != SQLITE_ROW) {
      failed_ = true;
      auto fault = fault_of(handle_, sqlite3_extended_errcode(handle_), statement.name());
      sqlite3_reset(prepared);
      return tl::unexpected(std::move(fault));
    }
    sqlite3_reset(prepared);
    return changes;
  }

  Result<void> begin() override {
    changed_ = failed_ = false;
    return step(begin_, "begin");
  }
  // PostgreSQL ends a transaction with the first statement that fails, whatever the use case makes of it: so here too.
  Result<void> commit() override {
    if (failed_) return fail(FaultCode::unavailable, "store.statement", "a failed statement was passed over");
    return step(commit_, "commit");
  }
  void rollback() override {
    if (sqlite3_get_autocommit(handle_) == 0) (void)step(rollback_, "rollback");
  }
  Result<void> run_script(const std::string& text) override {
    if (const int code =
            sqlite3_exec(handle_, with_key_order(with_own_numbers(text)).c_str(), nullptr, nullptr, nullptr);
        code != SQLITE_OK)
      return tl::unexpected(fault_of(handle_, sqlite3_extended_errcode(handle_), "script"));
    return {};
  }
  bool changed() const override { return changed_; }
  void reset_changed() override { changed_ = false; }

 private:
  Result<sqlite3_stmt*> prepare(const std::string& text, std::string_view name) {
    sqlite3_stmt* statement = nullptr;
    if (const int code = sqlite3_prepare_v3(handle_, text.c_str(), static_cast<int>(text.size()),
                                            SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
        code != SQLITE_OK)
      return tl::unexpected(fault_of(handle_, code, name));
    return statement;
  }

  Result<sqlite3_stmt*> prepared_for(const Statement& statement) {
    const auto index = static_cast<std::size_t>(statement.index());
    if (index >= prepared_.size()) prepared_.resize(catalogue().size());
    if (!prepared_[index]) {
      FL_TRY(prepared_[index], prepare(with_question_marks(statement.text()), statement.name()));
    }
    return prepared_[index];
  }

  Result<sqlite3_stmt*> ready(const Statement& statement, std::span<const Value> values) {
    FL_TRYV(refuse_zero_in_text(statement, values));
    FL_TRY(auto* prepared, prepared_for(statement));
    bind(prepared, values);
    return prepared;
  }

  // Views outlive the call, so SQLite need not copy them.
  void bind(sqlite3_stmt* statement, std::span<const Value> values) {
    FL_CHECK(sqlite3_bind_parameter_count(statement) == static_cast<int>(values.size()));
    for (std::size_t i = 0; i < values.size(); ++i) {
      const int at = static_cast<int>(i) + 1;
      std::visit(
          [&](const auto& value) {
            using T = std::remove_cvref_t<decltype(value)>;
            if constexpr (std::is_same_v<T, Null>) sqlite3_bind_null(statement, at);
            else if constexpr (std::is_same_v<T, std::int64_t>) sqlite3_bind_int64(statement, at, value);
            else if constexpr (std::is_same_v<T, double>) sqlite3_bind_double(statement, at, value);
            else if constexpr (std::is_same_v<T, std::string_view>)
              sqlite3_bind_text(statement, at, value.data() ? value.data() : "", static_cast<int>(value.size()),
                                SQLITE_STATIC);
            else if (value.empty()) sqlite3_bind_zeroblob(statement, at, 0);
            else sqlite3_bind_blob(statement, at, value.data(), static_cast<int>(value.size()), SQLITE_STATIC);
          },
          values[i]);
    }
  }

  Result<void> step(sqlite3_stmt* statement, std::string_view name) {
    const int code = sqlite3_step(statement);
    if (code != SQLITE_DONE) {
      auto fault = fault_of(handle_, sqlite3_extended_errcode(handle_), name);
      sqlite3_reset(statement);
      return tl::unexpected(std::move(fault));
    }
    sqlite3_reset(statement);
    return {};
  }

  sqlite3* handle_;
  std::vector<sqlite3_stmt*> prepared_;
  sqlite3_stmt *begin_ = nullptr, *commit_ = nullptr, *rollback_ = nullptr;
  bool changed_ = false, failed_ = false;
};

}  // namespace

Result<std::unique_ptr<Connection>> open_sqlite(const std::string& path, Mode mode, IdSource& ids) {
  // No counting of every allocation: it costs the gate three per cent and nobody reads it.
  static const int uncounted = [] {
    use_page_memory();
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  }();
  (void)uncounted;  // Refused once SQLite is in use: then it goes on counting.
  sqlite3* handle = nullptr;
  const int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE | (mode == Mode::write ? SQLITE_OPEN_CREATE : 0);
  if (const int code = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr); code != SQLITE_OK) {
    auto fault = fault_of(handle, code, "open");
    sqlite3_close(handle);
    return tl::unexpected(std::move(fault));
  }
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, 5000);
  auto connection = std::make_unique<SqliteConnection>(handle, mode, ids);
  // Up to 160 MiB of pages for the writer, which does the gate's look-ups; readers serve pages of people, 16 MiB each.
  // With a million people that is nearly all that the gate looks at; more would pass the 400 MB that a node may take.
  FL_TRYV(connection->run_script(
      mode == Mode::write ? "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; "
                            "pragma cache_size = -163840; pragma wal_autocheckpoint = 16000; pragma temp_store = memory"
                          : "pragma query_only = on; pragma cache_size = -16384; pragma temp_store = memory"));
  FL_TRYV(connection->prepare_own());
  return connection;
}

}  // namespace firstline::store
