#include "connector/http_centre.hpp"

#include "json/json.hpp"

namespace firstline::connector {
namespace {

// What a centre says instead of an answer.
struct Refusal {
  std::string code, message;
};
BOOST_DESCRIBE_STRUCT(Refusal, (), (code, message))

constexpr long ok = 200, unauthorized = 401;

tl::unexpected<Fault> fault_of(const Answer& answer) {
  const auto refusal = json::read<Refusal>(answer.body);
  if (answer.status == 429 || answer.status == 503) return fail(FaultCode::unavailable, "centre.busy");
  if (answer.status >= 500) return fail(FaultCode::unavailable, "centre.not_reachable", std::to_string(answer.status));
  if (!refusal) return fail(FaultCode::invalid, "centre.bad_answer", std::to_string(answer.status));
  if (answer.status == unauthorized) return fail(FaultCode::forbidden, "centre.not_allowed", refusal->message);
  if (answer.status == 404) return fail(FaultCode::not_found, "centre.unknown_person", refusal->message);
  if (answer.status == 400) return fail(FaultCode::invalid, "centre.bad_input", refusal->message);
  return fail(FaultCode::forbidden, "centre.refused", refusal->message);
}

template <class Out>
Result<Out> read_answer(const Answer& answer) {
  if (answer.status != ok) return fault_of(answer);
  auto out = json::read<Out>(answer.body);
  if (!out) return fail(FaultCode::invalid, "centre.bad_answer", out.error().reason, out.error().where);
  return out;
}

}  // namespace

HttpCentre::HttpCentre(HttpCentreSettings settings, Transfer& transfer, const Clock& clock)
    : settings_(std::move(settings)), transfer_(transfer), clock_(clock) {}

Result<Answer> HttpCentre::post(const char* verb, const std::string& body, const std::string& bearer) {
  {
    const std::lock_guard lock(mutex_);
    if (clock_.now() < silent_until_) return fail(FaultCode::unavailable, "centre.not_reachable", "resting");
  }
  auto answer = transfer_.post(settings_.url + "/" + verb, body, bearer);
  if (!answer && answer.error().code == FaultCode::unavailable) {
    const std::lock_guard lock(mutex_);
    silent_until_ = clock_.now() + settings_.rest_after_silence;
  }
  return answer;
}

Result<std::string> HttpCentre::token() {
  {
    const std::lock_guard lock(mutex_);
    if (clock_.now() < grant_.valid_until) return grant_.token;
  }
  FL_TRY(const auto grant, apply_to_call(settings_.us));
  const std::lock_guard lock(mutex_);
  grant_ = grant;
  return grant.token;
}

void HttpCentre::drop(const std::string& token) {
  const std::lock_guard lock(mutex_);
  if (grant_.token == token) grant_ = {};
}

template <class Out, class In>
Result<Out> HttpCentre::call(const char* verb, const In& input) {
  const std::string body = json::write(input);
  FL_TRY(auto bearer, token());
  FL_TRY(auto answer, post(verb, body, bearer));
  if (answer.status == unauthorized) {  // The centre may take a grant back before its time; once more with a new one.
    drop(bearer);
    FL_TRY(bearer, token());
    FL_TRY(answer, post(verb, body, bearer));
  }
  return read_answer<Out>(answer);
}

Result<CallGrant> HttpCentre::apply_to_call(const CallApplication& application) {
  FL_TRY(const auto answer, post("call-applications", json::write(application), {}));
  return read_answer<CallGrant>(answer);
}
Result<Receipt> HttpCentre::declare_health(const HealthDeclaration& declaration) {
  return call<Receipt>("health-declarations", declaration);
}
Result<Receipt> HttpCentre::declare_travel(const TravelDeclaration& declaration) {
  return call<Receipt>("travel-declarations", declaration);
}
Result<HealthInfo> HttpCentre::query_health(const Subject& subject) {
  return call<HealthInfo>("health-queries", subject);
}
Result<MadeCode> HttpCentre::make_code(const Subject& subject) { return call<MadeCode>("codes", subject); }
Result<CheckedCode> HttpCentre::verify_code(const CodeCheck& check) { return call<CheckedCode>("code-checks", check); }
Result<Receipt> HttpCentre::correct_error(const Correction& correction) {
  return call<Receipt>("corrections", correction);
}

}  // namespace firstline::connector
