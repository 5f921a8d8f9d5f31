// The routes of two records that are one person. Whoever acts must have both under them.

#include "area/service.hpp"
#include "person/desk.hpp"
#include "person/merge.hpp"
#include "person/store.hpp"

namespace firstline::person {
namespace {

using http::Access;
using http::Call;
using http::CommandId;
using http::Method;

Result<void> check_covered(Call& call, PersonRef ref) {
  FL_TRY(const auto place, place_of(*call.session, ref));
  if (!call.actor.holds_any(may_edit, place)) return fail(FaultCode::forbidden, "access.denied");
  return {};
}

Result<SideBySide> beside(Call& call, const Directory& directory) {
  FL_TRY(const auto one, ref_of(call));
  FL_TRY(const auto other_id, call.id_parameter<PersonId>("other"));
  const PersonRef other{one.community_id, other_id};
  FL_TRYV(check_covered(call, other));
  return side_by_side(*call.session, directory, one, other, civil_date(call.now));
}

Result<PersonVersion> merge_people(Call& call, const Directory& directory, const Reactions& reactions,
                                   const MergePeople& command) {
  FL_TRY(const auto kept, ref_of(call));
  FL_TRYV(check_covered(call, {kept.community_id, command.other_id}));
  return merge(*call.session, directory, reactions, kept, command, {call.actor, call.now, *call.random});
}

Result<PersonVersion> separate(Call& call, const Directory& directory, const Reactions& reactions) {
  FL_TRY(const auto kept, ref_of(call));
  FL_TRY(const auto id, call.id_parameter<MergeId>("merge"));
  return undo_merge(*call.session, directory, reactions, kept, id, {call.actor, call.now, *call.random});
}

}  // namespace

void add_merge_routes(http::RouteTable& table, const Directory& directory, const Reactions& reactions) {
  const std::string person = "/api/v1/communities/{community}/people/{person}";
  const auto editor = Access::role(may_edit, at_person());
  table.query<PersonCard>(
      {Method::get, person + "/card", "get_person_card", editor,
       "One person's record as the desk sees it, masked, and the records that were merged into it."},
      [&directory](Call& call) -> Result<PersonCard> {
        FL_TRY(const auto ref, ref_of(call));
        return card_of(*call.session, directory, ref, civil_date(call.now));
      });
  table.query<SideBySide>({Method::get, person + "/beside/{other}", "compare_people", editor,
                           "Two records side by side, masked, and the fields in which they differ."},
                          [&directory](Call& call) { return beside(call, directory); });
  table.command<MergePeople, PersonVersion>(
      {Method::post, person + "/merge", "merge_people", editor,
       "Two records are one person: this one stays, the other counts for it; a fact for both."},
      [&directory, &reactions](Call& call, const MergePeople& command) {
        return merge_people(call, directory, reactions, command);
      });
  table.command<CommandId, PersonVersion>(
      {Method::post, person + "/merges/{merge}/undo", "undo_merge", editor,
       "Takes a merging back: two records again, fields and numbers as they were; a fact for both."},
      [&directory, &reactions](Call& call, const CommandId&) { return separate(call, directory, reactions); });
}

}  // namespace firstline::person
