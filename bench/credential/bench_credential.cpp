// firstline_bench_credential --profile hcert|fl|fl_phone --codes N --seconds S: verifications a second, on this thread,
// of N distinct codes by 36 issuers; each code whole: text in, every check done. Prints one JSON object.

#include <chrono>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <iostream>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "credential/base45.hpp"
#include "credential/hcert.hpp"
#include "credential/inflate.hpp"
#include "credential/lists.hpp"
#include "credential/test_fl.hpp"
#include "credential/test_issuer.hpp"

namespace firstline::credential {
namespace {

constexpr int issuers = 36;
using Verify = std::function<bool(std::size_t)>;

// Health certificates of a vaccination each, as issuers make them.
struct Hcert {
  std::vector<CertificateRef> certificates;  // All of them: the key id says which.
  std::vector<std::string> codes;
  HcertVerifier verifier;
  Instant now = Instant(std::chrono::seconds(test::noon));

  explicit Hcert(int count) {
    std::vector<test::Issuer> made;
    for (int i = 0; i < issuers; ++i) {
      made.push_back(test::ec_issuer());
      certificates.push_back(read_certificate(made.back().der).value());
    }
    for (int i = 0; i < count; ++i) {
      test::Recipe recipe;
      recipe.issuer = made[static_cast<std::size_t>(i) % issuers];
      auto pairs = test::dcc_pairs("v");
      pairs[2].second = test::t(fmt::format("19{:02}-{:02}-{:02}", i % 90 + 10, i % 12 + 1, i % 28 + 1));
      pairs.push_back({test::t("x"), test::n(i)});
      recipe.dcc = test::map_of(pairs);
      codes.push_back(recipe.code());
    }
  }
  bool verify(std::size_t i) { return verifier.verify(codes[i], certificates, now).accepted(); }
};

// Our own codes, without a phone's signature or with it (then a code costs two verifications).
struct Own final : IssuerKeys {
  std::vector<test::FlRecipe> made;
  std::vector<std::string> codes;
  KnownRevocations revocations{std::chrono::hours(24)};

  Own(int count, bool with_phone) : made(issuers) {
    for (int i = 0; i < count; ++i) {
      test::FlRecipe& recipe = made[static_cast<std::size_t>(i) % issuers];
      recipe.claims.code_id = fmt::format("{:08}", i);
      if (!with_phone) recipe.claims.holder.reset();
      codes.push_back(recipe.shown());
    }
    std::string revoked;
    for (int i = 0; i < 10'000; ++i) revoked += fmt::format("r{:07}", i);
    (void)revocations.take({1, test::fl_now, test::fl_now + std::chrono::days(7), "620102001001", revoked});
  }
  const IssuerKey* find(std::string_view key_id) const override {
    for (const auto& recipe : made)
      if (recipe.key_id == key_id) return &recipe.trusted;
    return nullptr;
  }
  bool verify(std::size_t i) {
    return verify_fl(codes[i], *this, &revocations, test::fl_now).verdict == FlVerdict::accept;
  }
};

int measure(const std::string& profile, std::size_t codes, double seconds, const Verify& verify) {
  using Clock = std::chrono::steady_clock;
  for (std::size_t i = 0; i < codes; ++i) {
    if (verify(i)) continue;
    std::cerr << "a code was refused\n";
    return EXIT_FAILURE;
  }
  timespec began{}, ended{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &began);
  const auto start = Clock::now();
  const auto until = start + std::chrono::duration<double>(seconds);
  std::size_t done = 0, good = 0;
  while (Clock::now() < until)
    for (int i = 0; i < 64; ++i, ++done) good += verify(done % codes) ? 1 : 0;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &ended);
  if (good != done) return EXIT_FAILURE;
  const double wall = std::chrono::duration<double>(Clock::now() - start).count();
  const double cpu = double(ended.tv_sec - began.tv_sec) + double(ended.tv_nsec - began.tv_nsec) * 1e-9;
  std::cout << fmt::format(R"({{"profile":"{}","verifications":{},"per_second":{:.0f},"per_cpu_second":{:.0f}}})",
                           profile, done, double(done) / wall, double(done) / cpu)
            << '\n';
  return EXIT_SUCCESS;
}

}  // namespace
}  // namespace firstline::credential

int main(int count, char** words) {
  using namespace firstline::credential;
  std::string profile = "hcert";
  int codes = 5000;
  double seconds = 3;
  for (int i = 1; i + 1 < count; i += 2) {
    if (std::strcmp(words[i], "--profile") == 0) profile = words[i + 1];
    else if (std::strcmp(words[i], "--codes") == 0) codes = std::atoi(words[i + 1]);
    else if (std::strcmp(words[i], "--seconds") == 0) seconds = std::atof(words[i + 1]);
    else return 2;
  }
  if (codes < 1) return 2;
  if (profile == "hcert") {
    Hcert hcert(codes);
    return measure(profile, hcert.codes.size(), seconds, [&](std::size_t i) { return hcert.verify(i); });
  }
  if (profile != "fl" && profile != "fl_phone") return 2;
  Own own(codes, profile == "fl_phone");
  return measure(profile, own.codes.size(), seconds, [&](std::size_t i) { return own.verify(i); });
}
