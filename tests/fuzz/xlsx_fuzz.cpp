// The sheet of an XLSX, inside a book that is whole; and the bytes as a book.

#include <cstdint>
#include <cstdlib>
#include <string>

#include <zip.h>

#include "intake/table.hpp"

namespace {

// A ZIP in memory with these bytes as its sheet.
std::string book_of(const std::uint8_t* data, std::size_t size) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* memory = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(memory);
  zip_t* book = zip_open_from_source(memory, ZIP_TRUNCATE, &error);
  const auto put = [book](const char* name, const void* bytes, std::size_t count) {
    const auto index = zip_file_add(book, name, zip_source_buffer(book, bytes, count, 0), ZIP_FL_OVERWRITE);
    zip_set_file_compression(book, static_cast<zip_uint64_t>(index), ZIP_CM_STORE, 0);
  };
  const std::string workbook = "<w><sheet id='r'/></w>", relations = "<r><Relationship Id='r' Target='s.xml'/></r>";
  put("xl/workbook.xml", workbook.data(), workbook.size());
  put("xl/_rels/workbook.xml.rels", relations.data(), relations.size());
  put("xl/s.xml", data, size);
  if (zip_close(book) != 0) std::abort();
  zip_source_open(memory);
  zip_source_seek(memory, 0, SEEK_END);
  std::string bytes(static_cast<std::size_t>(zip_source_tell(memory)), '\0');
  zip_source_seek(memory, 0, SEEK_SET);
  zip_source_read(memory, bytes.data(), bytes.size());
  zip_source_close(memory);
  zip_source_free(memory);
  zip_error_fini(&error);
  return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace firstline::intake;
  (void)read_xlsx({reinterpret_cast<const char*>(data), size});
  if (const auto rows = read_xlsx(book_of(data, size))) {
    for (const Row& row : *rows)
      if (row.cells.size() > columns_max) std::abort();
  }
  return 0;
}
