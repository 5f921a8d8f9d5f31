#pragma once

// For tests of http: a small table with one route of every kind.

#include <atomic>
#include <stdexcept>

#include "http/route.hpp"

namespace firstline::http {

struct Note {
  Uuid id;
  std::string text;
};
BOOST_DESCRIBE_STRUCT(Note, (), (id, text))

struct Noted {
  int count;
  std::string text;
};
BOOST_DESCRIBE_STRUCT(Noted, (), (count, text))

struct Login {
  std::string login;
};
BOOST_DESCRIBE_STRUCT(Login, (), (login))

struct FakeRoutes {
  FakeRoutes() {
    const auto place = [](const Call& call) -> Result<Place> {
      if (call.parameter("gate") == "404") return fail(FaultCode::not_found, "gate.unknown");
      return Place{AreaId{2}, "/1/2/3", ""};
    };
    table.query<Noted>({Method::get,
                        "/api/v1/gates/{gate}",
                        "get_gate",
                        Access::role_or_device({Role::keeper, Role::secretary}, place),
                        "One gate.",
                        {"colour"}},
                       [this](Call& call) -> Result<Noted> {
                         return Noted{count.load(), call.query("colour").value_or(std::string(call.parameter("gate")))};
                       });
    table.command<Note, Noted>({Method::post, "/api/v1/gates/{gate}/notes", "add_note",
                                Access::role_or_device({Role::keeper, Role::secretary}, place), "Adds a note."},
                               [this](Call& call, const Note& note) -> Result<Noted> {
                                 if (note.text == "throw") throw std::runtime_error("planted");
                                 if (note.text == "conflict")
                                   return fail(FaultCode::conflict, "note.there", {}, "/text");
                                 call.after_commit([this] { ++committed; });
                                 return Noted{++count, note.text};
                               });
    table.command<Note, Noted>(
        {Method::post, "/api/v1/gates/{gate}/secrets", "add_secret", Access::device(place), "Adds a secret.", {}, true},
        [this](Call&, const Note& note) -> Result<Noted> {
          return Noted{++count, note.text};
        });
    table.task<Login, Empty>({Method::post, "/api/v1/session", "sign_in", Access::anyone(), "Signs in."},
                             [](Call& call, const Login& login) -> Result<Empty> {
                               if (login.login == "locked") return fail(FaultCode::busy, "session.too_many_attempts");
                               call.set_cookie("fl_session", login.login, std::chrono::hours(1));
                               return Empty{};
                             });
    table.query<Empty>({Method::get, "/api/v1/mine", "get_mine", Access::signed_in(), "Mine."},
                       [](Call&) -> Result<Empty> { return Empty{}; });
    table.command<Note, Noted>(
        urgent(store::Urgency::emergency, {Method::post, "/api/v1/gates/{gate}/emergencies", "add_emergency",
                                           Access::role_or_device({Role::keeper}, place), "An emergency."}),
        [this](Call&, const Note& note) -> Result<Noted> {
          return Noted{++count, note.text};
        });
    RouteSpec large{Method::get, "/api/v1/gates/{gate}/large", "get_large",
                    Access::role_or_device({Role::keeper}, place), "A large answer."};
    large.compressed = true;
    table.query<Noted>(std::move(large), [](Call& call) -> Result<Noted> {
      if (call.asker_holds("7")) return Noted{};
      return Noted{7, std::string(100'000, 'x')};
    });
    table.query<Noted>({Method::get, "/api/v1/list", "get_list", Access::anyone(), "A signed list."},
                       [](Call& call) -> Result<Noted> {
                         call.asker_holds("8");
                         return Noted{8, "signed"};
                       });
    table.query<Empty>({Method::get, "/api/v1/gates/{gate}/machine", "get_machine", Access::any_device(place), "Any."},
                       [](Call&) -> Result<Empty> { return Empty{}; });
    table.stream<Noted>(
        {Method::get, "/api/v1/gates/{gate}/stream", "watch_gate", Access::role({Role::keeper}, place), "Events."},
        [this](store::Session&, const Topic&, std::int64_t after_id, int limit) -> Result<std::vector<Event>> {
          const std::lock_guard lock(mutex);
          std::vector<Event> found;
          for (const Event& event : events)
            if (event.id > after_id && static_cast<int>(found.size()) < limit) found.push_back(event);
          return found;
        });
  }
  void happen(std::int64_t id, std::string data) {
    const std::lock_guard lock(mutex);
    events.push_back({id, "note", std::move(data)});
  }

  RouteTable table;
  std::atomic<int> count{0}, committed{0};
  std::mutex mutex;
  std::vector<Event> events;
};

}  // namespace firstline::http
