#pragma once

// One request and its answer, free of sockets. A connection owns one and uses it again for its next request.

#include <string>
#include <vector>

#include "http/call.hpp"
#include "http/request_text.hpp"
#include "http/route.hpp"

namespace firstline::http {

struct Request {
  const Route* route = nullptr;
  TextMap parameters, queries;
  std::string body;
  std::string session_token;  // Cookie fl_session.
  std::string device_token;   // Cookie fl_device, or Authorization: Bearer.
  bool bearer = false;        // The device token came as a header, which no foreign page can send.
  std::string csrf;           // X-Firstline-Csrf.
  std::string peer_address;
  std::string if_none_match;
  bool accepts_gzip = false;
};

struct Answer {
  unsigned status = 200;
  std::string body;  // JSON; a problem if status >= 400.
  std::vector<std::string> cookies;
  int retry_after_seconds = 0;
  std::string etag;
  bool gzipped = false;
  bool for_everybody = false;  // Any cache on the way may keep it for a minute.
};

class Exchange {
 public:
  Exchange() = default;
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;
  virtual ~Exchange() = default;

  // The answer is ready. Called exactly once for each run, on any thread, perhaps before run() has returned.
  virtual void finished() = 0;

  Request request;
  Answer answer;
  Call call;  // Of the last attempt of the use case.
};

}  // namespace firstline::http
