#include "http/openapi.hpp"

#include <algorithm>
#include <vector>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "base/check.hpp"

namespace firstline::http {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

const char* method_name(Method method) {
  switch (method) {
    case Method::get:
      return "get";
    case Method::post:
      return "post";
    case Method::put:
      return "put";
    case Method::delete_:
      break;
  }
  return "delete";
}

array roles_of(const Access& access) {
  array names;
  if (access.kind == Access::Kind::anyone) names.emplace_back("anyone");
  if (access.kind == Access::Kind::signed_in) names.emplace_back("signed_in");
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Role>>([&](auto role) {
    if (access.kind == Access::Kind::role && access.roles.has(role.value)) names.emplace_back(role.name);
  });
  if (access.device_too) names.emplace_back("device");
  return names;
}

value text_schema() { return object{{"type", "string"}}; }

array parameters_of(const RouteSpec& spec) {
  array parameters;
  for (std::size_t at = spec.path.find('{'); at != spec.path.npos; at = spec.path.find('{', at + 1)) {
    const std::string name = spec.path.substr(at + 1, spec.path.find('}', at) - at - 1);
    parameters.push_back(object{{"name", name}, {"in", "path"}, {"required", true}, {"schema", text_schema()}});
  }
  for (const auto& name : spec.queries)
    parameters.push_back(object{{"name", name}, {"in", "query"}, {"required", false}, {"schema", text_schema()}});
  return parameters;
}

object content_of(const char* media_type, value schema) {
  return object{{"content", object{{media_type, object{{"schema", std::move(schema)}}}}}};
}

object operation_of(const Route& route, json::Schemas& schemas) {
  const RouteSpec& spec = route.spec;
  object operation{{"operationId", spec.name}, {"summary", spec.summary}, {"x-roles", roles_of(spec.access)}};
  if (auto parameters = parameters_of(spec); !parameters.empty())
    operation.emplace("parameters", std::move(parameters));
  if (route.input_schema) {
    object body = content_of("application/json", route.input_schema(schemas));
    body.emplace("required", true);
    operation.emplace("requestBody", std::move(body));
  }
  const bool stream = route.run == Run::stream;
  object good = content_of(stream ? "text/event-stream" : "application/json", route.output_schema(schemas));
  good.emplace("description", stream ? "Events; `data` of each is JSON of this form." : "The answer.");
  object problem{{"$ref", "#/components/responses/Problem"}};
  operation.emplace("responses", object{{"200", std::move(good)}, {"default", std::move(problem)}});
  return operation;
}

value problem_schema() {
  object properties;
  for (const char* name : {"type", "title", "title_zh", "code", "where", "detail"})
    properties.emplace(name, text_schema());
  properties.emplace("status", object{{"type", "integer"}});
  properties.emplace("retry_after_seconds", object{{"type", "integer"}});
  return object{{"type", "object"},
                {"properties", std::move(properties)},
                {"required", array{"type", "title", "title_zh", "status", "code"}}};
}

}  // namespace

std::string openapi_text(const RouteTable& table, const std::string& version) {
  std::vector<const Route*> routes;
  for (const Route& route : table.routes()) routes.push_back(&route);
  std::sort(routes.begin(), routes.end(), [](const Route* a, const Route* b) {
    return std::tie(a->spec.path, a->spec.method) < std::tie(b->spec.path, b->spec.method);
  });
  json::Schemas schemas;
  object paths;
  for (const Route* route : routes) {
    auto& path = paths[route->spec.path];
    if (!path.is_object()) path = object{};
    path.as_object().emplace(method_name(route->spec.method), operation_of(*route, schemas));
  }
  FL_CHECK(schemas.emplace("Problem", problem_schema()).second);
  object named;
  for (auto& [name, schema] : schemas) named.emplace(name, std::move(schema));
  object problem = content_of("application/problem+json", object{{"$ref", "#/components/schemas/Problem"}});
  problem.emplace("description", "RFC 9457; clients go by `code`.");
  const object document{
      {"openapi", "3.1.0"},
      {"info", object{{"title", "Firstline"}, {"version", version}}},
      {"paths", std::move(paths)},
      {"components", object{{"schemas", std::move(named)}, {"responses", object{{"Problem", std::move(problem)}}}}}};
  return boost::json::serialize(document);
}

}  // namespace firstline::http
