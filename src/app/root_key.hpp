#pragma once

// The key of the root that signs which communities may issue codes: a file that the office keeps away from the server,
// on a stick in a drawer. One line of base64, readable by its owner only.

#include <string>

#include "base/fault.hpp"
#include "credential/keys.hpp"

namespace firstline::app {

// `make`: a new key into a file that must not be there yet. Faults: usage.root_missing, root.open_to_others (invalid),
// root.unwritable (unavailable), usage.file_unreadable, key.unreadable.
Result<credential::PrivateKey> read_root_key(const std::string& file, bool make);

}  // namespace firstline::app
