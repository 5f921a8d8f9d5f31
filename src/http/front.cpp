#include "http/front.hpp"

#include <algorithm>
#include <exception>

#include "base/log.hpp"
#include "http/openapi.hpp"

namespace firstline::http {
namespace {

std::vector<std::string> route_names(const RouteTable& table) {
  std::vector<std::string> names;
  for (const Route& route : table.routes()) names.push_back(route.spec.name);
  return names;
}

std::optional<Method> method_of(std::string_view text) {
  if (text == "GET" || text == "HEAD") return Method::get;
  if (text == "POST") return Method::post;
  if (text == "PUT") return Method::put;
  if (text == "DELETE") return Method::delete_;
  return std::nullopt;
}

bool is_json(std::string_view content_type) {
  constexpr std::string_view json = "application/json";
  if (content_type.size() < json.size()) return false;
  const bool same = std::equal(json.begin(), json.end(), content_type.begin(), [](char wanted, char got) {
    return wanted == (got >= 'A' && got <= 'Z' ? static_cast<char>(got - 'A' + 'a') : got);
  });
  return same &&
         (content_type.size() == json.size() || content_type[json.size()] == ';' || content_type[json.size()] == ' ');
}

Reply text_reply(std::string text, std::string_view type) {
  Reply reply;
  reply.own_body = std::move(text);
  reply.content_type = type;
  return reply;
}

}  // namespace

Front::Front(Parts parts, const ServerOptions& given)
    : options(given),
      clock(parts.clock),
      metrics(route_names(parts.table)),
      table_(parts.table),
      database_(parts.database),
      pages_(parts.pages),
      matcher_(parts.table.routes()),
      openapi_(std::make_shared<std::string>(openapi_text(parts.table, given.version))),
      tasks_(std::make_unique<TaskPool>(given.task_threads, given.tasks_max)) {
  // A task, because a database in trouble may keep us waiting, and the sockets must not wait with us.
  ready_.spec = {Method::get, "/readyz", "readyz", Access::anyone(), "Whether the service can work.", {}, false, 0};
  ready_.run = Run::task;
  ready_.handle = [this](Call&, std::string_view) -> Result<std::string> {
    if (stopping) return fail(FaultCode::unavailable, "server.stopping");
    FL_TRYV(database_.probe());
    return std::string(R"({"ready":true})");
  };
  for (const Route& route : table_.routes()) body_bytes_max_ = std::max(body_bytes_max_, route.spec.body_bytes_max);
  StreamSettings stream = options.stream;
  if (stream.overlap.count() == 0 && database_.engine() == "postgresql") stream.overlap = Millis(2000);
  hub_ = std::make_unique<StreamHub>(database_, clock, stream);
  runner_ = std::make_unique<Runner>(
      Runner::Parts{database_, parts.authenticator, clock, parts.random, metrics, *tasks_, [this] { hub_->wake(); }});
  metrics.add_gauge({"firstline_store_queue", "Use cases waiting for the database.",
                     [this] { return static_cast<double>(database_.queue_length()); }});
  metrics.add_gauge({"firstline_tasks_queue", "Long tasks waiting for a thread.",
                     [this] { return static_cast<double>(tasks_->waiting()); }});
}

Front::~Front() { hub_->stop(); }

Plan Front::answer(Reply reply, int counted_as) const {
  Plan plan;
  plan.reply = std::move(reply);
  plan.counted_as = counted_as;
  return plan;
}

Plan Front::refuse(FaultCode code, std::string_view reason, bool close) const {
  Plan plan = answer(reply_of(Fault{code, std::string(reason), {}, {}}), metrics.refused());
  plan.close_after = close;
  return plan;
}

std::string Front::client_address(const RequestHead& head, const std::string& peer_address) const {
  if (!options.trust_forwarded_for || head.forwarded_for.empty()) return peer_address;
  // The last one is what our own proxy saw.
  std::string_view last = head.forwarded_for.substr(head.forwarded_for.rfind(',') + 1);
  while (last.starts_with(' ')) last.remove_prefix(1);
  return last.empty() || last.size() > 64 ? peer_address : std::string(last);
}

std::string Front::limited_address(const RequestHead& head, const std::string& peer_address) const {
  if (options.rate.per_second <= 0 || !head.target.starts_with("/api/")) return {};
  std::string address = client_address(head, peer_address);
  const bool loopback = address.starts_with("127.") || address == "::1";
  return loopback && !options.rate_loopback ? std::string() : address;
}

std::optional<store::Urgency> Front::urgency_of_command(std::string_view first) const {
  const std::size_t method_end = first.find(' ');
  if (method_end == first.npos) return std::nullopt;
  const std::size_t target_end = first.find(' ', method_end + 1);
  if (target_end == first.npos) return std::nullopt;
  const auto method = method_of(first.substr(0, method_end));
  const std::string_view target = first.substr(method_end + 1, target_end - method_end - 1);
  if (!method || *method == Method::get || !target.starts_with("/api/v")) return std::nullopt;
  const Match match = matcher_.find(*method, target);
  if (match.kind != Match::Kind::found) return std::nullopt;
  const Route& route = table_.routes()[static_cast<std::size_t>(match.route)];
  if (route.run != Run::command) return std::nullopt;
  return route.spec.urgency;
}

Plan Front::plan(const RequestHead& head, const std::string& peer_address, Exchange& exchange) {
  if (head.target == "/healthz" && head.method == "GET") {
    Plan plan;
    plan.kind = Plan::Kind::health;
    plan.counted_as = metrics.healthz();
    return plan;
  }
  if (head.target == "/readyz" && head.method == "GET") {
    Plan plan;
    plan.kind = Plan::Kind::use_case;
    plan.counted_as = metrics.pages();
    exchange.request = Request{};
    exchange.request.route = &ready_;
    return plan;
  }
  const auto method = method_of(head.method);
  if (!method) return refuse(FaultCode::invalid, "request.wrong_method", true);
  if (!head.target.starts_with('/')) return refuse(FaultCode::invalid, "request.malformed", true);
  Plan plan = head.target.starts_with("/api/v") ? plan_route(head, *method, peer_address, exchange)
              : *method == Method::get          ? plan_page(head)
                                                : refuse(FaultCode::not_found, "request.unknown_path");
  plan.without_body = head.method == "HEAD";
  if (plan.without_body && plan.kind == Plan::Kind::use_case)
    return refuse(FaultCode::invalid, "request.wrong_method", true);
  return plan;
}

Plan Front::plan_safely(const RequestHead& head, const std::string& peer_address, Exchange& exchange) {
  try {
    return plan(head, peer_address, exchange);
  } catch (const std::exception& trouble) {
    metrics.alarms.fetch_add(1);
    log(LogLevel::error, "server.broken_promise", {{"route", "plan"}, {"what", trouble.what()}});
    return refuse(FaultCode::corrupt, "server.broken_promise", true);
  }
}

Plan Front::plan_page(const RequestHead& head) const {
  std::string_view path = head.target.substr(0, head.target.find('?'));
  if (path == "/healthz") return answer(text_reply(R"({"ok":true})", "application/json"), metrics.healthz());
  if (path == "/metrics")
    return answer(text_reply(metrics.text(options.version, database_.engine()), "text/plain; version=0.0.4"),
                  metrics.pages());
  if (path == "/api/openapi.json") {
    Reply reply;
    reply.body = *openapi_;
    reply.owner = openapi_;
    return answer(std::move(reply), metrics.pages());
  }
  const auto decoded = percent_decode(path, false);
  if (!decoded) return refuse(FaultCode::invalid, "request.malformed");
  PageChoice choice = choose_page(pages_, *decoded);
  if (!choice.redirect.empty()) return answer(redirect_to(choice.redirect), metrics.pages());
  if (choice.page) return answer(reply_of(*choice.page, head.accept_encoding, head.if_none_match), metrics.pages());
  return refuse(FaultCode::not_found, "request.unknown_path");
}

Plan Front::plan_route(const RequestHead& head, Method method, const std::string& peer_address, Exchange& exchange) {
  // Nothing of the request before it on this connection may speak for this one.
  exchange.request.route = nullptr;
  exchange.request.session_token.clear();
  exchange.request.device_token.clear();
  const Match match = matcher_.find(method, head.target);
  if (match.kind == Match::Kind::unknown_path) return refuse(FaultCode::not_found, "request.unknown_path");
  if (match.kind == Match::Kind::wrong_method) return refuse(FaultCode::invalid, "request.wrong_method");
  const Route& route = table_.routes()[static_cast<std::size_t>(match.route)];
  // No place for it: said before its body is read.
  if (route.run == Run::command && database_.full_for(route.spec.urgency))
    return refuse(FaultCode::busy, "store.queue_full");
  if (route.input_schema && !is_json(head.content_type)) return refuse(FaultCode::invalid, "request.wrong_media_type");

  Request& request = exchange.request;
  request.route = &route;
  request.parameters.clear();
  for (std::size_t i = 0; i < match.parameter_count; ++i) {
    auto value = percent_decode(match.parameters[i].value, false);
    if (!value) return refuse(FaultCode::invalid, "request.malformed");
    request.parameters.emplace(match.parameters[i].name, std::move(*value));
  }
  request.queries.clear();
  if (!match.query.empty()) {
    auto queries = parse_query(match.query);
    if (!queries) return refuse(FaultCode::invalid, "request.malformed");
    request.queries = std::move(*queries);
  }
  request.session_token.assign(cookie_value(head.cookie, "fl_session"));
  const std::string_view bearer = bearer_token(head.authorization);
  request.bearer = !bearer.empty();
  request.device_token.assign(request.bearer ? bearer : cookie_value(head.cookie, "fl_device"));
  request.csrf.assign(head.csrf);
  request.peer_address = client_address(head, peer_address);
  request.if_none_match.assign(head.if_none_match);
  request.accepts_gzip = head.accept_encoding.find("gzip") != head.accept_encoding.npos;
  request.body.clear();

  Plan plan;
  plan.kind = Plan::Kind::use_case;
  plan.counted_as = match.route;
  plan.body_bytes_max = route.spec.body_bytes_max;
  return plan;
}

}  // namespace firstline::http
