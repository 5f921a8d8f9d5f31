#include "contract/catalogue.hpp"

#include "access/service.hpp"
#include "appeal/service.hpp"
#include "area/service.hpp"
#include "casebook/service.hpp"
#include "drill/store.hpp"
#include "gate/service.hpp"
#include "health/service.hpp"
#include "http/once.hpp"
#include "intake/service.hpp"
#include "issuing/service.hpp"
#include "laboratory/service.hpp"
#include "ledger/fact.hpp"
#include "movement/service.hpp"
#include "offline/service.hpp"
#include "person/service.hpp"
#include "round/service.hpp"
#include "rulebook/service.hpp"
#include "seal/service.hpp"
#include "tracer/service.hpp"
#include "venue/service.hpp"

namespace firstline::tests {
namespace {

using Any = void (*)();
// Their objects pull in all the others of their modules, as they do in the program itself.
[[maybe_unused]] volatile Any used[] = {
    reinterpret_cast<Any>(&access::add_routes),   reinterpret_cast<Any>(&area::add_routes),
    reinterpret_cast<Any>(&person::add_routes),   reinterpret_cast<Any>(&health::add_routes),
    reinterpret_cast<Any>(&movement::add_routes), reinterpret_cast<Any>(&gate::add_routes),
    reinterpret_cast<Any>(&intake::add_routes),   reinterpret_cast<Any>(&issuing::add_routes),
    reinterpret_cast<Any>(&offline::add_routes),  reinterpret_cast<Any>(&rulebook::add_routes),
    reinterpret_cast<Any>(&drill::finish),        reinterpret_cast<Any>(&ledger::write),
    reinterpret_cast<Any>(&http::earlier_answer), reinterpret_cast<Any>(&laboratory::add_routes),
    reinterpret_cast<Any>(&appeal::add_routes),   reinterpret_cast<Any>(&round::add_routes),
    reinterpret_cast<Any>(&seal::add_routes),     reinterpret_cast<Any>(&casebook::add_routes),
    reinterpret_cast<Any>(&tracer::add_routes),   reinterpret_cast<Any>(&venue::add_routes),
};

}  // namespace

std::vector<const store::Statement*> program_statements() {
  std::vector<const store::Statement*> statements;
  for (const store::Statement* statement : store::catalogue())
    if (!statement->name().starts_with("contract.")) statements.push_back(statement);
  return statements;
}

std::vector<const store::Migration*> program_migrations() {
  std::vector<const store::Migration*> migrations;
  for (const store::Migration* migration : store::migrations())
    if (migration->module != "contract") migrations.push_back(migration);
  return migrations;
}

}  // namespace firstline::tests
