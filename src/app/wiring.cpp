#include "app/wiring.hpp"

#include <filesystem>

#include "app/reactions.hpp"
#include "area/office.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"
#include "health/service.hpp"
#include "ledger/fact.hpp"
#include "policy/embedded.hpp"
#include "tracer/sources.hpp"
#include "venue/service.hpp"

namespace firstline::app {
namespace {

// The demo stands in Lanzhou in March 2022, whatever the day: the rules under which the diary was written.
const std::vector<std::string> demo_packs{"fl-base", "cn-8", "gs-2022-03", "lz-gate-2022"};

policy::RulesInForce rules_of(policy::Library library, const Settings& settings) {
  if (!settings.demo) return {std::move(library), {}};
  if (settings.demo_packs.empty()) return {std::move(library), demo_packs};
  std::vector<std::string> packs{""};
  for (const char c : settings.demo_packs) {
    if (c == ',') packs.emplace_back();
    else packs.back() += c;
  }
  return {std::move(library), std::move(packs)};
}

void add_all_routes(Application& application, const Settings& settings) {
  access::add_routes(application.table, application.door);
  area::add_routes(application.table, person::home_renamed);
  area::add_office_route(application.table, {settings.office_phone, settings.authority_sha256});
  person::add_routes(application.table, application.people, application.reactions);
  health::add_routes(application.table, application.people);
  movement::add_routes(application.table, application.movement);
  issuing::add_routes(application.table, application.issuing);
  seal::add_routes(application.table, application.sealing);
  isolation::add_routes(application.table, application.isolating);
  gate::add_routes(application.table, application.ground);
  offline::add_routes(application.table, application.outpost);
  reader::add_routes(application.table, application.ground);
  rulebook::add_routes(application.table, application.book);
  tracer::add_routes(application.table, application.tracing);
  venue::add_routes(application.table, application.people);
  inquiry::add_routes(application.table, application.people, application.rules.library());
  intake::add_routes(application.table, *application.intake, application.people);
  laboratory::add_routes(application.table, *application.laboratory);
  appeal::add_routes(application.table, application.appeals);
  casebook::add_routes(application.table, application.cases);
  connector::add_routes(application.table, application.asking_centre);
  round::add_routes(application.table, application.rounds);
}

}  // namespace

Application::Application(person::FieldKey field_key, policy::Library library, const Settings& settings)
    : key(std::move(field_key)),
      people(key),
      reactions(reactions_to_people()),
      rules(rules_of(std::move(library), settings)),
      movement{&people, &rules},
      issuing{&people, &rules},
      appeals{&people, &rules},
      case_reactions(reactions_to_cases()),
      cases{&people, &rules, &case_reactions},
      result_reactions(reactions_to_results(cases)),
      seal_reactions(reactions_to_seals()),
      sealing{&people, &rules, &seal_reactions},
      isolating{&people, &rules, nullptr, settings.office_phone},
      ground{&people, &rules, &recent, &movement},
      rounds{ground, &result_reactions} {}

Result<policy::Library> library_of(const Settings& settings) {
  policy::Library library = policy::embedded_library();
  if (settings.policies_folder.empty()) return library;
  auto own = policy::read_folder(settings.policies_folder);
  for (const Fault& fault : own.faults)
    log(LogLevel::error, "policy.refused",
        {{"where", fault.where}, {"reason", fault.reason}, {"detail", fault.detail}});
  if (!own.faults.empty()) return tl::unexpected(own.faults.front());
  for (const policy::Pack& pack : own.library.packs()) FL_TRYV(library.add(pack));
  for (const policy::Pack& pack : own.library.packs()) FL_TRYV(policy::checked_in(library, pack));
  return library;
}

Result<std::unique_ptr<store::Database>> open_database(const Settings& settings) {
  std::error_code error;
  std::filesystem::create_directories(settings.data_folder, error);
  if (error) return fail(FaultCode::unavailable, "data.cannot_create", error.message(), settings.data_folder);
  store::Options options;
  options.url = settings.database_url.empty()
                    ? "sqlite://" + std::filesystem::absolute(settings.data_folder).string() + "/firstline.db"
                    : settings.database_url;
  options.node = settings.node;
  options.readers = settings.readers;
  options.writers = settings.writers;
  options.load_chain = ledger::load_chain;
  return store::Database::open(options);
}

Result<person::FieldKey> open_field_key(const Settings& settings) {
  return person::FieldKey::load_or_create(settings.data_folder + "/keys/field.key", system_random());
}

connector::HttpCentreSettings centre_of(const Settings& settings) {
  return {settings.code_centre_name,
          settings.code_centre_url,
          {settings.code_centre_client, settings.code_centre_secret, "community"}};
}

Result<std::unique_ptr<Application>> open_application(const Settings& settings) {
  FL_TRY(auto key, open_field_key(settings));
  FL_TRY(auto library, library_of(settings));
  auto application = std::make_unique<Application>(std::move(key), std::move(library), settings);
  FL_TRY(application->database, open_database(settings));
  application->packs = std::make_unique<offline::Packs>(application->database.get(), application->ground);
  application->outpost = {application->database.get(), &application->ground, application->packs.get()};
  application->authenticator = std::make_unique<access::Authenticator>(*application->database, application->key);
  application->intake = std::make_unique<intake::Intake>(application->database.get(), application->people);
  application->laboratory = std::make_unique<laboratory::Laboratory>(application->database.get(), application->people,
                                                                     &application->result_reactions);
  if (!settings.code_centre_url.empty()) {
    application->to_centre = std::make_unique<connector::CurlTransfer>(connector::patience, std::string());
    application->centre =
        std::make_unique<connector::HttpCentre>(centre_of(settings), *application->to_centre, system_clock());
  }
  application->asking_centre = {application->database.get(), &application->people, application->centre.get()};
  application->door = {application->database.get(),
                       &application->key,
                       application->authenticator.get(),
                       {{}, settings.public_url, settings.demo},
                       gate::end_shifts_of};
  application->isolating.database = application->database.get();
  application->book = {application->database.get(), &application->rules};
  FL_TRYV(application->database->read(
      [&](store::Session& session) { return rulebook::refresh(session, application->rules); }));
  application->follower = std::make_unique<trace::Follower>(application->database.get(), tracer::scan_sources());
  application->tracing = {&application->people, &application->rules, application->follower.get(),
                          reactions_to_tracing(application->isolating)};
  add_all_routes(*application, settings);
  return application;
}

std::unique_ptr<Application> application_for_reading() {
  const std::array<std::byte, 32> no_secret{};
  auto application = std::make_unique<Application>(person::FieldKey(no_secret), policy::embedded_library(), Settings{});
  application->intake = std::make_unique<intake::Intake>(nullptr, application->people);
  application->laboratory = std::make_unique<laboratory::Laboratory>(nullptr, application->people);
  add_all_routes(*application, {});
  return application;
}

}  // namespace firstline::app
