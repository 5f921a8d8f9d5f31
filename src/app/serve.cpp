#include "app/serve.hpp"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "app/daily.hpp"
#include "app/demo.hpp"
#include "app/pages.hpp"
#include "app/wiring.hpp"
#include "area/office.hpp"
#include "area/service.hpp"
#include "base/log.hpp"
#include "base/shifted_clock.hpp"
#include "http/self_signed.hpp"
#include "http/server.hpp"
#include "rulebook/follower.hpp"

namespace firstline::app {
namespace {

// No line in Lanzhou (0931) begins with 0: nobody can be rung up by it.
constexpr char demo_phone[] = "0931-0000000";

struct Listening {
  std::string address;
  std::uint16_t port;
};

// "127.0.0.1:8080", "[::]:8443", ":8080"
Result<Listening> listening_of(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  if (colon == text.npos) return fail(FaultCode::invalid, "usage.bad_address", {}, "listen");
  std::string address = text.substr(0, colon);
  if (address.starts_with('[') && address.ends_with(']')) address = address.substr(1, address.size() - 2);
  if (address.empty()) address = "0.0.0.0";
  int port = 0;
  for (const char c : text.substr(colon + 1)) {
    if (c < '0' || c > '9' || port > 65535) return fail(FaultCode::invalid, "usage.bad_address", {}, "listen");
    port = port * 10 + (c - '0');
  }
  if (port > 65535 || colon + 1 == text.size()) return fail(FaultCode::invalid, "usage.bad_address", {}, "listen");
  return Listening{address, static_cast<std::uint16_t>(port)};
}

bool loopback(const std::string& address) {
  return address.starts_with("127.") || address == "::1" || address == "localhost";
}

// What the server hands out and how phones reach it.
struct Face {
  http::ServerOptions options;
  std::unique_ptr<http::Pages> pages;
  std::string scheme = "http";
  std::string authority_sha256;  // Of the authority that this server made; empty: it made none.
};

Result<Face> face_of(const Arguments& arguments) {
  Face face;
  auto& options = face.options;
  FL_TRY(const auto listening, listening_of(arguments.text("listen")));
  options.address = listening.address == "localhost" ? "127.0.0.1" : listening.address;
  options.port = listening.port;
  FL_TRY(const long threads, arguments.number("io-threads", 1, 64));
  options.io_threads = static_cast<int>(threads);
  FL_TRY(const long rate, arguments.number("rate", 0, 1'000'000));
  options.rate = {static_cast<double>(rate), 2.0 * static_cast<double>(rate)};
  options.trust_forwarded_for = arguments.on("trust-forwarded-for");
  options.version = FIRSTLINE_VERSION;

  const std::string root = arguments.text("web-root");
  face.pages = root.empty() ? built_in_pages() : http::folder_pages(root);

  options.certificate_file = arguments.text("tls-cert");
  options.key_file = arguments.text("tls-key");
  if (options.certificate_file.empty() != options.key_file.empty())
    return fail(FaultCode::invalid, "usage.certificate_and_key", {}, "tls-cert");
  std::string tls = arguments.text("tls");
  if (tls == "auto") tls = loopback(options.address) ? "off" : "self-signed";
  if (tls != "off" && tls != "self-signed") return fail(FaultCode::invalid, "usage.unknown_value", {}, "tls");
  if (!options.certificate_file.empty()) {
    options.hsts = true;
  } else if (tls == "self-signed") {
    FL_TRY(auto made,
           http::self_signed(arguments.text("data") + "/tls", http::names_of_this_machine(), system_clock().now()));
    options.certificate_file = made.certificate_file;
    options.key_file = made.key_file;
    http::Page authority;
    authority.path = "/trust/ca.crt";
    authority.content_type = http::content_type_of(authority.path);
    authority.owner = std::make_shared<std::string>(std::move(made.authority_pem));
    authority.raw = *authority.owner;
    face.authority_sha256 = std::move(made.authority_sha256);
    face.pages = http::pages_with({std::move(authority)}, std::move(face.pages));
  }
  if (!options.certificate_file.empty()) face.scheme = "https";
  return face;
}

std::string url_of(const Face& face, std::uint16_t port) {
  std::string host = face.options.address;
  if (host == "0.0.0.0" || host == "::") host = http::address_for_others();
  if (host.find(':') != host.npos) host = "[" + host + "]";
  return face.scheme + "://" + host + ":" + std::to_string(port);
}

// Blocks the signals in this thread and in all that it will start; wait() then takes them one by one.
class Signals {
 public:
  Signals() {
    std::signal(SIGPIPE, SIG_IGN);
    sigemptyset(&set_);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set_, signal);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
  }
  int wait() const {
    int signal = 0;
    sigwait(&set_, &signal);
    return signal;
  }

