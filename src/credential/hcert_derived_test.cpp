// Refusals derived from one good certificate, whose truth follows from how they are made: every bit of every part,
// every length of every layer, every key twice, parts swapped between two certificates. Each must fail at the stage
// that it breaks, not merely somewhere.

#include <gtest/gtest.h>

#include "credential/hcert.hpp"
#include "credential/test_issuer.hpp"

namespace firstline::credential {
namespace {

using namespace test;

class Derived : public ::testing::Test {
 protected:
  static Recipe usual(const Issuer& by) {
    Recipe recipe;
    recipe.issuer = by;
    return recipe;
  }
  HcertReading read(const std::string& qr) {
    ++asked_;
    return verifier_.verify(qr, certificates_, Instant(std::chrono::seconds(noon)));
  }
  HcertReading read_cose(const std::string& cose) { return read("HC1:" + to_base45(deflate(cose))); }
  static std::string said(const HcertReading& reading) {
    return std::string(name_of(reading.stage)) + " " + reading.reason;
  }
  static std::string flipped(std::string octets, std::size_t bit) {
    octets[bit / 8] = static_cast<char>(octets[bit / 8] ^ (1 << bit % 8));
    return octets;
  }
  void TearDown() override { std::printf("%d derived\n", asked_); }

  const Issuer one_ = ec_issuer(), other_ = ec_issuer();
  const Recipe recipe_ = usual(one_);
  const std::string cose_ = recipe_.cose_octets();
  const CertificateRef certificates_[2] = {read_certificate(one_.der).value(), read_certificate(other_.der).value()};
  HcertVerifier verifier_;
  int asked_ = 0;
};

TEST_F(Derived, every_bit_of_the_signature) {
  for (std::size_t bit = (cose_.size() - 64) * 8; bit < cose_.size() * 8; ++bit)
    EXPECT_EQ(said(read_cose(flipped(cose_, bit))), "signature SIGNATURE_WRONG") << bit;
}

// What can still be read must fail at the signature; what cannot, at the claims, and then nothing later is asked.
TEST_F(Derived, every_bit_of_the_payload) {
  const std::string payload = recipe_.payload();
  const std::size_t begins = cose_.find(payload);
  ASSERT_NE(begins, cose_.npos);
  int readable = 0;
  for (std::size_t bit = begins * 8; bit < (begins + payload.size()) * 8; ++bit) {
    const HcertReading reading = read_cose(flipped(cose_, bit));
    if (reading.checks.cwt.value_or(false)) {
      ++readable;
      EXPECT_EQ(reading.checks.signature, false) << bit;
      EXPECT_EQ(reading.stage, Stage::signature) << bit << " " << reading.reason;
    } else {
      EXPECT_EQ(reading.stage, Stage::cwt) << bit << " " << reading.reason;
      EXPECT_FALSE(reading.checks.kid || reading.checks.signature || reading.checks.time) << bit;
    }
  }
  EXPECT_GT(readable, 500);
}

TEST_F(Derived, every_bit_of_the_protected_header) {
  const std::string header = recipe_.header();
  const std::size_t begins = cose_.find(header);
  ASSERT_NE(begins, cose_.npos);
  for (std::size_t bit = begins * 8; bit < (begins + header.size()) * 8; ++bit) {
    const HcertReading reading = read_cose(flipped(cose_, bit));
    const bool in_key_id = bit / 8 >= begins + header.size() - 8;
    if (in_key_id) EXPECT_EQ(said(reading), "kid KID_UNKNOWN") << bit;
    else
      EXPECT_TRUE(reading.stage == Stage::cose || reading.stage == Stage::kid || reading.stage == Stage::alg ||
                  reading.stage == Stage::signature)
          << bit << " " << said(reading);
    EXPECT_NE(reading.checks.signature, true) << bit;
  }
}

TEST_F(Derived, every_length_of_every_layer) {
  for (std::size_t size = 0; size < cose_.size(); ++size)
    EXPECT_EQ(said(read_cose(cose_.substr(0, size))), "cose CBOR_TRUNCATED") << size;
  const std::string packed = deflate(cose_);
  for (std::size_t size = 0; size < packed.size(); ++size)
    EXPECT_EQ(said(read("HC1:" + to_base45(packed.substr(0, size)))), "zlib ZLIB_TRUNCATED") << size;
  const std::string text = recipe_.code();
  for (std::size_t size = 0; size < text.size(); ++size) {
    const std::string answer = said(read(text.substr(0, size)));
    if (size < 4) EXPECT_EQ(answer, "context CONTEXT_UNKNOWN") << size;
    else if (size % 3 == 2) EXPECT_EQ(answer, "base45 BASE45_LENGTH") << size;  // Four of context, and one alone.
    else if (size % 3 == 1) EXPECT_EQ(answer, "zlib ZLIB_TRUNCATED") << size;
    else  // Two of three characters say one octet, if they can.
      EXPECT_TRUE(answer == "zlib ZLIB_TRUNCATED" || answer == "base45 BASE45_VALUE") << size << " " << answer;
  }
}

TEST_F(Derived, every_key_twice) {
  const Pairs dcc = dcc_pairs();
  for (std::size_t i = 0; i < dcc.size(); ++i) {
    Recipe twice = usual(one_);
    Pairs pairs = dcc;
    pairs.push_back(dcc[i]);
    twice.dcc = map_of(pairs);
    EXPECT_EQ(said(read(twice.code())), "cwt CBOR_DUPLICATE_KEY") << i;
  }
  const Pairs claims{
      {n(1), t("AT")}, {n(4), n(noon + day)}, {n(6), n(noon - day)}, {n(-260), map_of({{n(1), map_of(dcc)}})}};
  for (std::size_t i = 0; i < claims.size(); ++i) {
    Recipe twice = usual(one_);
    Pairs pairs = claims;
    pairs.push_back(claims[i]);
    twice.claims = map_of(pairs);
    EXPECT_EQ(said(read(twice.code())), "cwt CBOR_DUPLICATE_KEY") << i;
  }
  const std::string key_id = CborWriter().octets(one_.key_id).take();
  for (const auto& [label, value] : Pairs{{n(1), n(-7)}, {n(4), key_id}}) {
    Recipe twice = usual(one_);
    twice.protected_pairs = map_of({{n(1), n(-7)}, {n(4), key_id}, {label, value}});
    EXPECT_EQ(said(read(twice.code())), "cose CBOR_DUPLICATE_KEY");
    twice = usual(one_);
    twice.unprotected = map_of({{label, value}, {label, value}});
    EXPECT_EQ(said(read(twice.code())), "cose CBOR_DUPLICATE_KEY");
  }
}

TEST_F(Derived, parts_of_two_certificates_swapped) {
  Recipe theirs = usual(other_);
  theirs.dcc = map_of(dcc_pairs("t"));
  const std::string their_signature = theirs.cose_octets().substr(theirs.cose_octets().size() - 64);
  Recipe mixed = usual(one_);
  mixed.signature = [&](std::string) { return their_signature; };
  EXPECT_EQ(said(read(mixed.code())), "signature SIGNATURE_WRONG");
  mixed = usual(one_);
  mixed.protected_pairs = theirs.header();
  EXPECT_EQ(said(read(mixed.code())), "signature SIGNATURE_WRONG") << "another trusted key named";
  std::string cose = cose_;
  const std::string payload = recipe_.payload();
  const std::string longer = theirs.payload();
  const std::string head = CborWriter().octets(payload).take(), other_head = CborWriter().octets(longer).take();
  cose.replace(cose.find(head), head.size(), other_head);
  EXPECT_EQ(said(read_cose(cose)), "signature SIGNATURE_WRONG") << "another payload under the same signature";
}

// A bomb at every layer that can swell, and stopped before it has swollen.
TEST_F(Derived, bombs) {
  for (const int megabytes : {1, 30, 100})
    EXPECT_EQ(said(read("HC1:" + to_base45(deflate(std::string(static_cast<std::size_t>(megabytes) << 20, '\0'))))),
              "zlib ZLIB_TOO_LARGE");
  // Zeros behind a good message count as octets, not as a message.
  EXPECT_EQ(said(read_cose(cose_ + std::string(40'000, '\0'))), "cose CBOR_TRAILING");
  // An array that says it holds four thousand million items.
  EXPECT_EQ(said(read_cose(std::string("\xd2\x9a\xff\xff\xff\xff", 6))), "cose CBOR_TRUNCATED");
  EXPECT_EQ(said(read_cose(std::string("\xd2\x84\x5a\xff\xff\xff\xff", 7))), "cose CBOR_TRUNCATED");
}

}  // namespace
}  // namespace firstline::credential
