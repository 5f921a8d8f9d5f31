// PostgreSQL through libpq: statements prepared on first use, values and rows in text form.

#include <charconv>
#include <cstring>

#include <libpq-fe.h>

#include "base/check.hpp"
#include "store/connection.hpp"

namespace firstline::store {
namespace {

struct ClearResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
using ResultHandle = std::unique_ptr<PGresult, ClearResult>;

Fault fault_of(PGconn* handle, const PGresult* result, std::string_view what) {
  const char* state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
  const std::string_view code = state ? state : "";
  // The primary message only: DETAIL may quote row values.
  const char* message = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : nullptr;
  std::string detail = std::string(what) + ": " + std::string(code) + " " + (message ? message : "no answer");
  if (code == "23505") return {FaultCode::conflict, "store.duplicate", {}, detail};
  if (code.starts_with("23")) return {FaultCode::conflict, "store.constraint", {}, detail};
  if (code == "40001" || code == "40P01") return {FaultCode::busy, "store.retry", {}, detail};
  if (code.empty() || code.starts_with("08") || code.starts_with("57P") || PQstatus(handle) != CONNECTION_OK)
    return {FaultCode::unavailable, "store.connection_lost", {}, detail};
  if (code == "53100") return {FaultCode::unavailable, "store.disk_full", {}, detail};
  if (code.starts_with("53")) return {FaultCode::busy, "store.busy", {}, detail};
  if (code.starts_with("XX")) return {FaultCode::corrupt, "store.corrupt", {}, detail};
  return {FaultCode::unavailable, "store.statement", {}, detail};
}

int nibble(char c) { return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10; }

class PostgresqlRow final : public RowView {
 public:
  explicit PostgresqlRow(const PGresult* result) : result_(result) {}
  void move_to(int row) {
    row_ = row;
    used_ = 0;
  }

  int columns() const override { return PQnfields(result_); }
  bool is_null(int column) const override { return PQgetisnull(result_, row_, column) != 0; }
  std::int64_t integer(int column) const override {
    const auto digits = text(column);
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    FL_CHECK(digits.empty() || (error == std::errc{} && end == digits.data() + digits.size()));
    return value;
  }
  double real(int column) const override { return std::strtod(PQgetvalue(result_, row_, column), nullptr); }
  std::string_view text(int column) const override {
    return {PQgetvalue(result_, row_, column), static_cast<std::size_t>(PQgetlength(result_, row_, column))};
  }
  std::span<const std::byte> bytes(int column) const override {
    const auto hex = text(column);
    if (hex.size() < 2) return {};
    FL_CHECK(hex[0] == '\\' && hex[1] == 'x');
    if (used_ == decoded_.size()) decoded_.emplace_back();
    Bytes& out = decoded_[used_++];
    out.clear();
    for (std::size_t i = 2; i + 1 < hex.size(); i += 2)
      out.push_back(static_cast<std::byte>(nibble(hex[i]) << 4 | nibble(hex[i + 1])));
    return out;
  }

 private:
  const PGresult* result_;
  int row_ = 0;
  mutable std::vector<Bytes> decoded_;  // One per bytes column read in this row.
  mutable std::size_t used_ = 0;
};

class PostgresqlConnection final : public Connection {
 public:
  PostgresqlConnection(std::string url, Mode mode, IdSource& ids) : Connection(mode, ids), url_(std::move(url)) {}
  ~PostgresqlConnection() override { PQfinish(handle_); }

  Result<void> reopen() override {
    PQfinish(handle_);
    prepared_.clear();
    handle_ = PQconnectdb(url_.c_str());
    if (PQstatus(handle_) != CONNECTION_OK)
      return fail(FaultCode::unavailable, "store.connection_lost", "cannot connect");
    PQsetNoticeProcessor(
        handle_, [](void*, const char*) {}, nullptr);
    return run_script(writable() ? "set client_encoding = 'UTF8'"
                                 : "set client_encoding = 'UTF8'; set default_transaction_read_only = on");
  }

