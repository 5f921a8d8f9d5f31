#include "client.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstring>
#include <deque>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/check.hpp"
#include "base/clock.hpp"
#include "base/id.hpp"
#include "person/service.hpp"

namespace firstline::bench {
namespace {

using Steady = std::chrono::steady_clock;

struct Connection {
  ~Connection() {
    if (socket >= 0) ::close(socket);
  }
  int socket = -1;
  std::string out;
  std::vector<char> in = std::vector<char>(64 * 1024);
  std::size_t filled = 0;
  Steady::time_point sent_at;
  bool has_id = false;
  bool emergency = false;   // Kept for emergencies.
  std::size_t request = 0;  // Of the plan's, or of its emergencies.
  char id[36];
};

struct Answer {
  int status = 0;
  std::string_view body;
  std::size_t size = 0;
};

// Nothing while it is not complete.
Result<std::optional<Answer>> answer_in(std::string_view text) {
  const std::size_t head = text.find("\r\n\r\n");
  if (head == text.npos) return std::optional<Answer>();
  if (!text.starts_with("HTTP/1.1 ") || head < 12) return fail(FaultCode::corrupt, "load.bad_answer");
  Answer answer;
  std::from_chars(text.data() + 9, text.data() + 12, answer.status);
  constexpr std::string_view names[] = {"\r\nContent-Length: ", "\r\ncontent-length: "};
  std::size_t length = 0;
  for (const auto name : names) {
    const std::size_t at = text.substr(0, head).find(name);
    if (at != text.npos) std::from_chars(text.data() + at + name.size(), text.data() + head, length);
  }
  answer.size = head + 4 + length;
  if (text.size() < answer.size) return std::optional<Answer>();
  answer.body = text.substr(head + 4, length);
  return std::optional(answer);
}

std::string_view word_after(std::string_view body, std::string_view key) {
  const std::size_t at = body.find(key);
  if (at == body.npos) return {};
  body.remove_prefix(at + key.size());
  return body.substr(0, body.find('"'));
}

class Load {
 public:
  explicit Load(LoadPlan plan) : plan_(std::move(plan)) {}

  Result<LoadOutcome> run() {
    epoll_ = ::epoll_create1(0);
    FL_CHECK(epoll_ >= 0);
    for (int i = 0; i < plan_.connections; ++i) FL_TRYV(connect(false));
    for (int i = 0; i < plan_.emergency_connections; ++i) FL_TRYV(connect(true));
    if (plan_.offered_per_second > 0) FL_TRYV(greet());
    begin_ =
        Steady::now() + std::chrono::duration_cast<Steady::duration>(std::chrono::duration<double>(plan_.warm_seconds));
    end_ = begin_ + std::chrono::duration_cast<Steady::duration>(std::chrono::duration<double>(plan_.seconds));
    latencies_ns_.reserve(1 << 22);
    const bool open = plan_.offered_per_second > 0;
    if (open) begin_offering();
    else
      for (auto& connection : connections_) send_next(*connection, Steady::now());
    epoll_event events[256];
    while (!over_) {
      const int ready = ::epoll_wait(epoll_, events, 256, open ? 1 : 100);
      now_ = Steady::now();
      if (now_ >= end_ && (!open || all_answered() || now_ >= end_ + std::chrono::seconds(5))) break;
      if (open) offer_emergencies();
      if (open && now_ < end_) offer();
      for (int i = 0; i < ready && !over_; ++i) FL_TRYV(receive(*static_cast<Connection*>(events[i].data.ptr)));
    }
    ::close(epoll_);
    return outcome();
  }

