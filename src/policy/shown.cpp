#include "policy/shown.hpp"

namespace firstline::policy {
namespace {

struct ToJson {
  boost::json::value operator()(std::int64_t number) const { return number; }
  boost::json::value operator()(bool yes) const { return yes; }
  boost::json::value operator()(const std::string& word) const { return boost::json::string(word); }
  boost::json::value operator()(const std::vector<std::int64_t>& days) const {
    return boost::json::array(days.begin(), days.end());
  }
  boost::json::value operator()(const std::vector<std::string>& words) const {
    boost::json::array list;
    for (const std::string& word : words) list.emplace_back(boost::json::string(word));
    return list;
  }
};

}  // namespace

PolicyShown shown(const PolicySet& set) {
  PolicyShown result;
  result.version = set.version;
  for (const Pack& pack : set.packs)
    result.packs.push_back({pack.id, pack.area, pack.issuer, pack.document, pack.valid_from, pack.valid_to});
  for (const Entry& entry : catalogue()) {
    const auto found = set.parameters.find(entry.name);
    if (found == set.parameters.end()) continue;
    const Parameter& p = found->second.parameter;
    result.parameters.push_back({std::string(entry.name), std::visit(ToJson{}, p.value), std::string(entry.unit),
                                 found->second.pack, p.source, p.grade, p.note, p.default_of, std::string(entry.zh),
                                 std::string(entry.en)});
  }
  for (auto list = set.risk_lists.rbegin(); list != set.risk_lists.rend(); ++list)
    for (const RiskPlace& place : list->places)
      result.risk_places.push_back(
          {list->pack, place.code, place.name, place.risk, place.valid_from, place.valid_until, place.source});
  return result;
}

}  // namespace firstline::policy
