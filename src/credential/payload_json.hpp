#pragma once

// A health certificate's payload as JSON: texts in Unicode's form NFC, date tags as ISO texts, null and undefined as
// null, octets as hexadecimal, keys as texts. Calls itself never.

#include <string>
#include <string_view>

#include "credential/cbor.hpp"

namespace firstline::credential {

void append_json(std::string& out, CborValue value);
std::string to_nfc(std::string_view text);
// "2021-02-20T12:34:56Z"; empty outside the years 0 to 9999.
std::string iso_time(std::int64_t epoch_seconds);

}  // namespace firstline::credential
