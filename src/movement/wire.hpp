#pragma once

// How passes, visits and trips are written down outside (JSON, schemas, columns): the fields of the structs.

#include <boost/describe.hpp>

#include "movement/model.hpp"
#include "policy/wire.hpp"

namespace firstline::movement {

BOOST_DESCRIBE_ENUM(PassState, live, lost, replaced, withdrawn)
BOOST_DESCRIBE_ENUM(PassForm, phone, printed)
BOOST_DESCRIBE_ENUM(PassFinding, valid, not_yet, expired, lost, replaced, withdrawn, elsewhere)
BOOST_DESCRIBE_ENUM(ApprovalGround, medical, care, funeral, exam, official_duty, other)
BOOST_DESCRIBE_ENUM(VisitKind, guest, tradesman, carer, courier)
BOOST_DESCRIBE_ENUM(VisitState, invited, asked, announced, confirmed, declined, inside, left, withdrawn)
BOOST_DESCRIBE_ENUM(AnsweredBy, page, call)
BOOST_DESCRIBE_ENUM(TripState, filed, open, closed, cancelled)
BOOST_DESCRIBE_ENUM(TripPurpose, work, medical, family, study, business, other)
BOOST_DESCRIBE_ENUM(Transport, car, train, plane, coach, other)
BOOST_DESCRIBE_ENUM(TripSource, resident, gate, office, paper)
BOOST_DESCRIBE_ENUM(FollowUp, test, home_monitoring, home, central)
BOOST_DESCRIBE_ENUM(FollowUpState, proposed, accepted, dismissed, taken_back)

BOOST_DESCRIBE_STRUCT(HouseholdPass, (),
                      (community_id, id, household_id, number, state, form, valid_from, valid_until, issued_at,
                       issued_by, ended_at, ended_by))
BOOST_DESCRIBE_STRUCT(Approval, (), (community_id, id, household_id, person_id, day, ground, at, approved_by))

}  // namespace firstline::movement
