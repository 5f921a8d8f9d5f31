#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>

#include "credential/cbor.hpp"

namespace firstline::credential {
namespace {

tl::unexpected<Fault> refuse(std::string_view reason) { return fail(FaultCode::invalid, reason); }

double real_of_half(unsigned bits) {
  const unsigned exponent = (bits >> 10) & 0x1f, fraction = bits & 0x3ff;
  double value;
  if (exponent == 0) value = std::ldexp(fraction, -24);
  else if (exponent != 31) value = std::ldexp(fraction + 1024, static_cast<int>(exponent) - 25);
  else value = fraction == 0 ? std::numeric_limits<double>::infinity() : std::numeric_limits<double>::quiet_NaN();
  return (bits & 0x8000) != 0 ? -value : value;
}

template <class Real, class Bits>
double real_of(std::uint64_t argument) {
  const auto bits = static_cast<Bits>(argument);
  Real value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

bool may_be_key(CborKind kind) { return kind <= CborKind::text; }

// An order in which equal keys are neighbours, however they were written.
bool key_before(const CborItem& a, const CborItem& b) {
  if (a.kind != b.kind) return a.kind < b.kind;
  if (a.kind <= CborKind::negative_integer) return a.number < b.number;
  return a.octets < b.octets;
}
bool same_key(const CborItem& a, const CborItem& b) {
  return a.kind == b.kind && (a.kind <= CborKind::negative_integer ? a.number == b.number : a.octets == b.octets);
}

}  // namespace

class CborReader {
 public:
  CborReader(Cbor& out, std::string_view bytes, CborRules rules)
      : out_(out), bytes_(bytes), strict_(rules == CborRules::deterministic) {}

  Result<void> document(std::size_t bytes_max) {
    out_.items_.clear();
    out_.joined_.clear();
    if (bytes_.size() > bytes_max) return refuse("cbor.too_large");
    do {
      FL_TRYV(one());
    } while (depth_ > 0);
    if (at_ != bytes_.size()) return refuse("cbor.trailing");
    return {};
  }

 private:
  // What is open: an array, a map or a tag.
  struct Frame {
    std::uint32_t item = 0;
    std::uint64_t left = 0;  // Items still to come; of an open length: items so far.
    bool open_length = false;
    bool map = false;
    std::string_view previous_key;  // As encoded; deterministic only.
  };

  std::size_t left() const { return bytes_.size() - at_; }
  Frame& top() { return frames_[static_cast<std::size_t>(depth_) - 1]; }

  bool expects_key() const {
    if (depth_ == 0) return false;
    const Frame& frame = frames_[static_cast<std::size_t>(depth_) - 1];
    return frame.map && frame.left % 2 == 0;  // Both ways of counting are even before a key.
  }

  struct Head {
    unsigned major = 0, info = 0;
    std::uint64_t argument = 0;
    bool open_length = false;
  };

  Result<Head> head() {
    if (left() == 0) return refuse("cbor.truncated");
    const unsigned byte = static_cast<unsigned char>(bytes_[at_++]);
    Head head{byte >> 5u, byte & 0x1fu, byte & 0x1fu, false};
    if (head.info < 24) return head;
    if (head.info == 31) {
      if (head.major == 0 || head.major == 1 || head.major == 6) return refuse("cbor.malformed");
      head.open_length = true;
      return head;
    }
    if (head.info > 27) return refuse("cbor.malformed");
    const std::size_t width = std::size_t{1} << (head.info - 24);
    if (left() < width) return refuse("cbor.truncated");
    head.argument = 0;
    for (std::size_t i = 0; i < width; ++i)
      head.argument = (head.argument << 8) | static_cast<unsigned char>(bytes_[at_++]);
    if (strict_ && head.major != 7) {
      const std::uint64_t least = width == 1 ? 24 : std::uint64_t{1} << (4 * width);
      if (head.argument < least) return refuse("cbor.not_deterministic");
    }
    return head;
  }

