// web/shared/credential/vectors.json: the cases of our own codes for the verifier on the phone. A signature is never
// the same twice, so the file is kept and proved: every case stands in it, and this verifier says of it what it should.
// FIRSTLINE_WRITE_VECTORS=1 writes it anew.

#include <cstdlib>
#include <fstream>
#include <iterator>

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include "credential/test_fl_cases.hpp"
#include "credential/text_codes.hpp"
#include "json/json.hpp"

namespace firstline::credential {
namespace {

using namespace test;
namespace bj = boost::json;

const std::string file = std::string(FL_SOURCE_DIR) + "/web/shared/credential/vectors.json";

std::string verdict_name(FlVerdict verdict) {
  return verdict == FlVerdict::accept ? "accept" : verdict == FlVerdict::reject ? "reject" : "unknown";
}

bj::object vector_of(const FlCase& row) {
  FlRecipe recipe;
  row.spoil(recipe);
  const PrivateKey root = PrivateKey::make(), lister = PrivateKey::make();
  const std::string lister_id = key_id_of(lister.public_key()), issuer = "620102001001";
  TrustList trust;
  trust.number = 1, trust.issued_at = recipe.now, trust.not_after = recipe.now + std::chrono::days(90);
  trust.keys = {recipe.trusted, {lister_id, lister.public_key(), issuer, recipe.now - 24h, recipe.now + 24h, false}};
  bj::object vector{{"what", row.what},
                    {"text", recipe.shown()},
                    {"now", to_millis(recipe.now)},
                    {"root", to_base64(root.public_key().point())},
                    {"trust_list", to_base64(encode_trust_list(trust, root))},
                    {"revocations", nullptr},
                    {"marks", row.marks},
                    {"reason", row.reason},
                    {"verdict", verdict_name(row.verdict)}};
  if (recipe.list_age)
    vector["revocations"] = to_base64(encode_revocations(
        {1, recipe.now - *recipe.list_age, recipe.now + std::chrono::days(7), issuer, recipe.revoked}, lister_id,
        lister));
  return vector;
}

bj::array read_vectors() {
  std::ifstream in(file);
  const std::string text((std::istreambuf_iterator<char>(in)), {});
  bj::error_code error;
  const auto read = bj::parse(text, error);
  return error || !read.is_array() ? bj::array() : read.get_array();
}

TEST(Vectors, hold_every_case_and_what_is_said_of_it) {
  if (std::getenv("FIRSTLINE_WRITE_VECTORS")) {
    std::ofstream out(file);
    out << "[\n";
    for (const FlCase& row : fl_cases) out << (&row == fl_cases ? "" : ",\n") << json::write(bj::value(vector_of(row)));
    out << "\n]\n";
  }
  const bj::array vectors = read_vectors();
  ASSERT_EQ(vectors.size(), std::size(fl_cases)) << "stale: run credential_test with FIRSTLINE_WRITE_VECTORS=1";
  for (std::size_t i = 0; i < vectors.size(); ++i) {
    const auto& vector = vectors[i].as_object();
    const FlCase& row = fl_cases[i];
    const auto text = [&](const char* name) { return std::string(vector.at(name).as_string()); };
    EXPECT_EQ(text("what"), row.what) << "stale";
    const Instant now = from_millis(vector.at("now").as_int64());
    const auto root = PublicKey::from_point(*from_base64(text("root")));
    const auto trust = read_trust_list(*from_base64(text("trust_list")), *root, now);
    ASSERT_TRUE(trust) << row.what << " " << trust.error().reason;
    KnownRevocations known(24h);
    if (!vector.at("revocations").is_null()) {
      const auto list = read_revocations(*from_base64(text("revocations")), *trust);
      ASSERT_TRUE(list) << row.what << " " << list.error().reason;
      ASSERT_TRUE(known.take(*list));
    }
    const FlReading reading = verify_fl(text("text"), *trust, &known, now);
    EXPECT_EQ(fl_marks(reading.checks), text("marks")) << row.what;
    EXPECT_EQ(reading.reason, text("reason")) << row.what;
    EXPECT_EQ(verdict_name(reading.verdict), text("verdict")) << row.what;
    EXPECT_EQ(text("marks") + text("reason") + text("verdict"),
              row.marks + std::string(row.reason) + verdict_name(row.verdict))
        << row.what << " is stale";
  }
}

}  // namespace
}  // namespace firstline::credential
