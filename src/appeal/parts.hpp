#pragma once

// Between the files of the service. Inside the module only.

#include "appeal/service.hpp"
#include "appeal/store.hpp"
#include "json/json.hpp"

namespace firstline::appeal {

// A colour that somebody sets by hand, on a ground of the closed list.
struct HandSet {
  health::CodeColour colour = health::CodeColour::green;
  Instant read_at{};
  SetGround ground = SetGround::deciding_body_notice;
  std::string document;
  AppealId appeal;
};
// Records it, or keeps it for a second person: whether it waits.
Result<bool> set(http::Call& call, person::PersonRef who, const HandSet& wanted);

Result<void> write_fact(http::Call& call, AreaId community, std::string kind, std::string subject, std::string body);

}  // namespace firstline::appeal
