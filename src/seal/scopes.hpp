#pragma once

// Compares the scopes that a seal could have around one home, so that whoever decides sees what each would cost and
// what it would leave outside. Decides nothing. Inside the module only.

#include "seal/api.hpp"
#include "seal/service.hpp"

namespace firstline::seal {

Result<api::SealScopes> compare_scopes(http::Call& call, const Desk& desk, const api::CompareScopes& asked);

}  // namespace firstline::seal
