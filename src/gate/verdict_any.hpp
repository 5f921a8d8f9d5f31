#pragma once

// For tests only: any person under any policy, drawn by whoever uses it. Close to the edges of the windows in use.

#include <array>
#include <cstddef>
#include <string_view>

#include <boost/mp11/algorithm.hpp>

#include "gate/verdict_cases.hpp"
#include "gate/wire.hpp"

namespace firstline::gate {

// Calls what(field) for every parameter of the policy, in the order of the structs.
template <class Group, class What>
void each_field(Group& group, What&& what) {
  boost::mp11::mp_for_each<boost::describe::describe_members<Group, boost::describe::mod_public>>([&](auto member) {
    auto& field = group.*member.pointer;
    using Field = std::remove_cvref_t<decltype(field)>;
    if constexpr (std::is_same_v<Field, std::string>) return;
    else if constexpr (std::is_class_v<Field>) each_field(field, what);
    else what(field, std::string_view(member.name));
  });
}

// Choose: int(int from, int to), both included.
template <class Choose>
struct AnyQuestion {
  Choose choose;

  template <class Enum>
  Enum one_of() const {
    constexpr int count = boost::mp11::mp_size<boost::describe::describe_enumerators<Enum>>::value;
    return static_cast<Enum>(choose(0, count - 1));
  }
  bool yes_or_no() const { return choose(0, 1) == 1; }
  // Near now and near the edges of the windows in use, to the millisecond.
  Instant instant() const {
    const int hours[] = {0, 0, 1, 24, 48, 72, 168, -1};
    return noon - std::chrono::hours(hours[choose(0, 7)]) + Millis(choose(-1, 1)) + std::chrono::minutes(choose(-6, 6));
  }

  Presented presented() const {
    Presented p;
    p.direction = one_of<Direction>();
    p.relation = one_of<Relation>();
    p.age_band = one_of<AgeBand>();
    if (choose(0, 7) == 0) p.emergency = one_of<Emergency>();
    if (choose(0, 3) > 0) p.code = CodeReading{one_of<CodeColour>(), one_of<EvidenceGrade>(), instant(), "x"};
    if (yes_or_no()) p.offline_code = OfflineCode{instant()};
    p.nat.state = one_of<NatState>();
    if (yes_or_no()) {
      const Instant sampled = instant();
      p.nat.last_negative = NegativeResult{sampled, sampled + std::chrono::hours(choose(0, 30))};
    }
    p.isolation.kind = one_of<IsolationKind>();
    if (yes_or_no()) p.isolation.until = instant();
    p.home = one_of<SealLevel>();
    p.compound = one_of<SealLevel>();
    p.pass_use = {yes_or_no(), choose(0, 4), yes_or_no()};
    if (yes_or_no()) p.trip = Trip{one_of<TripState>(), one_of<PlaceRisk>(), yes_or_no()};
    p.visitor = {one_of<VisitorRecord>(), one_of<SealLevel>(), {}, {}};
    if (yes_or_no()) p.visitor.from = instant();
    if (yes_or_no()) p.visitor.until = instant();
    if (yes_or_no()) p.temperature_tenths = choose(300, 420);
    p.mask = one_of<Mask>();
    p.health_card_due = yes_or_no();
    return p;
  }
  GatePolicy policy() const {
    GatePolicy policy;
    each_field(policy, AnyField{*this});
    return policy;
  }

  struct AnyField {
    const AnyQuestion& any;
    void operator()(Outcome& field, std::string_view) const { field = any.template one_of<Outcome>(); }
    void operator()(policy::NatAnchor& field, std::string_view) const {
      field = any.template one_of<policy::NatAnchor>();
    }
    void operator()(bool& field, std::string_view) const { field = any.yes_or_no(); }
    void operator()(int& field, std::string_view name) const {
      if (name == "fever_tenths") field = any.yes_or_no() ? 0 : any.choose(370, 375);
      else if (name == "temperature_tenths_min") field = any.choose(300, 350);
      else if (name == "clock_skew_seconds_max") field = any.choose(0, 600);
      else if (name == "per_household_per_day") field = any.choose(0, 3);
      else field = std::array{0, 1, 24, 48, 72, 168}[any.choose(0, 5)];
    }
  };
};
template <class Choose>
AnyQuestion(Choose) -> AnyQuestion<Choose>;

}  // namespace firstline::gate
