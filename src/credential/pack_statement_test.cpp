// What a gate's phone checks of a pack, case by case. web/shared/credential/pack_vectors.json holds the same cases for
// the phone; FIRSTLINE_WRITE_VECTORS=1 writes it anew (see vectors_test.cpp).

#include "credential/pack_statement.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include "credential/test_fl.hpp"
#include "credential/text_codes.hpp"
#include "json/json.hpp"

namespace firstline::credential {
namespace {

using namespace std::chrono_literals;
namespace bj = boost::json;

const std::string file = std::string(FL_SOURCE_DIR) + "/web/shared/credential/pack_vectors.json";
const std::string issuer = "620102001001";

// A pack with everything in order, and what a case may want otherwise.
struct Recipe {
  Instant now = test::fl_now;
  PrivateKey root = PrivateKey::make(), signer = PrivateKey::make(), stranger = PrivateKey::make();
  std::string text = R"({"format":2,"version":"4711","homes":[{"label":"3-2-501 王*明"}],"visits":[]})";
  std::string gate = "77", trusted_issuer = issuer;
  bool withdrawn = false, by_stranger = false;
  PackStatement statement{"4711", now - 1h, now + 23h, issuer, "77", {}};
  std::function<std::string(std::string)> payload, octets;

  Recipe() {
    statement.digest = sha256(text);
    payload = octets = [](std::string s) { return s; };
  }
  std::string trust_list() const {
    TrustList list;
    list.number = 1, list.issued_at = now - 24h, list.not_after = now + std::chrono::days(90);
    list.keys = {{key_id_of(signer.public_key()), signer.public_key(), trusted_issuer, now - std::chrono::days(10),
                  now + std::chrono::days(80), withdrawn}};
    return encode_trust_list(list, root);
  }
  std::string signature() const {
    const PrivateKey& key = by_stranger ? stranger : signer;
    const std::string key_id = key_id_of(key.public_key());
    CoseReader message;
    const std::string plain = encode_pack_statement(statement, key_id, key);
    EXPECT_TRUE(message.read(plain, CoseRules::strict));
    const std::string said = payload(std::string(message.message().payload));
    return octets(make_cose(algorithm_es256, key_id, said, [&](std::string_view signed_by) -> Result<std::string> {
                    return key.sign(signed_by);
                  }).value());
  }
};

struct Case {
  const char* what;
  void (*spoil)(Recipe&);
  const char* reason;  // Empty: taken.
};
const Case cases[] = {
    {"in order", [](Recipe&) {}, ""},
    {"until its last second", [](Recipe& r) { r.statement.not_after = r.now; }, ""},
    {"a second later", [](Recipe& r) { r.statement.not_after = r.now - 1s; }, "pack.too_old"},
    {"one letter of the text is another", [](Recipe& r) { r.text[12] = '7'; }, "pack.other_text"},
    {"something behind the text", [](Recipe& r) { r.text += ' '; }, "pack.other_text"},
    {"the pack of another gate", [](Recipe& r) { r.gate = "78"; }, "pack.other_gate"},
    {"a key that nobody trusts", [](Recipe& r) { r.by_stranger = true; }, "list.root_unknown"},
    {"a withdrawn key", [](Recipe& r) { r.withdrawn = true; }, "list.root_unknown"},
    {"another community's key", [](Recipe& r) { r.trusted_issuer = "620102001002"; }, "list.shape"},
    {"a bit of the signature",
     [](Recipe& r) {
       r.octets = [](std::string s) {
         s.back() ^= 1;
         return s;
       };
     },
     "list.signature"},
    {"a revocation list instead",
     [](Recipe& r) {
       r.payload = [](std::string) {
         return CborWriter()
             .map(6)
             .integer(1)
             .integer(2)
             .integer(2)
             .integer(1)
             .integer(3)
             .integer(1'647'316'800)
             .integer(4)
             .integer(1'647'416'800)
             .integer(5)
             .text(issuer)
             .integer(6)
             .octets("")
             .take();
       };
     },
     "list.shape"},
    {"a digest that is too short", [](Recipe& r) { r.statement.digest.pop_back(); }, "list.shape"},
    {"one member more",
     [](Recipe& r) {
       r.payload = [](std::string s) {
         return test::flipped_count(std::move(s), 1) + CborWriter().integer(8).integer(0).take();
       };
     },
     "list.shape"},
    {"a member twice",
     [](Recipe& r) {
       r.payload = [](std::string s) {
         return test::flipped_count(std::move(s), 1) + CborWriter().integer(7).integer(0).take();
       };
     },
     "cbor.duplicate_key"},
    {"cut short", [](Recipe& r) { r.octets = [](std::string s) { return s.substr(0, s.size() - 1); }; },
     "cbor.truncated"},
    {"something behind the message", [](Recipe& r) { r.octets = [](std::string s) { return s + '\0'; }; },
     "cbor.trailing"},
    {"without its tag", [](Recipe& r) { r.octets = [](std::string s) { return s.substr(1); }; }, "cose.tag"},
};

std::string reason_of(std::string_view root, std::string_view trust_list, std::string_view signature,
                      std::string_view text, std::string_view gate, Instant now) {
  const auto key = PublicKey::from_point(root);
  const auto trust = read_trust_list(trust_list, *key, now);
  EXPECT_TRUE(trust);
  const auto checked = check_pack(signature, *trust, text, gate, now);
  return checked ? "" : checked.error().reason;
}

TEST(PackStatement, IsTakenOnlyIfAllOfItHolds) {
  for (const Case& row : cases) {
    Recipe recipe;
    row.spoil(recipe);
    EXPECT_EQ(reason_of(recipe.root.public_key().point(), recipe.trust_list(), recipe.signature(), recipe.text,
                        recipe.gate, recipe.now),
              row.reason)
        << row.what;
  }
}

TEST(PackStatement, NoBitOfItMayBeAnother) {
  const Recipe recipe;
  const std::string whole = recipe.signature();
  const auto trust = read_trust_list(recipe.trust_list(), recipe.root.public_key(), recipe.now).value();
  for (std::size_t at = 0; at < whole.size() * 8; ++at) {
    std::string bent = whole;
    bent[at / 8] = static_cast<char>(bent[at / 8] ^ (1 << at % 8));
    EXPECT_FALSE(check_pack(bent, trust, recipe.text, recipe.gate, recipe.now)) << at;
  }
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(check_pack(whole.substr(0, size), trust, recipe.text, recipe.gate, recipe.now)) << size;
}

TEST(PackStatement, VectorsHoldEveryCase) {
  if (std::getenv("FIRSTLINE_WRITE_VECTORS")) {
    std::ofstream out(file);
    for (const Case& row : cases) {
      Recipe r;
      row.spoil(r);
      out << (&row == cases ? "[\n" : ",\n")
          << json::write(bj::value{{"what", row.what},
                                   {"root", to_base64(r.root.public_key().point())},
                                   {"trust_list", to_base64(r.trust_list())},
                                   {"pack", r.text},
                                   {"signature", to_base64(r.signature())},
                                   {"gate", r.gate},
                                   {"now", to_millis(r.now)},
                                   {"reason", row.reason}});
    }
    out << "\n]\n";
  }
  std::ifstream in(file);
  const bj::value read = bj::parse(std::string((std::istreambuf_iterator<char>(in)), {}));
  ASSERT_EQ(read.as_array().size(), std::size(cases)) << "stale: run credential_test with FIRSTLINE_WRITE_VECTORS=1";
  for (std::size_t i = 0; i < std::size(cases); ++i) {
    const auto& vector = read.as_array()[i].as_object();
    const auto text = [&](const char* name) { return std::string(vector.at(name).as_string()); };
    EXPECT_EQ(text("what"), cases[i].what) << "stale";
    EXPECT_EQ(reason_of(*from_base64(text("root")), *from_base64(text("trust_list")), *from_base64(text("signature")),
                        text("pack"), text("gate"), from_millis(vector.at("now").as_int64())),
              text("reason"))
        << cases[i].what;
    EXPECT_EQ(text("reason"), cases[i].reason) << cases[i].what << " is stale";
  }
}

}  // namespace
}  // namespace firstline::credential
