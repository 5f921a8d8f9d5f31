#include "http/reply.hpp"

#include <charconv>

#include <fmt/format.h>

#include "http/problem.hpp"

namespace firstline::http {
namespace {

constexpr std::string_view not_kept = "Cache-Control: no-store\r\n";
// Shorter than a phone may be behind with a revocation.
constexpr std::string_view kept_a_while = "Cache-Control: public, max-age=60\r\n";
constexpr std::string_view api_policy =
    "X-Content-Type-Options: nosniff\r\n"
    "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n";

constexpr std::string_view page_policy =
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Permissions-Policy: camera=(self), microphone=(), geolocation=(), payment=(), usb=()\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Content-Security-Policy: default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
    "img-src 'self' data: blob:; media-src 'self'; font-src 'self' data:; worker-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'\r\n";

std::string_view status_line(unsigned status) {
  switch (status) {
    case 200:
      return "HTTP/1.1 200 OK\r\n";
    case 204:
      return "HTTP/1.1 204 No Content\r\n";
    case 301:
      return "HTTP/1.1 301 Moved Permanently\r\n";
    case 302:
      return "HTTP/1.1 302 Found\r\n";
    case 304:
      return "HTTP/1.1 304 Not Modified\r\n";
    case 400:
      return "HTTP/1.1 400 Bad Request\r\n";
    case 401:
      return "HTTP/1.1 401 Unauthorized\r\n";
    case 403:
      return "HTTP/1.1 403 Forbidden\r\n";
    case 404:
      return "HTTP/1.1 404 Not Found\r\n";
    case 405:
      return "HTTP/1.1 405 Method Not Allowed\r\n";
    case 408:
      return "HTTP/1.1 408 Request Timeout\r\n";
    case 409:
      return "HTTP/1.1 409 Conflict\r\n";
    case 413:
      return "HTTP/1.1 413 Content Too Large\r\n";
    case 415:
      return "HTTP/1.1 415 Unsupported Media Type\r\n";
    case 429:
      return "HTTP/1.1 429 Too Many Requests\r\n";
    case 431:
      return "HTTP/1.1 431 Request Header Fields Too Large\r\n";
    case 503:
      return "HTTP/1.1 503 Service Unavailable\r\n";
    default:
      return "HTTP/1.1 500 Internal Server Error\r\n";
  }
}

void append_number(std::string& out, std::size_t value) {
  char digits[24];
  out.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
}

void append_common(std::string& out, unsigned status, std::string_view content_type, std::size_t length,
                   const HeadOptions& options) {
  out += status_line(status);
  if (!content_type.empty()) {
    out += "Content-Type: ";
    out += content_type;
    out += "\r\n";
  }
  if (!options.without_length && status != 304) {
    out += "Content-Length: ";
    append_number(out, length);
    out += "\r\n";
  }
  out += options.date;
  if (!options.keep_alive) out += "Connection: close\r\n";
  else if (options.http10) out += "Connection: keep-alive\r\n";
  if (options.hsts) out += "Strict-Transport-Security: max-age=31536000\r\n";
}

}  // namespace

void append_head(std::string& out, const Reply& reply, const HeadOptions& options) {
  append_common(out, reply.status, reply.content_type, reply.content().size(), options);
  if (!reply.document) out += not_kept;
  out += reply.document ? page_policy : api_policy;
  out += reply.head;
  out += "\r\n";
}

void append_answer_head(std::string& out, const Answer& answer, const HeadOptions& options) {
  const std::string_view type = answer.status == 304  ? ""
                                : answer.status < 400 ? "application/json"
                                                      : "application/problem+json";
  append_common(out, answer.status, type, answer.body.size(), options);
  out += answer.for_everybody ? kept_a_while : not_kept;
  out += api_policy;
  if (!answer.etag.empty()) {
    out += "ETag: ";
    out += answer.etag;
    out += "\r\n";
  }
  if (answer.gzipped) out += "Content-Encoding: gzip\r\nVary: Accept-Encoding\r\n";
  for (const auto& cookie : answer.cookies) {
    out += "Set-Cookie: ";
    out += cookie;
    out += options.secure ? "; Secure\r\n" : "\r\n";
  }
  if (answer.retry_after_seconds > 0) {
    out += "Retry-After: ";
    append_number(out, static_cast<std::size_t>(answer.retry_after_seconds));
    out += "\r\n";
  }
  out += "\r\n";
}

Reply reply_of(const Fault& fault) {
  const Problem problem = problem_of(fault);
  Reply reply;
  reply.status = problem.status;
  reply.content_type = "application/problem+json";
  reply.own_body = problem_body(fault, problem);
  if (problem.retry_after_seconds > 0) reply.head = fmt::format("Retry-After: {}\r\n", problem.retry_after_seconds);
  return reply;
}

Reply reply_of(const Page& page, std::string_view accept_encoding, std::string_view if_none_match) {
  Reply reply;
  reply.document = true;
  reply.content_type = page.content_type;
  reply.owner = page.owner;
  reply.head =
      page.immutable ? "Cache-Control: public, max-age=31536000, immutable\r\n" : "Cache-Control: no-cache\r\n";
  if (!page.etag.empty()) {
    reply.head += fmt::format("ETag: {}\r\n", page.etag);
    if (!if_none_match.empty() && if_none_match.find(page.etag) != if_none_match.npos) {
      reply.status = 304;
      reply.content_type = {};
      return reply;
    }
  }
  if (page.gzip.empty() && page.brotli.empty()) {
    reply.body = page.raw;
    return reply;
  }
  reply.head += "Vary: Accept-Encoding\r\n";
  if (!page.brotli.empty() && accept_encoding.find("br") != accept_encoding.npos) {
    reply.head += "Content-Encoding: br\r\n";
    reply.body = page.brotli;
  } else if (!page.gzip.empty() && accept_encoding.find("gzip") != accept_encoding.npos) {
    reply.head += "Content-Encoding: gzip\r\n";
    reply.body = page.gzip;
  } else {
    reply.body = page.raw;
  }
  return reply;
}

Reply redirect_to(std::string_view location) {
  Reply reply;
  reply.status = 302;
  reply.content_type = {};
  reply.document = true;
  reply.head = fmt::format("Location: {}\r\nCache-Control: no-store\r\n", location);
  return reply;
}

std::string date_line(Instant now) {
  static constexpr const char* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(now);
  const std::chrono::year_month_day ymd(day);
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now - day).count();
  return fmt::format("Date: {}, {:02} {} {:04} {:02}:{:02}:{:02} GMT\r\n", days[std::chrono::weekday(day).c_encoding()],
                     static_cast<unsigned>(ymd.day()), months[static_cast<unsigned>(ymd.month()) - 1],
                     static_cast<int>(ymd.year()), seconds / 3600, seconds / 60 % 60, seconds % 60);
}

}  // namespace firstline::http
