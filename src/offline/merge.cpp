#include "offline/merge.hpp"

#include <utility>

namespace firstline::offline {

Merge three_way(std::vector<FieldVersions> fields) {
  Merge merge;
  for (FieldVersions& each : fields) {
    const bool device_changed = each.device != each.base;
    const bool agreed = each.device == each.server;
    if (!device_changed || agreed) continue;
    const bool server_changed = each.server != each.base;
    (server_changed ? merge.conflicts : merge.take).push_back(std::move(each));
  }
  return merge;
}

}  // namespace firstline::offline
