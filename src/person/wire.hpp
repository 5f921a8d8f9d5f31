#pragma once

// How people are written down outside (JSON, schemas, columns): the fields of the structs, nothing else. `Person` has
// no description on purpose: it cannot be written into an answer by mistake.

#include <boost/describe.hpp>

#include "person/model.hpp"

namespace firstline::person {

BOOST_DESCRIBE_ENUM(AgeBand, child, adult, elder)
BOOST_DESCRIBE_ENUM(Mark, lone_elder, no_phone, disabled, pregnant, regular_treatment)
BOOST_DESCRIBE_STRUCT(PersonMasked, (), (person_id, name_masked, age_band, marks, generated))

// Why a clear record was opened 流调 就医 配送 更正 点单派单
enum class RevealReason { tracing, medical_help, delivery, correction, order_service };
BOOST_DESCRIBE_ENUM(RevealReason, tracing, medical_help, delivery, correction, order_service)

struct RevealCommand {
  Uuid id;
  RevealReason reason = RevealReason::tracing;
  std::string note;
};
BOOST_DESCRIBE_STRUCT(RevealCommand, (), (id, reason, note))

struct Revealed {
  std::string name;
  std::optional<std::string> id_number;
  std::optional<std::string> phone;
  std::optional<Date> born_on;
  std::string address;
};
BOOST_DESCRIBE_STRUCT(Revealed, (), (name, id_number, phone, born_on, address))

}  // namespace firstline::person
