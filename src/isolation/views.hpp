#pragma once

// What the desk and the person see of orders. Lists show masked names; an order's words are opened on its own page
// only, and that is a fact. Inside the module only.

#include "isolation/acts.hpp"

namespace firstline::isolation {

// Overdue reports first, then what waits for somebody, what may end, missed tests, the rest by their end; ended ones
// last.
Result<api::IsolationList> list_orders(http::Call& call, const Desk& desk);
Result<api::IsolationOrderView> open_order(http::Call& call, const Desk& desk, OrderId id);
Result<api::MyIsolations> my_isolations(http::Call& call, const Desk& desk);

// Results of the person that count, as the clock takes them.
Result<std::vector<Sample>> samples_of(store::Session& session, const IsolationOrder& order);

}  // namespace firstline::isolation
