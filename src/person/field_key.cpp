#include "person/field_key.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/check.hpp"

namespace firstline::person {
namespace {

constexpr std::size_t secret_bytes = 32;
constexpr int key_uses = static_cast<int>(KeyUse::pack_tag);
constexpr std::byte format{1};
constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(secret_bytes == crypto_kdf_KEYBYTES && sizeof(Digest) == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

unsigned char* raw(std::byte* p) { return reinterpret_cast<unsigned char*>(p); }
const unsigned char* raw(const std::byte* p) { return reinterpret_cast<const unsigned char*>(p); }
const unsigned char* raw(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

// "table.column.row": what a sealed field is bound to.
std::string bound_to(Field field, std::int64_t row_id) {
  std::string text;
  text.reserve(field.table.size() + field.column.size() + 22);
  text.append(field.table).append(1, '.').append(field.column).append(1, '.').append(std::to_string(row_id));
  return text;
}

struct File {
  int descriptor;
  ~File() {
    if (descriptor >= 0) ::close(descriptor);
  }
};

Result<FieldKey> read_key(int descriptor) {
  struct stat info {};
  if (::fstat(descriptor, &info) != 0) return fail(FaultCode::unavailable, "field_key.unreadable", "fstat failed");
  if ((info.st_mode & 077) != 0) {
    return fail(FaultCode::invalid, "field_key.open_to_others",
                "the key file must be readable by its owner only (chmod 600)");
  }
  std::array<std::byte, secret_bytes + 1> buffer{};
  const auto got = ::read(descriptor, buffer.data(), buffer.size());
  if (got != static_cast<ssize_t>(secret_bytes)) return fail(FaultCode::invalid, "field_key.wrong_size");
  FieldKey key(std::span<const std::byte, secret_bytes>(buffer.data(), secret_bytes));
  sodium_memzero(buffer.data(), buffer.size());
  return key;
}

// Written beside and linked into place, so that two starting nodes end up with one key and a crash leaves none or all.
Result<void> make_key(const std::string& file, Random& random) {
  const std::string draft = file + ".new." + std::to_string(::getpid());
  std::array<std::byte, secret_bytes> secret;
  random.fill(secret);
  {
    const File out{::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
    const bool written = out.descriptor >= 0 &&
                         ::write(out.descriptor, secret.data(), secret.size()) == static_cast<ssize_t>(secret.size()) &&
                         ::fsync(out.descriptor) == 0;
    sodium_memzero(secret.data(), secret.size());
    if (!written) return fail(FaultCode::unavailable, "field_key.unwritable");
  }
  const int linked = ::link(draft.c_str(), file.c_str());
  const bool taken = linked != 0 && errno == EEXIST;
  ::unlink(draft.c_str());
  if (linked != 0 && !taken) return fail(FaultCode::unavailable, "field_key.unwritable");
  return {};
}

}  // namespace

struct FieldKey::Subkeys {
  std::array<Digest, key_uses> keys;
  const Digest& of(KeyUse use) const { return keys[static_cast<std::size_t>(use) - 1]; }
};

FieldKey::FieldKey(std::span<const std::byte, 32> secret) : keys_(std::make_unique<Subkeys>()) {
  FL_CHECK(sodium_init() >= 0);
  for (int use = 1; use <= key_uses; ++use) {
    auto& key = keys_->keys[static_cast<std::size_t>(use) - 1];
    crypto_kdf_derive_from_key(raw(key.data()), key.size(), static_cast<std::uint64_t>(use), "firstlin",
                               raw(secret.data()));
  }
}
FieldKey::FieldKey(FieldKey&&) noexcept = default;
FieldKey& FieldKey::operator=(FieldKey&&) noexcept = default;
FieldKey::~FieldKey() {
  if (keys_) sodium_memzero(keys_.get(), sizeof(Subkeys));
}

Result<FieldKey> FieldKey::load_or_create(const std::string& file, Random& random) {
  const auto folder = std::filesystem::path(file).parent_path();
  std::error_code error;
  if (!folder.empty() && std::filesystem::create_directories(folder, error)) ::chmod(folder.c_str(), 0700);
  for (int attempt = 0; attempt < 2; ++attempt) {
    const File in{::open(file.c_str(), O_RDONLY | O_CLOEXEC)};
    if (in.descriptor >= 0) return read_key(in.descriptor);
    if (errno != ENOENT) break;
    FL_TRYV(make_key(file, random));
  }
  return fail(FaultCode::unavailable, "field_key.unreadable");
}

Bytes FieldKey::seal(Random& random, Field field, std::int64_t row_id, std::string_view clear) const {
  Bytes sealed(1 + nonce_bytes + clear.size() + tag_bytes);
  sealed[0] = format;
  const std::span nonce(sealed.data() + 1, nonce_bytes);
  random.fill(nonce);
  const std::string bound = bound_to(field, row_id);
  crypto_aead_xchacha20poly1305_ietf_encrypt(raw(sealed.data() + 1 + nonce_bytes), nullptr, raw(clear), clear.size(),
                                             raw(bound), bound.size(), nullptr, raw(nonce.data()),
                                             raw(keys_->of(KeyUse::seal).data()));
  return sealed;
}

Result<std::string> FieldKey::open(Field field, std::int64_t row_id, std::span<const std::byte> sealed) const {
  const auto refuse = [&] {
    return fail(FaultCode::corrupt, "field.sealed_elsewhere_or_changed",
                std::string(field.table) + "." + std::string(field.column));
  };
  if (sealed.size() < 1 + nonce_bytes + tag_bytes || sealed[0] != format) return refuse();
  const auto body = sealed.subspan(1 + nonce_bytes);
  const std::string bound = bound_to(field, row_id);
  std::string clear(body.size() - tag_bytes, '\0');
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(reinterpret_cast<unsigned char*>(clear.data()), nullptr, nullptr,
                                                 raw(body.data()), body.size(), raw(bound), bound.size(),
                                                 raw(sealed.data() + 1), raw(keys_->of(KeyUse::seal).data())) != 0) {
    return refuse();
  }
  return clear;
}

Digest FieldKey::mac(KeyUse use, std::string_view text) const {
  Digest digest;
  const Digest& key = keys_->of(use);
  crypto_generichash(raw(digest.data()), digest.size(), raw(text), text.size(), raw(key.data()), key.size());
  return digest;
}

Digest FieldKey::search_hash(std::string_view column, std::string_view normalised) const {
  std::string text(column);
  text.append(1, '\0').append(normalised);
  const Digest digest = mac(KeyUse::search, text);
  sodium_memzero(text.data(), text.size());
  return digest;
}

bool equal_in_constant_time(std::span<const std::byte> a, std::span<const std::byte> b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace firstline::person