  Result<void> query(const Statement& statement, std::span<const Value> values,
                     const std::function<void(const RowView&)>& on_row) override {
    FL_TRY(auto result, send(statement, values));
    PostgresqlRow row(result.get());
    for (int i = 0; i < PQntuples(result.get()); ++i) {
      row.move_to(i);
      on_row(row);
    }
    return {};
  }

  Result<std::int64_t> execute(const Statement& statement, std::span<const Value> values) override {
    FL_CHECK(writable());
    changed_ = true;
    FL_TRY(auto result, send(statement, values));
    return std::strtoll(PQcmdTuples(result.get()), nullptr, 10);
  }

  Result<void> begin() override {
    changed_ = false;
    return run_script("begin");
  }
  Result<void> commit() override {
    const ResultHandle result(PQexec(handle_, "commit"));
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK)
      return tl::unexpected(fault_of(handle_, result.get(), "commit"));
    // A commit of a failed transaction is answered with ROLLBACK, not with an error.
    if (std::strcmp(PQcmdStatus(result.get()), "COMMIT") != 0)
      return fail(FaultCode::unavailable, "store.statement", "commit rolled back");
    return {};
  }
  void rollback() override { (void)run_script("rollback"); }
  Result<void> run_script(const std::string& text) override {
    const ResultHandle result(PQexec(handle_, text.c_str()));
    const auto status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
      return tl::unexpected(fault_of(handle_, result.get(), "script"));
    return {};
  }
  bool changed() const override { return changed_; }
  void reset_changed() override { changed_ = false; }

 private:
  Result<ResultHandle> send(const Statement& statement, std::span<const Value> values) {
    FL_TRYV(refuse_zero_in_text(statement, values));
    const auto index = static_cast<std::size_t>(statement.index());
    if (index >= prepared_.size()) prepared_.resize(catalogue().size());
    const std::string name = "s" + std::to_string(index);
    if (!prepared_[index]) {
      const ResultHandle result(PQprepare(handle_, name.c_str(), statement.text().c_str(), 0, nullptr));
      if (PQresultStatus(result.get()) != PGRES_COMMAND_OK)
        return tl::unexpected(fault_of(handle_, result.get(), statement.name()));
      prepared_[index] = true;
    }
    texts_.resize(values.size());
    pointers_.resize(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) pointers_[i] = text_of(values[i], texts_[i]);
    ResultHandle result(
        PQexecPrepared(handle_, name.c_str(), static_cast<int>(values.size()), pointers_.data(), nullptr, nullptr, 0));
    const auto status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
      return tl::unexpected(fault_of(handle_, result.get(), statement.name()));
    return result;
  }

  static const char* text_of(const Value& value, std::string& buffer) {
    return std::visit(
        [&](const auto& v) -> const char* {
          using T = std::remove_cvref_t<decltype(v)>;
          if constexpr (std::is_same_v<T, Null>) return nullptr;
          else if constexpr (std::is_same_v<T, std::int64_t>) buffer = std::to_string(v);
          else if constexpr (std::is_same_v<T, double>) {
            char digits[40];
            buffer.assign(digits, std::to_chars(digits, digits + sizeof digits, v).ptr);
          } else if constexpr (std::is_same_v<T, std::string_view>) buffer.assign(v);
          else {
            static constexpr char hex[] = "0123456789abcdef";
            buffer = "\\x";
            for (const std::byte b : v) {
              buffer += hex[std::to_integer<int>(b >> 4)];
              buffer += hex[std::to_integer<int>(b & std::byte{15})];
            }
          }
          return buffer.c_str();
        },
        value);
  }

  const std::string url_;
  PGconn* handle_ = nullptr;
  std::vector<bool> prepared_;
  std::vector<std::string> texts_;
  std::vector<const char*> pointers_;
  bool changed_ = false;
};

}  // namespace

Result<std::unique_ptr<Connection>> open_postgresql(const std::string& url, Mode mode, IdSource& ids) {
  auto connection = std::make_unique<PostgresqlConnection>(url, mode, ids);
  FL_TRYV(connection->reopen());
  return connection;
}

}  // namespace firstline::store
