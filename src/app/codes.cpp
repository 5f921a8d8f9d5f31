// firstline credential ...: signed codes verified, taken apart and made at the command line. These doors end with 0, 1
// or 2 and nothing else: other programs run them over thousands of codes.

#include "app/codes.hpp"

#include <exception>
#include <iostream>

#include "app/qr_picture.hpp"
#include "credential/line_text.hpp"
#include "credential/lines.hpp"

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
  };
}

}  // namespace firstline::app
