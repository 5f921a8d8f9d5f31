#include "store/acting.hpp"

namespace firstline::store {
namespace {

struct Acting {
  const Session* session = nullptr;
  std::string role;
};
thread_local Acting acting;

}  // namespace

void act_as(const Session& session, std::string_view role) {
  acting.session = &session;
  acting.role = role;
}

const std::string& acting_as(const Session& session) {
  static const std::string nobody;
  return acting.session == &session ? acting.role : nobody;
}

}  // namespace firstline::store