 private:
  sigset_t set_;
};

// The demo may stand at another date. Only the demo: an office's clock is the machine's, and a flag, a variable or a
// line of a configuration that would move it ends the start instead of being passed over.
Result<std::unique_ptr<Clock>> demo_clock(const Arguments& arguments) {
  const std::string text = arguments.text("demo-clock");
  if (text.empty()) return std::unique_ptr<Clock>();
  if (!arguments.on("demo")) return fail(FaultCode::invalid, "usage.clock_without_demo", {}, "demo-clock");
  const auto start = parse_instant(text);
  if (!start) return fail(FaultCode::invalid, "usage.bad_instant", {}, "demo-clock");
  return std::unique_ptr<Clock>(std::make_unique<ShiftedClock>(*start - system_clock().now()));
}

// --demo puts its community beside whatever is there: where a real gate is, its clock must be the real one.
Result<void> only_generated(Application& application) {
  return application.database->read([](store::Session& session) -> Result<void> {
    FL_TRY(const auto communities, area::communities_with_gates(session));
    for (const AreaId community : communities) {
      FL_TRY(const auto gates, area::gates_of(session, community));
      for (const area::Gate& gate : gates) {
        FL_TRY(const auto shown, area::view(session, gate));
        if (!shown.generated) return fail(FaultCode::invalid, "usage.clock_of_an_office", {}, "demo-clock");
      }
    }
    return {};
  });
}

Result<void> live(const Arguments& arguments) {
  const Signals signals;
  FL_TRY(auto settings, settings_of(arguments));
  std::error_code ignored;
  std::filesystem::create_directories(settings.data_folder, ignored);
  FL_TRY(auto face, face_of(arguments));
  if (settings.public_url.empty()) settings.public_url = url_of(face, face.options.port);
  settings.authority_sha256 = face.authority_sha256;
  FL_TRY(const auto moved, demo_clock(arguments));
  const Clock& clock = moved ? *moved : system_clock();
  FL_TRY(auto application, open_application(settings));
  if (moved) {
    FL_TRYV(only_generated(*application));
    log(LogLevel::warning, "demo.clock", {{"now", format_instant(clock.now())}});
  }
  if (settings.demo) {
    FL_TRYV(set_up_demo(*application, settings, clock.now()));
  }
  FL_TRY(auto server, http::Server::start({application->table, *application->database, *application->authenticator,
                                           clock, system_random(), *face.pages},
                                          face.options));
  auto daily = std::make_unique<DailyWork>(*application->database, application->people, application->isolating, clock);
  auto rules = std::make_unique<rulebook::Follower>(application->book);
  application->follower->start();
  auto packs = std::make_unique<offline::Follower>(*application->packs);
  const std::string url = url_of(face, server->port());
  log(LogLevel::info, "server.started",
      {{"url", url}, {"engine", application->database->engine()}, {"version", FIRSTLINE_VERSION}});
  if (!face.authority_sha256.empty()) log(LogLevel::info, "server.authority", {{"sha256", face.authority_sha256}});
  std::cout << url << std::endl;
  if (settings.demo) print_welcome(settings, url);
  if (face.scheme == "http" && !loopback(face.options.address))
    log(LogLevel::warning, "server.no_tls", {{"why", "cameras and sign-in need https; put a proxy with TLS in front"}});

  while (signals.wait() == SIGHUP) {
    const auto reloaded = server->reload_certificate();
    log(reloaded ? LogLevel::info : LogLevel::error, "server.certificate_reload",
        {{"reason", reloaded ? "" : reloaded.error().reason}});
  }
  log(LogLevel::info, "server.stopping");
  server->stop();
  packs.reset();
  rules.reset();
  daily.reset();
  server.reset();
  application.reset();  // Closes the database, having finished what was accepted.
  log(LogLevel::info, "server.stopped");
  return {};
}

}  // namespace

