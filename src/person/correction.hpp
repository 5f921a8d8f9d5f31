#pragma once

// A resident says what is wrong in their own record, in their own words; the office answers. 更正申请 What they write
// may name anybody, so it is sealed, stands in no list, and reading it is a fact. Facts: person.correction_asked,
// person.correction_read, person.correction_answered.
//
// Faults: person.none_of_this_account, correction.unknown (not_found), correction.no_words (invalid),
// correction.too_many, correction.answered (conflict).

#include "person/service.hpp"

namespace firstline::person {

// GET, POST my/corrections; GET communities/{community}/corrections, POST .../{correction}/read and .../answer.
void add_correction_routes(http::RouteTable& table, const Directory& directory);

}  // namespace firstline::person
