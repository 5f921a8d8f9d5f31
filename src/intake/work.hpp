#pragma once

// Between the files of the service: what an import keeps of a person, so that it can be taken back. Inside the module
// only.

#include <map>

#include "intake/service.hpp"
#include "intake/store.hpp"
#include "ledger/fact.hpp"

namespace firstline::intake {

inline constexpr person::Field before_field{"intake_taken", "before"};
inline constexpr std::size_t people_in_a_transaction = 100;  // About ten milliseconds of the writer.

// What an import writes of a person. Without a household: moved out.
struct Kept {
  std::optional<AreaId> household_id;
  std::string name;
  std::optional<std::string> id_number, phone, address_detail;
  std::optional<Date> born_on;
  std::vector<person::Mark> marks;
  std::optional<Date> stay_until;
};
BOOST_DESCRIBE_STRUCT(Kept, (), (household_id, name, id_number, phone, address_detail, born_on, marks, stay_until))

using Stays = std::map<PersonId, Date>;
std::optional<Date> stay_of(const Stays& stays, PersonId person);

std::string text_of(const person::Person& person, std::optional<Date> stay_until);
store::Bytes hash_of(const person::FieldKey& key, const person::Person& person, std::optional<Date> stay_until);

// Only a secretary takes lists in, and the work runs outside the use case that admitted them.
void set_actor(ledger::Draft& fact, const By& by);
// The same for what other modules write.
http::Actor actor_of(const By& by);
void act_as(store::Session& session, const By& by);
// About the import as a whole, with its counts.
Result<void> write_fact(store::Session& session, const Import& import, std::string kind, const By& by);

tl::unexpected<Fault> wrong_state();

// One at a time may change an import; another node's is kept off by the states in the database.
class Intake::UnderWay {
 public:
  UnderWay(Intake& intake, ImportId id) : intake_(intake), id_(id.value) {
    const std::lock_guard lock(intake_.mutex_);
    mine_ = intake_.under_way_.insert(id_).second;
  }
  ~UnderWay() {
    const std::lock_guard lock(intake_.mutex_);
    if (mine_) intake_.under_way_.erase(id_);
  }
  bool mine() const { return mine_; }

 private:
  Intake& intake_;
  std::int64_t id_;
  bool mine_ = false;
};

}  // namespace firstline::intake
