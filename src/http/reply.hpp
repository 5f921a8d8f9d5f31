#pragma once

// The head of an HTTP/1.1 answer as text. Knows the security headers; knows nothing of routes.

#include <memory>
#include <string>
#include <string_view>

#include "http/exchange.hpp"
#include "http/pages.hpp"

namespace firstline::http {

struct Reply {
  unsigned status = 200;
  std::string_view content_type = "application/json";
  std::string head;       // More header lines, each with its line end.
  std::string own_body;   // Used if `body` is empty.
  std::string_view body;  // Lives as long as `owner`, or as the program.
  std::shared_ptr<const std::string> owner;
  bool document = false;  // A page: gets the whole content security policy.

  std::string_view content() const { return body.empty() ? std::string_view(own_body) : body; }
};

struct HeadOptions {
  bool secure = false;  // Under TLS: cookies get Secure.
  bool hsts = false;    // Only with a certificate that browsers trust.
  bool keep_alive = true;
  bool http10 = false;
  bool without_length = false;  // An event stream.
  std::string_view date;        // "Date: ...\r\n"
};

// Appends status line and headers including the empty line.
void append_head(std::string& out, const Reply& reply, const HeadOptions& options);
// As above for a use case's answer, straight from it.
void append_answer_head(std::string& out, const Answer& answer, const HeadOptions& options);

Reply reply_of(const Fault& fault);
// Chooses an encoding, answers 304 to a known etag.
Reply reply_of(const Page& page, std::string_view accept_encoding, std::string_view if_none_match);
Reply redirect_to(std::string_view location);

// "Date: Tue, 15 Mar 2022 07:00:00 GMT\r\n"
std::string date_line(Instant now);

}  // namespace firstline::http
