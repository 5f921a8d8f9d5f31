#include "app/wiring.hpp"

#include <filesystem>

namespace firstline::app {
namespace {

// Until accounts are wired in: nobody is anybody.
class NobodyAuthenticator final : public http::Authenticator {
 public:
  Result<http::Actor> authenticate(store::Session&, std::string_view, std::string_view, Instant) override {
    return fail(FaultCode::unauthenticated, "session.expired");
  }
  std::string csrf_token(std::string_view) const override { return {}; }
};

}  // namespace

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
  return store::Database::open(options);
}

Result<std::unique_ptr<Application>> open_application(const Settings& settings) {
  auto application = std::make_unique<Application>();
  FL_TRY(application->database, open_database(settings));
  application->authenticator = std::make_unique<NobodyAuthenticator>();
  return application;
}

http::RouteTable routes_for_reading() { return {}; }

}  // namespace firstline::app
