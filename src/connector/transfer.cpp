#include "connector/transfer.hpp"

#include <memory>
#include <mutex>

#include <curl/curl.h>

namespace firstline::connector {
namespace {

constexpr std::size_t answer_bytes_max = 1 << 20;

struct Freed {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Handle = std::unique_ptr<CURL, Freed>;
using Headers = std::unique_ptr<curl_slist, Freed>;

std::size_t take(char* data, std::size_t size, std::size_t count, void* user) {
  auto& body = *static_cast<std::string*>(user);
  if (body.size() + size * count > answer_bytes_max) return 0;  // Ends the transfer.
  body.append(data, size * count);
  return size * count;
}

void add(Headers& headers, const std::string& line) {
  if (curl_slist* longer = curl_slist_append(headers.get(), line.c_str())) {
    static_cast<void>(headers.release());
    headers.reset(longer);
  }
}

}  // namespace

CurlTransfer::CurlTransfer(std::chrono::milliseconds at_most, std::string authority_file)
    : patience_(at_most), authority_file_(std::move(authority_file)) {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

Result<Answer> CurlTransfer::post(const std::string& url, std::string_view body, const std::string& bearer) {
  const Handle handle(curl_easy_init());
  if (!handle) return fail(FaultCode::unavailable, "centre.not_reachable");
  CURL* curl = handle.get();
  Headers headers;
  add(headers, "Content-Type: application/json");
  add(headers, "Expect:");
  if (!bearer.empty()) add(headers, "Authorization: Bearer " + bearer);
  Answer answer;
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_POST, 1L);
  curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.data());
  curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(patience_.count()));
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);  // Several threads.
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &take);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer.body);
  if (!authority_file_.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, authority_file_.c_str());
  const CURLcode outcome = curl_easy_perform(curl);
  if (outcome == CURLE_WRITE_ERROR) return fail(FaultCode::invalid, "centre.bad_answer", "too long");
  if (outcome != CURLE_OK) return fail(FaultCode::unavailable, "centre.not_reachable", curl_easy_strerror(outcome));
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer.status);
  return answer;
}

}  // namespace firstline::connector
