#pragma once

// One JSON text to an address and the answer back. Knows nothing of codes.

#include <chrono>
#include <string>
#include <string_view>

#include "base/fault.hpp"

namespace firstline::connector {

inline constexpr std::chrono::seconds patience{3};  // With one answer.

struct Answer {
  long status = 0;
  std::string body;
};

class Transfer {
 public:
  virtual ~Transfer() = default;
  // POST; `bearer` may be empty. Faults: centre.not_reachable (unavailable), centre.bad_answer (invalid: too long).
  virtual Result<Answer> post(const std::string& url, std::string_view body, const std::string& bearer) = 0;
};

// By libcurl. Certificates are checked; nothing is followed elsewhere. May be called from several threads.
class CurlTransfer : public Transfer {
 public:
  // `authority_file`: certificates to trust instead of the system's; empty: the system's.
  CurlTransfer(std::chrono::milliseconds at_most, std::string authority_file);
  Result<Answer> post(const std::string& url, std::string_view body, const std::string& bearer) override;

 private:
  const std::chrono::milliseconds patience_;
  const std::string authority_file_;
};

}  // namespace firstline::connector
