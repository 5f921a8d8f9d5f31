// What really happened, and what the documents say, told in tests/scenarios/seal/*.txt; the language is explained in
// the README beside them. A file that asks for nothing fails.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include <gtest/gtest.h>

#include "policy/wire.hpp"
#include "seal/spans.hpp"
#include "seal/test_rules.hpp"
#include "seal/wire.hpp"

namespace firstline::seal {
namespace {

template <class Enum>
Enum word_as(const std::string& word) {
  Enum value{};
  if (!boost::describe::enum_from_string(word.c_str(), value)) throw std::invalid_argument("unknown word " + word);
  return value;
}

struct Place {
  Order order;
  Evidence evidence;
  std::map<std::string, CaseInside> cases;
  std::map<std::string, ContactInside> contacts;
};

class Story {
 public:
  explicit Story(std::filesystem::path file) : file_(std::move(file)) {}
  void tell() {
    std::ifstream in(file_);
    std::string line;
    while (std::getline(in, line)) {
      ++number_;
      line.resize(std::min(line.find('#'), line.size()));
      std::istringstream text(line);
      words_.assign(std::istream_iterator<std::string>(text), {});
      at_ = 0;
      try {
        if (!words_.empty()) act();
        if (at_ < words_.size()) throw std::invalid_argument("not understood from " + words_[at_]);
      } catch (const std::exception& wrong) {
        ADD_FAILURE() << file_.filename().string() << ":" << number_ << ": " << wrong.what();
      }
    }
    EXPECT_GT(expectations, 0) << file_;
  }
  int expectations = 0;

 private:
  std::string next() {
    if (at_ >= words_.size()) throw std::invalid_argument("more expected");
    return words_[at_++];
  }
  bool said(const std::string& word) {
    if (at_ >= words_.size() || words_[at_] != word) return false;
    ++at_;
    return true;
  }
  Instant time() {
    const std::string day = next();
    return t(day + " " + next());
  }
  Instant time_after(const std::string& word) {
    if (!said(word)) throw std::invalid_argument(word + " expected");
    return time();
  }
  Place& here() {
    if (here_.empty()) throw std::invalid_argument("nothing is sealed yet");
    return places_.at(here_);
  }

  void act() {
    const std::string verb = next();
    if (verb == "packs") {
      packs_.assign(words_.begin() + 1, words_.end());
      at_ = words_.size();
      policy_ = rules_of(packs_);
    } else if (verb == "seal") seal();
    else if (verb == "in") here_ = next(), here();
    else if (verb == "step") step();
    else if (verb == "split") split();
    else if (verb == "extend") {
      const std::string path = next();
      places_.at(path).order.not_before = time_after("until");
    } else if (verb == "release") {
      const std::string path = next();
      close(path, time_after("at"));
    } else if (verb == "at") now_ = time();
    else if (verb == "expect") expect();
    else happen(verb);
  }

  void seal() {
    here_ = next();
    Place& place = places_[here_];
    place.order.level = said("controlled")      ? Level::controlled
                        : said("precautionary") ? Level::precautionary
                                                : Level::sealed;
    place.order.designated_at = time_after("at");
    if (said("counting")) {
      if (!said("from")) throw std::invalid_argument("from expected");
      place.order.clock_anchor = word_as<policy::ClockAnchor>(next());
    }
    spans_.push_back({here_, place.order.level, place.order.designated_at, {}});
  }
  void close(const std::string& path, Instant at) {
    for (Span& span : spans_)
      if (span.path == path && !span.until) span.until = at;
  }
  void step() {
    const std::string path = next();
    Order& order = places_.at(path).order;
    if (!said("to")) throw std::invalid_argument("to expected");
    const Level level = word_as<Level>(next());
    const Instant at = time_after("at");
    close(path, at);
    order.came_from_sealed = order.level == Level::sealed;
    order.level = level;
    order.level_since = at;
    spans_.push_back({path, level, at, {}});
  }
  // What was one order goes on as several, each with the same clock and evidence.
  void split() {
    const std::string path = next();
    const Instant at = time_after("at");
    if (!said("into")) throw std::invalid_argument("into expected");
    const Place whole = places_.at(path);
    close(path, at);
    while (at_ < words_.size()) {
      const std::string part = next();
      Place place = whole;
      place.order.level = word_as<Level>(next());
      if (place.order.level != whole.order.level) {
        place.order.level_since = at;
        place.order.came_from_sealed = whole.order.level == Level::sealed;
      }
      places_[part] = place;
      spans_.push_back({part, place.order.level, at, {}});
    }
  }

