#include "drill/plan.hpp"

#include <algorithm>
#include <array>

#include "base/check.hpp"
#include "person/id_number.hpp"

namespace firstline::drill {
namespace {

using namespace std::chrono_literals;

constexpr int family_max = 7;

std::string digits(std::uint64_t number, int width) {
  std::string text = std::to_string(number);
  return std::string(static_cast<std::size_t>(std::max(0, width - static_cast<int>(text.size()))), '0') + text;
}

enum class Who { grown_up, second_grown_up, elder, second_elder, child, second_child, grown_child, lodger };

// Families and how many of a thousand are such; about 2.8 people on average.
struct Family {
  int per_mille;
  std::array<std::optional<Who>, 5> members;
};
constexpr std::array<Family, 9> families{{
    {90, {Who::elder}},  // 独居老人
    {120, {Who::elder, Who::second_elder}},
    {130, {Who::grown_up}},
    {150, {Who::grown_up, Who::second_grown_up}},
    {250, {Who::grown_up, Who::second_grown_up, Who::child}},
    {80, {Who::grown_up, Who::second_grown_up, Who::grown_child}},
    {70, {Who::grown_up, Who::second_grown_up, Who::child, Who::second_child}},
    {70, {Who::grown_up, Who::second_grown_up, Who::child, Who::elder}},
    {40, {Who::grown_up, Who::second_grown_up, Who::child, Who::elder, Who::second_elder}},
}};

int size_of(const Family& family) {
  return static_cast<int>(
      std::count_if(family.members.begin(), family.members.end(), [](const auto& who) { return who.has_value(); }));
}

const Family& draw_family(SeededRandom& random) {
  int at = static_cast<int>(random.below(1000));
  for (const Family& family : families) {
    if ((at -= family.per_mille) < 0) return family;
  }
  return families.back();
}

}  // namespace

int PlannedBuilding::people() const {
  int sum = 0;
  for (const PlannedHome& home : homes) sum += static_cast<int>(home.people.size());
  return sum;
}

CommunityShape shape_of(int people) {
  CommunityShape shape;
  shape.people = people;
  shape.homes = std::max(1, static_cast<int>(std::int64_t{people} * 36 / 100));
  shape.compounds = std::max(1, static_cast<int>((std::int64_t{people} * 6 + 9'999) / 10'000));
  shape.grids = std::max(1, static_cast<int>((std::int64_t{people} * 4 + 9'999) / 10'000));
  shape.compounds = std::min(shape.compounds, shape.homes);
  return shape;
}

CommunityPlan::CommunityPlan(int people, int number, std::uint64_t seed, Instant made_at, Instant readings_at)
    : shape_(shape_of(people)),
      number_(number),
      made_at_(made_at),
      readings_at_(readings_at),
      random_(seed * 10'000 + static_cast<std::uint64_t>(number)),
      homes_left_(shape_.homes),
      people_left_(people),
      homes_left_here_(shape_.homes / shape_.compounds + (shape_.homes % shape_.compounds > 0 ? 1 : 0)) {
  FL_CHECK(people > 0 && number > 0 && number <= 9999);
}

std::optional<PlannedBuilding> CommunityPlan::next_building() {
  if (homes_left_ == 0) return std::nullopt;
  if (homes_left_here_ == 0) {
    ++compound_;
    building_ = 0;
    homes_left_here_ = shape_.homes / shape_.compounds + (compound_ < shape_.homes % shape_.compounds ? 1 : 0);
  }
  static constexpr std::array floors_of{6, 6, 11, 18};
  const int units = between(2, 4), floors = floors_of[random_.below(floors_of.size())], doors = between(2, 3);
  PlannedBuilding building;
  building.compound = compound_;
  building.number = ++building_;
  building.grid = shape_.grid_of(compound_);
  // Two homes that the demo shows: three generations at the first door of the community, a couple with a child in the
  // next.
  for (int unit = 1; unit <= units; ++unit) {
    for (int floor = 1; floor <= floors; ++floor) {
      for (int door = 1; door <= doors && homes_left_here_ > 0; ++door) {
        const bool shown = compound_ < 2 && building_ == 1 && unit == 1 && floor == 1 && door == 1;
        building.homes.push_back({unit, floor, door, next_family(shown)});
        --homes_left_here_;
      }
    }
  }
  return building;
}

// Draws a family, nudged so that the homes that are left will hold exactly the people who are left.
std::vector<PlannedPerson> CommunityPlan::next_family(bool three_generations) {
  const Family* family = &draw_family(random_);
  const Family* other = &draw_family(random_);
  const double mean = static_cast<double>(people_left_) / homes_left_;
  if (mean > 2.80 && size_of(*other) > size_of(*family)) family = other;
  if (mean < 2.75 && size_of(*other) < size_of(*family)) family = other;
  if (three_generations && people_left_ >= homes_left_ + 3) family = &families[7];
  const int most = people_left_ - (homes_left_ - 1);
  const int least = homes_left_ == 1 ? people_left_ : std::max(1, people_left_ - family_max * (homes_left_ - 1));
  const int size = std::clamp(size_of(*family), least, std::max(least, most));

  std::vector<Who> members;
  for (const auto& who : family->members) {
    if (who && static_cast<int>(members.size()) < size) members.push_back(*who);
  }
  while (static_cast<int>(members.size()) < size) members.push_back(Who::lodger);
  --homes_left_;
  people_left_ -= size;

  const std::string surname = made_up_surname(random_);
  const int age = between(27, 52);
  std::vector<PlannedPerson> people;
  for (const Who who : members) {
    switch (who) {
      case Who::grown_up:
        people.push_back(person(surname, Sex::male, age));
        break;
      case Who::second_grown_up:
        people.push_back(person(made_up_surname(random_), Sex::female, std::min(59, age + between(-3, 2))));
        break;
      case Who::elder:
        people.push_back(person(made_up_surname(random_), Sex::female, between(60, 92)));
        break;
      case Who::second_elder:
        people.push_back(person(surname, Sex::male, between(60, 90)));
        break;
      case Who::child:
        people.push_back(person(surname, chance(500) ? Sex::male : Sex::female, between(0, std::min(17, age - 22))));
        break;
      case Who::second_child:
        people.push_back(person(surname, Sex::female, between(0, std::min(13, age - 22))));
        break;
      case Who::grown_child:
        people.push_back(person(surname, Sex::male, between(18, 26)));
        break;
      case Who::lodger:
        people.push_back(person(made_up_surname(random_), chance(500) ? Sex::male : Sex::female, between(18, 59)));
        break;
    }
  }
  if (people.size() == 1 && members.front() == Who::elder)
    people.front().marks.insert(people.front().marks.begin(), person::Mark::lone_elder);
  return people;
}

PlannedPerson CommunityPlan::person(const std::string& surname, Sex sex, int age) {
  PlannedPerson made;
  made.name = surname + made_up_given_name(random_, sex);
  const Date today = civil_date(made_at_);
  made.born_on = today - std::chrono::days(age * 365 + age / 4 + 1 + between(0, 363));
  made.id_number = id_number(made.born_on, sex);
  const int with_phone = age < 14 ? 80 : age < 60 ? 985 : age < 70 ? 860 : 560;
  if (chance(with_phone))
    made.phone = "129" + digits((static_cast<std::uint64_t>(number_) * 1'000'003 + phones_++ * 7) % 100'000'000, 8);
  give_marks(made, sex, age);
  give_health(made, age);
  return made;
}

void CommunityPlan::give_marks(PlannedPerson& person, Sex sex, int age) {
  if (!person.phone && age >= 14) person.marks.push_back(person::Mark::no_phone);
  if (chance(age >= 60 ? 50 : 15)) person.marks.push_back(person::Mark::disabled);
  if (sex == Sex::female && age >= 22 && age <= 40 && chance(15)) person.marks.push_back(person::Mark::pregnant);
  if (chance(age >= 60 ? 25 : 5)) person.marks.push_back(person::Mark::regular_treatment);
}

void CommunityPlan::give_health(PlannedPerson& person, int age) {
  using health::CodeColour;
  using health::NatState;
  const auto before = [&](int hours_low, int hours_high) {
    return readings_at_ - std::chrono::minutes(between(hours_low * 60, hours_high * 60));
  };
  if (chance(person.phone || age < 14 ? 985 : 450)) {
    const int at = between(0, 999);
    const CodeColour colour = at < 5 ? CodeColour::red : at < 25 ? CodeColour::yellow : CodeColour::green;
    person.code = health::CodeReading{colour, health::EvidenceGrade::connector, before(0, 20), "generated"};
  }
  if (!chance(920)) return;
  const int age_of_test = between(0, 99);
  const Instant sampled = age_of_test < 68 ? before(6, 24) : age_of_test < 88 ? before(24, 48) : before(48, 120);
  person.tests.push_back({sampled, sampled + std::chrono::minutes(between(180, 350)), NatState::negative});
  const int news = between(0, 9999);
  const Instant latest = before(0, 5);
  if (news < 400) person.tests.push_back({latest, {}, NatState::sampled});
  else if (news < 600) person.tests.push_back({latest, {}, NatState::testing});
  else if (news < 610) person.tests.push_back({latest, {}, NatState::pool_abnormal});
  else if (news < 613) person.tests.push_back({latest, readings_at_, NatState::positive});
  if (news >= 610 && news < 613)
    person.code = health::CodeReading{CodeColour::red, health::EvidenceGrade::connector, readings_at_, "generated"};
}

// "00", four digits of the community, birth date, a number that is odd for men, check character.
std::string CommunityPlan::id_number(Date born_on, Sex sex) {
  const int nth = sequence_[{born_on, sex}]++;
  FL_CHECK(nth < 499);
  std::string born = format_date(born_on);
  std::erase(born, '-');
  const std::string first = std::string(person::generated_division) + digits(static_cast<std::uint64_t>(number_), 4) +
                            born + digits(static_cast<std::uint64_t>(2 * nth + (sex == Sex::male ? 1 : 2)), 3);
  return first + person::id_number_check_digit(first);
}

}  // namespace firstline::drill
