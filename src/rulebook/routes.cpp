#include "area/service.hpp"
#include "rulebook/service.hpp"
#include "rulebook/store.hpp"

namespace firstline::rulebook {
namespace {

using http::Access;
using http::Call;
using http::CommandId;
using http::Empty;
using http::Method;
using http::Role;

constexpr http::RoleSet readers{Role::grid_worker, Role::secretary, Role::health_officer, Role::commander,
                                Role::auditor};

struct Proposed {
  ChangeId change_id;
};
BOOST_DESCRIBE_STRUCT(Proposed, (), (change_id))

Result<http::Place> place_of_change(const Call& call) {
  FL_TRY(const auto id, call.id_parameter<ChangeId>("change"));
  FL_TRY(const auto change, load_change(*call.session, id));
  if (!change) return fail(FaultCode::not_found, "rulebook.unknown");
  FL_TRY(const auto area, area::find(*call.session, {}, change->area_id));
  return area::place_of(*call.session, area);
}

}  // namespace

void add_routes(http::RouteTable& table, const Book& book) {
  const auto office = area::at_office("area");
  table.query<RuleBook>({Method::get, "/api/v1/areas/{area}/rule-book", "rule_book", Access::role(readers, office),
                         "Which packs hold in a place, what was decided about them, and what changes next."},
                        [&book](Call& call) -> Result<RuleBook> {
                          FL_TRY(const auto area, call.id_parameter<AreaId>("area"));
                          return book_of(call, book, area);
                        });
  table.command<Propose, Proposed>(
      {Method::post, "/api/v1/areas/{area}/rule-changes", "propose_rule_change", Access::role(deciding, office),
       "Proposes to put a pack in force or out of it from a moment on; a second person confirms."},
      [&book](Call& call, const Propose& command) -> Result<Proposed> {
        FL_TRY(const auto area, call.id_parameter<AreaId>("area"));
        FL_TRY(const auto id, propose(call, book, area, command));
        return Proposed{id};
      });
  table.command<CommandId, Empty>(
      {Method::post, "/api/v1/rule-changes/{change}/confirm", "confirm_rule_change",
       Access::role(deciding, place_of_change), "The second person: the change takes place at its hour."},
      [&book](Call& call, const CommandId&) -> Result<Empty> {
        FL_TRY(const auto id, call.id_parameter<ChangeId>("change"));
        FL_TRYV(confirm(call, book, id));
        return Empty{};
      });
  table.command<CommandId, Empty>({Method::post, "/api/v1/rule-changes/{change}/withdraw", "withdraw_rule_change",
                                   Access::role(deciding, place_of_change), "Takes a change back before its hour."},
                                  [&book](Call& call, const CommandId&) -> Result<Empty> {
                                    FL_TRY(const auto id, call.id_parameter<ChangeId>("change"));
                                    FL_TRYV(withdraw(call, book, id));
                                    return Empty{};
                                  });
}

}  // namespace firstline::rulebook
