// The whole space of one field: base, device and server each none, a or b.

#include "offline/merge.hpp"

#include <gtest/gtest.h>

namespace firstline::offline {
namespace {

TEST(ThreeWay, WalksTheWholeSpaceOfOneField) {
  const FieldValue values[] = {std::nullopt, "a", "b"};
  int walked = 0;
  for (const auto& base : values) {
    for (const auto& device : values) {
      for (const auto& server : values) {
        const Merge merge = three_way({{"f", base, device, server}});
        const bool takes = device != base && server == base && device != server;
        const bool conflicts = device != base && server != base && device != server;
        EXPECT_EQ(merge.take.size(), takes ? 1u : 0u);
        EXPECT_EQ(merge.conflicts.size(), conflicts ? 1u : 0u);
        if (conflicts) EXPECT_EQ(merge.conflicts[0].server, server);
        ++walked;
      }
    }
  }
  EXPECT_EQ(walked, 27);
}

TEST(ThreeWay, FieldsDoNotTouchEachOther) {
  const Merge merge = three_way({{"back_on", "1", "2", "1"}, {"to_name", "x", "y", "z"}, {"purpose", "w", "w", "m"}});
  ASSERT_EQ(merge.take.size(), 1u);
  EXPECT_EQ(merge.take[0].field, "back_on");
  ASSERT_EQ(merge.conflicts.size(), 1u);
  EXPECT_EQ(merge.conflicts[0].field, "to_name");
}

}  // namespace
}  // namespace firstline::offline
