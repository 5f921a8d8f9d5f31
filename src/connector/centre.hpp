#pragma once

// The centre that gives health codes (健康码中心), as the seven public verbs of GB/T 38963-2020. The standard's own
// field tables were not readable (docs/connector.md), so these are our fields; whoever joins a city's centre writes one
// class. The community asks and declares; it never makes a colour itself.
//
// Faults: centre.not_reachable, centre.busy (unavailable); centre.unknown_person (not_found); centre.refused,
// centre.not_allowed (forbidden); centre.bad_answer, centre.bad_input (invalid; where: the field).

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/fault.hpp"
#include "base/time.hpp"
#include "health/wire.hpp"

namespace firstline::connector {

struct Subject {
  std::string id_number, name;
};
BOOST_DESCRIBE_STRUCT(Subject, (), (id_number, name))

// 健康申报
struct HealthDeclaration {
  Subject subject;
  Instant at{};
  std::optional<int> temperature_tenths;
  std::vector<std::string> symptoms;
  bool stayed_at_risk = false;
};
BOOST_DESCRIBE_STRUCT(HealthDeclaration, (), (subject, at, temperature_tenths, symptoms, stayed_at_risk))

// 行程申报. Places by their division codes ("620102").
struct TravelDeclaration {
  Subject subject;
  std::string from_division, to_division, transport;
  Instant leaves_at{};
  std::optional<Instant> arrives_at;
};
BOOST_DESCRIBE_STRUCT(TravelDeclaration, (), (subject, from_division, to_division, transport, leaves_at, arrives_at))

// What the centre knows of somebody.
struct HealthInfo {
  health::CodeColour colour = health::CodeColour::green;
  Instant read_at{};
  std::optional<health::NegativeResult> last_negative;
};
BOOST_DESCRIBE_STRUCT(HealthInfo, (), (colour, read_at, last_negative))

// 申请调用: the right to call, for a while.
struct CallApplication {
  std::string client, secret, purpose;
};
BOOST_DESCRIBE_STRUCT(CallApplication, (), (client, secret, purpose))
struct CallGrant {
  std::string token;
  Instant valid_until{};
};
BOOST_DESCRIBE_STRUCT(CallGrant, (), (token, valid_until))

// 制码
struct MadeCode {
  std::string code;
  Instant valid_until{};
};
BOOST_DESCRIBE_STRUCT(MadeCode, (), (code, valid_until))

// 验码
struct CodeCheck {
  std::string code;
};
BOOST_DESCRIBE_STRUCT(CodeCheck, (), (code))
struct CheckedCode {
  Subject subject;
  HealthInfo info;
};
BOOST_DESCRIBE_STRUCT(CheckedCode, (), (subject, info))

// 纠错
struct Correction {
  Subject subject;
  health::CodeColour shown = health::CodeColour::green;
  std::string reason, document;
};
BOOST_DESCRIBE_STRUCT(Correction, (), (subject, shown, reason, document))

struct Receipt {
  std::string number;
};
BOOST_DESCRIBE_STRUCT(Receipt, (), (number))

class CodeCentre {
 public:
  virtual ~CodeCentre() = default;
  // Stands with every reading as its source; never a person's name.
  virtual const std::string& name() const = 0;
  virtual Result<Receipt> declare_health(const HealthDeclaration& declaration) = 0;
  virtual Result<Receipt> declare_travel(const TravelDeclaration& declaration) = 0;
  virtual Result<HealthInfo> query_health(const Subject& subject) = 0;
  virtual Result<CallGrant> apply_to_call(const CallApplication& application) = 0;
  virtual Result<MadeCode> make_code(const Subject& subject) = 0;
  virtual Result<CheckedCode> verify_code(const CodeCheck& check) = 0;
  virtual Result<Receipt> correct_error(const Correction& correction) = 0;
};

}  // namespace firstline::connector
