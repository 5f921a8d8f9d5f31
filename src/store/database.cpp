#include "store/database.hpp"

#include <condition_variable>
#include <mutex>

#include "store/worker.hpp"

namespace firstline::store {
namespace {

const Statement probe_write{"store.probe", Scope::key, "update migration set applied_at = applied_at where name = $1"};

// Chains are numbered by node and connection; 64 connections a node.
constexpr std::int64_t chains_per_node = 64;

// Reads are short: so many that wait are a crowd.
constexpr int readers_crowd = 64;

class PooledDatabase final : public Database {
 public:
  PooledDatabase(Options options, std::string engine)
      : options_(std::move(options)),
        engine_(std::move(engine)),
        ids_(options_.node),
        writes_(options_.queue_max, options_.group_max),
        reads_(options_.queue_max, readers_crowd) {}

  ~PooledDatabase() override {
    writes_.close();
    reads_.close();
    workers_.clear();
  }

  Result<void> start() {
    const bool sqlite = engine_ == "sqlite";
    const int writers = sqlite ? 1 : options_.writers;
    for (int i = 0; i < writers; ++i) {
      FL_TRY(auto connection, open_one(Mode::write));
      if (i == 0) {
        FL_TRYV(migrate(*connection));
      }
      auto load = [options = options_, chain = options_.node * chains_per_node + i + 1](Connection& c) -> Result<void> {
        c.chain() = ChainHead{chain, 0, {}};
        if (options.load_chain) {
          FL_TRY(c.chain(), options.load_chain(c, chain));
        }
        return {};
      };
      FL_TRYV(load(*connection));
      workers_.push_back(
          std::make_unique<Worker>(std::move(connection), writes_, sqlite ? options_.group_max : 1, load));
    }
    for (int i = 0; i < options_.readers; ++i) {
      FL_TRY(auto connection, open_one(Mode::read));
      workers_.push_back(std::make_unique<Worker>(std::move(connection), reads_, 1, nullptr));
    }
    return {};
  }

  void submit_write(UseCase use_case, Done done, Urgency urgency) override {
    submit(writes_, std::move(use_case), std::move(done), urgency);
  }
  void submit_read(UseCase use_case, Done done, Urgency urgency) override {
    submit(reads_, std::move(use_case), std::move(done), urgency);
  }
  bool full_for(Urgency urgency) const override { return writes_.full_for(urgency); }
  std::string engine() const override { return engine_; }
  Result<void> probe() override {
    return write([](Session& session) -> Result<void> {
      if (auto changed = session.run(probe_write, std::string_view("none")); !changed)
        return tl::unexpected(changed.error());
      return {};
    });
  }
  int queue_length() const override { return writes_.length() + reads_.length(); }

 private:
  Result<std::unique_ptr<Connection>> open_one(Mode mode) {
    if (engine_ == "sqlite") return open_sqlite(options_.url.substr(std::string_view("sqlite://").size()), mode, ids_);
    return open_postgresql(options_.url, mode, ids_);
  }

  static void submit(WorkQueue& queue, UseCase use_case, Done done, Urgency urgency) {
    Work work{std::move(use_case), std::move(done), urgency, {}};
    if (!queue.push(work)) work.done(fail(FaultCode::busy, "store.queue_full"));
  }

  const Options options_;
  const std::string engine_;
  IdSource ids_;
  WorkQueue writes_, reads_;
  std::vector<std::unique_ptr<Worker>> workers_;
};

}  // namespace

Result<std::unique_ptr<Database>> Database::open(const Options& options) {
  std::string engine;
  if (options.url.starts_with("sqlite://")) engine = "sqlite";
  if (options.url.starts_with("postgresql://") || options.url.starts_with("postgres://") ||
      options.url.starts_with("host="))
    engine = "postgresql";
  if (engine.empty())
    return fail(FaultCode::invalid, "store.unknown_address", "expected sqlite:///FILE or postgresql://...", "database");
  auto database = std::make_unique<PooledDatabase>(options, engine);
  FL_TRYV(database->start());
  return database;
}

void Database::wait_done(Submit submit, UseCase use_case, Result<void>& outcome) {
  std::mutex mutex;
  std::condition_variable answered;
  bool ready = false;
  (this->*submit)(
      std::move(use_case),
      [&](Result<void> result) {
        const std::lock_guard lock(mutex);
        outcome = std::move(result);
        ready = true;
        answered.notify_one();
      },
      Urgency::own);
  std::unique_lock lock(mutex);
  answered.wait(lock, [&] { return ready; });
}

}  // namespace firstline::store
