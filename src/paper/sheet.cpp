#include "paper/sheet.hpp"

#include <memory>

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

namespace firstline::paper {
namespace {

// Points of 1/72 inch.
constexpr double width = 595.28, height = 841.89, margin = 52, label_width = 104, gap = 4;
constexpr const char* family = "Noto Sans CJK SC";

struct Look {
  double size;
  bool bold;
  PangoAlignment align;
  double before;
};
Look look_of(Style style) {
  switch (style) {
    case Style::title:
      return {18, true, PANGO_ALIGN_CENTER, 0};
    case Style::heading:
      return {11.5, true, PANGO_ALIGN_LEFT, 8};
    case Style::body:
    case Style::row:
      return {10, false, PANGO_ALIGN_LEFT, 2};
    case Style::small:
      return {8.5, false, PANGO_ALIGN_LEFT, 2};
    case Style::signature:
      return {11, false, PANGO_ALIGN_RIGHT, 8};
  }
  return {10, false, PANGO_ALIGN_LEFT, 2};
}

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template <class Object>
using Held = std::unique_ptr<Object, Unref>;

cairo_status_t append(void* closure, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

class Page {
 public:
  Page(const Sheet& sheet, std::string& bytes)
      : sheet_(sheet),
        surface_(cairo_pdf_surface_create_for_stream(append, &bytes, width, height)),
        cairo_(cairo_create(surface_)),
        fonts_(pango_cairo_font_map_new()),
        context_(pango_font_map_create_context(fonts_.get())) {
    cairo_pdf_surface_set_metadata(surface_, CAIRO_PDF_METADATA_TITLE, sheet.title.c_str());
    cairo_pdf_surface_set_metadata(surface_, CAIRO_PDF_METADATA_CREATOR, "Firstline");
    cairo_pdf_surface_set_metadata(surface_, CAIRO_PDF_METADATA_CREATE_DATE, format_instant(sheet.made_at).c_str());
    begin();
  }
  Page(const Page&) = delete;
  Page& operator=(const Page&) = delete;
  ~Page() {
    cairo_destroy(cairo_);
    cairo_surface_destroy(surface_);
  }

  bool has_fonts() {
    const Held<PangoLayout> layout = laid_out("社区", {10, false, PANGO_ALIGN_LEFT, 0}, width);
    return pango_layout_get_unknown_glyphs_count(layout.get()) == 0;
  }
  void add(const Block& block) {
    const Look look = look_of(block.style);
    const bool row = block.style == Style::row;
    const double left = row ? margin + label_width + gap : margin;
    const Held<PangoLayout> main = laid_out(row ? block.value : block.text, look, width - margin - left);
    const Held<PangoLayout> label = row ? laid_out(block.text, look, label_width) : nullptr;
    const double tall = std::max(height_of(main.get()), label ? height_of(label.get()) : 0.0);
    // A heading does not stand alone at the foot.
    const double with_it = block.style == Style::heading ? 44 : 0;
    if (y_ + look.before + tall + with_it > height - margin - 14) {
      end();
      begin();
    }
    y_ += look.before;
    show(main.get(), left, y_);
    if (label) {
      show(label.get(), margin, y_);
      line(y_ + tall + 2);
    }
    y_ += tall + (block.style == Style::title ? 8 : gap);
  }
  // False if anything could not be drawn.
  bool finish() {
    end();
    cairo_surface_finish(surface_);
    return cairo_status(cairo_) == CAIRO_STATUS_SUCCESS && cairo_surface_status(surface_) == CAIRO_STATUS_SUCCESS;
  }

 private:
  Held<PangoLayout> laid_out(const std::string& text, const Look& look, double wide) {
    Held<PangoLayout> layout(pango_layout_new(context_.get()));
    PangoFontDescription* font = pango_font_description_new();
    pango_font_description_set_family(font, family);
    pango_font_description_set_absolute_size(font, look.size * PANGO_SCALE);
    pango_font_description_set_weight(font, look.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout.get(), font);
    pango_font_description_free(font);
    pango_layout_set_width(layout.get(), static_cast<int>(wide * PANGO_SCALE));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout.get(), look.align);
    pango_layout_set_line_spacing(layout.get(), 1.12F);
    pango_layout_set_text(layout.get(), text.c_str(), static_cast<int>(text.size()));
    return layout;
  }
  static double height_of(PangoLayout* layout) {
    int tall = 0;
    pango_layout_get_size(layout, nullptr, &tall);
    return static_cast<double>(tall) / PANGO_SCALE;
  }
  void show(PangoLayout* layout, double x, double y) {
    cairo_move_to(cairo_, x, y);
    pango_cairo_show_layout(cairo_, layout);
  }
  void line(double y) {
    cairo_save(cairo_);
    cairo_set_source_rgb(cairo_, 0.6, 0.6, 0.6);
    cairo_set_line_width(cairo_, 0.4);
    cairo_move_to(cairo_, margin, y);
    cairo_line_to(cairo_, width - margin, y);
    cairo_stroke(cairo_);
    cairo_restore(cairo_);
  }
  void begin() {
    ++number_;
    y_ = margin;
    if (sheet_.watermark.empty()) return;
    cairo_save(cairo_);
    cairo_set_source_rgb(cairo_, 0.88, 0.88, 0.88);
    cairo_translate(cairo_, 90, height - 190);
    cairo_rotate(cairo_, -0.75);
    const Held<PangoLayout> layout = laid_out(sheet_.watermark, {56, true, PANGO_ALIGN_CENTER, 0}, 720);
    show(layout.get(), 0, 0);
    cairo_restore(cairo_);
  }
  void end() {
    const std::string foot = sheet_.foot + "    " + std::to_string(number_);
    const Held<PangoLayout> layout = laid_out(foot, {8, false, PANGO_ALIGN_LEFT, 0}, width - 2 * margin);
    line(height - margin - 6);
    show(layout.get(), margin, height - margin);
    cairo_show_page(cairo_);
  }

  const Sheet& sheet_;
  cairo_surface_t* surface_;
  cairo_t* cairo_;
  Held<PangoFontMap> fonts_;
  Held<PangoContext> context_;
  double y_ = 0;
  int number_ = 0;
};

}  // namespace

Result<std::string> pdf_of(const Sheet& sheet) {
  std::string bytes;
  Page page(sheet, bytes);
  if (!page.has_fonts()) return fail(FaultCode::unavailable, "paper.cannot_draw", "no font for Chinese");
  for (const Block& block : sheet.blocks) page.add(block);
  if (!page.finish()) return fail(FaultCode::unavailable, "paper.cannot_draw");
  return bytes;
}

}  // namespace firstline::paper
