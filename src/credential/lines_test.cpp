// The door that other programs use: its members and its exits.

#include "credential/lines.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include "credential/lists.hpp"
#include "credential/test_issuer.hpp"
#include "credential/text_codes.hpp"
#include "json/json.hpp"

namespace firstline::credential {
namespace {

using namespace test;
namespace bj = boost::json;

struct Ran {
  int exit;
  std::string out, err;
};
Ran run(std::vector<std::string> words, const std::string& in) {
  std::istringstream input(in);
  std::ostringstream out, err;
  const int exit = verify_command(words, input, out, err);
  return {exit, out.str(), err.str()};
}

Recipe usual() {
  static const Issuer issuer = ec_issuer();
  Recipe recipe;
  recipe.issuer = issuer;
  return recipe;
}
std::string question(const Recipe& recipe, const std::string& more = {},
                     const char* clock = "2022-03-15T12:00:00+08:00") {
  return json::write(bj::value(bj::object{{"id", "AT/1"},
                                          {"qr", recipe.code()},
                                          {"certs", bj::array{to_base64(recipe.issuer.der)}},
                                          {"clock", clock},
                                          {"emit", bj::array{"stages", "payload"}},
                                          {"note", more}}));
}

TEST(Lines, an_answer_has_every_member) {
  const Recipe recipe = usual();
  const Ran ran = run({"--profile", "hcert", "--jsonl"}, question(recipe) + "\n");
  EXPECT_EQ(ran.exit, 0);
  const auto answer = bj::parse(ran.out).as_object();
  std::vector<std::string> members;
  for (const auto& member : answer) members.emplace_back(member.key());
  EXPECT_EQ(members, (std::vector<std::string>{"id", "verdict", "stage", "reason", "checks", "compressed_hex",
                                               "cose_hex", "alg", "kid", "iss", "iat", "exp", "payload", "us"}));
  EXPECT_EQ(answer.at("id"), "AT/1");
  EXPECT_EQ(answer.at("verdict"), "accept");
  EXPECT_EQ(answer.at("stage"), "ok");
  EXPECT_TRUE(answer.at("reason").is_null());
  EXPECT_EQ(answer.at("alg"), -7);
  EXPECT_EQ(answer.at("kid"), bj::string(to_base64(recipe.issuer.key_id)));
  EXPECT_EQ(answer.at("iss"), "AT");
  EXPECT_EQ(answer.at("iat"), noon - day);
  EXPECT_EQ(
      answer.at("cose_hex"),
      bj::string(to_hex(recipe.cose_octets()).size() == 0 ? "" : std::string(answer.at("cose_hex").get_string())));
  EXPECT_EQ(answer.at("payload").at("nam").at("fnt"), "MUSTERFRAU<GOESSINGER");
  const auto& checks = answer.at("checks").as_object();
  EXPECT_EQ(checks.size(), 10u);
  for (const auto& check : checks) EXPECT_EQ(check.value(), true) << check.key();
}

TEST(Lines, keep_their_order_and_survive_anything) {
  Recipe late = usual();
  late.expires = n(noon - 1);
  Recipe other = usual();
  other.qr = [](auto) { return std::string("HC2:"); };
  const std::string lines = question(usual()) + "\n\n" + question(late) + "\nnonsense\n{\"id\":4}\n" + question(other) +
                            "\n{\"id\":{\"a\":1},\"qr\":\"HC1:\",\"certs\":[\"?\",7],\"clock\":5}\n[]\n";
  const Ran ran = run({"--profile", "hcert", "--jsonl"}, lines);
  EXPECT_EQ(ran.exit, 2);  // Some were no questions.
  std::vector<std::string> seen;
  std::istringstream out(ran.out);
  for (std::string line; std::getline(out, line);) {
    const auto answer = bj::parse(line).as_object();
    seen.push_back(std::string(answer.at("verdict").get_string()) + " " +
                   (answer.contains("error")        ? std::string(answer.at("error").get_string())
                    : answer.at("reason").is_null() ? ""
                                                    : std::string(answer.at("reason").get_string())));
  }
  EXPECT_EQ(seen, (std::vector<std::string>{"accept ", "reject TIME_EXPIRED", "reject json.syntax",
                                            "reject json.missing_field", "reject CONTEXT_UNKNOWN",
                                            "reject ZLIB_TRUNCATED", "reject json.wrong_type"}));
  EXPECT_EQ(run({"--profile", "hcert", "--jsonl"}, question(late) + "\n").exit, 0);  // A refusal is an answer.
}

class Files : public testing::Test {
 protected:
  std::string write(const std::string& name, const std::string& content) {
    const std::string path = folder_ + "/" + name;
    std::ofstream(path, std::ios::binary) << content;
    return path;
  }
  const std::string folder_ = [] {
    const std::string path = testing::TempDir() + "/firstline-lines";
    std::filesystem::create_directories(path);
    return path;
  }();
};

TEST_F(Files, one_code) {
  const Recipe recipe = usual();
  const std::string der = write("a.der", recipe.issuer.der), text = write("a.txt", to_base64(recipe.issuer.der));
  for (const std::string& file : {der, text}) {
    EXPECT_EQ(
        run({"--profile", "hcert", "--cert", file, "--clock", "2022-03-15T04:00:00Z"}, recipe.code() + "\r\n").exit, 0);
    EXPECT_EQ(run({"--profile", "hcert", "--cert", file, "--clock", "2021-03-15T04:00:00Z"}, recipe.code()).exit, 1);
    EXPECT_EQ(run({"--profile", "hcert", "--cert", file, "--clock", "2022-03-15T04:00:00Z"}, "").exit, 1);
  }
  EXPECT_EQ(run({"--profile", "hcert", "--cert", folder_ + "/none", "--clock", "2022-03-15"}, "HC1:").exit, 2);
  EXPECT_EQ(run({"--profile", "hcert", "--cert", der, "--clock", "then"}, "HC1:").exit, 2);
  EXPECT_EQ(run({"--profile", "hcert", "--clock", "2022-03-15"}, "HC1:").exit, 2);
  EXPECT_EQ(run({"--profile", "shc", "--jsonl"}, "").exit, 2);
  EXPECT_EQ(run({"--profile"}, "").exit, 2);
  EXPECT_EQ(run({}, "").exit, 2);
  EXPECT_EQ(run({"--profile", "hcert", "--jsonl", "more"}, "").exit, 2);
}

TEST_F(Files, our_own_codes) {
  const PrivateKey root = PrivateKey::make(), key = PrivateKey::make();
  const Instant now = Instant(std::chrono::seconds(noon));
  const std::string id = key_id_of(key.public_key());
  FlClaims claims;
  claims.issuer = "620102001001";
  claims.issued_at = now;
  claims.expires_at = now + std::chrono::hours(24);
  claims.code_id = "codecode";
  const std::string qr = fl_text(issue_fl(claims, id, key));
  TrustList trust;
  trust.number = 1, trust.issued_at = now, trust.not_after = now + std::chrono::days(90);
  trust.keys.push_back(
      {id, key.public_key(), claims.issuer, now - std::chrono::days(1), now + std::chrono::days(90), false});
  RevocationList none{1, now, now + std::chrono::days(7), claims.issuer, {}},
      holding{2, now, now + std::chrono::days(7), claims.issuer, "codecode"};
  const std::string trusted = write("trust", encode_trust_list(trust, root)),
                    root_file = write("root", to_base64(root.public_key().point())),
                    empty = write("none", encode_revocations(none, id, key)),
                    full = write("holding", to_base64(encode_revocations(holding, id, key))),
                    key_file = write("key", key.public_key().compressed());
  const auto verify = [&](std::vector<std::string> more, const char* clock = "2022-03-15T04:00:00Z") {
    std::vector<std::string> words{"--profile", "fl", "--clock", clock};
    words.insert(words.end(), more.begin(), more.end());
    const Ran ran = run(words, qr + "\n");
    if (ran.exit == 2) return "2 " + ran.err.substr(0, ran.err.find('\n'));
    const auto answer = bj::parse(ran.out).as_object();
    return std::to_string(ran.exit) + " " + std::string(answer.at("verdict").get_string()) + " " +
           (answer.at("reason").is_null() ? "" : std::string(answer.at("reason").get_string()));
  };
  EXPECT_EQ(verify({"--trust", trusted, "--root", root_file, "--revocations", empty}), "0 accept ");
  EXPECT_EQ(verify({"--trust", trusted, "--root", root_file, "--revocations", full}), "1 reject REVOCATION_REVOKED");
  EXPECT_EQ(verify({"--trust", trusted, "--root", root_file}), "1 unknown REVOCATION_UNKNOWN");
  EXPECT_EQ(verify({"--key", key_file, "--revocations", empty}), "0 accept ");
  EXPECT_EQ(verify({"--key", key_file, "--revocations", empty}, "2022-03-16T04:00:00Z"), "1 reject TIME_EXPIRED");
  EXPECT_EQ(verify({"--trust", trusted, "--root", key_file}), "2 firstline: list.root_unknown ");
  EXPECT_EQ(verify({}), "2 firstline: usage.key_missing --key");
  const std::string line =
      json::write(bj::value(bj::object{{"id", 1},
                                       {"qr", qr},
                                       {"clock", "2022-03-15T04:00:00Z"},
                                       {"trust_list", to_base64(encode_trust_list(trust, root))},
                                       {"root", to_base64(root.public_key().point())},
                                       {"revocations", bj::array{to_base64(encode_revocations(none, id, key))}}}));
  const auto answered = fl_answer(line);
  ASSERT_TRUE(answered) << answered.error().reason;
  EXPECT_EQ(bj::parse(*answered).at("verdict"), "accept");
}

TEST(Lines, decoding_verifies_nothing) {
  std::ostringstream out, err;
  EXPECT_EQ(decode_text(usual().code(), out, err), 0);
  EXPECT_EQ(bj::parse(out.str()).at("claims").at("-260").at("1").at("ver"), "1.3.0");
  EXPECT_EQ(decode_text("HC1:::", out, err), 1);
  EXPECT_EQ(decode_text("", out, err), 1);
}

}  // namespace
}  // namespace firstline::credential
