#include "trace/mapped_file.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace firstline::trace {
namespace {

struct Descriptor {
  int number;
  ~Descriptor() {
    if (number >= 0) ::close(number);
  }
};

tl::unexpected<Fault> unreadable(const std::string& path) {
  return fail(FaultCode::not_found, "trace.file_unreadable", std::strerror(errno), path);
}

}  // namespace

Result<MappedFile> MappedFile::open(const std::string& path) {
  const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  struct stat status {};
  if (file.number < 0 || ::fstat(file.number, &status) != 0) return unreadable(path);
  MappedFile opened;
  if (S_ISREG(status.st_mode) && status.st_size > 0) {
    opened.size_ = static_cast<std::size_t>(status.st_size);
    void* mapped = ::mmap(nullptr, opened.size_, PROT_READ, MAP_PRIVATE, file.number, 0);
    if (mapped == MAP_FAILED) return unreadable(path);
    ::madvise(mapped, opened.size_, MADV_SEQUENTIAL);
    opened.mapped_ = static_cast<char*>(mapped);
    return opened;
  }
  char buffer[1 << 16];
  for (;;) {
    const ssize_t got = ::read(file.number, buffer, sizeof buffer);
    if (got < 0) return unreadable(path);
    if (got == 0) return opened;
    opened.copy_.append(buffer, static_cast<std::size_t>(got));
  }
}

MappedFile::~MappedFile() {
  if (mapped_) ::munmap(mapped_, size_);
}

}  // namespace firstline::trace
