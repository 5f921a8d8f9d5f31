#pragma once

// The web pages that the server hands out: embedded in the program, or read from a folder by a developer.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace firstline::http {

// Views live as long as `owner`, or as the program if there is none.
struct Page {
  std::string_view path;  // "/gate/index.html"
  std::string_view content_type;
  std::string_view etag;               // With its quotes.
  std::string_view raw, gzip, brotli;  // gzip and brotli are empty where they would not help.
  bool immutable = false;              // Its name holds a hash of its content.
  std::shared_ptr<const std::string> owner;
};

class Pages {
 public:
  virtual ~Pages() = default;
  // By exact path, which starts with '/'.
  virtual std::optional<Page> find(std::string_view path) const = 0;
};

// Sorted by path; the table must outlive the pages.
std::unique_ptr<Pages> embedded_pages(const Page* table, std::size_t count);
// Reads each file when it is asked for. Never leaves the folder.
std::unique_ptr<Pages> folder_pages(std::string folder);
// A few pages given at start, then those of `rest`.
std::unique_ptr<Pages> pages_with(std::vector<Page> first, std::unique_ptr<Pages> rest);

std::string_view content_type_of(std::string_view path);

// What a path means: a page, another address, or nothing.
struct PageChoice {
  std::optional<Page> page;
  std::string redirect;  // Location; empty: none.
};
// Applies index.html, the fallback of each page application ("/gate/x" is "/gate/index.html"), "/v/{code}" and
// "/enrol/{code}".
PageChoice choose_page(const Pages& pages, std::string_view path);

}  // namespace firstline::http
