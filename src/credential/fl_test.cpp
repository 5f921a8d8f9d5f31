// Our own codes: a row for every reason to refuse one, the lists that gates carry, and how large a code can get.

#include "credential/fl.hpp"

#include <gtest/gtest.h>
#include <qrcodegen/qrcodegen.hpp>

#include "credential/base45.hpp"
#include "credential/lists.hpp"
#include "credential/test_fl_cases.hpp"

namespace firstline::credential {
namespace {

using namespace test;
using namespace std::chrono_literals;
using namespace std::string_literals;

TEST(Fl, every_flag_of_every_case) {
  int asked = 0;
  for (const FlCase& row : fl_cases) {
    FlRecipe recipe;
    row.spoil(recipe);
    const FlReading reading = recipe.read();
    EXPECT_EQ(fl_marks(reading.checks), row.marks) << row.what;
    EXPECT_EQ(reading.reason, row.reason) << row.what;
    EXPECT_EQ(reading.verdict, row.verdict) << row.what;
    ++asked;
  }
  std::printf("%d of our own codes, right and wrong\n", asked);
}

TEST(Fl, claims_come_back_as_they_were) {
  const FlClaims full = largest_claims();
  const auto read = decode_claims(encode_claims(full));
  ASSERT_TRUE(read) << read.error().reason;
  EXPECT_EQ(*read, full);
  EXPECT_FALSE(FlRecipe().read().copyable);
}

TEST(Fl, no_bit_may_be_changed) {
  FlRecipe recipe;
  const std::string octets = from_base45(recipe.shown().substr(4)).value();
  int asked = 0;
  for (std::size_t i = 0; i < octets.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit, ++asked) {
      std::string changed = octets;
      changed[i] = static_cast<char>(changed[i] ^ (1 << bit));
      recipe.text = [&](auto) { return fl_text(changed); };
      ASSERT_NE(recipe.read().verdict, FlVerdict::accept) << i << "." << bit;
    }
  }
  std::printf("%d changed bits\n", asked);
}

int version_of(const std::string& text, const qrcodegen::QrCode::Ecc& level) {
  const auto segment = qrcodegen::QrSegment::makeAlphanumeric(text.c_str());
  return qrcodegen::QrCode::encodeSegments({segment}, level, 1, 40, -1, false).getVersion();
}

// Screens are read at level M, paper at Q; version 13 is the largest that a keeper's phone reads well.
TEST(Fl, the_largest_code_is_version_13) {
  FlRecipe recipe;
  recipe.claims = largest_claims();
  const std::string screen = recipe.shown();
  EXPECT_LE(version_of(screen, qrcodegen::QrCode::Ecc::MEDIUM), 13) << screen.size();
  recipe.claims.holder.reset();
  recipe.claims.photo_hash = std::string(8, '\xfe');
  recipe.claims.paper = FlPaper::disabled;
  const std::string paper = recipe.shown();
  EXPECT_LE(version_of(paper, qrcodegen::QrCode::Ecc::QUARTILE), 13) << paper.size();
  std::printf("largest on a screen %zu characters, version %d M; on paper %zu, version %d Q\n", screen.size(),
              version_of(screen, qrcodegen::QrCode::Ecc::MEDIUM), paper.size(),
              version_of(paper, qrcodegen::QrCode::Ecc::QUARTILE));
}

TEST(Lists, trust) {
  FlRecipe recipe;
  const PrivateKey root = PrivateKey::make();
  TrustList list;
  list.number = 3, list.issued_at = recipe.now, list.not_after = recipe.now + 24h;
  for (int i = 0; i < 40; ++i) {
    const PublicKey key = PrivateKey::make().public_key();
    list.keys.push_back({key_id_of(key), key, "620102001001", recipe.now, recipe.now + 24h, i == 7});
  }
  const std::string octets = encode_trust_list(list, root);
  const auto read = read_trust_list(octets, root.public_key(), recipe.now);
  ASSERT_TRUE(read) << read.error().reason;
  EXPECT_EQ(read->number, 3);
  for (const IssuerKey& key : list.keys) ASSERT_TRUE(read->find(key.key_id));
  EXPECT_TRUE(read->find(list.keys[7].key_id)->withdrawn);
  EXPECT_FALSE(read->find("otherkey"));
  const auto reason = [&](const std::string& text, const PrivateKey& by, Instant now) {
    const auto again = read_trust_list(text, by.public_key(), now);
    return again ? "read" : again.error().reason;
  };
  EXPECT_EQ(reason(octets, root, recipe.now + 24h), "read");
  EXPECT_EQ(reason(octets, root, recipe.now + 24h + 1s), "list.too_old");
  EXPECT_EQ(reason(octets, PrivateKey::make(), recipe.now), "list.root_unknown");
  std::string changed = octets;
  changed[200] ^= 1;
  EXPECT_EQ(reason(changed, root, recipe.now), "list.signature");
  list.keys.front().key_id = "otherkey";  // Not its key's own.
  EXPECT_EQ(reason(encode_trust_list(list, root), root, recipe.now), "list.shape");
  RevocationList other{1, recipe.now, recipe.now, "x", {}};
  EXPECT_EQ(reason(encode_revocations(other, key_id_of(root.public_key()), root), root, recipe.now), "list.shape");
}

TEST(Lists, revocations) {
  FlRecipe recipe;
  const auto reason = [&](const RevocationList& list, const PrivateKey& key) {
    const auto read = read_revocations(encode_revocations(list, recipe.key_id, key), recipe);
    return read ? "read" : read.error().reason;
  };
  RevocationList list{5, recipe.now, recipe.now + 24h, recipe.claims.issuer, "aaaaaaaabbbbbbbbcccccccc"};
  EXPECT_EQ(reason(list, recipe.signer), "read");
  for (const char* id : {"aaaaaaaa", "bbbbbbbb", "cccccccc"}) EXPECT_TRUE(list.holds(id));
  for (const char* id : {"aaaaaaab", "00000000", "zzzzzzzz", "aaaaaaa", ""}) EXPECT_FALSE(list.holds(id));
  EXPECT_EQ(reason(list, PrivateKey::make()), "list.signature");
  for (const char* ids : {"bbbbbbbbaaaaaaaa", "aaaaaaaaaaaaaaaa"}) {
    list.code_ids = ids;
    EXPECT_EQ(reason(list, recipe.signer), "list.order");
  }
  list.code_ids = "aaaaaaaab";
  EXPECT_EQ(reason(list, recipe.signer), "list.shape");
  list.code_ids.clear();
  list.issuer = "620102001002";
  EXPECT_EQ(reason(list, recipe.signer), "list.shape");  // A community revokes its own codes only.
  list.issuer = recipe.claims.issuer;
  std::string many;
  for (int i = 0; i < 100'000; ++i)
    for (int shift = 56; shift >= 0; shift -= 8) many += static_cast<char>((std::uint64_t(i) >> shift) & 0xff);
  list.code_ids = many;
  EXPECT_EQ(reason(list, recipe.signer), "read");
  KnownRevocations known(24h);
  EXPECT_TRUE(known.take(list));
  list.number = 4;
  EXPECT_EQ(known.take(list).error().reason, "list.older_than_known");
}

}  // namespace
}  // namespace firstline::credential
