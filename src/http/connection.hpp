#pragma once

// One HTTP/1.1 connection, plain or TLS: reads a request, asks the front what to do, writes the answer, again.
// Included by http_server.cpp and tls_server.cpp only: it brings Beast. One request at a time; what a client sends
// ahead waits in the buffer. Everything runs on the connection's own thread but finished() and the Listener's calls.

#include <array>
#include <deque>
#include <memory_resource>
#include <optional>

#include <boost/asio/buffer.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/fields.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "http/io_thread.hpp"

namespace firstline::http {

using boost::system::error_code;

template <class Stream>
class Connection final : public Link,
                         public Exchange,
                         public Listener,
                         public std::enable_shared_from_this<Connection<Stream>> {
 public:
  static constexpr bool tls = !std::is_same_v<Stream, Socket>;

  Connection(Stream stream, IoThread& thread, Front& front, std::string peer_address, std::shared_ptr<void> keep)
      : stream_(std::move(stream)),
        keep_(std::move(keep)),
        thread_(thread),
        front_(front),
        peer_address_(std::move(peer_address)) {}

  // On the connection's thread.
  void start() {
    thread_.add(*this);
    error_code ignored;
    socket().set_option(net::ip::tcp::no_delay(true), ignored);
    if constexpr (tls) {
      enter(State::handshake, front_.options.head_timeout);
      stream_.async_handshake(net::ssl::stream_base::server, [self = this->shared_from_this()](error_code error) {
        if (error) return self->close();
        self->wait_for_request();
      });
    } else {
      wait_for_request();
    }
  }

  // Exchange.
  void finished() override { thread_.finished(*this); }

  // Link.
  void use_case_done() override {
    const auto self = std::move(busy_);
    front_.in_flight.fetch_sub(1);
    if (std::exchange(has_place_, false)) thread_.command_ended();
    if (state_ == State::closed) return;
    if (request.route->run == Run::stream && answer.status == 200) return open_stream();
    append_answer_head(out_, answer, head_options());
    out_ += answer.body;
    send(answer.status, {});
  }
  void heard() override {
    const auto self = std::move(busy_);
    if (state_ != State::waiting) return;
    enter(State::head, front_.options.head_timeout);
    take_in();
  }
  void turned_away() override {
    turned_away_ = true;
    told_until_ = Steady::now() + Arrivals::told_to_wait;
    heard();
  }
  void tick(Steady::time_point now) override {
    if (now < deadline_) return;
    if (tls || (state_ != State::head && state_ != State::body)) return close();
    error_code ignored;
    socket().cancel(ignored);  // The read that waits.
    refuse("request.timeout");
  }
  void stop() override {
    if (state_ == State::idle || state_ == State::handshake || state_ == State::streaming) close();
  }
  void cut() override {
    thread_.leave(*this);
    const auto self = state_ == State::waiting ? std::move(busy_) : nullptr;
    close();
  }

  // Listener: on the hub's thread.
  void push(std::shared_ptr<const std::string> text) override {
    const std::lock_guard lock(mutex_);
    if (gone_) return;
    waiting_bytes_ += text->size();
    if (waiting_bytes_ > front_.options.stream_bytes_max) {
      gone_ = true;  // Too slow: it will come back and catch up.
      net::post(thread_.executor(), [self = this->shared_from_this()] { self->close(); });
      return;
    }
    waiting_.push_back(std::move(text));
    if (!sending_) {
      sending_ = true;
      net::post(thread_.executor(), [self = this->shared_from_this()] { self->send_waiting(); });
    }
  }
  std::size_t room() const override {
    const std::lock_guard lock(mutex_);
    return front_.options.stream_bytes_max - std::min(waiting_bytes_, front_.options.stream_bytes_max);
  }
  bool gone() const override {
    const std::lock_guard lock(mutex_);
    return gone_;
  }
  void end() override {
    net::post(thread_.executor(), [self = this->shared_from_this()] { self->close(); });
  }
  bool still_allowed() override { return front_.runner().check(*this).has_value(); }

 private:
  using Allocator = std::pmr::polymorphic_allocator<char>;
  using Parser = boost::beast::http::parser<true, boost::beast::http::string_body, Allocator>;
  using Self = Connection<Stream>;
  enum class State { handshake, idle, waiting, head, body, working, writing, streaming, lingering, closed };

  auto& socket() {
    if constexpr (tls) return stream_.next_layer();
    else return stream_;
  }

  void enter(State state, Millis timeout) {
    state_ = state;
    deadline_ = thread_.now() + timeout;
  }
  void enter_without_deadline(State state) {
    state_ = state;
    deadline_ = Steady::time_point::max();
  }

  HeadOptions head_options() const {
    return {tls, tls && front_.options.hsts, keep_alive_, http10_, false, thread_.date()};
  }

  // --- reading
  void wait_for_request() {
    if (in_.size() > 0) return arrive();
    if (front_.stopping) return close();
    enter(State::idle, front_.options.idle_timeout);
    read();
  }

  void read() {
    stream_.async_read_some(in_.prepare(4096), [self = this->shared_from_this()](error_code error, std::size_t count) {
      // A timeout may have ended the reading while this was on its way.
      if (self->state_ != State::idle && self->state_ != State::head && self->state_ != State::body) return;
      if (error) return self->close();
      self->in_.commit(count);
      if (self->state_ == State::idle) return self->arrive();
      self->take_in();
    });
  }

  // A request has begun to come in.
  void arrive() {
    received_ = Steady::now();
    turned_away_ = false;
    enter_without_deadline(State::waiting);
    busy_ = this->shared_from_this();
    // Behind a proxy a connection is not one phone: nobody there pays for his neighbour's hurry.
    const bool early = received_ < told_until_ && !front_.options.trust_forwarded_for;
    thread_.arrived(*this, {static_cast<const char*>(in_.data().data()), in_.size()}, early);
  }

  void take_in() {
    if (!parser_) {
      parser_.emplace(std::piecewise_construct, std::make_tuple(), std::make_tuple(Allocator(&memory_)));
      parser_->header_limit(static_cast<std::uint32_t>(front_.options.head_bytes_max));
      parser_->body_limit(front_.body_bytes_max());
      planned_ = false;
    }
    while (!parser_->is_done()) {
      if (in_.size() == 0) return read();
      error_code error;
      in_.consume(parser_->put(in_.data(), error));
      if (error == boost::beast::http::error::need_more) return read();
      if (error) return refuse(error);
      if (!planned_ && parser_->is_header_done() && !take_head()) return;
    }
    take_message();
  }

  RequestHead head_of_parser() const {
    namespace bh = boost::beast::http;
    const auto view = [](auto text) { return std::string_view(text.data(), text.size()); };
    const auto& message = parser_->get();
    RequestHead head;
    head.method = view(message.method_string());
    head.target = view(message.target());
    head.has_body = parser_->chunked() || parser_->content_length().value_or(0) > 0;
    for (const auto& field : message) {
      const std::string_view value = view(field.value());
      switch (field.name()) {
        case bh::field::host:
          head.host = value;
          break;
        case bh::field::cookie:
          head.cookie = value;
          break;
        case bh::field::authorization:
          head.authorization = value;
          break;
        case bh::field::content_type:
          head.content_type = value;
          break;
        case bh::field::accept_encoding:
          head.accept_encoding = value;
          break;
        case bh::field::if_none_match:
          head.if_none_match = value;
          break;
        case bh::field::unknown:
          if (boost::beast::iequals(field.name_string(), "X-Firstline-Csrf")) head.csrf = value;
          else if (boost::beast::iequals(field.name_string(), "X-Forwarded-For")) head.forwarded_for = value;
          else if (boost::beast::iequals(field.name_string(), "Last-Event-ID")) head.last_event_id = value;
          break;
        default:
          break;
      }
    }
    return head;
  }

  // False if the request is answered or waits for something.
  bool take_head() {
    planned_ = true;
    const auto& message = parser_->get();
    http10_ = message.version() < 11;
    keep_alive_ = message.keep_alive() && !front_.stopping;
    const RequestHead head = head_of_parser();
    if (!http10_ && head.host.empty()) return refuse("request.malformed"), false;
    if (turned_away_) {
      plan_ = Plan{};
      plan_.kind = Plan::Kind::no_place;
      plan_.counted_as = front_.metrics.refused();
    } else {
      plan_request(head);
    }
    const std::uint64_t length = parser_->content_length().value_or(0);
    if (plan_.kind == Plan::Kind::use_case) {
      if (length > plan_.body_bytes_max) return refuse("request.too_large"), false;
      parser_->body_limit(plan_.body_bytes_max);
    } else if (length > unread_body_max || parser_->chunked()) {
      return plan_.close_after = true, take_message(), false;
    }
    if (!parser_->is_done()) {
      enter(State::body, front_.options.body_timeout);
      if (message.count(boost::beast::http::field::expect) > 0 && in_.size() == 0) return say_continue(), false;
    }
    return true;
  }

  void plan_request(const RequestHead& head) {
    plan_ = front_.plan_safely(head, peer_address_, *this);
    last_event_id_ = parse_id(head.last_event_id).value_or(0);
    const std::string address = front_.limited_address(head, peer_address_);
    if (address.empty() || thread_.within_limits(address, request)) return;
    plan_.kind = Plan::Kind::answer;
    plan_.reply = reply_of(Fault{FaultCode::busy, "request.too_many", {}, {}});
    plan_.counted_as = front_.metrics.refused();
  }

  void say_continue() {
    net::async_write(stream_, net::buffer(continue_line.data(), continue_line.size()),
                     [self = this->shared_from_this()](error_code error, std::size_t) {
                       if (error || self->state_ == State::closed) return self->close();
                       self->take_in();
                     });
  }

  void take_message() {
    if (plan_.close_after) keep_alive_ = false;
    switch (plan_.kind) {
      case Plan::Kind::use_case:
        request.body = std::move(parser_->get().body());
        enter_without_deadline(State::working);
        busy_ = this->shared_from_this();
        front_.in_flight.fetch_add(1);
        has_place_ = request.route->run == Run::command && request.route->spec.urgency != store::Urgency::emergency;
        if (has_place_) thread_.command_begun();
        return front_.runner().run(*this);
      case Plan::Kind::health: {
        static const Reply healthy = [] {
          Reply reply;
          reply.body = R"({"ok":true})";
          return reply;
        }();
        return send_fixed(healthy);
      }
      case Plan::Kind::no_place: {
        static const Reply no_place = reply_of(Fault{FaultCode::busy, "store.queue_full", {}, {}});
        return send_fixed(no_place);
      }
      case Plan::Kind::answer:
        append_head(out_, plan_.reply, head_options());
        if (plan_.without_body || plan_.reply.status == 304) return send(plan_.reply.status, {});
        return send(plan_.reply.status, plan_.reply.content());
    }
  }

  // --- refusing what is no request of ours
  void refuse(std::string_view reason) {
    plan_ = Plan{};
    plan_.counted_as = front_.metrics.refused();
    plan_.reply = reply_of(Fault{FaultCode::invalid, std::string(reason), {}, {}});
    plan_.close_after = true;
    take_message();
  }
  void refuse(error_code error) {
    namespace bh = boost::beast::http;
    if (error == bh::error::body_limit) return refuse("request.too_large");
    if (error == bh::error::header_limit || error == bh::error::buffer_overflow)
      return refuse("request.headers_too_large");
    refuse("request.malformed");
  }

  // --- writing
  void send_fixed(const Reply& reply) {
    append_head(out_, reply, head_options());
    out_ += reply.content();
    send(reply.status, {});
  }
  void send(unsigned status, std::string_view body) {
    front_.metrics.answered(plan_.counted_as, status, Steady::now() - received_);
    enter(State::writing, front_.options.write_timeout);
    const std::array<net::const_buffer, 2> buffers{net::buffer(out_), net::buffer(body.data(), body.size())};
    auto done = [self = this->shared_from_this()](error_code error, std::size_t) {
      if (self->state_ == State::closed) return;
      if (error) return self->close();
      self->sent();
    };
    if (body.empty()) net::async_write(stream_, buffers[0], std::move(done));
    else net::async_write(stream_, buffers, std::move(done));
  }

  void sent() {
    out_.clear();
    if (!keep_alive_) return linger();
    plan_.reply.owner.reset();
    parser_.reset();
    memory_.release();
    wait_for_request();
  }

  // --- closing
  // What the client still sends must be read for a while, or the reset would eat the answer.
  void linger() {
    enter(State::lingering, Millis(2000));
    if constexpr (tls) {
      stream_.async_shutdown([self = this->shared_from_this()](error_code) { self->close(); });
    } else {
      error_code ignored;
      socket().shutdown(net::ip::tcp::socket::shutdown_send, ignored);
      discard();
    }
  }
  void discard() {
    in_.clear();
    stream_.async_read_some(in_.prepare(4096), [self = this->shared_from_this()](error_code error, std::size_t) {
      if (error || self->state_ == State::closed) return self->close();
      self->discard();
    });
  }

  void close() {
    if (state_ == State::closed) return;
    if (streaming_) front_.metrics.streams.fetch_sub(1);
    enter_without_deadline(State::closed);
    {
      const std::lock_guard lock(mutex_);
      gone_ = true;
    }
    error_code ignored;
    socket().shutdown(net::ip::tcp::socket::shutdown_both, ignored);
    socket().close(ignored);
    thread_.remove(*this);
    front_.metrics.connections.fetch_sub(1);
  }

  // --- event stream
  void open_stream() {
    enter_without_deadline(State::streaming);
    streaming_ = true;
    front_.metrics.streams.fetch_add(1);
    front_.metrics.answered(plan_.counted_as, 200, Steady::now() - received_);
    Reply reply;
    reply.content_type = "text/event-stream";
    reply.head = "X-Accel-Buffering: no\r\n";
    HeadOptions options = head_options();
    options.without_length = true;
    options.keep_alive = false;
    auto first = std::make_shared<std::string>();
    append_head(*first, reply, options);
    *first += "retry: 500\n\n";
    push(std::move(first));
    watch_for_end();
    front_.hub().listen(this->shared_from_this(), *request.route,
                        Topic{call.place, request.parameters, request.queries}, last_event_id_);
  }
  void watch_for_end() {
    in_.clear();
    stream_.async_read_some(in_.prepare(512), [self = this->shared_from_this()](error_code error, std::size_t) {
      if (error || self->state_ == State::closed) return self->close();
      self->watch_for_end();
    });
  }
  void send_waiting() {
    if (state_ == State::closed) return;
    out_.clear();
    {
      const std::lock_guard lock(mutex_);
      for (const auto& text : waiting_) out_ += *text;
      waiting_.clear();
      if (out_.empty()) {
        sending_ = false;
        return;
      }
    }
    enter(State::streaming, front_.options.write_timeout);
    net::async_write(stream_, net::buffer(out_),
                     [self = this->shared_from_this()](error_code error, std::size_t count) {
                       if (error || self->state_ == State::closed) return self->close();
                       self->enter_without_deadline(State::streaming);
                       {
                         const std::lock_guard lock(self->mutex_);
                         self->waiting_bytes_ -= count;
                       }
                       self->send_waiting();
                     });
  }

  static constexpr std::string_view continue_line = "HTTP/1.1 100 Continue\r\n\r\n";
  static constexpr std::uint64_t unread_body_max = 64 * 1024;  // A larger body of a refused request is not read.

  Stream stream_;
  std::shared_ptr<void> keep_;  // The TLS context.
  IoThread& thread_;
  Front& front_;
  const std::string peer_address_;

  State state_ = State::idle;
  Steady::time_point deadline_ = Steady::time_point::max();
  Steady::time_point received_{};
  boost::beast::flat_buffer in_;
  std::array<std::byte, 4096> arena_;
  std::pmr::monotonic_buffer_resource memory_{arena_.data(), arena_.size()};
  std::optional<Parser> parser_;
  Plan plan_;
  Steady::time_point told_until_{};  // Was turned away and told to come back then.
  bool turned_away_ = false, has_place_ = false;
  bool planned_ = false, keep_alive_ = true, http10_ = false, streaming_ = false;
  std::int64_t last_event_id_ = 0;
  std::string out_;
  std::shared_ptr<Self> busy_;  // Holds the connection while it waits to be heard and while its use case runs.

  mutable std::mutex mutex_;  // For the stream's queue, shared with the hub.
  std::deque<std::shared_ptr<const std::string>> waiting_;
  std::size_t waiting_bytes_ = 0;
  bool sending_ = false, gone_ = false;
};

}  // namespace firstline::http
