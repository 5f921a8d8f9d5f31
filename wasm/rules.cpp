// What the keeper's phone calls. The rules themselves are src/gate's, compiled a second time; nothing is decided here.
//
// A call: p = request_room(n); write n bytes of UTF-8 at p; n = answer_verdict(); read n bytes at answer_text().
// Pointers hold until the next call. One question is at work at a time.

#include <cstddef>
#include <string>

#include "gate/check_question.hpp"
#include "gate/verdict_question.hpp"

namespace {

std::string request;
std::string answer;

}  // namespace

#define FL_EXPORT(name) extern "C" __attribute__((export_name(#name)))

FL_EXPORT(request_room) char* request_room(std::size_t bytes) {
  request.resize(bytes);
  return request.data();
}

FL_EXPORT(answer_text) const char* answer_text() { return answer.data(); }

// As a line of `firstline verdict --jsonl`.
FL_EXPORT(answer_verdict) std::size_t answer_verdict() {
  answer = firstline::gate::answer_written_out(request);
  return answer.size();
}

// Somebody at the gate, from the gate pack: check_question.hpp.
FL_EXPORT(answer_check) std::size_t answer_check() {
  answer = firstline::gate::answer_check(request);
  return answer.size();
}
