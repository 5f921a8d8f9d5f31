#include <atomic>

#include <boost/asio/basic_socket_acceptor.hpp>

#include "base/log.hpp"
#include "http/connection.hpp"
#include "http/server.hpp"
#include "http/tls_server.hpp"

namespace firstline::http {
namespace {

using Acceptor = net::basic_socket_acceptor<net::ip::tcp, Executor>;

class SocketServer final : public Server {
 public:
  SocketServer(Front::Parts parts, const ServerOptions& options) : front_(parts, options) {}
  ~SocketServer() override { stop(); }

  Result<void> listen() {
    const ServerOptions& options = front_.options;
    if (!options.certificate_file.empty()) FL_TRYV(reload_certificate());
    error_code error;
    const auto address = net::ip::make_address(options.address, error);
    if (error) return fail(FaultCode::invalid, "server.bad_address", error.message(), options.address);
    for (int i = 0; i < std::max(1, options.io_threads); ++i) threads_.push_back(std::make_unique<IoThread>(front_));
    acceptor_.emplace(threads_[0]->executor());
    const net::ip::tcp::endpoint endpoint(address, options.port);
    acceptor_->open(endpoint.protocol(), error);
    if (!error) acceptor_->set_option(net::socket_base::reuse_address(true), error);
    if (!error) acceptor_->bind(endpoint, error);
    if (!error) acceptor_->listen(4096, error);
    if (error) return fail(FaultCode::unavailable, "server.cannot_listen", error.message(), options.address);
    port_ = acceptor_->local_endpoint().port();
    net::post(threads_[0]->executor(), [this] { accept(); });
    return {};
  }

  std::uint16_t port() const override { return port_; }
  void wake() override { front_.hub().wake(); }
  Metrics& metrics() override { return front_.metrics; }

  Result<void> reload_certificate() override {
    if (front_.options.certificate_file.empty()) return {};
    FL_TRY(auto tls, load_tls(front_.options.certificate_file, front_.options.key_file));
    std::atomic_store(&tls_, std::move(tls));
    return {};
  }

  void stop() override {
    if (front_.stopping.exchange(true)) return;
    if (!threads_.empty())
      net::post(threads_[0]->executor(), [this] {
        error_code ignored;
        if (acceptor_) acceptor_->close(ignored);
      });
    front_.hub().stop();
    const auto cut_at = Steady::now() + front_.options.drain_timeout;
    for (auto& thread : threads_) net::post(thread->executor(), [&t = *thread] { t.stop_links(); });
    while (front_.metrics.connections > 0 && Steady::now() < cut_at) std::this_thread::sleep_for(Millis(5));
    if (front_.metrics.connections > 0) {
      log(LogLevel::warning, "server.cut", {{"connections", std::to_string(front_.metrics.connections.load())}});
      for (auto& thread : threads_) net::post(thread->executor(), [&t = *thread] { t.cut_links(); });
      while (front_.metrics.connections > 0) std::this_thread::sleep_for(Millis(5));
    }
    front_.finish_tasks();
    while (front_.in_flight > 0) std::this_thread::sleep_for(Millis(5));  // The store finishes what it accepted.
    acceptor_on_its_thread_is_closed();
    threads_.clear();
  }

 private:
  // The acceptor's close was posted before anything else, so an empty task behind it is enough.
  void acceptor_on_its_thread_is_closed() {
    if (threads_.empty()) return;
    std::atomic<bool> done{false};
    net::post(threads_[0]->executor(), [&] {
      acceptor_.reset();
      done = true;
      done.notify_one();
    });
    done.wait(false);
  }

  void accept() {
    IoThread& thread = *threads_[next_++ % threads_.size()];
    acceptor_->async_accept(thread.executor(), [this, &thread](error_code error, Socket socket) {
      if (front_.stopping || error == net::error::operation_aborted) return;
      if (error) {
        // Out of descriptors, mostly. Give it a moment instead of spinning.
        log(LogLevel::warning, "server.accept_failed", {{"what", error.message()}});
        retry_.emplace(threads_[0]->executor());
        retry_->expires_after(Millis(100));
        retry_->async_wait([this](error_code cancelled) {
          if (!cancelled && acceptor_) accept();
        });
        return;
      }
      take(std::move(socket), thread);
      accept();
    });
  }

  void take(Socket socket, IoThread& thread) {
    error_code error;
    const auto peer = socket.remote_endpoint(error);
    if (error || front_.metrics.connections >= front_.options.connections_max) return;  // The socket closes itself.
    front_.metrics.connections.fetch_add(1);
    front_.metrics.connections_total.fetch_add(1);
    net::post(
        thread.executor(), [this, &thread, address = peer.address().to_string(), socket = std::move(socket)]() mutable {
          if (auto tls = std::atomic_load(&tls_))
            return start_tls_connection(std::move(socket), std::move(tls), thread, front_, std::move(address));
          std::make_shared<Connection<Socket>>(std::move(socket), thread, front_, std::move(address), nullptr)->start();
        });
  }

  Front front_;
  std::vector<std::unique_ptr<IoThread>> threads_;
  std::optional<Acceptor> acceptor_;
  std::optional<Timer> retry_;
  std::size_t next_ = 0;
  std::uint16_t port_ = 0;
  std::shared_ptr<TlsContext> tls_;  // Swapped as a whole.
};

}  // namespace

Result<std::unique_ptr<Server>> Server::start(Front::Parts parts, const ServerOptions& options) {
  auto server = std::make_unique<SocketServer>(parts, options);
  FL_TRYV(server->listen());
  return std::unique_ptr<Server>(std::move(server));
}

}  // namespace firstline::http
