// XLSX is a ZIP of XML parts. libzip unpacks, expat reads the parts as they come, so that memory does not grow with a
// sheet that is too large: reading stops at the first limit.

#include <array>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <optional>

#include <expat.h>
#include <unistd.h>
#include <xlsxwriter.h>
#include <zip.h>

#include "intake/table.hpp"
#include "intake/text.hpp"

namespace firstline::intake {
namespace {

constexpr int parts_max = 2000;

tl::unexpected<Fault> refuse(std::string_view reason, int line = 0) {
  return fail(FaultCode::invalid, reason, {}, line ? "line " + std::to_string(line) : std::string());
}

using Archive = std::unique_ptr<zip_t, void (*)(zip_t*)>;

Result<Archive> open_archive(std::string_view bytes) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip_t* archive = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : nullptr;
  if (!archive && source) zip_source_free(source);
  zip_error_fini(&error);
  if (!archive) return refuse("table.not_xlsx");
  Archive open(archive, [](zip_t* each) { zip_discard(each); });
  if (zip_get_num_entries(archive, 0) > parts_max) return refuse("table.not_xlsx");
  return open;
}

// Elements without their namespace's prefix.
std::string_view local(const char* name) {
  const char* colon = std::strrchr(name, ':');
  return colon ? colon + 1 : name;
}
std::string_view attribute(const char** attributes, std::string_view wanted) {
  for (; *attributes; attributes += 2)
    if (local(attributes[0]) == wanted) return attributes[1];
  return {};
}

// What a part's reader does with elements; `fault` stops the reading.
class Part {
 public:
  virtual ~Part() = default;
  virtual void begin(std::string_view name, const char** attributes) = 0;
  virtual void end(std::string_view name) = 0;
  virtual void text(std::string_view more) = 0;

  Result<void> read(zip_t* archive, const std::string& name);

 protected:
  void stop(std::string_view reason, int line = 0) {
    if (!fault_) fault_ = refuse(reason, line).value();
    XML_StopParser(parser_, XML_FALSE);
  }

 private:
  XML_Parser parser_ = nullptr;
  std::optional<Fault> fault_;
};

Result<void> Part::read(zip_t* archive, const std::string& name) {
  zip_stat_t stat;
  if (zip_stat(archive, name.c_str(), ZIP_FL_NOCASE, &stat) != 0) return refuse("table.not_xlsx");
  if ((stat.valid & ZIP_STAT_SIZE) && stat.size > unpacked_bytes_max) return refuse("table.unpacks_too_large");
  const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file(zip_fopen_index(archive, stat.index, 0), zip_fclose);
  if (!file) return refuse("table.protected");
  const std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> parser(XML_ParserCreate(nullptr), XML_ParserFree);
  parser_ = parser.get();
  XML_SetUserData(parser_, this);
  XML_SetElementHandler(
      parser_,
      [](void* self, const char* element, const char** attributes) {
        static_cast<Part*>(self)->begin(local(element), attributes);
      },
      [](void* self, const char* element) { static_cast<Part*>(self)->end(local(element)); });
  XML_SetCharacterDataHandler(parser_, [](void* self, const char* chars, int size) {
    static_cast<Part*>(self)->text({chars, static_cast<std::size_t>(size)});
  });
  std::vector<char> buffer(64 * 1024);
  std::size_t unpacked = 0;
  for (;;) {
    const auto got = zip_fread(file.get(), buffer.data(), buffer.size());
    if (got < 0) return refuse("table.not_xlsx");
    unpacked += static_cast<std::size_t>(got);
    if (unpacked > unpacked_bytes_max) return refuse("table.unpacks_too_large");
    const auto status = XML_Parse(parser_, buffer.data(), static_cast<int>(got), got == 0);
    if (fault_) return tl::unexpected(*fault_);
    if (status != XML_STATUS_OK) return refuse("table.not_xlsx");
    if (got == 0) return {};
  }
}

// xl/workbook.xml: the relation of the first sheet.
class Workbook final : public Part {
 public:
  std::string relation;
  void begin(std::string_view name, const char** attributes) override {
    if (name == "sheet" && relation.empty()) relation = attribute(attributes, "id");
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}
};

class Relations final : public Part {
 public:
  explicit Relations(std::string wanted) : wanted_(std::move(wanted)) {}
  std::string target;
  void begin(std::string_view name, const char** attributes) override {
    if (name == "Relationship" && attribute(attributes, "Id") == wanted_) target = attribute(attributes, "Target");
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}

 private:
  std::string wanted_;
};

class SharedStrings final : public Part {
 public:
  std::vector<std::string> strings;
  void begin(std::string_view name, const char**) override {
    if (name == "si" && strings.size() >= cells_max) return stop("table.too_large");
    if (name == "si") strings.emplace_back();
    if (name == "rPh") phonetic_ = true;
    if (name == "t") inside_ = !phonetic_;
  }
  void end(std::string_view name) override {
    if (name == "t") inside_ = false;
    if (name == "rPh") phonetic_ = false;
  }
  void text(std::string_view more) override {
    if (!inside_ || strings.empty()) return;
    bytes_ += more.size();
    if (bytes_ > text_bytes_max || strings.back().size() + more.size() > cell_bytes_max)
      return stop("table.cell_too_long");
    strings.back() += more;
  }

 private:
  bool inside_ = false, phonetic_ = false;  // Phonetic: how to say it, not what it says.
  std::size_t bytes_ = 0;
};

class Sheet final : public Part {
 public:
  explicit Sheet(const std::vector<std::string>& shared) : shared_(shared) {}
  std::vector<Row> rows;

