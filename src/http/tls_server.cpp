#include "http/tls_server.hpp"

#include <boost/asio/ssl/context.hpp>

#include "http/connection.hpp"

namespace firstline::http {

namespace ssl = net::ssl;

class TlsContext {
 public:
  ssl::context context{ssl::context::tls_server};
};

Result<std::shared_ptr<TlsContext>> load_tls(const std::string& certificate_file, const std::string& key_file) {
  auto tls = std::make_shared<TlsContext>();
  error_code error;
  tls->context.set_options(ssl::context::default_workarounds | ssl::context::no_sslv2 | ssl::context::no_sslv3 |
                               ssl::context::no_tlsv1 | ssl::context::no_tlsv1_1 | ssl::context::single_dh_use,
                           error);
  if (!error) tls->context.use_certificate_chain_file(certificate_file, error);
  if (!error) tls->context.use_private_key_file(key_file, ssl::context::pem, error);
  if (error || SSL_CTX_check_private_key(tls->context.native_handle()) != 1)
    return fail(FaultCode::invalid, "server.bad_certificate", error.message(), certificate_file);
  // Phones at a gate come back often; a ticket saves them a full handshake.
  SSL_CTX_set_session_id_context(tls->context.native_handle(), reinterpret_cast<const unsigned char*>("firstline"), 9);
  return tls;
}

void start_tls_connection(Socket socket, std::shared_ptr<TlsContext> context, IoThread& thread, Front& front,
                          std::string peer_address) {
  ssl::stream<Socket> stream(std::move(socket), context->context);
  std::make_shared<Connection<ssl::stream<Socket>>>(std::move(stream), thread, front, std::move(peer_address), context)
      ->start();
}

}  // namespace firstline::http
