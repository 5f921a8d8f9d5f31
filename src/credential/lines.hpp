#pragma once

// `firstline credential verify|decode|cose`: codes at the command line, one JSON object a line in, one a line out, same
// order. The formats are fixed: other programs use them (docs/operating.md).
//
//   hcert  {"id", "qr", "certs": [base64], "clock", "emit": ["stages", "payload"]}
//   fl     {"id", "qr", "keys": [base64] | "trust_list" and "root", "revocations": [base64], "clock", "emit"}
//   cose   {"id", "hex", "key": {JWK} | base64, "external": hex}
//
// Exit 0: every line was answered, or the one code is good; 1: it is not; 2: usage, or a line that is none.

#include <iosfwd>
#include <span>
#include <string>
#include <string_view>

#include "base/fault.hpp"
#include "credential/hcert.hpp"

namespace firstline::credential {

class HcertLines {
 public:
  // Faults json.*, line.*.
  Result<std::string> answer(std::string_view question);

 private:
  CertificateShelf shelf_;
  HcertVerifier verifier_;
};
Result<std::string> fl_answer(std::string_view question);
Result<std::string> cose_answer(std::string_view question);

int verify_command(std::span<const std::string> arguments, std::istream& in, std::ostream& out, std::ostream& err);
int cose_command(std::span<const std::string> arguments, std::istream& in, std::ostream& out, std::ostream& err);
// One code as text to JSON: every layer, nothing verified.
int decode_text(std::string_view qr, std::ostream& out, std::ostream& err);

}  // namespace firstline::credential
