#include "laboratory/pieces.hpp"

namespace firstline::laboratory {
namespace {

constexpr std::string_view entries_name = "entry";

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

}  // namespace

tl::unexpected<Fault> Pieces::refuse(std::string_view reason) const {
  return fail(FaultCode::invalid, reason, {}, "line " + std::to_string(line_));
}

bool Pieces::get(char& c) {
  if (at_ == size_) {
    in_.read(block_.data(), static_cast<std::streamsize>(block_.size()));
    size_ = static_cast<std::size_t>(in_.gcount());
    at_ = 0;
    if (size_ == 0) return false;
  }
  c = block_[at_++];
  return true;
}

// What is kept: everything of a resource, nothing of a Bundle around its entries.
Result<void> Pieces::take(char c) {
  if (in_bundle_ && depth_ <= 1) return {};
  if (text_.size() >= resource_bytes_max) return refuse("fhir.resource_too_large");
  text_ += c;
  return {};
}

void Pieces::in_string(char c) {
  if (escaped_) escaped_ = false;
  else if (c == '\\') escaped_ = true;
  else if (c == '"') quoted_ = false;
  if (depth_ != 1 || in_bundle_) return;
  if (quoted_) {
    if (last_.size() <= entries_name.size()) last_ += c;
  } else {
    entry_seen_ = last_ == entries_name ? 1 : 0;
  }
}

// True when `piece` is whole.
Result<bool> Pieces::step(char c, Piece& piece) {
  if (c == '\n') ++line_;
  if (where_ == Where::between) {
    if (is_blank(c) || static_cast<unsigned char>(c) == 0x1e) return false;
    if (c != '{') return refuse("fhir.not_json");
    where_ = Where::inside;
    begun_ = line_;
    depth_ = 1;
    entries_ = 0;
    in_bundle_ = false;
    entry_seen_ = 0;
    text_ = "{";
    return false;
  }
  if (where_ == Where::among_entries) {
    if (is_blank(c) || c == ',') return false;
    if (c == ']') {
      where_ = Where::inside;
      depth_ = 1;
      return false;
    }
    if (c != '{') return refuse("fhir.not_json");
    where_ = Where::inside;
    depth_ = 3;
    ++entries_;
    text_ = "{";
    return false;
  }
  if (quoted_) {
    in_string(c);
    FL_TRYV(take(c));
    return false;
  }
  if (depth_ == 1 && !is_blank(c) && c != '"') {
    if (entry_seen_ == 2 && c == '[') {
      where_ = Where::among_entries;
      in_bundle_ = true;
      entry_seen_ = 0;
      text_.clear();
      return false;
    }
    entry_seen_ = entry_seen_ == 1 && c == ':' ? 2 : 0;
  }
  if (c == '"') {
    quoted_ = true;
    last_.clear();
  }
  if (c == '{' || c == '[') ++depth_;
  FL_TRYV(take(c));
  if (c != '}' && c != ']') return false;
  --depth_;
  if (depth_ == 2 && in_bundle_ && !text_.empty() && text_.front() == '{') {
    where_ = Where::among_entries;
    piece = {entries_, std::move(text_)};
    text_.clear();
    return true;
  }
  if (depth_ > 0) return false;
  where_ = Where::between;
  if (in_bundle_) return false;
  piece = {begun_, std::move(text_)};
  text_.clear();
  return true;
}

Result<std::optional<Piece>> Pieces::next() {
  Piece piece;
  for (char c = 0; get(c);) {
    // The mark that some programs put before UTF-8.
    if (where_ == Where::between && (c == '\xef' || c == '\xbb' || c == '\xbf') && line_ == 1) continue;
    FL_TRY(const bool whole, step(c, piece));
    if (whole) return std::optional(std::move(piece));
  }
  if (where_ != Where::between) return refuse("fhir.not_json");
  return std::optional<Piece>();
}

}  // namespace firstline::laboratory
