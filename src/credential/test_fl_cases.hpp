#pragma once

// Every way to spoil one of our own codes, and what is said of it. The vectors for the phone's verifier are made of
// these.

#include "credential/test_fl.hpp"

namespace firstline::credential::test {

using namespace std::chrono_literals;
using namespace std::string_literals;

inline std::string fl_marks(const FlChecks& c) {
  std::string text;
  for (const auto& flag : {c.context, c.base45, c.cose, c.cwt, c.kid, c.signature, c.time, c.revocation, c.holder})
    text += !flag ? '.' : *flag ? '+' : '-';
  return text;
}

struct FlCase {
  const char* what;
  std::function<void(FlRecipe&)> spoil;
  const char* marks;  // context base45 cose cwt kid signature time revocation holder
  const char* reason;
  FlVerdict verdict = FlVerdict::reject;
};
inline const char* const paper_good = "++++++++.";

// One row a case.
// clang-format off
inline const FlCase fl_cases[] = {
    {"shown by its phone", [](FlRecipe&) {}, "+++++++++", "", FlVerdict::accept},
    {"bound to no phone", [](FlRecipe& r) { r.claims.holder.reset(); }, paper_good, "", FlVerdict::accept},

    {"another version", [](FlRecipe& r) { r.text = [](auto s) { return "FL2" + s.substr(3); }; }, "-........", "CONTEXT_UNKNOWN"},
    {"lower case", [](FlRecipe& r) { r.text = [](auto s) { return s.substr(0, s.size() - 1) + "a"; }; }, "+-.......", "BASE45_CHARACTER"},
    {"no tag", [](FlRecipe& r) { r.cose = [](auto s) { return s.substr(1); }; }, "++-......", "COSE_TAG"},
    {"CWT's tag", [](FlRecipe& r) { r.cose = [](auto s) { return "\xd8\x3d" + s; }; }, "++-......", "COSE_TAG"},
    {"something behind it", [](FlRecipe& r) { r.claims.holder.reset(); r.cose = [](auto s) { return s + '\0'; }; }, "++-......", "CBOR_TRAILING"},
    {"a length left open", [](FlRecipe& r) { r.claims.holder.reset(); r.cose = [](auto s) { return "\xd2\x9f" + s.substr(2) + "\xff"; }; }, "++-......", "CBOR_NOT_DETERMINISTIC"},
    {"key id in the other header", [](FlRecipe& r) { r.header = "\xa1\x01\x26"; r.other_header = "\xa1\x04\x48" + r.key_id; }, "++-......", "COSE_UNPROTECTED"},
    {"an extra header", [](FlRecipe& r) { r.header = "\xa3\x01\x26\x04\x48" + r.key_id + "\x05\x40"; }, "++-......", "COSE_PROTECTED"},
    {"another algorithm", [](FlRecipe& r) { r.header = "\xa2\x01\x38\x24\x04\x48" + r.key_id; }, "++-......", "ALG_UNSUPPORTED"},

    {"a claim that nobody knows", [](FlRecipe& r) { r.payload = [](auto s) { return flipped_count(s, 1) + "\x3a\x00\x01\x00\x01\x01"s; }; }, "+++-.....", "FL_CLAIMS_SHAPE"},
    {"claims out of order", [](FlRecipe& r) { r.payload = [](auto) { return "\xa2\x04\x01\x01\x61x"s; }; }, "+++-.....", "CBOR_NOT_DETERMINISTIC"},
    {"no facts", [](FlRecipe& r) { r.payload = [](auto) { return "\xa4\x01\x61x\x04\x02\x06\x01\x07\x48" "codecode"s; }; }, "+++-.....", "FL_CLAIMS_SHAPE"},
    {"ends before it begins", [](FlRecipe& r) { r.claims.expires_at = r.claims.issued_at; }, "+++-.....", "FL_CLAIMS_VALUE"},
    {"a short code id", [](FlRecipe& r) { r.claims.code_id = "code"; }, "+++-.....", "FL_CLAIMS_VALUE"},
    {"a long name", [](FlRecipe& r) { r.claims.name_masked = std::string(13, 'x'); }, "+++-.....", "FL_CLAIMS_VALUE"},
    {"a colour that is none", [](FlRecipe& r) { r.claims.colour->colour = static_cast<FlColour>(3); }, "+++-.....", "FL_CLAIMS_VALUE"},
    {"reported before sampled", [](FlRecipe& r) { r.claims.negative->reported_at = r.claims.negative->sampled_at - 1s; }, "+++-.....", "FL_CLAIMS_VALUE"},

    {"a key that nobody knows", [](FlRecipe& r) { r.key_id = "otherkey"; }, "++++-....", "KID_UNKNOWN"},
    {"another community's key", [](FlRecipe& r) { r.claims.issuer = "620102001002"; }, "++++-++.+", "KID_OTHER_ISSUER"},
    {"a withdrawn key", [](FlRecipe& r) { r.trusted.withdrawn = true; }, "++++-++++", "KID_WITHDRAWN"},
    {"a changed signature", [](FlRecipe& r) { r.signature = [](auto s) { s[3] ^= 1; return s; }; }, "+++++-+++", "SIGNATURE_WRONG"},
    {"a signature as DER", [](FlRecipe& r) { r.signature = [](auto s) { return "\x30\x44\x02\x20" + s.substr(0, 32) + "\x02\x20" + s.substr(32); }; }, "+++++-+++", "SIGNATURE_LENGTH"},
    {"signed by somebody else", [](FlRecipe& r) { r.signer = PrivateKey::make(); }, "+++++-+++", "SIGNATURE_WRONG"},

    {"issued by a clock two minutes ahead", [](FlRecipe& r) { r.claims.issued_at = r.now + 120s; }, "+++++++++", "", FlVerdict::accept},
    {"issued by a clock further ahead", [](FlRecipe& r) { r.claims.issued_at = r.now + 121s; }, "++++++-++", "TIME_NOT_YET"},
    {"in its last second", [](FlRecipe& r) { r.claims.expires_at = r.now + 1s; }, "+++++++++", "", FlVerdict::accept},
    {"expired", [](FlRecipe& r) { r.claims.expires_at = r.now; }, "++++++-++", "TIME_EXPIRED"},
    {"good for a day and a second", [](FlRecipe& r) { r.claims.expires_at = r.claims.issued_at + 24h + 1s; }, "++++++-++", "TIME_LIVES_TOO_LONG"},
    {"a visitor's for three hours", [](FlRecipe& r) { r.claims.role = FlRole::visitor; r.claims.expires_at = r.claims.issued_at + 3h; }, "++++++-++", "TIME_LIVES_TOO_LONG"},
    {"a volunteer's for thirteen", [](FlRecipe& r) { r.claims.role = FlRole::volunteer; r.claims.expires_at = r.claims.issued_at + 13h; }, "+++++++++", "", FlVerdict::accept},
    {"paper for half a year", [](FlRecipe& r) { r.claims.holder.reset(); r.claims.paper = FlPaper::elder; r.claims.expires_at = r.claims.issued_at + 24h * 180; }, paper_good, "", FlVerdict::accept},
    {"paper for longer", [](FlRecipe& r) { r.claims.holder.reset(); r.claims.paper = FlPaper::elder; r.claims.expires_at = r.claims.issued_at + 24h * 180 + 1s; }, "++++++-+.", "TIME_LIVES_TOO_LONG"},
    {"issued before its key", [](FlRecipe& r) { r.trusted.valid_from = r.claims.issued_at + 1s; }, "++++++-++", "TIME_OUTSIDE_KEY"},
    {"issued when its key had ended", [](FlRecipe& r) { r.trusted.valid_until = r.claims.issued_at; }, "++++++-++", "TIME_OUTSIDE_KEY"},

    {"revoked", [](FlRecipe& r) { r.revoked = "aaaaaaaa" + r.claims.code_id + "zzzzzzzz"; }, "+++++++-+", "REVOCATION_REVOKED"},
    {"a list of a day ago", [](FlRecipe& r) { r.list_age = 24h; }, "+++++++++", "", FlVerdict::accept},
    {"a list that is older", [](FlRecipe& r) { r.list_age = 24h + 1s; }, "+++++++.+", "REVOCATION_UNKNOWN", FlVerdict::unknown},
    {"on a list that is older", [](FlRecipe& r) { r.list_age = 48h; r.revoked = r.claims.code_id; }, "+++++++-+", "REVOCATION_REVOKED"},
    {"no list", [](FlRecipe& r) { r.list_age.reset(); }, "+++++++.+", "REVOCATION_UNKNOWN", FlVerdict::unknown},
    {"no list, and expired", [](FlRecipe& r) { r.list_age.reset(); r.claims.expires_at = r.now; }, "++++++-.+", "TIME_EXPIRED"},

    {"a picture of two steps ago", [](FlRecipe& r) { r.step_off = -2; }, "+++++++++", "", FlVerdict::accept},
    {"a picture of three steps ago", [](FlRecipe& r) { r.step_off = -3; }, "++++++++-", "HOLDER_STALE"},
    {"a picture of yesterday", [](FlRecipe& r) { r.step_off = -5760; }, "++++++++-", "HOLDER_STALE"},
    {"a phone whose clock is ahead", [](FlRecipe& r) { r.step_off = 3; }, "++++++++-", "HOLDER_STALE"},
    {"an old signature with a new step", [](FlRecipe& r) { r.signed_step_off = -100; }, "++++++++-", "HOLDER_WRONG"},
    {"another phone", [](FlRecipe& r) { r.phone = PrivateKey::make(); }, "++++++++-", "HOLDER_WRONG"},
    {"the phone's part torn off", [](FlRecipe& r) { r.torn_off = true; }, "++++++++-", "HOLDER_MISSING"},
    {"a phone's part that nobody asked for", [](FlRecipe& r) { r.claims.holder.reset(); r.phone_anyway = true; }, "++++++++-", "HOLDER_UNASKED"},
    {"a phone's key that is none", [](FlRecipe& r) { r.claims.holder = "\x02" + std::string(32, '\xff'); }, "++++++++-", "HOLDER_KEY_UNREADABLE"},
};
// clang-format on

}  // namespace firstline::credential::test
