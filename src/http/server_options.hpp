#pragma once

// Every limit of the server, each with the reason for its number where it is not plain.

#include <cstdint>
#include <string>

#include "base/time.hpp"
#include "http/rate_limit.hpp"
#include "http/stream_hub.hpp"

namespace firstline::http {

struct ServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;  // 0: any free one.
  int io_threads = 1;
  int task_threads = 2;
  std::size_t tasks_max = 256;  // Waiting; a password hash takes tens of milliseconds.
  // Commands at the store at once; others wait outside, where they can be put in order (arrivals.hpp). So many keep a
  // whole core busy and share a commit; on a tenth of one they take 30 ms.
  int commands_max = 64;

  std::string certificate_file, key_file;  // PEM; both empty: no TLS.
  bool hsts = false;                       // Never with a self-signed certificate: browsers would lock people out.

  std::size_t head_bytes_max = 16 * 1024;
  std::int64_t connections_max = 8192;
  Millis head_timeout{10'000};  // From the first byte of a request to the end of its head; also for the TLS handshake.
  Millis body_timeout{30'000};
  Millis idle_timeout{75'000};  // Longer than the 60 s of common proxies, so that they close first.
  Millis write_timeout{30'000};
  Millis drain_timeout{10'000};               // At stop: then what is still open is cut.
  std::size_t stream_bytes_max = 256 * 1024;  // Waiting for one listener.

  RateLimit rate;                    // Of one address: a housing estate may stand behind one.
  RateLimit device_rate{40, 120};    // Of one device or session, whatever its address: nobody scans faster.
  RateLimit emergency_rate{20, 60};  // Emergencies of one address, beside all other limits.
  bool rate_loopback = false;        // This machine itself is the operator, his bench or his proxy.
  bool trust_forwarded_for = false;  // Only behind a proxy of one's own: anybody can send the header.

  StreamSettings stream;
  std::string version = "unknown";
};

}  // namespace firstline::http
