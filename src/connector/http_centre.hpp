#pragma once

// The reference connector: the seven verbs as JSON over HTTP, written down in docs/connector.md; the simulator
// tools/code_centre.py speaks the other end. It applies for the right to call when it has none or it has run out, and
// leaves a centre that does not answer in peace for a while, so that a desk never waits twice for the same silence.

#include <mutex>

#include "base/clock.hpp"
#include "connector/centre.hpp"
#include "connector/transfer.hpp"

namespace firstline::connector {

struct HttpCentreSettings {
  std::string name;    // As it stands with a reading: "Provincial health code".
  std::string url;     // "https://code.example.gov/api", without the verb.
  CallApplication us;  // Sent for the right to call.
  std::chrono::seconds rest_after_silence{5};
};

class HttpCentre : public CodeCentre {
 public:
  HttpCentre(HttpCentreSettings settings, Transfer& transfer, const Clock& clock);  // Both outlive it.
  const std::string& name() const override { return settings_.name; }
  Result<Receipt> declare_health(const HealthDeclaration& declaration) override;
  Result<Receipt> declare_travel(const TravelDeclaration& declaration) override;
  Result<HealthInfo> query_health(const Subject& subject) override;
  Result<CallGrant> apply_to_call(const CallApplication& application) override;
  Result<MadeCode> make_code(const Subject& subject) override;
  Result<CheckedCode> verify_code(const CodeCheck& check) override;
  Result<Receipt> correct_error(const Correction& correction) override;

 private:
  template <class Out, class In>
  Result<Out> call(const char* verb, const In& input);
  Result<Answer> post(const char* verb, const std::string& body, const std::string& bearer);
  // Of the grant that we hold, or of a new one.
  Result<std::string> token();
  void drop(const std::string& token);

  const HttpCentreSettings settings_;
  Transfer& transfer_;
  const Clock& clock_;
  std::mutex mutex_;  // Of the two below.
  CallGrant grant_;
  Instant silent_until_{};
};

}  // namespace firstline::connector
