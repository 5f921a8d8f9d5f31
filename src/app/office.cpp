// firstline place add, firstline account add: what a new office needs before anybody can sign in. The rest is done at
// the desk.

#include "app/office.hpp"

#include <algorithm>
#include <iostream>

#include "access/password.hpp"
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

// Sixteen letters and digits that no eye mixes up.
std::string new_password() {
  constexpr std::string_view alphabet = "23456789abcdefghjkmnpqrstuvwxyz";
  std::string password;
  for (int i = 0; i < 16; ++i) password += alphabet[system_random().below(alphabet.size())];
  return password;
}

Result<int> add_account(const Arguments& arguments) {
  FL_TRY(const auto settings, settings_of(arguments));
  FL_TRY(const auto application, open_application(settings));
  http::Role role{};
  if (!boost::describe::enum_from_string(arguments.text("role").c_str(), role))
    return fail(FaultCode::invalid, "usage.unknown_role", {}, "role");
  const Instant now = system_clock().now();
  access::NewAccount account;
  account.login = arguments.text("login");
  account.display_name = arguments.text("name");
  account.password = new_password();
  std::string secret(20, '\0');
  if (access::deciding_roles.has(role)) {
    std::generate(secret.begin(), secret.end(), [] { return static_cast<char>(system_random().below(256)); });
    account.totp_secret = secret;
  }
  FL_TRY(const auto hash, access::hash_password(account.password, system_random()));
  const auto put = [&](Session& session) -> Result<void> {
    FL_TRYV(area::load_divisions(session, area::embedded_divisions(), now));
    FL_TRY(const auto place, area::find_on_path(session, arguments.text("area")));
    account.grants = {{role, place.id, place.path}};
    FL_TRYV(access::add_account(session, application->key, account, hash, {}, now, system_random()));
    return {};
  };
  FL_TRYV(application->database->write(put));
  std::cout << "login " << account.login << "\npassword " << account.password << '\n';
  if (!account.totp_secret.empty())
    std::cout << "totp " << access::totp_base32(std::as_bytes(std::span(secret))) << '\n'
              << access::totp_uri(account.login, std::as_bytes(std::span(secret))) << '\n';
  std::cerr << "shown once: hand it over in person, and keep it nowhere\n";
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
  return {{"place add", "", "Adds a district, subdistrict or community to the official tree.", std::move(place_flags),
           [](const Arguments& arguments) { return exit_code(add_place(arguments)); }},
          {"account add", "", "Adds an account with one role and prints its password once.", std::move(account_flags),
           [](const Arguments& arguments) { return exit_code(add_account(arguments)); }}};
}

}  // namespace firstline::app
