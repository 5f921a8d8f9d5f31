#include "api/client.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace firstline::testing {
namespace {

using Steady = std::chrono::steady_clock;

int left_ms(Steady::time_point until) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Steady::now()).count();
  return static_cast<int>(std::max<std::int64_t>(left, 0));
}

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

}  // namespace

Client::Client(int port, bool tls, const std::string& authority_file) {
  socket_ = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const auto fail = [this] {
    close(socket_);
    socket_ = -1;
  };
  if (connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    fail();
    return;
  }
  if (!tls) return;
  context_ = SSL_CTX_new(TLS_client_method());
  if (!authority_file.empty()) {
    SSL_CTX_load_verify_locations(context_, authority_file.c_str(), nullptr);
    SSL_CTX_set_verify(context_, SSL_VERIFY_PEER, nullptr);
  }
  tls_ = SSL_new(context_);
  SSL_set_fd(tls_, socket_);
  SSL_set1_host(tls_, "localhost");
  if (SSL_connect(tls_) != 1) fail();
}

Client::~Client() {
  if (tls_) SSL_free(tls_);
  if (context_) SSL_CTX_free(context_);
  if (socket_ >= 0) close(socket_);
}

bool Client::say(std::string_view bytes) {
  while (!bytes.empty()) {
    const long sent = tls_ ? SSL_write(tls_, bytes.data(), static_cast<int>(bytes.size()))
                           : send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool Client::read_some(int timeout_ms) {
  pollfd waiting{socket_, POLLIN, 0};
  if (!(tls_ && SSL_pending(tls_) > 0) && poll(&waiting, 1, timeout_ms) <= 0) return false;
  char bytes[16384];
  const long count = tls_ ? SSL_read(tls_, bytes, sizeof bytes) : recv(socket_, bytes, sizeof bytes, 0);
  if (count <= 0) return false;
  buffer_.append(bytes, static_cast<std::size_t>(count));
  return true;
}

std::string Client::read_until(std::string_view wanted, int timeout_ms) {
  const auto until = Steady::now() + std::chrono::milliseconds(timeout_ms);
  while (buffer_.find(wanted) == buffer_.npos && left_ms(until) > 0)
    if (!read_some(left_ms(until))) break;
  return std::exchange(buffer_, {});
}

bool Client::ends(int timeout_ms) {
  const auto until = Steady::now() + std::chrono::milliseconds(timeout_ms);
  while (left_ms(until) > 0) {
    pollfd waiting{socket_, POLLIN, 0};
    if (poll(&waiting, 1, left_ms(until)) <= 0) return false;
    if (!read_some(0)) return true;
  }
  return false;
}

Received Client::answer(int timeout_ms, bool head_only) {
  const auto until = Steady::now() + std::chrono::milliseconds(timeout_ms);
  Received received;
  std::size_t head_end;
  while ((head_end = buffer_.find("\r\n\r\n")) == buffer_.npos)
    if (!read_some(left_ms(until))) return received;
  std::size_t at = buffer_.find("\r\n") + 2;
  const int status = std::atoi(buffer_.c_str() + 9);
  while (at < head_end + 2) {
    const std::size_t end = buffer_.find("\r\n", at), colon = buffer_.find(": ", at);
    const std::string name = lower(buffer_.substr(at, colon - at)), value = buffer_.substr(colon + 2, end - colon - 2);
    if (name == "set-cookie") received.cookies.push_back(value);
    else received.headers[name] = value;
    at = end + 2;
  }
  buffer_.erase(0, head_end + 4);
  const auto length = received.headers.find("content-length");
  const std::size_t wanted = head_only || length == received.headers.end() ? 0 : std::stoul(length->second);
  while (buffer_.size() < wanted)
    if (!read_some(left_ms(until))) return received;
  received.body = buffer_.substr(0, wanted);
  buffer_.erase(0, wanted);
  received.status = status;
  return received;
}

Received Client::get(const std::string& target, const std::string& more_headers) {
  say("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + more_headers + "\r\n");
  return answer();
}

Received Client::post(const std::string& target, const std::string& body, const std::string& more_headers) {
  say("POST " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: " +
      std::to_string(body.size()) + "\r\n" + more_headers + "\r\n" + body);
  return answer();
}

}  // namespace firstline::testing
