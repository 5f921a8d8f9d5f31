#include "app/demo.hpp"

#include <cerrno>  // program_invocation_name
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include <qrcodegen/qrcodegen.hpp>
#include <unistd.h>

#include "app/root_key.hpp"
#include "area/service.hpp"
#include "drill/generate.hpp"
#include "json/json.hpp"

namespace firstline::app {
namespace {

struct DemoAccount {
  std::string role, login, password, totp_secret, place;
};
BOOST_DESCRIBE_STRUCT(DemoAccount, (), (role, login, password, totp_secret, place))
struct DemoFile {
  std::vector<DemoAccount> accounts;
};
BOOST_DESCRIBE_STRUCT(DemoFile, (), (accounts))

std::string file_of(const Settings& settings) { return settings.data_folder + "/demo.json"; }

// Two rows of modules a line. On a terminal light on dark ones too; in a file plain, to be scanned from there.
void print_qr(const std::string& text, bool coloured) {
  const auto qr = qrcodegen::QrCode::encodeText(text.c_str(), qrcodegen::QrCode::Ecc::LOW);
  const int border = 2;
  for (int y = -border; y < qr.getSize() + border; y += 2) {
    std::cerr << "  " << (coloured ? "\x1b[30;47m" : "");
    for (int x = -border; x < qr.getSize() + border; ++x) {
      const bool upper = qr.getModule(x, y), lower = qr.getModule(x, y + 1);
      std::cerr << (upper && lower ? "\u2588" : upper ? "\u2580" : lower ? "\u2584" : " ");
    }
    std::cerr << (coloured ? "\x1b[0m\n" : "\n");
  }
}

// The demo's root lies beside its database, as no real one may: nobody is to type anything before it works.
Result<void> sign_demo_codes(Application& application, const Settings& settings, Instant now) {
  const std::string file = settings.data_folder + "/keys/demo_root.key";
  FL_TRY(const auto root, read_root_key(file, !std::filesystem::exists(file)));
  FL_TRY(const auto communities,
         application.database->read([](store::Session& session) { return area::communities_with_gates(session); }));
  bool any_made = false;
  for (const AreaId community : communities) {
    FL_TRY(const bool made, application.database->write([&](store::Session& session) {
      return issuing::begin(session, application.issuing, community, now, system_random());
    }));
    any_made = any_made || made;
  }
  // A list of today stays: another number would be another version of every pack.
  const auto signed_before =
      application.database->read([](store::Session& session) { return issuing::trust_file(session); });
  if (signed_before && !any_made && now - signed_before->issued_at < std::chrono::hours(24)) return {};
  FL_TRY([[maybe_unused]] const auto list, application.database->write([&](store::Session& session) {
    return issuing::sign_trust(session, root, std::chrono::days(100), now);
  }));
  return {};
}

}  // namespace

Result<void> set_up_demo(Application& application, const Settings& settings, Instant now) {
  drill::GenerateOptions options;
  options.now = now;
  options.progress = [](std::int64_t done, std::int64_t all) {
    if (isatty(STDERR_FILENO))
      std::cerr << "\rgenerating people " << done << " / " << all << (done == all ? "\n" : "") << std::flush;
  };
  FL_TRY(const auto made, drill::generate_communities(*application.database, application.key, options));
  if (!made.was_there) std::cerr << "generated " << made.people << " people in " << made.households << " households\n";
  FL_TRY([[maybe_unused]] const auto renewed,
         drill::refresh_readings(*application.database, application.key, options.now));
  FL_TRYV(sign_demo_codes(application, settings, options.now));
  FL_TRY(const auto logins, drill::ensure_demo_accounts(*application.database, application.key, options.now));
  DemoFile file;
  for (const auto& login : logins)
    file.accounts.push_back({login.role, login.login, login.password, login.totp_secret_base32, login.place});
  std::ofstream out(file_of(settings), std::ios::trunc);
  out << json::write(file) << '\n';
  if (!out) return fail(FaultCode::unavailable, "data.cannot_write", {}, file_of(settings));
  std::filesystem::permissions(file_of(settings),
                               std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  return {};
}

void print_welcome(const Settings& settings, const std::string& url) {
  std::ifstream in(file_of(settings));
  std::stringstream text;
  text << in.rdbuf();
  const auto file = json::read<DemoFile>(text.str());
  std::cerr << "\n  Firstline  " << url << "\n\n";
  print_qr(url, isatty(STDERR_FILENO));
  if (!settings.authority_sha256.empty())
    std::cerr << "\n  Certificate authority, SHA-256 (compare it with " << url << "/trust/):\n    "
              << settings.authority_sha256.substr(0, 47) << "\n    " << settings.authority_sha256.substr(48) << '\n';
  std::cerr << "\n  Demo community: every person in it is generated.\n";
  for (const auto& account : file ? file->accounts : std::vector<DemoAccount>{}) {
    std::cerr << "    " << account.role << std::string(account.role.size() < 16 ? 16 - account.role.size() : 1, ' ')
              << account.login << "  /  " << account.password;
    if (!account.totp_secret.empty())
      std::cerr << "   second factor: " << program_invocation_name << " totp " << account.totp_secret;
    std::cerr << '\n';
  }
  std::cerr << "\n  Stop with Ctrl-C.\n\n";
}

}  // namespace firstline::app
