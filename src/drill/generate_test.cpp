#include "drill/generate.hpp"

#include <gtest/gtest.h>

#include "access/login_limiter.hpp"
#include "access/service.hpp"
#include "area/test_world.hpp"
#include "health/service.hpp"
#include "person/service.hpp"

namespace firstline::drill {
namespace {

using area::test_now;
using store::Session;

person::FieldKey test_key() { return person::FieldKey(std::array<std::byte, 32>{}); }

GenerateOptions small(int people, int communities, std::uint64_t seed = 1) {
  GenerateOptions options;
  options.people = people;
  options.communities = communities;
  options.seed = seed;
  options.now = test_now;
  return options;
}

std::string everybody(store::Database& database, const person::FieldKey& key, AreaId community) {
  const person::Directory directory(key);
  return database
      .read([&](Session& s) -> Result<std::string> {
        std::string text;
        FL_TRY(const auto node, area::find_community(s, community));
        FL_TRY(const auto nodes, area::below(s, community, node.path));
        for (const auto& area : nodes) {
          EXPECT_TRUE(area.generated);
          text += area.path + " " + area.name + "\n";
          if (area.kind != area::AreaKind::household) continue;
          FL_TRY(const auto people, directory.household(s, community, area.id));
          for (const auto& person : people) {
            EXPECT_TRUE(person.generated);
            text += person.name + *person.id_number + person.phone.value_or("") + format_date(*person.born_on) + "\n";
          }
        }
        FL_TRY(const auto gates, area::gates_of(s, community));
        for (const auto& gate : gates) {
          EXPECT_TRUE(gate.generated);
          text += gate.venue_code + "\n";
        }
        return text;
      })
      .value();
}

TEST(Generate, same_seed_same_community) {
  const auto key = test_key();
  std::string texts[3];
  const std::uint64_t seeds[3] = {1, 1, 2};
  for (int i = 0; i < 3; ++i) {
    area::TemporaryDatabase database;
    const auto made = generate_communities(*database, key, small(600, 1, seeds[i])).value();
    EXPECT_EQ(made.people, 600);
    EXPECT_EQ(made.households, 216);
    texts[i] = everybody(*database, key, made.communities.front());
  }
  EXPECT_EQ(texts[0], texts[1]);
  EXPECT_NE(texts[0], texts[2]);
  EXPECT_GT(texts[0].size(), 20'000u);
}

TEST(Generate, a_second_call_does_nothing_and_another_number_makes_more) {
  area::TemporaryDatabase database;
  const auto key = test_key();
  int told = 0;
  auto options = small(500, 2);
  options.progress = [&](std::int64_t done, std::int64_t all) {
    ++told;
    EXPECT_LE(done, all);
  };
  const auto first = generate_communities(*database, key, options).value();
  EXPECT_EQ(first.communities.size(), 2u);
  EXPECT_FALSE(first.was_there);
  EXPECT_GE(told, 2);
  const auto second = generate_communities(*database, key, options).value();
  EXPECT_TRUE(second.was_there);
  EXPECT_EQ(second.communities, first.communities);
  const auto third = generate_communities(*database, key, small(300, 1)).value();
  EXPECT_FALSE(third.was_there);
  EXPECT_EQ(third.communities.size(), 1u);
  EXPECT_EQ(generate_communities(*database, key, small(300, 0)).error().reason, "generate.bad_numbers");
}

TEST(Generate, readings_are_renewed_when_they_are_old) {
  using namespace std::chrono_literals;
  area::TemporaryDatabase database;
  const auto key = test_key();
  const AreaId community = generate_communities(*database, key, small(300, 1)).value().communities.front();
  const auto newest = [&] {
    return database
        ->read([&](Session& s) -> Result<Instant> {
          const person::Directory directory(key);
          Instant latest{};
          FL_TRY(const auto node, area::find_community(s, community));
          FL_TRY(const auto nodes, area::below(s, community, node.path));
          for (const auto& area : nodes) {
            FL_TRY(const auto people, directory.household(s, community, area.id));
            for (const auto& person : people) {
              FL_TRY(const auto standing, health::standing(s, community, person.id));
              if (standing.code) latest = std::max(latest, standing.code->read_at);
              EXPECT_TRUE(!standing.nat.last_negative || standing.nat.last_negative->reported_at <= test_now + 72h);
            }
          }
          return latest;
        })
        .value();
  };
  const std::string before = everybody(*database, key, community);
  EXPECT_LE(newest(), test_now);
  EXPECT_EQ(refresh_readings(*database, key, test_now + 5h).value(), 0);
  EXPECT_EQ(refresh_readings(*database, key, test_now + 72h).value(), 300);
  EXPECT_GT(newest(), test_now + 71h);
  EXPECT_EQ(refresh_readings(*database, key, test_now + 73h).value(), 0);
  EXPECT_EQ(everybody(*database, key, community), before);
}

TEST(Demo, logins_open_under_demo_only_and_are_made_once) {
  area::TemporaryDatabase database;
  const auto key = test_key();
  ASSERT_TRUE(generate_communities(*database, key, small(10'000, 1)));
  const auto logins = ensure_demo_accounts(*database, key, test_now).value();
  ASSERT_EQ(logins.size(), 10u);
  EXPECT_EQ(ensure_demo_accounts(*database, key, test_now).value().size(), 10u);

  access::Authenticator authenticator(*database, key);
  access::Door door{&*database, &key, &authenticator, {}};
  access::LoginLimiter limiter;
  const auto open = [&](const DemoLogin& login) {
    return access::sign_in(door, limiter, {login.login, login.password, {}}, "10.0.0.1", test_now, system_random());
  };
  EXPECT_EQ(open(logins[0]).error().reason, "session.wrong_credentials");
  door.settings.allow_generated = true;
  const auto keeper = open(logins[0]).value();
  EXPECT_TRUE(keeper.view.generated);
  ASSERT_EQ(keeper.view.roles.size(), 1u);
  EXPECT_EQ(keeper.view.roles[0].area_name, "示范1号院");
  EXPECT_EQ(open(logins[4]).error().reason, "session.totp_required");
  EXPECT_FALSE(logins[4].totp_secret_base32.empty());
  const auto resident = open(logins[8]).value();
  EXPECT_TRUE(resident.view.person_id);
}

}  // namespace
}  // namespace firstline::drill
