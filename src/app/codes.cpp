// firstline credential ...: signed codes verified, taken apart and made at the command line. These doors end with 0, 1
// or 2 and nothing else: other programs run them over thousands of codes.

#include "app/codes.hpp"

#include <exception>
#include <iostream>

#include "app/qr_picture.hpp"
#include "app/root_key.hpp"
#include "app/serve.hpp"
#include "app/wiring.hpp"
#include "area/service.hpp"
#include "credential/line_text.hpp"
#include "credential/lines.hpp"
#include "credential/text_codes.hpp"
#include "issuing/service.hpp"

namespace firstline::app {
namespace {

using credential::Words;

constexpr int exit_trouble = 2;

// `run`, with whatever goes wrong inside as trouble of usage.
template <class Run>
std::function<int(const Arguments&)> guarded(Run run) {
  return [run](const Arguments& arguments) {
    try {
      return run(arguments);
    } catch (const std::exception& trouble) {
      std::cerr << "firstline: " << trouble.what() << '\n';
      return exit_trouble;
    }
  };
}

int decode(const Arguments& arguments) {
  const auto words = Words::read(arguments.rest(), {}, {"--png"});
  if (!words) {
    std::cerr << "usage: firstline credential decode --png FILE | firstline credential decode < qr.txt\n";
    return exit_trouble;
  }
  std::string qr;
  if (words->on("--png")) {
    auto read = read_qr_picture(words->one("--png"));
    if (!read) {
      std::cerr << "firstline: " << read.error().reason << ' ' << read.error().where << '\n';
      return read.error().code == FaultCode::not_found ? exit_no : exit_trouble;
    }
    qr = std::move(*read);
  } else {
    std::getline(std::cin, qr);
  }
  return credential::decode_text(qr, std::cout, std::cerr);
}

int say(const Fault& fault) {
  std::cerr << "firstline: " << fault.reason << (fault.where.empty() ? "" : " ") << fault.where << '\n';
  return exit_trouble;
}

// Signs the list of all issuer keys with the root, which is kept elsewhere.
Result<int> trust(const Arguments& arguments) {
  FL_TRY(const auto settings, settings_of(arguments));
  FL_TRY(const long days, arguments.number("days", 1, 400));
  FL_TRY(const auto root, read_root_key(arguments.text("root"), arguments.on("make-root")));
  FL_TRY(const auto application, open_application(settings));
  const std::string withdrawn = arguments.text("withdraw");
  const auto signed_list = application->database->write([&](store::Session& session) -> Result<issuing::TrustSigned> {
    const Instant now = system_clock().now();
    if (!withdrawn.empty()) FL_TRYV(issuing::withdraw_key(session, withdrawn, now));
    return issuing::sign_trust(session, root, std::chrono::days(days), now);
  });
  if (!signed_list) return tl::unexpected(signed_list.error());
  std::cout << "number " << signed_list->number << "\nkeys " << signed_list->keys << "\nroot "
            << credential::to_base64(root.public_key().point()) << '\n';
  return exit_good;
}

// A call as the desk's, by whoever stands at the machine itself.
http::Call call_of(store::Session& session) {
  http::Call call;
  call.session = &session;
  call.now = system_clock().now();
  call.random = &system_random();
  return call;
}

template <class Enum>
Result<Enum> choice(const Arguments& arguments, const char* flag) {
  Enum value{};
  if (!boost::describe::enum_from_string(arguments.text(flag).c_str(), value))
    return fail(FaultCode::invalid, "usage.unknown_value", {}, flag);
  return value;
}

Result<int> issue(const Arguments& arguments) {
  FL_TRY(const auto settings, settings_of(arguments));
  const auto person = parse_id(arguments.text("person"));
  if (!person) return fail(FaultCode::invalid, "usage.bad_id", {}, "person");
  issuing::api::IssueCode command;
  command.person_id = PersonId{*person};
  FL_TRY(command.ground, choice<issuing::PaperGround>(arguments, "ground"));
  FL_TRY(const long days, arguments.number("days", 1, 180));
  command.days = static_cast<int>(days);
  FL_TRY(const auto application, open_application(settings));
  const auto printed = application->database->write([&](store::Session& session) -> Result<issuing::api::PrintedCode> {
    FL_TRY(const auto community, area::find_on_path(session, arguments.text("community")));
    auto call = call_of(session);
    return issuing::issue_at_desk(call, application->issuing, community.id, command);
  });
  if (!printed) return tl::unexpected(printed.error());
  std::cout << printed->code << '\n';
  std::cerr << "code " << format_id(printed->code_ref.value) << ", " << printed->name_masked << ", until "
            << format_instant(printed->expires_at) << '\n';
  return exit_good;
}

Result<int> revoke(const Arguments& arguments) {
  FL_TRY(const auto settings, settings_of(arguments));
  const auto code = parse_id(arguments.text("code"));
  if (!code) return fail(FaultCode::invalid, "usage.bad_id", {}, "code");
  FL_TRY(const auto reason, choice<issuing::RevokeReason>(arguments, "reason"));
  FL_TRY(const auto application, open_application(settings));
  const auto ended = application->database->write([&](store::Session& session) -> Result<issuing::api::SignedFile> {
    FL_TRY(const auto community, area::find_on_path(session, arguments.text("community")));
    auto call = call_of(session);
    FL_TRYV(issuing::revoke(call, application->issuing, community.id, issuing::CodeRef{*code}, reason));
    return issuing::revocation_file(session, community.id);
  });
  if (!ended) return tl::unexpected(ended.error());
  std::cout << "list " << ended->number << '\n';
  return exit_good;
}

Result<int> signers(const Arguments& arguments) {
  FL_TRY(const auto settings, settings_of(arguments));
  FL_TRY(const auto lines, credential::read_file(arguments.text("file")));
  FL_TRY(const auto application, open_application(settings));
  FL_TRY(const int count, application->database->write([&](store::Session& session) {
    return issuing::put_health_signers(session, lines, system_clock().now());
  }));
  std::cout << count << '\n';
  return exit_good;
}

template <class Run>
std::function<int(const Arguments&)> with_data(Run run) {
  return guarded([run](const Arguments& arguments) {
    const auto done = run(arguments);
    return done ? *done : say(done.error());
  });
}

std::vector<Flag> data_flags_and(std::initializer_list<Flag> more) {
  auto flags = data_flags();
  flags.insert(flags.end(), more);
  return flags;
}

}  // namespace

std::vector<Command> code_commands() {
  return {
      {"credential verify",
       "--profile hcert|fl (--jsonl | --cert FILE --clock TIME)",
       "Verifies signed codes from standard input, line by line or one; every check answers.",
       {},
       guarded([](const Arguments& a) { return credential::verify_command(a.rest(), std::cin, std::cout, std::cerr); }),
       true},
      {"credential decode",
       "[--png FILE]",
       "Takes a code apart without verifying it, from a picture or standard input.",
       {},
       guarded(&decode),
       true},
      {"credential cose",
       "--jsonl",
       "Verifies bare COSE_Sign1 messages, line by line.",
       {},
       guarded([](const Arguments& a) { return credential::cose_command(a.rest(), std::cin, std::cout, std::cerr); }),
       true},
      {"credential issue", "", "Issues a paper code to a resident and prints it.",
       data_flags_and({{"community", "PATH", "620102/020/905", ""},
                       {"person", "ID", "of the resident", ""},
                       {"ground", "WHY", "elder | minor | disabled", "elder"},
                       {"days", "N", "1..180", "7"}}),
       with_data(&issue)},
      {"credential revoke", "", "Withdraws a code; the list of revoked codes is signed anew.",
       data_flags_and({{"community", "PATH", "620102/020/905", ""},
                       {"code", "ID", "as the desk shows it", ""},
                       {"reason", "WHY", "lost | stolen | moved | facts_changed | mistake | other", "lost"}}),
       with_data(&revoke)},
      {"credential trust", "",
       "Signs the list of all communities' keys with the root, whose key file is kept elsewhere.",
       data_flags_and({{"root", "FILE", "the root's key", ""},
                       {"make-root", "", "make that file first; once for a city", ""},
                       {"days", "N", "how long the list is good", "100"},
                       {"withdraw", "KEY", "a key id in hex: nothing that it signed counts any more", ""}}),
       with_data(&trust)},
      {"credential signers", "",
       "Says whose health certificates (HC1) gates may take: base64 certificates, one a line.",
       data_flags_and({{"file", "FILE", "the list, whole", ""}}), with_data(&signers)},
  };
}

}  // namespace firstline::app