  Result<void> one() {
    const std::size_t began = at_;
    const bool key = expects_key();
    FL_TRY(const Head head, this->head());
    if (head.major == 7 && head.open_length) return end_of_open_length();
    if (head.open_length && strict_) return refuse("cbor.not_deterministic");
    const auto index = static_cast<std::uint32_t>(out_.items_.size());
    CborItem& item = out_.items_.emplace_back();
    item.next = index + 1;
    bool opened = false;
    switch (head.major) {
      case 0:
      case 1:
        item.kind = head.major == 0 ? CborKind::unsigned_integer : CborKind::negative_integer;
        item.number = head.argument;
        break;
      case 2:
      case 3:
        item.kind = head.major == 2 ? CborKind::octets : CborKind::text;
        FL_TRYV(string(head, item));
        break;
      case 4:
      case 5: {
        item.kind = head.major == 4 ? CborKind::array : CborKind::map;
        FL_TRY(opened, open(head, item, index));
        break;
      }
      case 6:
        item.kind = CborKind::tag;
        item.number = head.argument;
        FL_TRYV(push({index, 1, false, false, {}}));
        opened = true;
        break;
      default:
        FL_TRYV(simple(head, item));
    }
    if (key) {
      const CborItem& made = out_.items_[index];
      if (!may_be_key(made.kind)) return refuse("cbor.key_kind");
      if (strict_) FL_TRYV(in_order(bytes_.substr(began, at_ - began)));
    }
    return opened ? Result<void>() : finished();
  }

  Result<void> in_order(std::string_view key) {
    Frame& frame = top();
    if (!frame.previous_key.empty() && key <= frame.previous_key)
      return refuse(key == frame.previous_key ? "cbor.duplicate_key" : "cbor.not_deterministic");
    frame.previous_key = key;
    return {};
  }

  Result<void> push(Frame frame) {
    if (depth_ == cbor_depth_max) return refuse("cbor.too_deep");
    frames_[static_cast<std::size_t>(depth_++)] = frame;
    return {};
  }

  // Whether it has something inside, to be read next.
  Result<bool> open(const Head& head, CborItem& item, std::uint32_t index) {
    const bool map = item.kind == CborKind::map;
    if (!head.open_length) {
      if (head.argument > left() / (map ? 2 : 1)) return refuse("cbor.truncated");
      item.count = static_cast<std::uint32_t>(head.argument);
      if (head.argument == 0) {
        if (depth_ == cbor_depth_max) return refuse("cbor.too_deep");
        return false;
      }
    }
    FL_TRYV(push({index, head.open_length ? 0 : head.argument * (map ? 2 : 1), head.open_length, map, {}}));
    return true;
  }

  Result<void> string(const Head& head, CborItem& item) {
    if (!head.open_length) {
      if (head.argument > left()) return refuse("cbor.truncated");
      item.octets = bytes_.substr(at_, head.argument);
      at_ += head.argument;
      if (item.kind == CborKind::text && !is_utf8(item.octets)) return refuse("cbor.not_utf8");
      return {};
    }
    std::string& joined = out_.joined_;
    joined.reserve(bytes_.size());
    const std::size_t from = joined.size();
    while (true) {
      FL_TRY(const Head piece, this->head());
      if (piece.major == 7 && piece.open_length) break;
      if (piece.major != head.major || piece.open_length) return refuse("cbor.malformed");
      if (piece.argument > left()) return refuse("cbor.truncated");
      const std::string_view part = bytes_.substr(at_, piece.argument);
      if (item.kind == CborKind::text && !is_utf8(part)) return refuse("cbor.not_utf8");
      joined += part;
      at_ += piece.argument;
    }
    item.octets = std::string_view(joined).substr(from);
    return {};
  }

  Result<void> simple(const Head& head, CborItem& item) {
    switch (head.info) {
      case 20:
      case 21:
        item.kind = CborKind::boolean;
        item.number = head.info - 20;
        return {};
      case 22:
        item.kind = CborKind::null;
        return {};
      case 23:
        item.kind = CborKind::undefined;
        break;
      case 25:
        item.kind = CborKind::real;
        item.real = real_of_half(static_cast<unsigned>(head.argument));
        break;
      case 26:
        item.kind = CborKind::real;
        item.real = real_of<float, std::uint32_t>(head.argument);
        break;
      case 27:
        item.kind = CborKind::real;
        item.real = real_of<double, std::uint64_t>(head.argument);
        break;
      default:
        return refuse("cbor.malformed");  // Simple values that nobody has given a meaning.
    }
    return strict_ ? refuse("cbor.not_deterministic") : Result<void>();
  }

  Result<void> end_of_open_length() {
    if (depth_ == 0 || !top().open_length) return refuse("cbor.malformed");
    const Frame& frame = top();
    if (frame.map && frame.left % 2 != 0) return refuse("cbor.malformed");
    out_.items_[frame.item].count = static_cast<std::uint32_t>(frame.map ? frame.left / 2 : frame.left);
    FL_TRYV(close());
    return finished();
  }

  // An item is whole; so may be what holds it, and what holds that.
  Result<void> finished() {
    while (depth_ > 0) {
      Frame& frame = top();
      if (frame.open_length) {
        ++frame.left;
        return {};
      }
      if (--frame.left > 0) return {};
      FL_TRYV(close());
    }
    return {};
  }

