// What a gate learns from trips, on a real database.

#include "gate/test_movement.hpp"

namespace firstline::gate {
namespace {

class GateTrips : public GateMovement {
 protected:
  GateTrips() {
    const auto listed = at(test_now, [&](http::Call& call) {
      return movement::import_risk_places(
          call, desk, w.community.id, "110105,朝阳区,high,2022-03-01,,notice\n3101,上海市,medium,2022-03-01,,notice");
    });
    EXPECT_EQ(listed->taken, 2);
  }
  movement::api::FileTrip form(std::string to, std::vector<PersonId> who) {
    movement::api::FileTrip form;
    form.at = test_now;
    form.person_ids = std::move(who);
    form.to_name = std::move(to);
    form.plate = "甘A12345";
    form.leaves_on = civil_date(test_now);
    form.back_on = civil_date(test_now) + std::chrono::days(2);
    return form;
  }
  Result<movement::api::TripList> file(const movement::api::FileTrip& form,
                                       movement::TripSource source = movement::TripSource::resident) {
    const AreaId own = source == movement::TripSource::resident ? w.home101.id : AreaId{};
    return at(
        test_now, [&](http::Call& call) { return movement::file_trips(call, desk, w.community.id, form, source, own); },
        self);
  }
  std::size_t count(Instant now, const char* which) {
    return at(now, [&](http::Call& call) { return movement::trips_of(call, desk, w.community.id, which); })
        ->items.size();
  }
  movement::api::FollowUpList proposed(Instant now) {
    return at(now, [&](http::Call& call) { return movement::follow_ups(call, desk, w.community.id); }).value();
  }
};

TEST_F(GateTrips, OneFormForTheFamilyOpensOnTheWayOutAndClosesOnTheWayIn) {
  const auto filed = file(form("天水市", {self.person_id, wife.person_id})).value();
  ASSERT_EQ(filed.items.size(), 2u);
  EXPECT_EQ(filed.items[0].form_id, filed.items[1].form_id);
  EXPECT_EQ(filed.items[0].plate_masked, "*******45") << "a plate is nobody's business";
  EXPECT_EQ(reason(file(form("天水市", {self.person_id}))), "trip.exists");
  EXPECT_EQ(reason(file(form("天水市", {neighbour.person_id}))), "trip.not_one_household");
  EXPECT_EQ(pass(self, test_now + 1min).outcome, Outcome::pass);
  EXPECT_EQ(count(test_now + 1min, "open"), 1u);
  EXPECT_EQ(count(test_now + 1min, "filed"), 1u) << "the wife is still at home";
  EXPECT_EQ(pass(self, test_now + 8h, Direction::in).outcome, Outcome::pass);
  EXPECT_EQ(count(test_now + 8h, "closed"), 1u);
  const auto low = proposed(test_now + 8h);
  ASSERT_EQ(low.items.size(), 1u);
  EXPECT_EQ(low.items[0].kind, movement::FollowUp::test);
  EXPECT_EQ(low.items[0].name_masked, "张**");
}

TEST_F(GateTrips, WhoComesBackFromAHighRiskAreaIsReportedAndTheDeskDecides) {
  ASSERT_TRUE(file(form("朝阳区望京", {self.person_id})));
  EXPECT_TRUE(says(pass(self, test_now + 1min), ReasonKind::trip_to_risk_area));
  const auto back = pass(self, test_now + 6h, Direction::in);
  EXPECT_EQ(back.outcome, Outcome::register_first);
  EXPECT_TRUE(says(back, ReasonKind::trip_back_from_high_risk));
  EXPECT_EQ(count(test_now + 6h, "open"), 1u) << "not through yet";
  ASSERT_TRUE(at(test_now + 6h, [&](http::Call& call) {
    return override_verdict(call, ground, w.gate1, back.passage_id,
                            {Uuid{}, test_now, OverrideReason::document_seen, "reported, goes home by car"});
  }));
  const auto list = proposed(test_now + 7h);
  ASSERT_EQ(list.items.size(), 1u);
  EXPECT_EQ(list.items[0].kind, movement::FollowUp::central);
  EXPECT_EQ(list.items[0].pack, "cn-9");
  const auto decide_it = [&](bool yes) {
    return at(test_now + 7h, [&](http::Call& call) {
      return movement::decide_follow_up(call, w.community.id, list.items[0].follow_up_id, yes);
    });
  };
  EXPECT_EQ(decide_it(true)->state, movement::FollowUpState::accepted);
  EXPECT_EQ(reason(decide_it(false)), "follow_up.decided");
  EXPECT_TRUE(proposed(test_now + 7h).items.empty());
}

TEST_F(GateTrips, AskedAtTheGateAnUnregisteredTripIsRegisteredFirst) {
  api::PassageCommand command;
  command.id = make_uuid_v7(test_now, random);
  command.direction = Direction::out;
  command.person_ids = std::vector{self.person_id};
  command.temperature_tenths = 365;
  command.leaves_district = true;
  const auto asked = at(test_now, [&](http::Call& call) { return record_passages(call, ground, w.gate1, command); });
  EXPECT_TRUE(says(asked->items[0], ReasonKind::trip_unregistered));
  EXPECT_EQ(asked->items[0].outcome, Outcome::register_first);
  ASSERT_TRUE(file(form("天水市", {self.person_id}), movement::TripSource::gate));
  EXPECT_EQ(pass(self, test_now + 1min).outcome, Outcome::pass);
  EXPECT_EQ(count(test_now + 1min, "open"), 1u);
}

TEST_F(GateTrips, AnOverdueReturnIsListedUntilItIsExtendedOrClosed) {
  const auto trip = file(form("天水市", {self.person_id}))->items[0].trip_id;
  pass(self, test_now + 1min);
  EXPECT_EQ(count(test_now + 48h, "overdue"), 0u);
  EXPECT_EQ(count(test_now + 72h, "overdue"), 1u);
  ASSERT_TRUE(at(test_now + 72h, [&](http::Call& call) {
    return movement::extend_trip(call, desk, w.community.id, trip, civil_date(test_now) + std::chrono::days(5));
  }));
  EXPECT_EQ(count(test_now + 72h, "overdue"), 0u);
  ASSERT_TRUE(at(test_now + 80h, [&](http::Call& call) {
    return movement::close_trip(call, desk, w.community.id, trip, test_now + 79h);
  }));
  EXPECT_EQ(count(test_now + 80h, "closed"), 1u);
}

TEST_F(GateTrips, APaperSlipTypedLaterKeepsItsOwnTime) {
  auto slip = form("上海市", {neighbour.person_id});
  slip.at = test_now - 50h;
  slip.leaves_on = civil_date(test_now - 50h);
  slip.departed_at = test_now - 50h;
  slip.returned_at = test_now - 2h;
  const auto typed = file(slip, movement::TripSource::paper).value().items[0];
  EXPECT_EQ(typed.at, test_now - 50h);
  EXPECT_EQ(typed.recorded_at, test_now);
  EXPECT_EQ(typed.state, movement::TripState::closed);
  EXPECT_EQ(proposed(test_now).items.at(0).begins_on, civil_date(test_now - 2h));
  EXPECT_EQ(reason(file(slip)), "trip.bad_days") << "a resident files ahead";
}

TEST_F(GateTrips, ANewListOfPlacesRatesTheTripsThatAreUnderWay) {
  ASSERT_TRUE(file(form("天水市", {self.person_id})));
  auto coded = form("天水市秦州区", {wife.person_id});
  coded.to_code = "620502";
  ASSERT_TRUE(file(coded));
  const auto bring = [&](const char* csv) {
    return at(test_now + 1h,
              [&](http::Call& call) { return movement::import_risk_places(call, desk, w.community.id, csv); })
        .value();
  };
  const auto bad = bring("6205,天水市,severe,2022-03-01,,notice");
  EXPECT_EQ(bad.taken, 0);
  ASSERT_EQ(bad.bad.size(), 1u);
  EXPECT_EQ(bring("6205,天水市,high,2022-03-01,,notice").trips_rated_anew, 1);
  EXPECT_TRUE(says(pass(wife, test_now + 2h), ReasonKind::trip_to_risk_area));
}

// A list in a pack reaches the gate with the pack, also for trips that were filed before; the own table is nearer.
TEST_F(GateTrips, AListOfAPackIsAskedAtTheGate) {
  auto coded = form("天水市秦州区", {self.person_id});
  coded.to_code = "620502";
  ASSERT_TRUE(file(coded));
  const auto pack = policy::read_pack(
      "[pack]\nid = \"gs-places\"\narea = \"62\"\nissuer = \"i\"\ndocument = \"d\"\nvalid_from = 2022-03-01\n"
      "[[risk_places]]\ncode = \"6205\"\nname = \"n\"\nrisk = \"high\"\nfrom = 2022-03-01\nsource = \"s\"\n",
      "t.toml");
  ASSERT_TRUE(pack.pack);
  policy::Library library = policy::embedded_library();
  ASSERT_TRUE(library.add(*pack.pack));
  auto ids = packs_of_july;
  ids.push_back("gs-places");
  const policy::RulesInForce with_places{library, ids};
  const movement::Ground desk_then{&people, &with_places};
  const Ground gate_then{&people, &with_places, &recent, &desk_then};
  const auto out = [&](const Ground& then, Instant now) {
    api::PassageCommand command;
    command.id = make_uuid_v7(now, random);
    command.at = now;
    command.direction = Direction::out;
    command.person_ids = std::vector{self.person_id};
    command.temperature_tenths = 365;
    command.mask = Mask::worn;
    const auto answer = at(now, [&](http::Call& call) -> Result<api::PassageAnswer> {
      auto recorded = record_passages(call, then, w.gate1, command);
      if (recorded) FL_TRYV(undo(call, then, w.gate1, recorded->items.at(0).passage_id));
      return recorded;
    });
    return says(answer->items.at(0), ReasonKind::trip_to_risk_area);
  };
  EXPECT_FALSE(out(ground, test_now + 1min)) << "no list speaks";
  EXPECT_TRUE(out(gate_then, test_now + 2min)) << "the pack does";
  ASSERT_TRUE(at(test_now + 3min, [&](http::Call& call) {
    return movement::import_risk_places(call, desk_then, w.community.id, "6205,天水市,low,2022-03-01,,notice 9");
  }));
  EXPECT_FALSE(out(gate_then, test_now + 4min)) << "the community's own table is nearer";
}

TEST_F(GateTrips, UndoOpensAndClosesNothing) {
  ASSERT_TRUE(file(form("天水市", {self.person_id})));
  const auto undo_it = [&](const api::PassageView& view, Instant now) {
    return at(now, [&](http::Call& call) { return undo(call, ground, w.gate1, view.passage_id); });
  };
  ASSERT_TRUE(undo_it(pass(self, test_now + 1min), test_now + 1min + 5s));
  EXPECT_EQ(count(test_now + 2min, "filed"), 1u);
  pass(self, test_now + 5min);
  ASSERT_TRUE(undo_it(pass(self, test_now + 2h, Direction::in), test_now + 2h + 5s));
  EXPECT_EQ(count(test_now + 3h, "open"), 1u);
  EXPECT_TRUE(proposed(test_now + 3h).items.empty());
}

}  // namespace
}  // namespace firstline::gate
