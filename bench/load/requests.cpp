#include "requests.hpp"

#include <numeric>

#include "base/check.hpp"

namespace firstline::bench {
namespace {

constexpr std::size_t uuid_length = 36, instant_length = 29;

Request post_request(const LoadGate& gate, const std::string& fields, const std::string& what = "passages") {
  const std::string id_key = R"({"id":")", at_key = R"(","at":")";
  const std::string body =
      id_key + std::string(uuid_length, '0') + at_key + std::string(instant_length, '0') + "\"," + fields + "}";
  Request request;
  request.text = "POST /api/v1/gates/" + std::to_string(gate.id) + "/" + what +
                 " HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nCookie: fl_session=" + gate.token +
                 "\r\nX-Firstline-Csrf: " + gate.csrf + "\r\nContent-Length: " + std::to_string(body.size()) +
                 "\r\n\r\n";
  request.id_at = request.text.size() + id_key.size();
  request.device_time_at = request.id_at + uuid_length + at_key.size();
  request.text += body;
  return request;
}

// Fisher and Yates.
std::vector<std::uint32_t> permutation(std::size_t size, std::uint64_t seed) {
  std::vector<std::uint32_t> order(size);
  std::iota(order.begin(), order.end(), 0U);
  SeededRandom random(seed);
  for (std::size_t left = size; left > 1; --left) std::swap(order[left - 1], order[random.below(left)]);
  return order;
}

}  // namespace

Request get_request(const std::string& path) { return {"GET " + path + " HTTP/1.1\r\nHost: bench\r\n\r\n", 0, 0}; }

std::vector<Request> passage_requests(const PassageRequests& wanted) {
  FL_CHECK(wanted.file && !wanted.file->people.empty());
  const auto& people = wanted.file->people;
  const auto order = permutation(people.size(), wanted.seed);
  SeededRandom random(wanted.seed + wanted.skip);
  std::vector<Request> requests;
  requests.reserve(wanted.count);
  for (std::size_t i = 0; i < wanted.count; ++i) {
    const LoadPerson& person = people[order[(wanted.skip + i) % order.size()]];
    const int share = static_cast<int>(random.below(100));
    std::string fields = random.below(2) ? R"("direction":"in",)" : R"("direction":"out",)";
    std::size_t code_at = 0;
    if (share < wanted.mix.personal_code) {
      fields += R"("recognised_by":"personal_code","token":")";
      code_at = person.code.empty() ? fields.size() : 0;
      fields += (person.code.empty() ? wanted.personal_code(person) : person.code) + '"';
    } else if (share < wanted.mix.personal_code + wanted.mix.id_number && !person.id_number.empty()) {
      fields += R"("recognised_by":"id_number","id_number":")" + person.id_number + '"';
    } else {
      fields += R"("recognised_by":"room_pick","person_ids":[")" + std::to_string(person.person_id) + "\"]";
    }
    fields += R"(,"temperature_tenths":365,"mask":"worn")";
    Request& made = requests.emplace_back(post_request(wanted.file->gates[person.gate], fields));
    made.person = &person;
    if (code_at > 0) made.code_at = made.text.size() - 1 - fields.size() + code_at;
  }
  return requests;
}

std::vector<Request> emergency_requests(const LoadFile& file, std::size_t count) {
  std::vector<Request> requests;
  for (std::size_t i = 0; i < count; ++i)
    requests.push_back(post_request(file.gates[i % file.gates.size()],
                                    R"("kind":"medical","direction":"out","people":1)", "emergencies"));
  return requests;
}

}  // namespace firstline::bench
