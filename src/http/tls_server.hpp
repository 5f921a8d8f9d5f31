#pragma once

// The TLS side of the server, in a file of its own because it is dear to compile.

#include <memory>
#include <string>

#include "http/io_thread.hpp"

namespace firstline::http {

class TlsContext;  // Certificate and key, TLS 1.2 or newer.

// Fault: invalid server.bad_certificate.
Result<std::shared_ptr<TlsContext>> load_tls(const std::string& certificate_file, const std::string& key_file);
// On `thread`.
void start_tls_connection(Socket socket, std::shared_ptr<TlsContext> context, IoThread& thread, Front& front,
                          std::string peer_address);

}  // namespace firstline::http
