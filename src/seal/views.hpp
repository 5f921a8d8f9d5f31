#pragma once

// What the desk is shown of orders. Names of people with a result missing are masked, and given only to those whose
// work it is. Inside the module only.

#include "seal/gathered.hpp"

namespace firstline::seal {

Result<api::SealOrders> list_orders(http::Call& call, const Desk& desk);
// Of all communities below an office: what has waited long enough to be its matter.
Result<api::SealsRaised> raised_to(http::Call& call, const Desk& desk, AreaId office);
Result<api::SealOrderView> order_view(http::Call& call, const Desk& desk, OrderId id);
// "Was unit 2 sealed on the 14th at 16:00?"
Result<api::SealStateThen> state_then(http::Call& call, AreaId area, Instant at);

}  // namespace firstline::seal
