#pragma once

// A file of results or vaccinations as rows, whatever its form: by what the bytes are, never by its name. Pure but for
// the stream it reads.

#include <functional>
#include <memory>
#include <variant>

#include "laboratory/fhir.hpp"

namespace firstline::laboratory {

// Opened twice for FHIR: people and samples first. A null pointer: cannot be opened.
using OpenFile = std::function<std::unique_ptr<std::istream>()>;
using AnyRow = FhirFile::Read;

// In the order of the file. `use` may end the reading with a fault. Faults: file.unreadable, those of table_stream.hpp
// and fhir.hpp.
Result<void> read_file(const OpenFile& open, Kind kind, const std::function<Result<void>(AnyRow)>& use);

}  // namespace firstline::laboratory
