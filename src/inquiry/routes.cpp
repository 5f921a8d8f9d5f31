#include "area/service.hpp"
#include "inquiry/service.hpp"

namespace firstline::inquiry {
namespace {

using http::Access;
using http::Call;
using http::Method;
using http::Role;

constexpr http::RoleSet readers{Role::secretary, Role::health_officer, Role::commander, Role::auditor};

template <class AnyId>
Result<AnyId> id_of(const Call& call, std::string_view name) {
  const auto text = call.query(name);
  if (!text) return AnyId{};
  const auto value = parse_id(*text);
  if (!value) return fail(FaultCode::invalid, "query.bad_id", {}, std::string(name));
  return AnyId{*value};
}

// ?from=2022-03-15&until=2022-03-16: whole days in Asia/Shanghai, both included.
Result<ledger::FactFilter> filter_of(const Call& call) {
  ledger::FactFilter filter;
  filter.kind_prefix = call.query("kind").value_or("");
  filter.subject = call.query("subject").value_or("");
  filter.role = call.query("role").value_or("");
  if (call.query("looks")) filter.kind_end = "revealed";  // Who looked at whom.
  FL_TRY(filter.actor, id_of<AccountId>(call, "actor"));
  FL_TRY(filter.until, id_of<FactId>(call, "before"));
  if (const auto text = call.query("from")) {
    const auto day = parse_date(*text);
    if (!day) return fail(FaultCode::invalid, "query.bad_date", {}, "from");
    filter.since = FactId{first_id_at(start_of(*day))};
  }
  if (const auto text = call.query("until")) {
    const auto day = parse_date(*text);
    if (!day) return fail(FaultCode::invalid, "query.bad_date", {}, "until");
    const FactId end{first_id_at(start_of(*day + std::chrono::days(1)))};
    if (!filter.until || end.value < filter.until.value) filter.until = end;
  }
  return filter;
}

}  // namespace

void add_routes(http::RouteTable& table, const person::Directory& people, const policy::Library& library) {
  const auto here = area::at_community("community");
  table.query<FactList>({Method::get,
                         "/api/v1/communities/{community}/facts",
                         "list_facts",
                         Access::role(readers, here),
                         "Who did what, when and on what ground, newest first; a hundred a page.",
                         {"kind", "looks", "subject", "actor", "role", "area", "from", "until", "before"}},
                        [&people](Call& call) -> Result<FactList> {
                          FL_TRY(const auto filter, filter_of(call));
                          FL_TRY(const auto area, id_of<AreaId>(call, "area"));
                          if (area) return facts_below(call, people, filter, area);
                          return facts(call, people, filter);
                        });
  table.query<FactList>({Method::get,
                         "/api/v1/areas/{area}/facts",
                         "office_facts",
                         Access::role(readers, area::at_office("area")),
                         "The same of a street or a district: accounts, rules, and what else is above a community.",
                         {"kind", "looks", "subject", "actor", "role", "from", "until", "before"}},
                        [&people](Call& call) -> Result<FactList> {
                          FL_TRY(const auto filter, filter_of(call));
                          FL_TRY(const auto area, call.id_parameter<AreaId>("area"));
                          return facts_below(call, people, filter, area);
                        });
  table.query<Why>(
      {Method::get, "/api/v1/communities/{community}/passages/{passage}/why", "why_passage",
       Access::role(readers, here), "What decided a passage, under which rules, and whether the rule says so again."},
      [&people, &library](Call& call) -> Result<Why> {
        FL_TRY(const auto id, call.id_parameter<PassageId>("passage"));
        return why_passage(call, people, library, id);
      });
  table.query<Why>(
      {Method::get, "/api/v1/communities/{community}/facts/{fact}/why", "why_fact", Access::role(readers, here),
       "What any decision rests on: arguments, rules, who and in which role, and whether a rule says so again."},
      [&people, &library](Call& call) -> Result<Why> {
        FL_TRY(const auto id, call.id_parameter<FactId>("fact"));
        return why(call, people, library, id);
      });
  table.query<Why>(
      {Method::get, "/api/v1/areas/{area}/facts/{fact}/why", "why_office_fact",
       Access::role(readers, area::at_office("area")), "The same for what was decided above the communities."},
      [&people, &library](Call& call) -> Result<Why> {
        FL_TRY(const auto id, call.id_parameter<FactId>("fact"));
        return why(call, people, library, id);
      });
  table.query<Looks>({Method::get, "/api/v1/my/looks", "my_looks", Access::signed_in(),
                      "Who opened the caller's own record, when and why."},
                     looks_at_me);
}

}  // namespace firstline::inquiry