  Result<void> close() {
    const Frame& frame = top();
    out_.items_[frame.item].next = static_cast<std::uint32_t>(out_.items_.size());
    if (frame.map && !strict_ && has_duplicates(frame.item)) return refuse("cbor.duplicate_key");
    --depth_;
    return {};
  }

  bool has_duplicates(std::uint32_t map) {
    const std::vector<CborItem>& items = out_.items_;
    const std::uint32_t count = items[map].count;
    constexpr std::uint32_t pairwise_max = 16;
    if (count <= pairwise_max) {
      std::array<std::uint32_t, pairwise_max> keys;
      std::uint32_t at = map + 1;
      for (std::uint32_t i = 0; i < count; ++i) {
        keys[i] = at;
        for (std::uint32_t j = 0; j < i; ++j)
          if (same_key(items[keys[j]], items[at])) return true;
        at = items[at + 1].next;
      }
      return false;
    }
    std::vector<std::uint32_t> keys;
    keys.reserve(count);
    for (std::uint32_t i = 0, at = map + 1; i < count; ++i, at = items[at + 1].next) keys.push_back(at);
    std::sort(keys.begin(), keys.end(), [&](auto a, auto b) { return key_before(items[a], items[b]); });
    return std::adjacent_find(keys.begin(), keys.end(), [&](auto a, auto b) { return same_key(items[a], items[b]); }) !=
           keys.end();
  }

  Cbor& out_;
  const std::string_view bytes_;
  const bool strict_;
  std::size_t at_ = 0;
  std::array<Frame, cbor_depth_max> frames_;
  int depth_ = 0;
};

Result<void> Cbor::read(std::string_view bytes, CborRules rules, std::size_t bytes_max) {
  return CborReader(*this, bytes, rules).document(bytes_max);
}

const CborItem& CborValue::item() const { return document_->items()[index_]; }

std::optional<std::int64_t> CborValue::integer() const {
  const CborItem& it = item();
  if (it.kind > CborKind::negative_integer || it.number > std::uint64_t{INT64_MAX}) return std::nullopt;
  const auto number = static_cast<std::int64_t>(it.number);
  return it.kind == CborKind::unsigned_integer ? number : -1 - number;
}
std::optional<std::string_view> CborValue::octets() const {
  return is(CborKind::octets) ? std::optional(item().octets) : std::nullopt;
}
std::optional<std::string_view> CborValue::text() const {
  return is(CborKind::text) ? std::optional(item().octets) : std::nullopt;
}

CborValue CborValue::untagged() const {
  CborValue value = *this;
  while (value.is(CborKind::tag)) value = value.first();
  return value;
}

std::optional<CborValue> CborValue::find(std::int64_t key) const {
  if (!is(CborKind::map)) return std::nullopt;
  std::uint32_t at = index_ + 1;
  for (std::uint32_t i = 0; i < item().count; ++i) {
    const CborValue here(*document_, at);
    if (here.kind() <= CborKind::negative_integer && here.integer() == key) return here.following();
    at = here.following().item().next;
  }
  return std::nullopt;
}
std::optional<CborValue> CborValue::find(std::string_view key) const {
  if (!is(CborKind::map)) return std::nullopt;
  std::uint32_t at = index_ + 1;
  for (std::uint32_t i = 0; i < item().count; ++i) {
    const CborValue here(*document_, at);
    if (here.is(CborKind::text) && here.item().octets == key) return here.following();
    at = here.following().item().next;
  }
  return std::nullopt;
}

bool is_utf8(std::string_view text) {
  const auto* p = reinterpret_cast<const unsigned char*>(text.data());
  const auto* const end = p + text.size();
  while (p < end) {
    if (*p < 0x80) {
      ++p;
      continue;
    }
    const int more = *p >= 0xc2 && *p <= 0xdf ? 1 : (*p & 0xf0) == 0xe0 ? 2 : *p >= 0xf0 && *p <= 0xf4 ? 3 : 0;
    if (more == 0 || end - p <= more) return false;
    // The second octet says whether it is too long a form, a surrogate or beyond the last character.
    const unsigned char second = p[1];
    if ((*p == 0xe0 && second < 0xa0) || (*p == 0xed && second > 0x9f) || (*p == 0xf0 && second < 0x90) ||
        (*p == 0xf4 && second > 0x8f))
      return false;
    for (int i = 1; i <= more; ++i)
      if ((p[i] & 0xc0) != 0x80) return false;
    p += more + 1;
  }
  return true;
}

}  // namespace firstline::credential
