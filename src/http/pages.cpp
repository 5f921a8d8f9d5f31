#include "http/pages.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace firstline::http {
namespace {

class EmbeddedPages final : public Pages {
 public:
  EmbeddedPages(const Page* table, std::size_t count) : table_(table), count_(count) {}
  std::optional<Page> find(std::string_view path) const override {
    const Page* const end = table_ + count_;
    const Page* const at =
        std::lower_bound(table_, end, path, [](const Page& page, std::string_view p) { return page.path < p; });
    if (at == end || at->path != path) return std::nullopt;
    return *at;
  }

 private:
  const Page* table_;
  std::size_t count_;
};

class FolderPages final : public Pages {
 public:
  explicit FolderPages(std::string folder) : folder_(std::move(folder)) {}
  std::optional<Page> find(std::string_view path) const override {
    if (path.find("..") != path.npos || path.find('\\') != path.npos || path.ends_with('/')) return std::nullopt;
    // Opening a folder succeeds, reading it throws.
    std::error_code error;
    if (!std::filesystem::is_regular_file(folder_ + std::string(path), error)) return std::nullopt;
    std::ifstream file(folder_ + std::string(path), std::ios::binary);
    if (!file) return std::nullopt;
    auto text = std::make_shared<std::string>(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    if (file.bad()) return std::nullopt;
    Page page;
    page.content_type = content_type_of(path);
    page.raw = *text;
    page.owner = std::move(text);
    return page;
  }

 private:
  std::string folder_;
};

class PagesWith final : public Pages {
 public:
  PagesWith(std::vector<Page> first, std::unique_ptr<Pages> rest) : first_(std::move(first)), rest_(std::move(rest)) {}
  std::optional<Page> find(std::string_view path) const override {
    for (const Page& page : first_)
      if (page.path == path) return page;
    return rest_->find(path);
  }

 private:
  std::vector<Page> first_;
  std::unique_ptr<Pages> rest_;
};

// A code in an address stands for itself only; anything else could bend the redirect.
bool plain_code(std::string_view code) {
  return !code.empty() && code.size() <= 128 && std::all_of(code.begin(), code.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' ||
           c == '.';
  });
}

}  // namespace

std::unique_ptr<Pages> embedded_pages(const Page* table, std::size_t count) {
  return std::make_unique<EmbeddedPages>(table, count);
}
std::unique_ptr<Pages> folder_pages(std::string folder) { return std::make_unique<FolderPages>(std::move(folder)); }
std::unique_ptr<Pages> pages_with(std::vector<Page> first, std::unique_ptr<Pages> rest) {
  return std::make_unique<PagesWith>(std::move(first), std::move(rest));
}

std::string_view content_type_of(std::string_view path) {
  static constexpr std::pair<std::string_view, std::string_view> types[] = {
      {".html", "text/html; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".mjs", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".json", "application/json"},
      {".webmanifest", "application/manifest+json"},
      {".wasm", "application/wasm"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".ico", "image/x-icon"},
      {".webp", "image/webp"},
      {".jpg", "image/jpeg"},
      {".woff2", "font/woff2"},
      {".mp3", "audio/mpeg"},
      {".ogg", "audio/ogg"},
      {".wav", "audio/wav"},
      {".txt", "text/plain; charset=utf-8"},
      {".crt", "application/x-x509-ca-cert"},
  };
  for (const auto& [ending, type] : types)
    if (path.ends_with(ending)) return type;
  return "application/octet-stream";
}

PageChoice choose_page(const Pages& pages, std::string_view path) {
  if (path.starts_with("/v/") && plain_code(path.substr(3)))
    return {{}, "/resident/#/scan/" + std::string(path.substr(3))};
  if (path.starts_with("/enrol/") && plain_code(path.substr(7)))
    return {{}, "/gate/#/enrol/" + std::string(path.substr(7))};
  if (path == "/") {
    for (const char* home : {"/index.html", "/home/index.html", "/landing/index.html"})
      if (auto index = pages.find(home))
        return std::string_view(home) == "/index.html"
                   ? PageChoice{std::move(index), {}}
                   : PageChoice{{}, std::string(home, std::string_view(home).rfind('/') + 1)};
    return {};
  }
  if (path.ends_with('/')) {
    if (auto index = pages.find(std::string(path) + "index.html")) return {std::move(index), {}};
  } else if (auto page = pages.find(path)) {
    return {std::move(page), {}};
  }
  // Inside a page application every address without a file ending is the application itself.
  const std::size_t second = path.find('/', 1);
  const std::string_view last = path.substr(path.rfind('/') + 1);
  if (last.find('.') != last.npos) return {};
  const std::string root(path.substr(0, second));
  if (root.size() <= 1) return {};
  auto index = pages.find(root + "/index.html");
  if (!index) return {};
  if (second == path.npos) return {{}, root + "/"};
  return {std::move(index), {}};
}

}  // namespace firstline::http