 private:
  Result<void> connect(bool for_emergencies) {
    auto connection = std::make_unique<Connection>();
    connection->emergency = for_emergencies;
    connection->socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(plan_.port);
    ::inet_pton(AF_INET, plan_.address.c_str(), &address.sin_addr);
    if (::connect(connection->socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
      return fail(FaultCode::unavailable, "load.cannot_connect", std::strerror(errno));
    const int on = 1;
    ::setsockopt(connection->socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.ptr = connection.get();
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, connection->socket, &event);
    connections_.push_back(std::move(connection));
    return {};
  }

  // A connection that the kernel has taken is not yet the server's: phones that are there have been answered once.
  Result<void> greet() {
    const std::string greeting = get_request("/healthz").text;
    for (auto& connection : connections_)
      if (::send(connection->socket, greeting.data(), greeting.size(), MSG_NOSIGNAL) < 0)
        return fail(FaultCode::unavailable, "load.cut");
    for (auto& connection : connections_) {
      const ssize_t got = ::recv(connection->socket, connection->in.data(), connection->in.size(), 0);
      if (got <= 0) return fail(FaultCode::unavailable, "load.cut");
    }
    return {};
  }

  static Steady::duration step_of(double per_second) {
    return std::chrono::duration_cast<Steady::duration>(std::chrono::duration<double>(1 / per_second));
  }
  void begin_offering() {
    step_ = step_of(std::max(1.0, plan_.offered_per_second - plan_.emergencies_per_second));
    due_ = emergency_due_ = Steady::now();
    for (auto& connection : connections_) idle_of(*connection).push_back(connection.get());
  }
  std::vector<Connection*>& idle_of(const Connection& connection) {
    return connection.emergency ? idle_for_emergencies_ : idle_;
  }
  bool all_answered() const {
    return idle_.size() + idle_for_emergencies_.size() == connections_.size() &&
           (plan_.emergencies_per_second <= 0 || emergency_due_ >= end_);
  }
  // What has fallen due and finds a connection; what waited too long for one is given up, as a phone would.
  void offer() {
    while (due_ <= now_ && !over_) {
      if (now_ - due_ > std::chrono::milliseconds(plan_.patience_ms)) {
        ++outcome_.given_up;
      } else if (!idle_.empty()) {
        Connection* connection = idle_.back();
        idle_.pop_back();
        send_next(*connection, due_);
      } else {
        return;
      }
      ++outcome_.offered;
      due_ += step_;
    }
  }
  // Those wait for one of their own connections, as long as it takes.
  void offer_emergencies() {
    if (plan_.emergencies_per_second <= 0) return;
    while (emergency_due_ <= now_ && emergency_due_ < end_ && !over_ && !idle_for_emergencies_.empty()) {
      Connection* connection = idle_for_emergencies_.back();
      idle_for_emergencies_.pop_back();
      send_next(*connection, emergency_due_);
      ++outcome_.offered;
      emergency_due_ += step_of(plan_.emergencies_per_second);
    }
  }

  // Whoever was turned away comes before anybody new.
  std::size_t next_request(bool emergency) {
    if (emergency) return next_emergency_++ % plan_.emergencies.size();
    if (!turned_away_.empty()) {
      const std::size_t again = turned_away_.front();
      turned_away_.pop_front();
      return again;
    }
    const std::size_t next = next_;
    if (++next_ == plan_.requests.size()) next_ = 0, ++outcome_.wrapped;
    return next;
  }
  void renew_code(Request& request, Instant now) {
    if (request.code_at == 0 || !plan_.personal_code || plan_.offered_per_second <= 0) return;
    const std::int64_t step = to_millis(now) / 1000 / person::code_step_seconds;
    if (std::exchange(request.code_step, step) == step) return;
    const std::string code = plan_.personal_code(*request.person);
    std::memcpy(request.text.data() + request.code_at, code.data(), code.size());
  }

  void send_next(Connection& connection, Steady::time_point since) {
    connection.request = next_request(connection.emergency);
    Request& request = (connection.emergency ? plan_.emergencies : plan_.requests)[connection.request];
    const Instant now = request.id_at != 0 ? system_clock().now() : Instant{};
    renew_code(request, now);
    connection.out.assign(request.text);
    connection.has_id = request.id_at != 0;
    if (connection.has_id) {
      if (now != device_time_of_) device_time_of_ = now, device_time_ = format_instant(now);
      const std::string id = format_uuid(make_uuid_v7(now, random_));
      std::memcpy(connection.id, id.data(), sizeof connection.id);
      std::memcpy(connection.out.data() + request.id_at, id.data(), id.size());
      std::memcpy(connection.out.data() + request.device_time_at, device_time_.data(), device_time_.size());
    }
    connection.sent_at = since;
    // A request is far smaller than the socket's buffer, and only one is on its way.
    const ssize_t sent = ::send(connection.socket, connection.out.data(), connection.out.size(), MSG_NOSIGNAL);
    if (sent != static_cast<ssize_t>(connection.out.size())) over_ = outcome_.cut = true;
  }

  Result<void> receive(Connection& connection) {
    const ssize_t got = ::recv(connection.socket, connection.in.data() + connection.filled,
                               connection.in.size() - connection.filled, 0);
    if (got <= 0) {
      over_ = outcome_.cut = true;
      return {};
    }
    connection.filled += static_cast<std::size_t>(got);
    FL_TRY(const auto answer, answer_in({connection.in.data(), connection.filled}));
    if (!answer) return {};
    count(connection, *answer);
    connection.filled = 0;
    if (plan_.offered_per_second > 0) idle_of(connection).push_back(&connection);
    else if (!over_) send_next(connection, Steady::now());
    return {};
  }

  void count(const Connection& connection, const Answer& answer) {
    const bool repeated = connection.has_id && answer.body.find("\"repeated_seconds\"") != answer.body.npos;
    if (answer.status == 200 && plan_.acknowledged && connection.has_id && !repeated) {
      const auto passage = word_after(answer.body, R"("passage_id":")");
      std::fprintf(plan_.acknowledged, "%.36s %.*s\n", connection.id, static_cast<int>(passage.size()), passage.data());
    }
    const bool turned_away = answer.status == 503 || answer.status == 429;
    if (turned_away && !connection.emergency && plan_.offered_per_second > 0)
      turned_away_.push_back(connection.request);
    if (now_ < begin_) return;
    const auto took = Steady::now() - connection.sent_at;
    const auto nanoseconds = static_cast<std::uint32_t>(std::min<std::int64_t>(took.count(), UINT32_MAX));
    if (connection.emergency) {
      outcome_.emergencies_good += answer.status == 200;
      emergencies_ns_.push_back(nanoseconds);
    }
    if (answer.status == 200) accepted_ns_.push_back(nanoseconds);
    latencies_ns_.push_back(static_cast<std::uint32_t>(std::min<std::int64_t>(took.count(), UINT32_MAX)));
    ++outcome_.by_status[answer.status];
    auto word = word_after(answer.body, R"("outcome":")");
    if (word.empty()) word = word_after(answer.body, R"("code":")");
    if (!word.empty()) {
      const auto at =
          std::find_if(words_.begin(), words_.end(), [&](const auto& known) { return known.first == word; });
      if (at != words_.end()) ++at->second;
      else words_.emplace_back(word, 1);
    }
    if (repeated) ++outcome_.repeated;
  }

  Result<LoadOutcome> outcome() {
    if (outcome_.cut && !plan_.stop_when_cut) return fail(FaultCode::unavailable, "load.cut");
    outcome_.seconds = std::chrono::duration<double>(std::min(Steady::now(), std::max(now_, begin_)) - begin_).count();
    outcome_.answers = latencies_ns_.size();
    outcome_.accepted = accepted_ns_.size();
    // Those that fell due and got no answer are failures, too.
    if (plan_.emergencies_per_second > 0)
      outcome_.emergencies = std::max<std::uint64_t>(
          next_emergency_, static_cast<std::uint64_t>(plan_.emergencies_per_second * plan_.seconds));
    for (auto* each : {&latencies_ns_, &accepted_ns_, &emergencies_ns_}) std::sort(each->begin(), each->end());
    const auto of = [](const std::vector<std::uint32_t>& sorted, double share) {
      if (sorted.empty()) return 0.0;
      const auto index =
          std::min(sorted.size() - 1, static_cast<std::size_t>(share * static_cast<double>(sorted.size())));
      return sorted[index] / 1e6;
    };
    const auto at = [&](double share) { return of(latencies_ns_, share); };
    outcome_.p50_ms = at(0.5), outcome_.p99_ms = at(0.99), outcome_.p999_ms = at(0.999), outcome_.max_ms = at(1);
    outcome_.accepted_p50_ms = of(accepted_ns_, 0.5), outcome_.accepted_p99_ms = of(accepted_ns_, 0.99);
    outcome_.emergency_p99_ms = of(emergencies_ns_, 0.99);
    for (const auto& [word, times] : words_) outcome_.by_outcome[word] = times;
    return outcome_;
  }

  LoadPlan plan_;
  LoadOutcome outcome_;
  int epoll_ = -1;
  std::vector<std::unique_ptr<Connection>> connections_;
  std::size_t next_ = 0;
  Steady::time_point begin_, end_, now_;
  std::vector<std::uint32_t> latencies_ns_, accepted_ns_, emergencies_ns_;
  std::vector<Connection*> idle_, idle_for_emergencies_;  // Open loop.
  std::deque<std::size_t> turned_away_;
  std::size_t next_emergency_ = 0;
  Steady::time_point due_, emergency_due_;
  Steady::duration step_{};
  std::vector<std::pair<std::string, std::uint64_t>> words_;
  bool over_ = false;
  Instant device_time_of_{};
  std::string device_time_;
  SeededRandom random_{system_random().below(UINT64_MAX)};
};

}  // namespace

Result<LoadOutcome> run_load(LoadPlan plan) {
  FL_CHECK(!plan.requests.empty());
  FL_CHECK(plan.emergencies_per_second <= 0 || !plan.emergencies.empty());
  return Load(std::move(plan)).run();
}

}  // namespace firstline::bench
