#include "roster/search.hpp"

#include <algorithm>
#include <cmath>

#include "base/clock.hpp"
#include "roster/stretch.hpp"

namespace firstline::roster {
namespace {

constexpr int kept_in_stretch = 120, kept_in_row = 400, kept_at_last = 20'000;
constexpr int people_in_move_max = 3;

class Search {
 public:
  Search(const Problem& problem, const SearchOptions& options)
      : problem_(problem),
        options_(options),
        random_(options.seed),
        finder_(problem),
        count_(static_cast<std::size_t>(problem.days) * problem.symbols) {}

  std::optional<Roster> run() {
    if (!begin()) return std::nullopt;
    best_ = {rows_, cost_};
    double done = 0;
    for (std::int64_t moves = 0; done < 1; ++moves) {
      if (moves % 32 == 0) {
        done = options_.progress(moves);
        temperature_ = options_.hot * std::pow(options_.cold / options_.hot, done);
      }
      move();
      if (cost_ < best_.cost) best_ = {rows_, cost_};
    }
    return best_;
  }

 private:
  int below(int limit) { return static_cast<int>((random_.next() >> 33) % static_cast<std::uint64_t>(limit)); }
  double fraction() { return static_cast<double>(random_.next() >> 11) * 0x1p-53; }

  int& count(int day, int symbol) { return count_[static_cast<std::size_t>(day) * problem_.symbols + symbol]; }

  // Takes a stretch out of the cover, or puts it in; what the cover costs more then.
  Cost cover(const Row& row, int from, int until, int by) {
    Cost change = 0;
    for (int day = from; day < until; ++day) {
      if (row[day] == 0) continue;
      int& people = count(day, row[day]);
      change += problem_.cover_cost(day, row[day], people + by) - problem_.cover_cost(day, row[day], people);
      people += by;
    }
    return change;
  }

  // What one more person in each cell would cost, with noise while it is hot.
  void price(int from, int until) {
    price_.resize(static_cast<std::size_t>(until - from) * problem_.symbols);
    std::size_t at = 0;
    for (int day = from; day < until; ++day)
      for (int symbol = 0; symbol < problem_.symbols; ++symbol) {
        const int people = count(day, symbol);
        const Cost more =
            symbol == 0 ? 0 : problem_.cover_cost(day, symbol, people + 1) - problem_.cover_cost(day, symbol, people);
        price_[at++] = more + static_cast<Cost>(-std::log(fraction() + 1e-12) * temperature_ * noise_ + fraction());
      }
  }

  // Everybody's row, one after the other, each as good as it can be beside those before.
  bool begin() {
    rows_.assign(static_cast<std::size_t>(problem_.people), Row(static_cast<std::size_t>(problem_.days)));
    row_cost_.resize(rows_.size());
    temperature_ = 1;
    for (int person = 0; person < problem_.people; ++person) {
      price(0, problem_.days);
      const int kept = problem_.days > 60 ? kept_in_row / 4 : kept_in_row;
      bool found = false;
      for (int more = kept; !found && more <= kept_at_last; more *= 4)
        found = finder_.find(person, rows_[person], 0, problem_.days, price_, more);
      if (!found) return false;
      cover(rows_[person], 0, problem_.days, 1);
      row_cost_[person] = row_cost(problem_, problem_.rules[person], rows_[person]);
      if (row_cost_[person] >= never) return false;
    }
    cost_ = cost_of(problem_, rows_);
    return true;
  }

  void move() {
    const bool whole = below(100) < 2 && problem_.days <= 60;
    const int length = whole ? problem_.days : 1 + below(below(4) == 0 ? 14 : 7);
    const int from = whole ? 0 : below(problem_.days), until = std::min(problem_.days, from + length);
    const int people = std::min(problem_.people, 1 + below(people_in_move_max));
    noise_ = fraction() < 0.3 ? 0 : 0.5 * fraction();
    chosen_.clear();
    while (static_cast<int>(chosen_.size()) < people) {
      const int person = below(problem_.people);
      if (std::find(chosen_.begin(), chosen_.end(), person) == chosen_.end()) chosen_.push_back(person);
    }
    before_.clear();
    Cost change = 0;
    for (const int person : chosen_) {
      before_.insert(before_.end(), rows_[person].begin() + from, rows_[person].begin() + until);
      change += cover(rows_[person], from, until, -1);
    }
    bool found = true;
    new_cost_.assign(chosen_.size(), 0);
    for (std::size_t i = 0; i < chosen_.size(); ++i) {
      const int person = chosen_[i];
      if (found) {
        price(from, until);
        found = finder_.find(person, rows_[person], from, until, price_, whole ? kept_in_row : kept_in_stretch);
      }
      change += cover(rows_[person], from, until, 1);
      new_cost_[i] = row_cost(problem_, problem_.rules[person], rows_[person]);
      change += new_cost_[i] - row_cost_[person];
    }
    if (found && (change <= 0 || fraction() < std::exp(-static_cast<double>(change) / temperature_))) {
      for (std::size_t i = 0; i < chosen_.size(); ++i) row_cost_[chosen_[i]] = new_cost_[i];
      cost_ += change;
      return;
    }
    std::size_t at = 0;
    for (const int person : chosen_) {
      cover(rows_[person], from, until, -1);
      for (int day = from; day < until; ++day) rows_[person][day] = before_[at++];
      cover(rows_[person], from, until, 1);
    }
  }

  const Problem& problem_;
  const SearchOptions& options_;
  SeededRandom random_;
  StretchFinder finder_;
  std::vector<int> count_;
  std::vector<Row> rows_;
  std::vector<Cost> row_cost_, price_, new_cost_;
  std::vector<int> chosen_;
  Row before_;
  Cost cost_ = 0;
  double temperature_ = 1, noise_ = 0.5;
  Roster best_;
};

}  // namespace

std::optional<Roster> search(const Problem& problem, const SearchOptions& options) {
  return Search(problem, options).run();
}

}  // namespace firstline::roster
