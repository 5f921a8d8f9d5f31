#include "app/reactions.hpp"

#include "access/service.hpp"
#include "health/service.hpp"
#include "isolation/service.hpp"
#include "movement/service.hpp"

namespace firstline::app {

using store::Session;

person::Reactions reactions_to_people() {
  person::Reactions reactions;
  reactions.merged = [](Session& session, const person::Merged& merged) -> Result<void> {
    FL_TRYV(movement::hand_over(session, merged));
    FL_TRYV(isolation::hand_over(session, merged));
    FL_TRYV(health::stand_anew(session, merged.community_id, merged.kept_id));
    return access::end_sessions_of_people(session, merged);
  };
  reactions.separated = [](Session& session, const person::Merged& merged) -> Result<void> {
    FL_TRYV(movement::hand_back(session, merged));
    FL_TRYV(isolation::hand_back(session, merged));
    FL_TRYV(health::stand_anew(session, merged.community_id, merged.kept_id));
    FL_TRYV(health::stand_anew(session, merged.community_id, merged.gone_id));
    return access::end_sessions_of_people(session, merged);
  };
  return reactions;
}

}  // namespace firstline::app
