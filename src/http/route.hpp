#pragma once

// The one route table. A route says its method, path, who may call it and where, and has typed input and output;
// the server, the authorisation test, the OpenAPI document and so the TypeScript client all read this table.
// Deny by default: a route without an access rule does not compile.

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <type_traits>
#include <vector>

#include <boost/json/value.hpp>

#include "http/call.hpp"
#include "json/json.hpp"
#include "store/urgency.hpp"

namespace firstline::store {
class Database;
}

namespace firstline::http {

enum class Method { get, post, put, delete_ };

// Which node of the place tree a request acts on, from its path parameters. Faults: not_found.
using PlaceOf = std::function<Result<Place>(Call&)>;

struct Access {
  enum class Kind { anyone, signed_in, device, role };
  Kind kind;
  RoleSet roles;             // role: any of these over the place.
  bool device_too = false;   // role: an enrolled phone of the place is enough as well.
  PlaceOf place;             // device, role.
  bool machine_too = false;  // device: readers and turnstiles may as well; otherwise phones only.

  static Access anyone() { return {Kind::anyone, {}, false, {}}; }
  static Access signed_in() { return {Kind::signed_in, {}, false, {}}; }
  static Access device(PlaceOf place) { return {Kind::device, {}, true, std::move(place)}; }
  static Access any_device(PlaceOf place) { return {Kind::device, {}, true, std::move(place), true}; }
  static Access role(RoleSet roles, PlaceOf place) { return {Kind::role, roles, false, std::move(place)}; }
  static Access role_or_device(RoleSet roles, PlaceOf place) { return {Kind::role, roles, true, std::move(place)}; }
};

struct RouteSpec {
  Method method;
  std::string path;  // "/api/v1/gates/{gate}/passages"
  std::string name;  // operationId: "record_passage"
  Access access;
  std::string summary;                 // One English sentence for the API document.
  std::vector<std::string> queries{};  // Names of optional query parameters.
  bool own_idempotency = false;        // The handler answers repeated command ids itself, or its answer holds a secret.
  std::size_t body_bytes_max = 64 * 1024;
  bool compressed = false;                         // Large: sent as gzip to whoever takes it.
  store::Urgency urgency = store::Urgency::other;  // Who goes first when more is asked than can be done.
  bool before_password_change = false;             // Open to an account that must choose a password of its own first.
};

inline RouteSpec urgent(store::Urgency urgency, RouteSpec spec) {
  spec.urgency = urgency;
  return spec;
}

struct Empty {};
BOOST_DESCRIBE_STRUCT(Empty, (), ())

// A command that says nothing but that it is one: its path says what.
struct CommandId {
  Uuid id;
};
BOOST_DESCRIBE_STRUCT(CommandId, (), (id))

// One event of a stream. Ids grow with time, so a client that was away asks for everything after the last it saw.
struct Event {
  std::int64_t id;        // A row id.
  std::string kind;       // "passage": the name that the page listens for.
  std::string data_json;  // One line.
};

// What a stream is about: all who listen to the same topic share one follower.
struct Topic {
  Place place;                                                 // What the access rule resolved.
  std::map<std::string, std::string, std::less<>> parameters;  // Of the path.
  std::map<std::string, std::string, std::less<>> queries;
};

// The first `limit` events with an id above `after_id`, in order of id. Runs in a read transaction.
using EventSource =
    std::function<Result<std::vector<Event>>(store::Session&, const Topic&, std::int64_t after_id, int limit)>;

// How the server runs a route.
enum class Run {
  query,    // Read transaction.
  command,  // Write transaction; input carries `Uuid id`; a repeated id gives the first answer again (without cookies).
  stream,   // Server-sent events; GET only.
  task,     // No transaction; on a worker thread, may take long and open its own (password hashing, exports).
};

struct Route {
  RouteSpec spec;
  Run run;
  // Body text in, body text out; the typed handler is inside.
  std::function<Result<std::string>(Call&, std::string_view body)> handle;
  std::function<boost::json::value(json::Schemas&)> input_schema, output_schema;  // input: empty function if no body.
  std::function<Result<Uuid>(std::string_view body)> command_id;                  // commands only.
  EventSource events;                                                             // streams only.
};

class RouteTable {
 public:
  template <class Out, class F>
  void query(RouteSpec spec, F handler) {
    add<Empty, Out>(std::move(spec), Run::query,
                    [handler = std::move(handler)](Call& call, const Empty&) { return handler(call); });
  }
  // A query whose words must not stand in an address, where proxies and browsers keep them: POST, nothing is written.
  template <class In, class Out, class F>
  void question(RouteSpec spec, F handler) {
    add<In, Out>(std::move(spec), Run::query, std::move(handler));
  }
  template <class In, class Out, class F>
  void command(RouteSpec spec, F handler) {
    static_assert(std::is_same_v<decltype(In::id), Uuid>, "a command carries its own id");
    add<In, Out>(std::move(spec), Run::command, std::move(handler));
  }
  template <class In, class Out, class F>
  void task(RouteSpec spec, F handler) {
    add<In, Out>(std::move(spec), Run::task, std::move(handler));
  }

  // `Data` describes the JSON of the events, for the API document.
  template <class Data>
  void stream(RouteSpec spec, EventSource events) {
    Route route{std::move(spec), Run::stream, {}, {}, {}, {}, std::move(events)};
    route.output_schema = [](json::Schemas& s) { return json::schema_of<Data>(s); };
    routes_.push_back(std::move(route));
  }

  const std::vector<Route>& routes() const { return routes_; }

 private:
  template <class In, class Out, class F>
  void add(RouteSpec spec, Run run, F handler) {
    Route route{std::move(spec), run, {}, {}, {}, {}, {}};
    route.handle = [handler = std::move(handler)](Call& call, std::string_view body) -> Result<std::string> {
      In input{};
      if constexpr (!std::is_same_v<In, Empty>) {
        FL_TRY(input, json::read<In>(body));
      }
      FL_TRY(auto output, handler(call, input));
      return json::write(output);
    };
    if constexpr (!std::is_same_v<In, Empty>)
      route.input_schema = [](json::Schemas& s) { return json::schema_of<In>(s); };
    route.output_schema = [](json::Schemas& s) { return json::schema_of<Out>(s); };
    if constexpr (requires { In::id; }) {
      route.command_id = [](std::string_view body) -> Result<Uuid> {
        FL_TRY(auto input, json::read<In>(body));
        return input.id;
      };
    }
    routes_.push_back(std::move(route));
  }

  std::vector<Route> routes_;
};

}  // namespace firstline::http
