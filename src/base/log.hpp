#pragma once

// What the operator reads: one JSON object a line on standard error. Never a name, a
// number or an address of a person, never a token or a password. Safe to share between threads.

#include <initializer_list>
#include <string_view>

namespace firstline {

enum class LogLevel { debug, info, warning, error };

struct LogField {
  std::string_view name, value;
};

// event: "server.started", module.verb; stable, for filters.
void log(LogLevel level, std::string_view event, std::initializer_list<LogField> fields = {});
void set_log_level(LogLevel least);

}  // namespace firstline
