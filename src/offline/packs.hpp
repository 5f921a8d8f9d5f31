#pragma once

// The packs of the compounds whose phones ask this node: built from the database, compared with what was built before,
// announced to the gates' streams when they differ, signed for whoever asks. A follower: it can be thrown away; a phone
// whose version still holds then hears that nothing has changed, any other gets one whole pack. Safe to share between
// threads.
//
// No module has to say that it changed something: whatever a pack holds is seen to differ. The price is one build
// (docs/measurements.md) for every compound asked about, every follow_step; what is sealed is opened once only.

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

#include "gate/service.hpp"
#include "http/route.hpp"
#include "offline/content.hpp"
#include "person/masked.hpp"
#include "store/database.hpp"

namespace firstline::offline {

class Packs {
 public:
  // Both outlive it. `database` may be null where nothing is announced.
  Packs(store::Database* database, const gate::Ground& ground) : database_(database), ground_(&ground) {}

  // As old as `age_max` at most. Faults of the database and of the rules in force.
  Result<std::shared_ptr<const Content>> content(store::Session& session, const area::Gate& gate, Instant now,
                                                 Millis age_max);
  // The pack of one gate; `since` that this node has not seen gives the whole. Makes the community's key if it has
  // none.
  Result<api::SignedPack> pack(http::Call& call, const area::Gate& gate, std::optional<PackVersion> since);
  // Builds again what phones asked for lately, and forgets what they did not.
  void follow(Instant now);

 private:
  struct Compound {
    std::mutex building;
    area::Gate gate;  // Any of its gates.
    Instant asked_at{};
    std::shared_ptr<const Content> content;
    person::MaskedBefore masked;
  };
  std::shared_ptr<Compound> compound_of(const area::Gate& gate, Instant now, bool asked);
  Result<std::shared_ptr<const Content>> build(store::Session& session, Compound& compound, Instant now);
  Result<std::string> signature_of(http::Call& call, const area::Gate& gate, const Content& content,
                                   std::string_view text);

  store::Database* database_;
  const gate::Ground* ground_;
  std::mutex mutex_;
  std::map<AreaId, std::shared_ptr<Compound>> compounds_;
};

// Within which a change reaches phones: the step, one build, and the stream's own half second; a poll is at most a
// minute behind.
inline constexpr std::chrono::seconds follow_step{15};
inline constexpr std::chrono::minutes asked_age_max{15};  // A phone asks once a minute at least.
inline constexpr Millis fresh_age_max{2'000};

// The thread that follows.
class Follower {
 public:
  explicit Follower(Packs& packs);  // It outlives this.
  ~Follower();

 private:
  void run();

  Packs& packs_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace firstline::offline
