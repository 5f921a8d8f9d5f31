#pragma once

// The public card of an order: what anybody may read, on a door, a phone or in a message. Names nobody; says the
// earliest day and how sure it is, or what is still unknown, never only "wait". Inside the module only.

#include "seal/gathered.hpp"

namespace firstline::seal {

// not_found seal.unknown, also for an order that was never announced.
Result<api::SealCard> card(http::Call& call, const Desk& desk, std::string_view code);
// Of the account's own home: the orders that close it now, and those that did within the last days.
Result<api::MySeal> my_seal(http::Call& call, const Desk& desk);
// What is new about the order of a card, for its live stream.
Result<std::vector<http::Event>> card_events(store::Session& session, const http::Topic& topic, std::int64_t after_id,
                                             int limit);

}  // namespace firstline::seal
