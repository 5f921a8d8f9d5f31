#pragma once

// A file to read from beginning to end: mapped into memory where it can be, else read whole (a pipe). The file must not
// be cut short by somebody else meanwhile.

#include <string>
#include <string_view>
#include <utility>

#include "base/fault.hpp"

namespace firstline::trace {

class MappedFile {
 public:
  static Result<MappedFile> open(const std::string& path);  // Fault not_found trace.file_unreadable, where = path.
  MappedFile(MappedFile&& other) noexcept
      : mapped_(std::exchange(other.mapped_, nullptr)), size_(other.size_), copy_(std::move(other.copy_)) {}
  MappedFile& operator=(MappedFile&&) = delete;
  ~MappedFile();

  std::string_view text() const { return mapped_ ? std::string_view(mapped_, size_) : std::string_view(copy_); }

 private:
  MappedFile() = default;

  char* mapped_ = nullptr;
  std::size_t size_ = 0;
  std::string copy_;
};

}  // namespace firstline::trace
