// The messages of RFC 9052's test set (cose-wg/Examples, sign1-tests) and what follows from them.

#include "credential/cose.hpp"

#include <sstream>

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include "credential/keys.hpp"
#include "credential/lines.hpp"
#include "credential/test_issuer.hpp"
#include "credential/text_codes.hpp"

namespace firstline::credential {
namespace {

// The key "11" of that set.
const std::string key_json =
    R"({"kty":"EC","kid":"11","crv":"P-256","x":"usWxHK2PmfnHKwXPS54m0kTcGJ90UiglWiGahtagnv8","y":"IBOL-C3BttVivg-lSreASjpkttcsz-1rb7btKLv8EX4"})";
const std::string body = "546869732069732074686520636F6E74656E742E";  // "This is the content."
const std::string r = "EAE868ECC176883766C5DC5BA5B8DCA25DAB3C2E56A551CE5705B793914348E1";
const std::string s = "9F43D6C6BA654472DA301B645B293C9BA939295B97C4BDB847782BFF384C5794";

struct Vector {
  const char* what;
  std::string hex, external, expected;  // Verdict, stage, reason.
};

TEST(Cose, messages_of_the_test_set) {
  const std::string good = "D28443A10126A10442313154" + body + "5840" + r + s;
  const Vector vectors[] = {
      {"sign-pass-01",
       "D28441A0A201260442313154" + body + "5840" + r +
           "1A02E5F0344BF2D4EE5C7FD75A68A9F5E0B3CC1F1FC1409C189566586FF9D610",
       "", "accept ok "},
      {"sign-pass-02",
       "D28443A10126A10442313154" + body + "5840" + r +
           "55388B10C4F1B59A6733EAB416870A945111A4B2FBDBEF33A77234B1DEFF2F9B",
       "11aa22bb33cc44dd55006699", "accept ok "},
      {"sign-pass-03", good.substr(2), "", "accept ok "},
      {"with its tag", good, "", "accept ok "},
      {"sign-pass-02 without what is outside",
       "D28443A10126A10442313154" + body + "5840" + r +
           "55388B10C4F1B59A6733EAB416870A945111A4B2FBDBEF33A77234B1DEFF2F9B",
       "", "reject signature SIGNATURE_WRONG"},
      {"another tag", "D903E6" + good.substr(2), "", "reject cose COSE_TAG"},
      {"a changed payload", "D28443A10126A10442313154" + body.substr(0, 38) + "2F5840" + r + s, "",
       "reject signature SIGNATURE_WRONG"},
      {"sign-fail-03", "D28445A1013903E6A10442313154" + body + "5840" + r + s, "", "reject alg ALG_UNSUPPORTED"},
      {"an algorithm by name", "D2844AA10167756E6B6E6F776EA10442313154" + body + "5840" + r + s, "",
       "reject alg ALG_MISSING"},
      {"something more is protected", "D28445A201260300A10442313154" + body + "5840" + r + s, "",
       "reject signature SIGNATURE_WRONG"},
      {"nothing is protected", "D28440A201260442313154" + body + "5840" + r + s, "",
       "reject signature SIGNATURE_WRONG"},
      {"one octet too few", "D28443A10126A10442313154" + body + "583F" + r + s.substr(2), "",
       "reject signature SIGNATURE_LENGTH"},
      {"cut short", good.substr(0, good.size() - 2), "", "reject cose CBOR_TRUNCATED"},
      {"nothing", "", "", "reject cose CBOR_TRUNCATED"},
  };
  for (const Vector& vector : vectors) {
    const std::string line =
        R"({"id":7,"hex":")" + vector.hex + R"(","key":)" + key_json + R"(,"external":")" + vector.external + R"("})";
    const auto answer = cose_answer(line);
    ASSERT_TRUE(answer) << vector.what << " " << answer.error().reason << answer.error().where;
    const auto read = boost::json::parse(*answer).as_object();
    EXPECT_EQ(read.at("id"), 7);
    const auto text = [&](const char* name) {
      return read.at(name).is_string() ? std::string(read.at(name).get_string()) : "";
    };
    EXPECT_EQ(text("verdict") + " " + text("stage") + " " + text("reason"), vector.expected) << vector.what;
  }
}

TEST(Cose, what_is_signed) {
  CoseReader reader;
  const std::string octets = *from_hex("D28441A0A201260442313154" + body + "40");
  ASSERT_TRUE(reader.read(octets, CoseRules::lenient));
  EXPECT_EQ(to_hex(reader.signed_octets()),
            "846a5369676e61747572653140405454686973206973207468652063" + to_hex("ontent."));
  EXPECT_EQ(signed_octets("", std::string(300, 'x')).size(), 1 + 11 + 1 + 1 + 3 + 300u);
}

TEST(Cose, strict_rules) {
  const std::string header = CborWriter().map(2).integer(1).integer(-7).integer(4).octets("keykeyke").take();
  const auto strict = [](const std::string& octets) {
    CoseReader reader;
    const auto read = reader.read(octets, CoseRules::strict);
    return read ? "read" : read.error().reason;
  };
  const auto message = [](std::string_view tag, std::string_view head, std::string_view other) {
    return CborWriter().raw(tag).array(4).octets(head).raw(other).octets("x").octets("y").take();
  };
  EXPECT_EQ(strict(message("\xd2", header, "\xa0")), "read");
  EXPECT_EQ(strict(message("", header, "\xa0")), "cose.tag");
  EXPECT_EQ(strict(message("\xd8\x3d\xd2", header, "\xa0")), "cose.tag");
  EXPECT_EQ(strict(message("\xd2", header, "\xa1\x05\x40")), "cose.unprotected");
  EXPECT_EQ(strict(message("\xd2", "", "\xa0")), "cose.protected");
  EXPECT_EQ(strict(message("\xd2", "\xa1\x01\x26", "\xa0")), "cose.protected");
  EXPECT_EQ(strict(message("\xd2", "\xa3\x01\x26\x04\x40\x05\x40", "\xa0")), "cose.protected");
  EXPECT_EQ(strict(message("\xd2", "\xa2\x04\x40\x01\x26", "\xa0")), "cbor.not_deterministic");
  EXPECT_EQ(strict(message("\xd8\x12", header, "\xa0")), "cbor.not_deterministic");
}

TEST(Keys, there_and_back) {
  const PrivateKey key = PrivateKey::make();
  const PublicKey known = key.public_key();
  const auto again = PrivateKey::from_scalar(key.scalar());
  ASSERT_TRUE(again);
  for (const std::string& point : {known.point(), known.compressed(), again->public_key().point()}) {
    const auto read = PublicKey::from_point(point);
    ASSERT_TRUE(read);
    EXPECT_EQ(key_id_of(*read), key_id_of(known));
    EXPECT_EQ(read->verify(algorithm_es256, "text", key.sign("text")), SignatureAnswer::good);
    EXPECT_EQ(read->verify(algorithm_es256, "texts", key.sign("text")), SignatureAnswer::wrong);
    EXPECT_EQ(read->verify(algorithm_ps256, "text", key.sign("text")), SignatureAnswer::wrong_key_kind);
  }
  EXPECT_FALSE(PrivateKey::from_scalar(std::string(32, '\0')));
  EXPECT_FALSE(PrivateKey::from_scalar(std::string(32, '\xff')));
  EXPECT_FALSE(PrivateKey::from_scalar("short"));
  EXPECT_FALSE(PublicKey::from_point(std::string(65, '\4')));
  EXPECT_FALSE(PublicKey::from_point(std::string(1, '\0')));
  EXPECT_FALSE(PublicKey::from_der("x"));
}

}  // namespace
}  // namespace firstline::credential