  void begin(std::string_view name, const char** attributes) override {
    if (name == "row") {
      const auto number = attribute(attributes, "r");
      row_ = Row{number.empty() ? last_line_ + 1 : std::atoi(std::string(number).c_str()), {}};
      last_line_ = row_.line;
    } else if (name == "c") {
      begin_cell(attribute(attributes, "r"), attribute(attributes, "t"));
    } else if (name == "v" || name == "t") {
      inside_ = true;
    }
  }
  void text(std::string_view more) override {
    if (!inside_) return;
    if (value_.size() + more.size() > cell_bytes_max) return stop("table.cell_too_long", row_.line);
    value_ += more;
  }
  void end(std::string_view name) override {
    if (name == "v" || name == "t") inside_ = false;
    if (name == "c") end_cell();
    if (name == "row") end_row();
  }

 private:
  void begin_cell(std::string_view reference, std::string_view type) {
    std::size_t column = row_.cells.size();
    if (!reference.empty()) {
      column = 0;
      for (const char c : reference) {
        if (c < 'A' || c > 'Z' || column > columns_max) break;
        column = column * 26 + static_cast<std::size_t>(c - 'A' + 1);
      }
      column = column > 0 ? column - 1 : 0;
    }
    // Tables are often formatted far to the right of what they hold.
    beyond_ = column >= columns_max;
    if (!beyond_ && column >= row_.cells.size()) {
      cells_ += column + 1 - row_.cells.size();
      if (cells_ > cells_max) return stop("table.too_large", row_.line);
      row_.cells.resize(column + 1);
    }
    column_ = column;
    type_ = type;
    value_.clear();
  }
  void end_cell() {
    std::string text = value_;
    if (type_ == "s") {
      const auto index = static_cast<std::size_t>(std::strtoul(value_.c_str(), nullptr, 10));
      text = index < shared_.size() ? shared_[index] : std::string();
    } else if (type_ == "e") {
      text.clear();  // "#N/A": a formula that failed.
    }
    const auto clean = trimmed(text);
    if (clean.empty()) return;
    if (beyond_) return stop("table.too_many_columns", row_.line);
    bytes_ += clean.size();
    if (bytes_ > text_bytes_max) return stop("table.unpacks_too_large", row_.line);
    row_.cells[column_] = clean;
  }
  void end_row() {
    bool any = false;
    for (const std::string& cell : row_.cells) any = any || !cell.empty();
    // Every row counts against the limit, also the empty ones, of which a sheet can have millions.
    if (++seen_ > rows_max) return stop("table.too_many_rows", row_.line);
    if (any) rows.push_back(std::move(row_));
    row_ = Row{};
  }

  const std::vector<std::string>& shared_;
  Row row_;
  std::size_t column_ = 0, cells_ = 0, bytes_ = 0;
  int last_line_ = 0, seen_ = 0;
  std::string type_, value_;
  bool inside_ = false, beyond_ = false;
};

Result<std::string> first_sheet(zip_t* archive) {
  Workbook workbook;
  FL_TRYV(workbook.read(archive, "xl/workbook.xml"));
  Relations relations(workbook.relation);
  FL_TRYV(relations.read(archive, "xl/_rels/workbook.xml.rels"));
  if (relations.target.empty()) return refuse("table.not_xlsx");
  if (relations.target.starts_with('/')) return relations.target.substr(1);
  return "xl/" + relations.target;
}

}  // namespace

Result<std::vector<Row>> read_xlsx(std::string_view bytes) {
  FL_TRY(const Archive archive, open_archive(bytes));
  FL_TRY(const std::string sheet_name, first_sheet(archive.get()));
  SharedStrings shared;
  if (zip_name_locate(archive.get(), "xl/sharedStrings.xml", ZIP_FL_NOCASE) >= 0)
    FL_TRYV(shared.read(archive.get(), "xl/sharedStrings.xml"));
  Sheet sheet(shared.strings);
  FL_TRYV(sheet.read(archive.get(), sheet_name));
  if (sheet.rows.empty()) return refuse("table.empty");
  return std::move(sheet.rows);
}

Result<std::string> write_xlsx(const std::vector<std::vector<std::string>>& rows) {
  std::string file = (std::filesystem::temp_directory_path() / "firstline-XXXXXX").string();
  const int handle = ::mkstemp(file.data());
  if (handle < 0) return fail(FaultCode::unavailable, "table.no_temporary_file");
  ::close(handle);
  lxw_workbook* book = workbook_new(file.c_str());
  lxw_worksheet* sheet = workbook_add_worksheet(book, nullptr);
  lxw_format* bold = workbook_add_format(book);
  format_set_bold(bold);
  lxw_format* text = workbook_add_format(book);
  format_set_num_format(text, "@");  // Or Excel makes numbers of ID numbers.
  worksheet_set_column(sheet, 0, columns_max - 1, 18, text);
  for (std::size_t y = 0; y < rows.size(); ++y)
    for (std::size_t x = 0; x < rows[y].size(); ++x)
      worksheet_write_string(sheet, static_cast<lxw_row_t>(y), static_cast<lxw_col_t>(x), rows[y][x].c_str(),
                             y == 0 ? bold : text);
  const auto written = workbook_close(book);
  std::ifstream in(file, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  std::filesystem::remove(file);
  if (written != LXW_NO_ERROR || bytes.empty()) return fail(FaultCode::unavailable, "table.no_temporary_file");
  return bytes;
}

}  // namespace firstline::intake
