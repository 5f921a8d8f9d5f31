#include "app/root_key.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "credential/line_text.hpp"
#include "credential/text_codes.hpp"

namespace firstline::app {
namespace {

Result<credential::PrivateKey> make_root_key(const std::string& file) {
  auto made = credential::PrivateKey::make();
  const int out = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  const std::string line = credential::to_base64(made.scalar()) + "\n";
  const bool written =
      out >= 0 && ::write(out, line.data(), line.size()) == static_cast<ssize_t>(line.size()) && ::fsync(out) == 0;
  if (out >= 0) ::close(out);
  if (!written) return fail(FaultCode::unavailable, "root.unwritable", {}, file);
  return made;
}

}  // namespace

Result<credential::PrivateKey> read_root_key(const std::string& file, bool make) {
  if (file.empty()) return fail(FaultCode::invalid, "usage.root_missing", {}, "root");
  if (make) return make_root_key(file);
  struct stat info {};
  if (::stat(file.c_str(), &info) == 0 && (info.st_mode & 077) != 0)
    return fail(FaultCode::invalid, "root.open_to_others", "chmod 600", file);
  FL_TRY(const auto text, credential::read_file(file));
  return credential::PrivateKey::from_scalar(credential::from_base64(text).value_or(""));
}

}  // namespace firstline::app