  void happen(const std::string& verb) {
    Place& place = here();
    if (verb == "case") {
      CaseInside& found = place.cases[next()];
      while (at_ < words_.size()) {
        if (said("found")) found.found_at = time();
        else if (said("sampled")) found.sampled_at = time();
        else if (said("removed")) found.removed_at = time();
        else if (said("outside")) found.outside_unit = true;
        else if (said("home")) found.kept_at_home = true;
        else return;
      }
      place.evidence.cases.clear();
      for (const auto& [name, each] : place.cases) place.evidence.cases.push_back(each);
    } else if (verb == "contact") {
      ContactInside& contact = place.contacts[next()];
      while (at_ < words_.size()) {
        if (said("exposed")) contact.found_at = time(), contact.last_exposure_at = contact.found_at;
        else if (said("transferred")) contact.transferred_at = time();
        else if (said("negative")) contact.negative_at = time();
        else return;
      }
      place.evidence.contacts.clear();
      for (const auto& [name, each] : place.contacts) place.evidence.contacts.push_back(each);
    } else if (verb == "contacts") {
      place.evidence.contacts_complete = said("complete");
    } else if (verb == "people") {
      const int count = std::stoi(next());
      for (int i = 1; i <= count; ++i) place.evidence.people.push_back({PersonId{i}, {}});
    } else if (verb == "round") {
      const Instant sampled = time_after("at");
      const Instant reported = time_after("reported");
      const int without = said("without") ? std::stoi(next()) : 0;
      for (std::size_t i = static_cast<std::size_t>(without); i < place.evidence.people.size(); ++i)
        place.evidence.people[i].tests.push_back({"round", sampled, reported, TestResult::negative});
    } else if (verb == "disinfected") {
      place.evidence.disinfections.push_back({"disinfection", time_after("at")});
    } else if (verb == "sample") {
      EnvironmentSample sample;
      sample.positive = next() == "positive";
      sample.sampled_at = time_after("at");
      sample.reported_at = time_after("reported");
      if (said("outside")) sample.outside_unit = true;
      place.evidence.environment.push_back(sample);
    } else {
      throw std::invalid_argument("unknown verb " + verb);
    }
  }

  void expect() {
    ++expectations;
    const std::string what = next();
    if (what == "state") {
      const std::string path = next(), level = next();
      EXPECT_EQ(level_at(spans_, path, now_), word_as<Level>(level)) << where();
      return;
    }
    const Projection projection = project(here().order, here().evidence, policy_, now_);
    if (what == "release") {
      const Instant at = time();
      EXPECT_EQ(projection.earliest, at) << where() << " got "
                                         << (projection.earliest ? format_instant(*projection.earliest) : "nothing");
      if (said("then")) {
        EXPECT_EQ(projection.then, word_as<policy::StepsDownTo>(next())) << where();
      }
    } else if (what == "free") {
      const Instant at = time();
      ASSERT_FALSE(projection.steps.empty()) << where();
      EXPECT_EQ(projection.steps.back().from, at) << where() << " got " << format_instant(projection.steps.back().from);
    } else if (what == "sure") {
      EXPECT_EQ(projection.sureness, word_as<Sureness>(next())) << where();
    } else {
      const Met met = word_as<Met>(what);
      const auto* state = condition_of(projection, word_as<Condition>(next()));
      ASSERT_NE(state, nullptr) << where();
      EXPECT_EQ(state->met, met) << where();
      if (said("missing")) {
        const int count = std::stoi(next());
        ASSERT_FALSE(state->missing.empty()) << where();
        EXPECT_EQ(state->missing.front().count, count) << where();
      }
    }
  }
  std::string where() const { return file_.filename().string() + ":" + std::to_string(number_); }

  const std::filesystem::path file_;
  int number_ = 0;
  std::vector<std::string> words_, packs_;
  std::size_t at_ = 0;
  policy::SealPolicy policy_;
  std::map<std::string, Place> places_;
  std::vector<Span> spans_;
  std::string here_;
  Instant now_{};
};

TEST(Scenario, every_story_ends_as_it_is_told) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(FL_SOURCE_DIR "/tests/scenarios/seal"))
    if (entry.path().extension() == ".txt") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  EXPECT_GE(files.size(), 6u);
  int expectations = 0;
  for (const auto& file : files) {
    Story story(file);
    story.tell();
    expectations += story.expectations;
  }
  std::printf("seal scenarios: %zu files, %d expectations\n", files.size(), expectations);
}

}  // namespace
}  // namespace firstline::seal
