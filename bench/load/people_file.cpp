#include "people_file.hpp"

#include <fstream>
#include <sstream>

namespace firstline::bench {

Result<LoadFile> read_load_file(const std::string& file) {
  std::ifstream in(file);
  if (!in) return fail(FaultCode::unavailable, "load_file.unreadable", {}, file);
  LoadFile content;
  std::string kind;
  while (in >> kind) {
    if (kind == "gate") {
      LoadGate gate;
      in >> gate.id >> gate.token >> gate.csrf;
      content.gates.push_back(std::move(gate));
    } else if (kind == "person" || kind == "coded") {
      LoadPerson person;
      if (kind == "person") in >> person.gate >> person.community_id >> person.person_id >> person.id_number;
      else in >> person.gate >> person.person_id >> person.id_number >> person.code;
      if (person.id_number == "-") person.id_number.clear();
      if (person.gate >= content.gates.size()) return fail(FaultCode::invalid, "load_file.bad_line", {}, file);
      content.people.push_back(std::move(person));
    } else {
      return fail(FaultCode::invalid, "load_file.bad_line", {}, file);
    }
    if (!in) return fail(FaultCode::invalid, "load_file.bad_line", {}, file);
  }
  if (content.gates.empty() || content.people.empty()) return fail(FaultCode::invalid, "load_file.empty", {}, file);
  return content;
}

Result<void> write_load_file(const std::string& file, const LoadFile& content) {
  std::ofstream out(file);
  for (const LoadGate& gate : content.gates) out << "gate " << gate.id << ' ' << gate.token << ' ' << gate.csrf << '\n';
  for (const LoadPerson& person : content.people) {
    out << "person " << person.gate << ' ' << person.community_id << ' ' << person.person_id << ' '
        << (person.id_number.empty() ? "-" : person.id_number) << '\n';
  }
  out.close();
  if (!out) return fail(FaultCode::unavailable, "load_file.unwritable", {}, file);
  return {};
}

}  // namespace firstline::bench
