// firstline place add, account add, account reset: what an office needs when nobody can sign in. The rest is done at
// the desk.

#include "app/office.hpp"

#include <iostream>

#include "access/desk.hpp"
#include "access/totp.hpp"
#include "app/lists.hpp"
#include "app/serve.hpp"
#include "app/wiring.hpp"

namespace firstline::app {
namespace {

using area::AreaKind;
using store::Session;

// A new node of the official tree; its kind follows from the one above.
Result<int> add_place(const Arguments& arguments) {
  FL_TRY(const auto settings, settings_of(arguments));
  FL_TRY(const auto application, open_application(settings));
  const std::string path = arguments.text("path"), name = arguments.text("name");
  const auto slash = path.rfind('/');
  const std::string code = path.substr(slash == path.npos ? 0 : slash + 1);
  if (name.empty()) return fail(FaultCode::invalid, "usage.name_missing", {}, "name");
  const Instant now = system_clock().now();
  const auto put = [&](Session& session) -> Result<area::Area> {
    FL_TRYV(area::load_divisions(session, area::embedded_divisions(), now));
    if (slash == path.npos) return area::add(session, nullptr, {AreaKind::district, code, name, {}, {}, false}, now);
    FL_TRY(const auto above, area::find_by_path(session, {}, path.substr(0, slash)));
    const AreaKind kind = above.kind == AreaKind::district ? AreaKind::subdistrict : AreaKind::community;
    return area::add(session, &above, {kind, code, name, {}, {}, false}, now);
  };
  FL_TRY(const auto made, application->database->write(put));
  std::cout << made.path << ' ' << made.name << '\n';
  return exit_good;
}

void print(const access::OneTimeLogin& once) {
  std::cout << "login " << once.login << "\npassword " << once.password << '\n';
  if (once.second_factor_secret) {
    const auto secret = access::totp_from_base32(*once.second_factor_secret);
    std::cout << "totp " << *once.second_factor_secret << '\n' << access::totp_uri(once.login, *secret) << '\n';
  }
  std::cerr << "shown once: hand it over in person, and keep it nowhere; it must be changed at the first sign-in\n";
}

Result<int> add_account(const Arguments& arguments) {
  FL_TRY(const auto settings, settings_of(arguments));
  FL_TRY(const auto application, open_application(settings));
  http::Role role{};
  if (!boost::describe::enum_from_string(arguments.text("role").c_str(), role))
    return fail(FaultCode::invalid, "usage.unknown_role", {}, "role");
  const Instant now = system_clock().now();
  const auto place = application->database->write([&](Session& session) -> Result<area::Area> {
    FL_TRYV(area::load_divisions(session, area::embedded_divisions(), now));
    return area::find_on_path(session, arguments.text("area"));
  });
  if (!place) return tl::unexpected(place.error());
  const access::AddAccount command{make_uuid_v7(now, system_random()), arguments.text("login"), arguments.text("name"),
                                   role, place->id};
  FL_TRY(const auto once, access::open_account(application->door, command, *place, {}, now, system_random()));
  print(once);
  return exit_good;
}

Result<int> reset_account(const Arguments& arguments) {
  FL_TRY(const auto settings, settings_of(arguments));
  FL_TRY(const auto application, open_application(settings));
  const Instant now = system_clock().now();
  FL_TRY(const auto once, access::reset_by_machine(application->door, arguments.text("login"),
                                                   make_uuid_v7(now, system_random()), now, system_random()));
  print(once);
  return exit_good;
}

}  // namespace

std::vector<Command> office_commands() {
  auto place_flags = data_flags(), account_flags = data_flags();
  place_flags.insert(place_flags.end(), {{"path", "PATH", "of the new place: 620102/020/905", ""},
                                         {"name", "NAME", "as it is written", ""}});
  account_flags.insert(account_flags.end(), {{"login", "LOGIN", "3 to 64 of a-z 0-9 . _ - @", ""},
                                             {"name", "NAME", "of the post, not of the person", ""},
                                             {"role", "ROLE", "secretary, keeper, health_officer, ...", "secretary"},
                                             {"area", "PATH", "where the role holds: 620102/020/905", ""}});
  auto reset_flags = data_flags();
  reset_flags.push_back({"login", "LOGIN", "whose password is lost", ""});
  return {{"place add", "", "Adds a district, subdistrict or community to the official tree.", std::move(place_flags),
           [](const Arguments& arguments) { return exit_code(add_place(arguments)); }},
          {"account add", "", "Adds an account with one role and prints its password once.", std::move(account_flags),
           [](const Arguments& arguments) { return exit_code(add_account(arguments)); }},
          {"account reset", "", "Hands out a new password where nobody is left at the desk who could confirm it.",
           std::move(reset_flags), [](const Arguments& arguments) { return exit_code(reset_account(arguments)); }}};
}

}  // namespace firstline::app
