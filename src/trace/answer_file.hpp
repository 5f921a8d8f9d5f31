#pragma once

// A file that is there whole or not at all: written beside its name and renamed at the end. A name that is something
// else than a file (/dev/stdout, a pipe) is written to directly.

#include <string>
#include <string_view>

#include "base/fault.hpp"

namespace firstline::trace {

class AnswerFile {
 public:
  static Result<AnswerFile> create(
      const std::string& path);  // Faults: unavailable trace.file_unwritable, where = path.
  AnswerFile(AnswerFile&& other) noexcept;
  AnswerFile& operator=(AnswerFile&&) = delete;
  ~AnswerFile();  // Takes away what was not finished.

  void write(std::string_view text);  // What goes wrong is said by finish().
  Result<void> finish();

 private:
  AnswerFile() = default;

  std::string path_, written_path_;  // Equal if written directly.
  int file_ = -1;
  bool failed_ = false;
};

}  // namespace firstline::trace
