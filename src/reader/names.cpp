#include "reader/service.hpp"

namespace firstline::reader {

api::Speech speech(gate::Outcome outcome, bool recognised) {
  if (!recognised) return {"未能识别，请到值守人员处登记", "Not recognised, please see the keeper"};
  switch (outcome) {
    case gate::Outcome::pass:
      return {"请通行", "Please go ahead"};
    case gate::Outcome::pass_with_reminder:
      return {"请通行，并留意提示", "Please go ahead and mind the notice"};
    case gate::Outcome::register_first:
      return {"请先到值守人员处登记", "Please register with the keeper first"};
    case gate::Outcome::refuse:
      return {"暂不能通行，请到值守人员处", "You cannot pass now, please see the keeper"};
    case gate::Outcome::hold:
      return {"请在原地稍候，工作人员马上到", "Please wait here, somebody is coming"};
  }
  return {};
}

}  // namespace firstline::reader
