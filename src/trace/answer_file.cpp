#include "trace/answer_file.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace firstline::trace {
namespace {

tl::unexpected<Fault> unwritable(const std::string& path) {
  return fail(FaultCode::unavailable, "trace.file_unwritable", std::strerror(errno), path);
}

}  // namespace

Result<AnswerFile> AnswerFile::create(const std::string& path) {
  struct stat status {};
  const bool direct = ::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode);
  AnswerFile answer;
  answer.path_ = path;
  answer.written_path_ = direct ? path : path + ".part";
  answer.file_ = ::open(answer.written_path_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | (direct ? 0 : O_TRUNC), 0600);
  if (answer.file_ < 0) return unwritable(path);
  return answer;
}

AnswerFile::AnswerFile(AnswerFile&& other) noexcept
    : path_(std::move(other.path_)),
      written_path_(std::move(other.written_path_)),
      file_(std::exchange(other.file_, -1)),
      failed_(other.failed_) {}

AnswerFile::~AnswerFile() {
  if (file_ < 0) return;
  ::close(file_);
  if (written_path_ != path_) ::unlink(written_path_.c_str());
}

void AnswerFile::write(std::string_view text) {
  while (!text.empty() && !failed_) {
    const ssize_t written = ::write(file_, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) failed_ = true;
    else text.remove_prefix(static_cast<std::size_t>(written));
  }
}

Result<void> AnswerFile::finish() {
  if (failed_) return unwritable(path_);
  if (::close(std::exchange(file_, -1)) != 0) return unwritable(path_);
  if (written_path_ != path_ && ::rename(written_path_.c_str(), path_.c_str()) != 0) return unwritable(path_);
  return {};
}

}  // namespace firstline::trace
