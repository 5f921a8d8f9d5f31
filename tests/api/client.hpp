#pragma once

// A small blocking HTTP client for tests: says exactly the bytes it is told to, and reads answers with a time limit.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <openssl/ssl.h>

namespace firstline::testing {

struct Received {
  int status = 0;                              // 0: the connection ended or the time ran out before a whole answer.
  std::map<std::string, std::string> headers;  // Names in lower case.
  std::vector<std::string> cookies;
  std::string body;
};

class Client {
 public:
  explicit Client(int port, bool tls = false, const std::string& authority_file = {});
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  bool connected() const { return socket_ >= 0; }
  bool say(std::string_view bytes);
  Received answer(int timeout_ms = 5000, bool head_only = false);
  // Reads until `wanted` has come or the time is over; everything read since the last call.
  std::string read_until(std::string_view wanted, int timeout_ms = 5000);
  // Whether the server closes within the time.
  bool ends(int timeout_ms = 5000);

  Received get(const std::string& target, const std::string& more_headers = {});
  Received post(const std::string& target, const std::string& body, const std::string& more_headers = {});

 private:
  bool read_some(int timeout_ms);

  int socket_ = -1;
  SSL_CTX* context_ = nullptr;
  SSL* tls_ = nullptr;
  std::string buffer_;
};

}  // namespace firstline::testing
