#pragma once

// Commands and answers about appeals and colours, as they go over the wire.

#include "appeal/model.hpp"
#include "person/wire.hpp"

namespace firstline::appeal::api {

struct PaperSent {
  std::string media_type;  // image/jpeg, image/png or application/pdf.
  std::string content;     // In base64.
};
BOOST_DESCRIBE_STRUCT(PaperSent, (), (media_type, content))

struct FileAppeal {
  Uuid id;
  health::CodeColour wanted = health::CodeColour::green;
  Ground ground = Ground::never_there;
  std::string words;
  std::vector<PaperSent> papers;  // At most three.
};
BOOST_DESCRIBE_STRUCT(FileAppeal, (), (id, wanted, ground, words, papers))

struct CarryAppeal {
  Uuid id;
  std::string note;
};
BOOST_DESCRIBE_STRUCT(CarryAppeal, (), (id, note))

struct AnswerAppeal {
  Uuid id;
  bool granted = false;
  std::string answer;    // What the resident reads.
  std::string document;  // What the deciding body wrote; needed where it is granted.
};
BOOST_DESCRIBE_STRUCT(AnswerAppeal, (), (id, granted, answer, document))

struct StepView {
  Level level = Level::subdistrict;
  Instant at{};
  std::string by;  // The post.
};
BOOST_DESCRIBE_STRUCT(StepView, (), (level, at, by))

struct MyAppeal {
  AppealId appeal_id;
  Instant asked_at{};
  std::optional<health::CodeColour> colour;
  health::CodeColour wanted = health::CodeColour::green;
  Ground ground = Ground::never_there;
  std::string words;
  std::int64_t papers = 0;
  State state = State::open;
  Level level = Level::community;
  Instant due_at{};
  std::vector<StepView> steps;
  std::optional<Instant> ended_at;
  std::string answer;
};
BOOST_DESCRIBE_STRUCT(MyAppeal, (),
                      (appeal_id, asked_at, colour, wanted, ground, words, papers, state, level, due_at, steps,
                       ended_at, answer))
struct MyAppeals {
  std::vector<MyAppeal> items;  // Newest first.
};
BOOST_DESCRIBE_STRUCT(MyAppeals, (), (items))

struct AppealView {
  AppealId appeal_id;
  person::PersonMasked person;
  std::string household_label;
  Instant asked_at{};
  std::optional<health::CodeColour> colour;
  health::CodeColour wanted = health::CodeColour::green;
  Ground ground = Ground::never_there;
  State state = State::open;
  Level level = Level::community;
  Instant due_at{};
  bool overdue = false;
  bool may_carry = false;   // By the caller, to the level above.
  bool may_answer = false;  // By the caller; never at the community, which gives no colour.
  std::optional<Instant> ended_at;
};
BOOST_DESCRIBE_STRUCT(AppealView, (),
                      (appeal_id, person, household_label, asked_at, colour, wanted, ground, state, level, due_at,
                       overdue, may_carry, may_answer, ended_at))
struct AppealList {
  std::vector<AppealView> items;  // Open ones first, the one that is due first before the others.
};
BOOST_DESCRIBE_STRUCT(AppealList, (), (items))

struct PaperView {
  PaperId paper_id;
  std::string media_type;
  std::int64_t bytes = 0;
};
BOOST_DESCRIBE_STRUCT(PaperView, (), (paper_id, media_type, bytes))
struct NoteView {
  Level level = Level::subdistrict;
  Instant at{};
  std::string by, note;
};
BOOST_DESCRIBE_STRUCT(NoteView, (), (level, at, by, note))
struct AppealOpened {
  std::string words;
  std::vector<PaperView> papers;
  std::vector<NoteView> notes;
  std::string answer;
};
BOOST_DESCRIBE_STRUCT(AppealOpened, (), (words, papers, notes, answer))
struct PaperContent {
  std::string media_type, content;  // In base64.
};
BOOST_DESCRIBE_STRUCT(PaperContent, (), (media_type, content))

struct CodeReadingView {
  health::CodeColour colour = health::CodeColour::green;
  health::EvidenceGrade grade = health::EvidenceGrade::visual;
  Instant read_at{};
  std::string source;
  std::optional<std::string> set_by;  // The post, where a person took it in.
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(CodeReadingView, (), (colour, grade, read_at, source, set_by, reason))
struct CodeReadings {
  std::vector<CodeReadingView> items;  // Newest first.
};
BOOST_DESCRIBE_STRUCT(CodeReadings, (), (items))
using MyCode = CodeReadings;

struct SetColour {
  Uuid id;
  health::CodeColour colour = health::CodeColour::green;
  Instant read_at{};  // When the document says that it is so.
  SetGround ground = SetGround::deciding_body_notice;
  std::string document;  // Number or date of what was seen; names nobody.
};
BOOST_DESCRIBE_STRUCT(SetColour, (), (id, colour, read_at, ground, document))
struct ColourSet {
  bool waits_for_second = false;  // Against the code's own system: another person confirms it.
};
BOOST_DESCRIBE_STRUCT(ColourSet, (), (waits_for_second))

struct ProposalView {
  ProposalId proposal_id;
  person::PersonMasked person;
  std::string household_label;
  std::optional<health::CodeColour> known;  // What the code's own system said last.
  health::CodeColour colour = health::CodeColour::green;
  SetGround ground = SetGround::deciding_body_notice;
  std::string document, proposed_by;
  Instant proposed_at{};
  bool may_decide = false;  // Not by whoever proposed it.
};
BOOST_DESCRIBE_STRUCT(ProposalView, (),
                      (proposal_id, person, household_label, known, colour, ground, document, proposed_by, proposed_at,
                       may_decide))
struct ProposalList {
  std::vector<ProposalView> items;
};
BOOST_DESCRIBE_STRUCT(ProposalList, (), (items))

}  // namespace firstline::appeal::api
