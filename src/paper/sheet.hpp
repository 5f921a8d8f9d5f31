#pragma once

// A notice on paper as PDF: A4, Chinese and English, text that can be selected and searched. Lays out what it is given
// and knows nothing of what it says. The fonts are the system's (Noto Sans CJK); without them there are boxes instead
// of characters, so it says so instead. Safe to call from any thread.

#include <string>
#include <vector>

#include "base/fault.hpp"
#include "base/time.hpp"

namespace firstline::paper {

enum class Style : std::uint8_t { title, heading, body, row, small, signature };

struct Block {
  Style style = Style::body;
  std::string text;
  std::string value;  // Of a row: what stands beside its label.
};

struct Sheet {
  std::string title;  // Of the file.
  std::vector<Block> blocks;
  std::string foot;       // On every page, with its number.
  std::string watermark;  // Across every page; empty: none.
  Instant made_at{};
};

// The file's bytes. Fault unavailable paper.cannot_draw: the fonts are missing, or the page could not be drawn.
Result<std::string> pdf_of(const Sheet& sheet);

}  // namespace firstline::paper
