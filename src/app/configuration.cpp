#include <fmt/format.h>
#include <toml++/toml.h>

#include "app/command_line.hpp"

namespace firstline::app {

Result<std::map<std::string, std::string, std::less<>>> read_configuration(const std::string& file) {
  std::map<std::string, std::string, std::less<>> values;
  try {
    for (const auto& [key, node] : toml::parse_file(file)) {
      const std::string name(key.str());
      if (const auto text = node.value_exact<std::string>()) values[name] = *text;
      else if (const auto flag = node.value_exact<bool>()) values[name] = *flag ? "1" : "";
      else if (const auto number = node.value_exact<std::int64_t>()) values[name] = std::to_string(*number);
      else
        return fail(FaultCode::invalid, "config.unreadable", "expected a text, a number, true or false",
                    fmt::format("{}: {}", file, name));
    }
  } catch (const toml::parse_error& error) {
    return fail(FaultCode::invalid, "config.unreadable", std::string(error.description()),
                fmt::format("{}:{}", file, error.source().begin.line));
  }
  return values;
}

}  // namespace firstline::app
