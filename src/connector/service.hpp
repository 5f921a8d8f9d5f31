#pragma once

// Asks the centre of health codes how a resident stands, and keeps what it said with its source and the grade
// `connector`. The centre is asked outside any transaction. Nobody's colour changes unless the centre was reached.
//
// Fact: health.centre_asked, on what purpose and what the colour was.
// Faults: centre.none (not_found: no centre is joined), centre.no_id_number (invalid), and those of centre.hpp.

#include "connector/centre.hpp"
#include "http/route.hpp"
#include "person/service.hpp"
#include "store/database.hpp"

namespace firstline::connector {

// What the use cases depend on; all of it outlives them. Without a centre there is none to ask.
struct Parts {
  store::Database* database;
  const person::Directory* people;
  CodeCentre* centre;
};

// 核对健康码 转码申请 核酸检测 封控管理
enum class Purpose { gate, appeal, test_round, seal };
BOOST_DESCRIBE_ENUM(Purpose, gate, appeal, test_round, seal)

namespace api {

struct AskCentre {
  Uuid id;
  Purpose purpose = Purpose::gate;
};
BOOST_DESCRIBE_STRUCT(AskCentre, (), (id, purpose))

struct CentreReading {
  health::CodeReading reading;
  std::optional<health::NegativeResult> last_negative;
};
BOOST_DESCRIBE_STRUCT(CentreReading, (), (reading, last_negative))

struct CentreJoined {
  std::optional<std::string> name;  // Absent: none is joined.
};
BOOST_DESCRIBE_STRUCT(CentreJoined, (), (name))

}  // namespace api

Result<api::CentreReading> ask(http::Call& call, const Parts& parts, person::PersonRef who,
                               const api::AskCentre& command);

// communities/{community}/code-centre, people/{person}/centre-readings. `parts` outlives the table.
void add_routes(http::RouteTable& table, const Parts& parts);

}  // namespace firstline::connector
