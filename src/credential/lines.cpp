#include "credential/lines.hpp"

#include <algorithm>
#include <chrono>
#include <functional>
#include <istream>
#include <iterator>
#include <ostream>

#include <boost/json/value.hpp>

#include "credential/clock_text.hpp"
#include "credential/fl_lines.hpp"
#include "credential/line_text.hpp"
#include "credential/payload_json.hpp"
#include "credential/text_codes.hpp"
#include "json/json.hpp"

namespace firstline::credential {
namespace {

constexpr const char* usage =
    "usage: firstline credential verify --profile hcert|fl --jsonl < questions > answers\n"
    "       firstline credential verify --profile hcert --cert FILE... --clock TIME < qr.txt\n"
    "       firstline credential verify --profile fl (--key FILE... | --trust FILE --root FILE) [--revocations FILE...] "
    "--clock TIME < qr.txt";

std::string hcert_answer(const HcertReading& reading, const HcertVerifier& verifier, const Emit& emit, LineText line,
                         std::int64_t microseconds) {
  line.text("verdict", reading.accepted() ? "accept" : "reject");
  line.text("stage", name_of(reading.stage));
  if (reading.reason.empty()) line.null("reason");
  else line.text("reason", reading.reason);
  const HcertChecks& found = reading.checks;
  line.flags("checks", {{"context", found.context},
                        {"base45", found.base45},
                        {"zlib", found.zlib},
                        {"cose", found.cose},
                        {"cwt", found.cwt},
                        {"kid", found.kid},
                        {"signature", found.signature},
                        {"time", found.time},
                        {"keyusage", found.keyusage},
                        {"schema", found.schema}});
  if (emit.stages) {
    if (found.base45.value_or(false)) line.text("compressed_hex", to_hex(reading.compressed));
    if (found.zlib.value_or(false)) line.text("cose_hex", to_hex(reading.cose));
  }
  if (found.cose.value_or(false)) {
    line.number("alg", reading.algorithm);
    line.text("kid", to_base64(reading.key_id));
  }
  if (found.cwt) {
    if (!reading.issuer.empty()) line.text("iss", to_nfc(reading.issuer));
    line.number("iat", reading.issued_at);
    line.number("exp", reading.expires_at);
  }
  if (!reading.warnings.empty()) line.raw("warnings", json::write(reading.warnings));
  if (emit.payload && verifier.payload()) {
    std::string payload;
    append_json(payload, *verifier.payload());
    line.raw("payload", payload);
  }
  line.number("us", microseconds);
  return line.take();
}

using Answerer = std::function<Result<std::string>(std::string_view)>;

int answer_lines(std::istream& in, std::ostream& out, const Answerer& answer) {
  bool all_were_lines = true;
  for (std::string line; std::getline(in, line);) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    const auto answered = answer(line);
    if (answered) {
      out << *answered << '\n';
      continue;
    }
    all_were_lines = false;
    LineText refused = LineText::for_question(line);
    refused.text("verdict", "reject");
    refused.text("error", answered.error().reason);
    if (!answered.error().where.empty()) refused.text("where", answered.error().where);
    out << refused.take() << '\n';
  }
  out.flush();
  return all_were_lines ? 0 : 2;
}

// The first line: a code holds no line end, and may end with a blank.
std::string one_code(std::istream& in) {
  std::string qr;
  std::getline(in, qr);
  if (!qr.empty() && qr.back() == '\r') qr.pop_back();
  return qr;
}

int verify_one_hcert(const Words& words, std::istream& in, std::ostream& out, std::ostream& err) {
  const auto clock = parse_clock(words.one("--clock"));
  if (!clock || words.all("--cert").empty()) {
    err << usage << '\n';
    return 2;
  }
  std::vector<CertificateRef> certificates;
  for (const std::string& name : words.all("--cert")) {
    const auto text = read_file(name);
    const auto certificate = text ? read_certificate_text(*text) : tl::unexpected(text.error());
    if (!certificate) {
      err << "firstline: " << certificate.error().reason << ' ' << name << '\n';
      return 2;
    }
    certificates.push_back(*certificate);
  }
  HcertVerifier verifier;
  const HcertReading reading = verifier.verify(one_code(in), certificates, clock);
  out << hcert_answer(reading, verifier, {false, true}, LineText(), 0) << '\n';
  return reading.accepted() ? 0 : 1;
}

}  // namespace

Result<std::string> HcertLines::answer(std::string_view question) {
  FL_TRY(const LineQuestion asked, LineQuestion::read(question));
  const auto began = std::chrono::steady_clock::now();
  std::vector<CertificateRef> certificates;
  // A certificate that nobody can read is as good as none: the answer then says that the key is unknown.
  for (const std::string& text : asked.texts("certs"))
    if (auto certificate = shelf_.take(text)) certificates.push_back(std::move(*certificate));
  const auto clock_text = asked.text("clock");
  const auto clock = clock_text ? parse_clock(*clock_text) : std::nullopt;
  const auto qr = asked.text("qr");
  if (!qr) return fail(FaultCode::invalid, "json.missing_field", {}, "/qr");
  const HcertReading reading = verifier_.verify(*qr, certificates, clock);
  const auto took = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - began);
  return hcert_answer(reading, verifier_, asked.emit(), asked.begin_answer(), took.count());
}

int verify_command(std::span<const std::string> arguments, std::istream& in, std::ostream& out, std::ostream& err) {
  const auto words = Words::read(arguments, {"--jsonl"},
                                 {"--profile", "--cert", "--clock", "--key", "--trust", "--root", "--revocations"});
  const std::string profile = words ? words->one("--profile") : std::string();
  if (profile != "hcert" && profile != "fl") {
    err << usage << '\n';
    return 2;
  }
  if (words->on("--jsonl")) {
    if (profile == "fl") return answer_lines(in, out, fl_answer);
    HcertLines lines;
    return answer_lines(in, out, [&](std::string_view line) { return lines.answer(line); });
  }
  if (profile == "hcert") return verify_one_hcert(*words, in, out, err);
  const auto answered = verify_one_fl(*words, one_code(in), out);
  if (answered) return *answered;
  err << "firstline: " << answered.error().reason << ' ' << answered.error().where << '\n' << usage << '\n';
  return 2;
}

int cose_command(std::span<const std::string> arguments, std::istream& in, std::ostream& out, std::ostream& err) {
  if (arguments.size() != 1 || arguments[0] != "--jsonl") {
    err << "usage: firstline credential cose --jsonl < questions > answers\n";
    return 2;
  }
  return answer_lines(in, out, cose_answer);
}

}  // namespace firstline::credential
