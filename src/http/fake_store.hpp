#pragma once

// For tests of http: a database of one thread that knows the table of answered commands and nothing else, and an
// authenticator with fixed tokens. A use case that fails rolls back.

#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>

#include "base/check.hpp"
#include "http/call.hpp"
#include "store/database.hpp"

namespace firstline::http {

class FakeSession final : public store::Session {
 public:
  using Row = std::vector<std::variant<std::monostate, std::int64_t, double, std::string, store::Bytes>>;

  Result<void> query(const store::Statement& statement, std::span<const store::Value> values,
                     const std::function<void(const store::RowView&)>& on_row) override {
    if (fail_with) return tl::unexpected(*fail_with);
    FL_CHECK(statement.name() == "http.command_answer.find");
    if (const auto found = answers.find(key(values[0], values[1])); found != answers.end()) on_row(View(found->second));
    return {};
  }
  Result<std::int64_t> execute(const store::Statement& statement, std::span<const store::Value> values) override {
    FL_CHECK(statement.name() == "http.command_answer.add");
    Row row;
    for (const auto& value : values) {
      std::visit(
          [&](const auto& v) {
            using V = std::remove_cvref_t<decltype(v)>;
            if constexpr (std::is_same_v<V, std::string_view>) row.emplace_back(std::string(v));
            else if constexpr (std::is_same_v<V, std::span<const std::byte>>)
              row.emplace_back(store::Bytes(v.begin(), v.end()));
            else row.emplace_back(v);
          },
          value);
    }
    answers[key(values[0], values[1])] = std::move(row);
    return 1;
  }
  bool writable() const override { return true; }
  store::ChainHead& chain() override { return chain_; }
  IdSource& ids() override { return ids_; }

  std::map<std::string, Row> answers;
  std::optional<Fault> fail_with;

 private:
  class View final : public store::RowView {
   public:
    explicit View(const Row& row) : row_(row) {}
    int columns() const override { return static_cast<int>(row_.size()); }
    bool is_null(int c) const override { return at(c).index() == 0; }
    std::int64_t integer(int c) const override { return std::get<std::int64_t>(at(c)); }
    double real(int c) const override { return std::get<double>(at(c)); }
    std::string_view text(int c) const override { return std::get<std::string>(at(c)); }
    std::span<const std::byte> bytes(int c) const override { return std::get<store::Bytes>(at(c)); }

   private:
    const Row::value_type& at(int c) const { return row_[static_cast<std::size_t>(c)]; }
    const Row& row_;
  };
  static std::string key(const store::Value& community, const store::Value& id) {
    const auto bytes = std::get<std::span<const std::byte>>(id);
    return std::to_string(std::get<std::int64_t>(community)) + ":" +
           std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  }

  store::ChainHead chain_;
  IdSource ids_{0};
};

class FakeDatabase final : public store::Database {
 public:
  FakeDatabase() : thread_([this] { work(); }) {}
  ~FakeDatabase() override {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
  }
  void submit_write(store::UseCase use_case, store::Done done, store::Urgency urgency) override {
    submit(std::move(use_case), std::move(done), urgency);
  }
  void submit_read(store::UseCase use_case, store::Done done, store::Urgency urgency) override {
    submit(std::move(use_case), std::move(done), urgency);
  }
  bool full_for(store::Urgency urgency) const override { return full && urgency != store::Urgency::emergency; }
  std::string engine() const override { return "fake"; }
  Result<void> probe() override { return {}; }
  int queue_length() const override { return 0; }

  std::atomic<bool> full{false};         // Answers busy, but for emergencies.
  std::atomic<int> attempts{1};          // How often each use case is run, as after a serialization failure.
  std::atomic<Millis> delay{Millis(0)};  // Before each use case.
  FakeSession session;

 private:
  struct Job {
    store::UseCase use_case;
    store::Done done;
  };
  void submit(store::UseCase use_case, store::Done done, store::Urgency urgency) {
    if (full_for(urgency)) return done(fail(FaultCode::busy, "store.queue_full"));
    {
      const std::lock_guard lock(mutex_);
      jobs_.push_back({std::move(use_case), std::move(done)});
    }
    wake_.notify_one();
  }
  void work() {
    std::unique_lock lock(mutex_);
    for (;;) {
      wake_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
      if (jobs_.empty()) return;
      Job job = std::move(jobs_.front());
      jobs_.pop_front();
      lock.unlock();
      std::this_thread::sleep_for(delay.load());
      Result<void> outcome;
      const auto before = session.answers;
      for (int i = 0; i < attempts; ++i) {
        session.answers = before;
        outcome = job.use_case(session);
      }
      if (!outcome) session.answers = before;
      job.done(std::move(outcome));
      lock.lock();
    }
  }

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Job> jobs_;
  bool stopping_ = false;
  std::thread thread_;
};

// "secretary", "keeper", "resident" are session tokens of accounts over /1/2; "outsider" a secretary of /9.
// "phone" is the token of the device at /1/2/3. Anything else is wrong.
class FakeAuthenticator final : public Authenticator {
 public:
  Result<Actor> authenticate(store::Session&, std::string_view session_token, std::string_view device_token,
                             Instant) override {
    Actor actor;
    if (!session_token.empty()) {
      if (keeper_revoked && session_token == "keeper") return fail(FaultCode::unauthenticated, "session.expired");
      if (session_token == "secretary")
        actor.account = AccountId{11}, actor.grants = {{Role::secretary, AreaId{2}, "/1/2"}};
      else if (session_token == "keeper")
        actor.account = AccountId{12}, actor.grants = {{Role::keeper, AreaId{2}, "/1/2"}};
      else if (session_token == "resident")
        actor.account = AccountId{13}, actor.grants = {{Role::resident, AreaId{2}, "/1/2"}};
      else if (session_token == "outsider")
        actor.account = AccountId{14}, actor.grants = {{Role::secretary, AreaId{9}, "/9"}};
      else if (session_token == "newcomer")
        actor.account = AccountId{15}, actor.grants = {{Role::keeper, AreaId{2}, "/1/2"}},
        actor.must_change_password = true;
      else return fail(FaultCode::unauthenticated, "session.expired");
    }
    if (!device_token.empty()) {
      if (device_token != "phone" && device_token != "turnstile")
        return fail(FaultCode::unauthenticated, "device.revoked");
      if (device_token == "turnstile") actor.device_kind = DeviceKind::turnstile;
      actor.device = DeviceId{21};
      actor.device_path = "/1/2/3";
    }
    return actor;
  }
  std::string digest(std::string_view body) const override { return std::string(body); }
  std::string csrf_token(std::string_view session_token) const override {
    return "csrf-of-" + std::string(session_token);
  }

  std::atomic<bool> keeper_revoked{false};  // A test revokes while the server works.
};

}  // namespace firstline::http
