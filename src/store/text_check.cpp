#include "store/text_check.hpp"

#include <regex>

namespace firstline::store {
namespace {

struct Refused {
  const char* pattern;  // Over lower-case text with one blank between words and without what stands in quotes.
  const char* why;
};

const Refused in_any_text[] = {
    {R"(\b(now|random|gen_random_uuid|clock_timestamp|datetime|strftime|julianday|unixepoch) ?\()",
     "time and chance come in as parameters"},
    {R"(\bcurrent_(date|time|timestamp)\b)", "time comes in as a parameter"},
    {R"(\b(nextval|currval|lastval|last_insert_rowid) ?\(|\b(serial|bigserial|smallserial|autoincrement|identity)\b)",
     "ids are made by the application"},
    {R"(\bwith recursive\b)", "Citus: no recursion over many shards"},
    {R"(\bfor (update|share|no key update)\b|\bskip locked\b)",
     "SQLite has no row locks: update with a version and look at the count"},
    {R"(\bcreate (or replace )?(trigger|function|procedure|rule|materialized|sequence|extension|type)\b)",
     "Citus or SQLite refuses it"},
    {R"(\b(lateral|grouping sets|cube|rollup|distinct on|merge into|tablesample)\b)", "Citus or SQLite refuses it"},
    {R"(\b(string_agg|group_concat|array_agg|json_agg|unnest|generate_series|percentile_cont|percentile_disc|to_timestamp|date_trunc|extract) ?\()",
     "one engine only: do it in C++"},
    {R"(\b(ilike|glob|regexp|similar to|rowid|ctid)\b|~)", "one engine only"},
    {R"(->|::|\barray ?\[)", "one engine only: JSON is text and is opened in C++"},
    {R"(\b(listen|notify|pg_advisory\w*|pg_notify|prepare transaction|vacuum|pragma|attach|set transaction)\b)",
     "one engine only"},
    {R"(\b(temp|temporary|unlogged)\b)", "no tables for a while"},
    {R"(\binsert or (ignore|replace|abort|fail)\b|\breplace into\b)", "SQLite only: on conflict"},
    {R"(\?)", "placeholders are $1, $2"},
    {R"(\b(true|false)\b|\bis (not )?(true|false)\b)", "truth is 0 or 1 in a smallint"},
    {R"(\bcollate\b)", "collations have other names on each engine"},
    {R"(;.*\S)", "one statement a text"},
};

const Refused in_schema[] = {
    {R"(\b(boolean|bool|timestamptz|timestamp|date|time|interval|varchar|char|numeric|decimal|real|float|json|jsonb|uuid|int|integer|int4|int8|blob|bytes)\b( not null| primary key|,| default|\)))",
     "columns are bigint, smallint, text, double precision or bytea"},
    {R"(\b(deferrable|exclude using|generated always)\b)", "not on all engines"},
    {R"(\b(strict|without rowid)\b)", "SQLite only"},
};

// Lower case, one blank between words, nothing in quotes, no comments.
std::string plain(std::string_view text) {
  std::string out;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\'') {
      if (!quoted) out += "''";
      quoted = !quoted;
    } else if (quoted) {
      continue;
    } else if (c == '-' && i + 1 < text.size() && text[i + 1] == '-') {
      while (i + 1 < text.size() && text[i + 1] != '\n') ++i;
    } else if (c == ' ' || c == '\n' || c == '\t') {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else {
      out += c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    }
  }
  return out;
}

std::ptrdiff_t times(const std::string& text, const char* pattern) {
  const std::regex wanted(pattern);
  return std::distance(std::sregex_iterator(text.begin(), text.end(), wanted), std::sregex_iterator());
}

void refuse(const std::string& text, const Refused& refused, std::vector<std::string>& found) {
  std::smatch match;
  if (std::regex_search(text, match, std::regex(refused.pattern)))
    found.push_back("\"" + match.str() + "\": " + refused.why);
}

// Every table that is read or changed needs its own "community_id = ..."; an insert names the column.
void check_community(const std::string& text, std::vector<std::string>& found) {
  if (times(text, R"(^insert into \w+ ?\([^)]*\bcommunity_id\b)") == 0 &&
      times(text, R"(\bcommunity_id ?= ?\$\d)") == 0)
    found.push_back("a community statement must bind community_id");
  const auto tables = times(text, R"(\b(from|join) \w)") + times(text, R"(^update \w)");
  const auto bound = times(text, R"(\bcommunity_id ?= ?(\$\d|\w+\.community_id\b))");
  if (tables > bound) found.push_back("a table is joined without a.community_id = b.community_id");
}

}  // namespace

std::vector<std::string> check_text(Scope scope, std::string_view sql) {
  const std::string text = plain(sql);
  std::vector<std::string> found;
  for (const Refused& refused : in_any_text) refuse(text, refused, found);
  refuse(text,
         {R"(\bset [^;]*\bcommunity_id ?= ?[^;]*\bwhere\b)",
          "Citus: the shard key of a row never changes; insert and delete"},
         found);
  if (scope == Scope::community) check_community(text, found);
  return found;
}

std::vector<std::string> check_schema(std::string_view schema) {
  std::string text = plain(schema);
  std::vector<std::string> found;
  for (const Refused& refused : in_any_text)
    if (std::string_view(refused.why) != "one statement a text") refuse(text, refused, found);
  for (const Refused& refused : in_schema) refuse(text, refused, found);
  return found;
}

std::vector<TableText> tables_of(std::string_view schema) {
  static const std::regex create(R"(create table (\w+) ?\()");
  static const std::regex key(R"(primary key ?\([^)]*\bcommunity_id\b|community_id bigint [^,]*primary key)");
  std::vector<TableText> tables;
  std::string rest(schema);
  for (std::size_t at = 0, end; at < rest.size(); at = end + 1) {
    end = std::min(rest.find(';', at), rest.size());
    const std::string step = rest.substr(at, end - at);
    std::smatch match;
    if (std::regex_search(step, match, create))
      tables.push_back(
          {match[1].str(), step.substr(static_cast<std::size_t>(match.position())), std::regex_search(step, key)});
  }
  return tables;
}

}  // namespace firstline::store
