// The parts of http that are functions of text: paths, queries, cookies, rates, problems, the API document.

#include <set>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "http/fake_routes.hpp"
#include "http/matcher.hpp"
#include "http/openapi.hpp"
#include "http/problem.hpp"
#include "http/rate_limit.hpp"
#include "http/reply.hpp"
#include "http/request_text.hpp"

namespace firstline::http {
namespace {

Route route(Method method, std::string path) {
  Route made{};
  made.spec = {method, std::move(path), "x", Access::anyone(), "", {}, false, 0};
  return made;
}

TEST(Matcher, FindsTheRouteAndItsParameters) {
  const std::vector<Route> routes{
      route(Method::get, "/api/v1/gates/{gate}"), route(Method::post, "/api/v1/gates/{gate}/passages"),
      route(Method::post, "/api/v1/gates/{gate}/passages/{passage}/undo"), route(Method::get, "/api/v1/gates/all")};
  const Matcher matcher(routes);
  struct Row {
    Method method;
    const char* target;
    Match::Kind kind;
    int route;
    std::vector<std::string> values;
  };
  const Row rows[] = {
      {Method::get, "/api/v1/gates/12", Match::Kind::found, 0, {"12"}},
      {Method::get, "/api/v1/gates/12?a=/b", Match::Kind::found, 0, {"12"}},
      {Method::get, "/api/v1/gates/all", Match::Kind::found, 3, {}},
      {Method::post, "/api/v1/gates/12/passages", Match::Kind::found, 1, {"12"}},
      {Method::post, "/api/v1/gates/12/passages/7/undo", Match::Kind::found, 2, {"12", "7"}},
      {Method::get, "/api/v1/gates/12/passages", Match::Kind::wrong_method, -1, {}},
      {Method::get, "/api/v1/gates", Match::Kind::unknown_path, -1, {}},
      {Method::get, "/api/v1/gates/", Match::Kind::unknown_path, -1, {}},
      {Method::get, "/api/v1/gates/12/", Match::Kind::unknown_path, -1, {}},
      {Method::get, "/api/v1//gates/12", Match::Kind::unknown_path, -1, {}},
      {Method::get, "/", Match::Kind::unknown_path, -1, {}},
      {Method::get, "", Match::Kind::unknown_path, -1, {}},
      {Method::get, "*", Match::Kind::unknown_path, -1, {}},
  };
  for (const auto& row : rows) {
    const Match match = matcher.find(row.method, row.target);
    EXPECT_EQ(match.kind, row.kind) << row.target;
    if (row.kind != Match::Kind::found) continue;
    EXPECT_EQ(match.route, row.route) << row.target;
    std::vector<std::string> values;
    for (std::size_t i = 0; i < match.parameter_count; ++i) values.emplace_back(match.parameters[i].value);
    EXPECT_EQ(values, row.values) << row.target;
  }
  EXPECT_EQ(matcher.find(Method::post, "/api/v1/gates/12/passages/7/undo").parameters[1].name, "passage");
}

TEST(RequestText, QueriesAndCookies) {
  EXPECT_EQ((*parse_query("a=1&b=%E5%BA%8F+x&&c&a=2"))["b"], "序 x");
  EXPECT_EQ((*parse_query("a=1&a=2"))["a"], "1");
  EXPECT_EQ((*parse_query("c"))["c"], "");
  for (const char* broken : {"a=%", "a=%4", "a=%zz", "a=%00"}) EXPECT_FALSE(parse_query(broken)) << broken;
  std::string many;
  for (int i = 0; i < 33; ++i) many += "f" + std::to_string(i) + "=1&";
  EXPECT_FALSE(parse_query(many));
  EXPECT_EQ(cookie_value("a=1; fl_session=xyz; fl_device=d", "fl_session"), "xyz");
  EXPECT_EQ(cookie_value("not_fl_session=1", "fl_session"), "");
  EXPECT_EQ(cookie_value("fl_sessionx=1;fl_session=2", "fl_session"), "2");
  EXPECT_EQ(cookie_value("", "fl_session"), "");
  EXPECT_EQ(bearer_token("Bearer abc"), "abc");
  EXPECT_EQ(bearer_token("Basic abc"), "");
  EXPECT_TRUE(equal_secret("abc", "abc"));
  EXPECT_FALSE(equal_secret("abc", "abd"));
  EXPECT_FALSE(equal_secret("abc", "ab"));
}

TEST(RequestText, AnyBytesAreTakenOrRefusedButNeverMore) {
  EXPECT_TRUE(rc::check([](const std::string& text) {
    const auto decoded = percent_decode(text, true);
    RC_ASSERT(!decoded || decoded->size() <= text.size());
    parse_query(text);
    cookie_value(text, "fl_session");
  }));
}

TEST(RateLimit, RefillsWithTimeAndForgets) {
  RateLimiter limiter({1, 2}, 100);
  Instant now = from_millis(1'000'000);
  EXPECT_TRUE(limiter.take("a", now));
  EXPECT_TRUE(limiter.take("a", now));
  EXPECT_FALSE(limiter.take("a", now));
  EXPECT_TRUE(limiter.take("b", now));
  now += Millis(1000);
  EXPECT_TRUE(limiter.take("a", now));
  EXPECT_FALSE(limiter.take("a", now - Millis(5000)));  // A clock that steps back gives nothing.
  for (int i = 0; i < 10'000; ++i) limiter.take(std::to_string(i), now);
  EXPECT_LE(limiter.addresses(), 100u);
  EXPECT_TRUE(RateLimiter({0, 0}).take("a", now));
}

TEST(Problem, EveryCodeHasStatusAndWordsInTwoLanguages) {
  const std::pair<FaultCode, unsigned> rows[] = {{FaultCode::not_found, 404}, {FaultCode::conflict, 409},
                                                 {FaultCode::invalid, 400},   {FaultCode::unauthenticated, 401},
                                                 {FaultCode::forbidden, 403}, {FaultCode::stale, 409},
                                                 {FaultCode::busy, 503},      {FaultCode::unavailable, 503},
                                                 {FaultCode::corrupt, 500}};
  for (const auto& [code, status] : rows) {
    const Problem problem = problem_of(Fault{code, "any.reason", {}, {}});
    EXPECT_EQ(problem.status, status);
    EXPECT_FALSE(problem.title.empty());
    EXPECT_FALSE(problem.title_zh.empty());
    EXPECT_EQ(problem.retry_after_seconds > 0, status == 503);
  }
  EXPECT_EQ(problem_of(Fault{FaultCode::busy, "session.too_many_attempts", {}, {}}).status, 429);
}

TEST(Problem, TellsDetailsOfBadInputOnly) {
  const auto text = [](FaultCode code) {
    const Fault fault{code, "a.b", "/x", "inner words"};
    return problem_body(fault, problem_of(fault));
  };
  EXPECT_NE(text(FaultCode::invalid).find("\"detail\":\"inner words\""), std::string::npos);
  EXPECT_EQ(text(FaultCode::corrupt).find("inner words"), std::string::npos);
  EXPECT_NE(text(FaultCode::corrupt).find("\"code\":\"a.b\",\"where\":\"/x\""), std::string::npos);
}

TEST(OpenApi, IsTheSameEachTimeAndNamesWhoMay) {
  FakeRoutes one, two;
  const auto text = openapi_text(one.table, "1");
  EXPECT_EQ(text, openapi_text(two.table, "1"));
  const auto document = json::from_value<boost::json::value>(json::detail::parse_own(text));
  const auto& paths = document->at("paths").as_object();
  EXPECT_EQ(json::write(paths.at("/api/v1/gates/{gate}").at("get").at("x-roles")),
            R"(["keeper","secretary","device"])");
  EXPECT_EQ(json::write(paths.at("/api/v1/session").at("post").at("x-roles")), R"(["anyone"])");
  EXPECT_EQ(json::write(paths.at("/api/v1/mine").at("get").at("x-roles")), R"(["signed_in"])");
  EXPECT_EQ(paths.at("/api/v1/gates/{gate}/notes")
                .at("post")
                .at("requestBody")
                .at("content")
                .at("application/json")
                .at("schema")
                .at("$ref"),
            "#/components/schemas/Note");
  EXPECT_TRUE(paths.at("/api/v1/gates/{gate}/stream")
                  .at("get")
                  .at("responses")
                  .at("200")
                  .at("content")
                  .as_object()
                  .contains("text/event-stream"));
  // Every reference leads somewhere.
  const auto& schemas = document->at("components").at("schemas").as_object();
  const std::string prefix = "#/components/schemas/";
  for (std::size_t at = text.find(prefix); at != text.npos; at = text.find(prefix, at + 1)) {
    const std::string name = text.substr(at + prefix.size(), text.find('"', at) - at - prefix.size());
    EXPECT_TRUE(schemas.contains(name)) << name;
  }
}

TEST(Reply, DatesAreThoseOfTheProtocol) {
  EXPECT_EQ(date_line(from_millis(1647327600123)), "Date: Tue, 15 Mar 2022 07:00:00 GMT\r\n");
}

}  // namespace
}  // namespace firstline::http
