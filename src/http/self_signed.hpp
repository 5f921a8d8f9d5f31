#pragma once

// A certificate authority of this machine and a certificate from it, for duty phones in a LAN without a public name:
// camera, service worker and crypto work on secure origins only. Kept in a folder; made again when an address of the
// machine is missing in it or it runs out soon.

#include <string>
#include <vector>

#include "base/fault.hpp"
#include "base/time.hpp"

namespace firstline::http {

struct SelfSigned {
  std::string certificate_file;  // The chain.
  std::string key_file;
  std::string authority_pem;     // What people install to trust it.
  std::string authority_sha256;  // "AB:CD:...", as phones and browsers show it: compared by eye or by telephone.
};

// Faults: unavailable tls.cannot_write, corrupt tls.cannot_make.
Result<SelfSigned> self_signed(const std::string& folder, const std::vector<std::string>& names, Instant now);
// "localhost", the host's name, and the addresses of all its interfaces.
std::vector<std::string> names_of_this_machine();
// The first address that another machine could use; "127.0.0.1" if there is none.
std::string address_for_others();

}  // namespace firstline::http