std::vector<Flag> data_flags() {
  return {{"config", "FILE", "TOML file with values for these flags", ""},
          {"data", "DIR", "folder for the database, keys and certificates", "data"},
          {"database", "URL", "postgresql://user@host/db; SQLite in the data folder if not given", ""},
          {"policies", "DIR", "policy packs of this office, beside the built-in ones; read at the start", ""},
          {"node", "N", "0..1023, unique among running nodes of one database", "0"},
          {"readers", "N", "reading connections", "4"},
          {"writers", "N", "writing connections; PostgreSQL only", "4"}};
}

std::vector<Flag> serve_flags() {
  auto flags = data_flags();
  flags.insert(flags.end(),
               {{"listen", "ADDR:PORT", "where to listen; 0.0.0.0:8443 for phones in the LAN", "127.0.0.1:8080"},
                {"demo", "", "set up the generated demo community, marked as such", ""},
                {"demo-packs", "ID,...", "the demo's rules: these packs, everywhere and always", ""},
                {"demo-clock", "INSTANT", "the demo's time at the start, such as 2022-03-15T23:59:00+08:00", ""},
                {"tls", "KIND", "self-signed | off | auto: self-signed beyond this machine", "auto"},
                {"tls-cert", "FILE", "certificate chain, PEM; read again on SIGHUP", ""},
                {"tls-key", "FILE", "its key, PEM", ""},
                {"public-url", "URL", "how phones reach this server, for the codes they read", ""},
                {"office-phone", "NUMBER", "what people call; stands on the pages", ""},
                {"code-centre", "URL", "the centre of health codes to ask (docs/connector.md)", ""},
                {"code-centre-name", "NAME", "stands with what it said", "health code centre"},
                {"code-centre-client", "NAME", "as which it knows this office", "community"},
                {"code-centre-secret-file", "FILE", "what it knows this office by", ""},
                {"web-root", "DIR", "pages from a folder instead of the built-in ones", ""},
                {"io-threads", "N", "threads for sockets", "1"},
                {"rate", "N", "requests a second from one address; 0: no limit; this machine is free", "200"},
                {"trust-forwarded-for", "", "behind one's own proxy: take the client's address from it", ""}});
  return flags;
}

Result<void> join_centre(const Arguments& arguments, Settings& settings) {
  settings.code_centre_url = arguments.text("code-centre");
  settings.code_centre_name = arguments.text("code-centre-name");
  settings.code_centre_client = arguments.text("code-centre-client");
  const std::string file = arguments.text("code-centre-secret-file");
  if (settings.code_centre_url.empty()) return {};
  if (!std::getline(std::ifstream(file), settings.code_centre_secret) || settings.code_centre_secret.empty())
    return fail(FaultCode::invalid, "usage.unreadable", {}, "code-centre-secret-file");
  while (settings.code_centre_url.ends_with('/')) settings.code_centre_url.pop_back();
  return {};
}

Result<Settings> settings_of(const Arguments& arguments) {
  Settings settings;
  settings.data_folder = arguments.text("data");
  settings.database_url = arguments.text("database");
  settings.public_url = arguments.text("public-url");
  settings.policies_folder = arguments.text("policies");
  settings.demo = arguments.on("demo");
  settings.demo_packs = arguments.text("demo-packs");
  settings.office_phone = arguments.text("office-phone");
  if (settings.office_phone.empty() && settings.demo) settings.office_phone = demo_phone;
  if (!settings.office_phone.empty() && !area::valid_phone(settings.office_phone))
    return fail(FaultCode::invalid, "usage.bad_phone", {}, "office-phone");
  FL_TRYV(join_centre(arguments, settings));
  FL_TRY(const long node, arguments.number("node", 0, 1023));
  FL_TRY(const long readers, arguments.number("readers", 1, 256));
  FL_TRY(const long writers, arguments.number("writers", 1, 256));
  settings.node = static_cast<int>(node);
  settings.readers = static_cast<int>(readers);
  settings.writers = static_cast<int>(writers);
  return settings;
}

int serve(const Arguments& arguments) {
  const auto lived = live(arguments);
  if (lived) return exit_good;
  const Fault& fault = lived.error();
  log(LogLevel::error, "server.failed", {{"reason", fault.reason}, {"where", fault.where}, {"detail", fault.detail}});
  return fault.reason.starts_with("usage.") ? exit_usage : exit_fault;
}

}  // namespace firstline::app
