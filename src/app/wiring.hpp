#pragma once

// Puts the modules together: opens what the program stands on and fills the one route table.

#include <memory>
#include <string>

#include "access/service.hpp"
#include "appeal/service.hpp"
#include "base/fault.hpp"
#include "casebook/service.hpp"
#include "connector/http_centre.hpp"
#include "connector/service.hpp"
#include "gate/service.hpp"
#include "http/route.hpp"
#include "inquiry/service.hpp"
#include "intake/service.hpp"
#include "isolation/service.hpp"
#include "issuing/service.hpp"
#include "laboratory/service.hpp"
#include "movement/service.hpp"
#include "offline/service.hpp"
#include "person/service.hpp"
#include "policy/rules_in_force.hpp"
#include "reader/service.hpp"
#include "round/service.hpp"
#include "rulebook/service.hpp"
#include "seal/service.hpp"
#include "store/database.hpp"
#include "tracer/service.hpp"

namespace firstline::app {

struct Settings {
  std::string data_folder;
  std::string database_url;     // Empty: SQLite in the data folder.
  std::string policies_folder;  // Packs beside the built-in ones; empty: none.
  std::string public_url;       // "https://10.0.0.5:8443"; for codes that phones read.
  std::string office_phone;     // What people call; empty: none is shown.
  std::string code_centre_url;  // Of the centre of health codes; empty: none is joined.
  std::string code_centre_name, code_centre_client, code_centre_secret;
  std::string authority_sha256;  // Of the certificate authority that this server made; empty: it made none.
  int node = 0;
  int readers = 4;
  int writers = 4;
  bool demo = false;
  std::string demo_packs;  // "fl-base,cn-8": the demo stands under these instead of its own.
};

// Everything a running node holds. Built once, never moved: the parts point at each other.
struct Application {
  Application(person::FieldKey field_key, policy::Library library, const Settings& settings);
  Application(const Application&) = delete;
  Application& operator=(const Application&) = delete;

  const person::FieldKey key;
  const person::Directory people;
  const person::Reactions reactions;
  policy::RulesInForce rules;
  const movement::Ground movement;
  const issuing::Ground issuing;
  const appeal::Parts appeals;
  const casebook::Reactions case_reactions;
  const casebook::Parts cases;
  const health::Reactions result_reactions;
  const seal::Reactions seal_reactions;
  const seal::Desk sealing;
  isolation::Desk isolating;
  gate::RecentPassages recent;
  const gate::Ground ground;
  const round::Ground rounds;
  std::unique_ptr<store::Database> database;
  std::unique_ptr<offline::Packs> packs;
  offline::Outpost outpost{};
  std::unique_ptr<access::Authenticator> authenticator;
  access::Door door{};
  rulebook::Book book{};
  std::unique_ptr<trace::Follower> follower;
  tracer::Ground tracing{};
  std::unique_ptr<intake::Intake> intake;
  std::unique_ptr<laboratory::Laboratory> laboratory;
  std::unique_ptr<connector::Transfer> to_centre;
  std::unique_ptr<connector::CodeCentre> centre;
  connector::Parts asking_centre{};
  http::RouteTable table;
};

// The built-in packs and those of the office's folder. Faults: of policy::read_pack, the first of them with its file
// and line; policy.duplicate_pack; of policy::checked_in.
Result<policy::Library> library_of(const Settings& settings);
// Creates the data folder if it is not there. Faults: of store::Database::open.
Result<std::unique_ptr<store::Database>> open_database(const Settings& settings);
// DATA/keys/field.key; made if it is not there.
Result<person::FieldKey> open_field_key(const Settings& settings);
Result<std::unique_ptr<Application>> open_application(const Settings& settings);
// The table alone, for the API document: its handlers must not be called.
std::unique_ptr<Application> application_for_reading();

connector::HttpCentreSettings centre_of(const Settings& settings);

}  // namespace firstline::app
