#pragma once

// The small texts inside a request: percent escapes, query strings, cookies. Pure.

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace firstline::http {

using TextMap = std::map<std::string, std::string, std::less<>>;

// Nothing on a broken escape or on an escaped NUL.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space);
// "a=1&b=%E9"; the first of two equal names counts. Nothing on a broken escape or more than 32 fields.
std::optional<TextMap> parse_query(std::string_view text);
// The value of one cookie in a Cookie header; empty if it is not there.
std::string_view cookie_value(std::string_view header, std::string_view name);
// "Bearer xyz" > "xyz"; empty on anything else.
std::string_view bearer_token(std::string_view header);
// Takes the same time whatever the texts hold.
bool equal_secret(std::string_view left, std::string_view right);

}  // namespace firstline::http
