#include "credential/cose.hpp"

namespace firstline::credential {
namespace {

constexpr std::uint64_t sign1_tag = 18, cwt_tag = 61;
constexpr std::int64_t algorithm_label = 1, critical_label = 2, key_id_label = 4;

tl::unexpected<Fault> refuse(std::string_view reason) { return fail(FaultCode::invalid, reason); }

// The array behind the tags that the rules allow.
Result<CborValue> opened(CborValue value, CoseRules rules) {
  const bool strict = rules == CoseRules::strict;
  if (!value.is(CborKind::tag)) return strict ? Result<CborValue>(refuse("cose.tag")) : Result<CborValue>(value);
  if (!strict && value.item().number == cwt_tag) {
    value = value.first();
    if (!value.is(CborKind::tag)) return refuse("cose.tag");
  }
  if (value.item().number != sign1_tag) return refuse("cose.tag");
  return value.first();
}

bool has(CborValue header, std::int64_t label) { return header.find(label).has_value(); }

// Our formats know no header that must be understood.
bool is_critical(CborValue header) { return has(header, critical_label); }

void append_head(std::string& out, std::size_t length) {
  if (length < 24) {
    out += static_cast<char>(0x40 + length);
    return;
  }
  const int width = length <= 0xff ? 1 : length <= 0xffff ? 2 : 4;
  out += static_cast<char>(width == 1 ? 0x58 : width == 2 ? 0x59 : 0x5a);
  for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) out += static_cast<char>((length >> shift) & 0xff);
}

void append_signed(std::string& out, std::string_view header, std::string_view payload, std::string_view external) {
  out.clear();
  out.reserve(header.size() + payload.size() + external.size() + 32);
  out += "\x84\x6aSignature1";
  for (const std::string_view part : {header, external, payload}) {
    append_head(out, part.size());
    out += part;
  }
}

}  // namespace

Result<void> CoseReader::read(std::string_view octets, CoseRules rules, std::size_t bytes_max) {
  FL_TRYV(
      envelope_.read(octets, rules == CoseRules::strict ? CborRules::deterministic : CborRules::lenient, bytes_max));
  return read(envelope_.root(), rules);
}

Result<void> CoseReader::read(CborValue envelope, CoseRules rules) {
  const bool strict = rules == CoseRules::strict;
  message_ = {};
  FL_TRY(const CborValue array, opened(envelope, rules));
  if (!array.is(CborKind::array) || array.item().count != 4) return refuse("cose.shape");
  const CborValue protected_part = array.first(), unprotected = protected_part.following(),
                  payload = unprotected.following(), signature = payload.following();
  if (!protected_part.octets()) return refuse("cose.protected");
  if (!unprotected.is(CborKind::map)) return refuse("cose.unprotected");
  if (strict && unprotected.item().count != 0) return refuse("cose.unprotected");
  if (payload.is(CborKind::null)) return refuse("cose.detached");
  if (!payload.octets() || !signature.octets()) return refuse("cose.shape");
  message_.payload = *payload.octets();
  message_.signature = *signature.octets();
  message_.protected_header = *protected_part.octets();
  if (is_critical(unprotected)) return refuse("cose.critical");

  std::optional<CborValue> header;
  if (!message_.protected_header.empty()) {
    FL_TRYV(header_.read(message_.protected_header, strict ? CborRules::deterministic : CborRules::lenient));
    header = header_.root();
    if (!header->is(CborKind::map)) return refuse("cose.protected");
    if (is_critical(*header)) return refuse("cose.critical");
    if (header->item().count == 0) message_.protected_header = {};
  }
  if (strict && (!header || header->item().count != 2 || !has(*header, algorithm_label) || !has(*header, key_id_label)))
    return refuse("cose.protected");

  const auto header_value = [&](std::int64_t label) {
    auto value = header ? header->find(label) : std::nullopt;
    return value ? value : unprotected.find(label);
  };
  if (const auto algorithm = header_value(algorithm_label)) message_.algorithm = algorithm->integer();
  if (const auto key_id = header_value(key_id_label)) {
    message_.key_id = key_id->octets();
    if (!message_.key_id) return refuse("cose.protected");
  }
  return {};
}

std::string_view CoseReader::signed_octets(std::string_view external) {
  append_signed(to_be_signed_, message_.protected_header, message_.payload, external);
  return to_be_signed_;
}

std::string signed_octets(std::string_view protected_header, std::string_view payload, std::string_view external) {
  std::string out;
  append_signed(out, protected_header, payload, external);
  return out;
}

}  // namespace firstline::credential
