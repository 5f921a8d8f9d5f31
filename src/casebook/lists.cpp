#include "casebook/lists.hpp"

#include <algorithm>

#include "casebook/parts.hpp"
#include "casebook/steps.hpp"
#include "json/json.hpp"
#include "laboratory/whom.hpp"
#include "ledger/fact.hpp"

namespace firstline::casebook {
namespace {

using store::Session;

constexpr std::size_t rows_in_a_transaction = 200, source_bytes_max = 100;

struct FactBody {
  ListKind kind = ListKind::cases;
  std::string source;
  ListCounts counts;
};
BOOST_DESCRIBE_STRUCT(FactBody, (), (kind, source, counts))

enum class Taken { added, changed, same };
struct One {
  std::optional<Taken> taken;
  bool resident = false;
  std::string refused, field;
};
One refused(std::string code, std::string field = {}) { return {{}, false, std::move(code), std::move(field)}; }

// A rule's refusal of one row; only what the database cannot do is a fault.
bool is_refusal(const Fault& fault) {
  return fault.code == FaultCode::invalid || fault.code == FaultCode::conflict || fault.code == FaultCode::not_found;
}

std::optional<Instant> moment_of(std::optional<Date> day) {
  return day ? std::optional<Instant>(start_of(*day)) : std::nullopt;
}

void put_moments(Case& made, const Listed& listed) {
  made.onset_at = moment_of(listed.onset_on);
  made.sampled_at = moment_of(listed.sampled_on);
  made.reported_at = moment_of(listed.reported_on);
  made.transferred_at = moment_of(listed.admitted_on);
}

class Taking {
 public:
  Taking(const Parts& parts, const WantedList& wanted, const By& by) : parts_(parts), wanted_(wanted), by_(by) {}

  Result<One> one(Session& session, const CaseRow& row) {
    FL_TRY(auto there, load_listed(session, wanted_.community, wanted_.source, row.id));
    return there ? again(session, row, std::move(*there)) : first(session, row);
  }

  Result<One> one(Session& session, const ContactRow& row) {
    Link made;
    made.community_id = wanted_.community;
    for (const auto& [id, end] : {std::pair(&row.from, &made.from_case), std::pair(&row.to, &made.to_case)}) {
      FL_TRY(const auto there, load_listed(session, wanted_.community, wanted_.source, *id));
      if (!there) return refused("case.not_in_list", id == &row.from ? "from" : "to");
      *end = there->id;
    }
    made.kind = row.kind;
    made.confidence = row.confidence;
    made.exposed_from = moment_of(row.exposed_from);
    made.exposed_until = moment_of(row.exposed_until);
    made.place = row.place;
    made.source = wanted_.source;
    if (!links_) {
      FL_TRY(links_, load_links(session, wanted_.community));
    }
    for (const Link& each : *links_)
      if (each.from_case == made.from_case && each.to_case == made.to_case) {
        const bool same = each.kind == made.kind && each.confidence == made.confidence && each.place == made.place &&
                          each.exposed_from == made.exposed_from && each.exposed_until == made.exposed_until;
        return same ? One{Taken::same, false, {}, {}} : refused("link.differs");
      }
    const auto checked = check_link(*links_, made, by_.now);
    if (!checked) return refused(checked.error().reason);
    FL_TRY(made, keep_link(session, parts_, std::move(made), {}, by_));
    links_->push_back(made);
    return One{Taken::added, false, {}, {}};
  }
  // The transaction is run again, or was taken back: what was remembered of it may not be there.
  void forget() { links_.reset(); }

 private:
  Result<store::Bytes> sealed(CaseId id, const Listed& listed) const {
    FL_CHECK(by_.random);
    return parts_.people->key().seal(*by_.random, listed_field, id.value, json::write(listed));
  }

  // Whom the row is about: a resident, or nobody whom this office has; or why that cannot be said.
  Result<std::variant<PersonId, std::string>> subject(Session& session, const CaseRow& row) const {
    using Answer = std::variant<PersonId, std::string>;
    if (row.listed.name.empty() || (!row.id_number && !row.phone)) return Answer(PersonId{});
    FL_TRY(const auto found,
           laboratory::whom(session, *parts_.people, {row.listed.name, row.id_number, row.phone}, civil_date(by_.now)));
    if (found.ref) return Answer(found.ref->community_id == wanted_.community ? found.ref->person_id : PersonId{});
    const bool stranger = found.refused == "person.unknown_id_number" || found.refused == "person.unknown_phone";
    return stranger ? Answer(PersonId{}) : Answer(found.refused);
  }

  Result<One> first(Session& session, const CaseRow& row) const {
    FL_TRY(const auto about, subject(session, row));
    if (const auto* why = std::get_if<std::string>(&about)) return refused(*why);
    Case made;
    made.community_id = wanted_.community;
    made.id = session.new_id<CaseId>(by_.now);
    made.person_id = std::get<PersonId>(about);
    if (made.person_id) {
      FL_TRY(const auto open, open_case_of(session, {made.community_id, made.person_id}));
      if (open && is_open(row.status)) return refused("case.open_already");
    }
    FL_TRY(made.listed_sealed, sealed(made.id, row.listed));
    made.status = row.status;
    made.classified = row.classified;
    put_moments(made, row.listed);
    if (!is_open(made.status)) made.ended_at = end_of(made, row.listed);
    if (misplaced(made, by_.now)) return refused("case.bad_moment");
    made.ground = Ground::line_list;
    made.source = wanted_.source;
    made.external_id = row.id;
    const bool resident = static_cast<bool>(made.person_id);
    FL_TRYV(begin(session, parts_, std::move(made), {}, by_));
    return One{Taken::added, resident, {}, {}};
  }

  // Of a list that does not say when: the last day that it does name, and never before the beginning.
  Instant end_of(const Case& made, const Listed& listed) const {
    if (listed.ended_on) return start_of(*listed.ended_on);
    Instant last{};
    for (const auto& at : {made.onset_at, made.sampled_at, made.reported_at, made.transferred_at})
      if (at) last = std::max(last, *at);
    return last == Instant{} ? by_.now : last;
  }

  Result<One> again(Session& session, const CaseRow& row, Case there) const {
    FL_TRY(const auto text, parts_.people->key().open(listed_field, there.id.value, *there.listed_sealed));
    FL_TRY(const auto before, json::read<Listed>(text));
    if (before == row.listed) return One{Taken::same, false, {}, {}};
    Case changed = there;
    std::vector<Entry> entries;
    const struct {
      std::optional<Instant> Case::*at;
      std::optional<Date> Listed::*day;
      Part part;
      const char* field;
    } moments[] = {{&Case::onset_at, &Listed::onset_on, Part::onset, "onset"},
                   {&Case::sampled_at, &Listed::sampled_on, Part::sampled, "sampled"},
                   {&Case::reported_at, &Listed::reported_on, Part::reported, "reported"},
                   {&Case::transferred_at, &Listed::admitted_on, Part::transferred, "admitted"}};
    for (const auto& each : moments) {
      if (before.*each.day == row.listed.*each.day) continue;
      // Somebody here knew better since: the list does not undo it.
      if (there.*each.at != moment_of(before.*each.day)) return refused("row.changed_here", each.field);
      changed.*each.at = moment_of(row.listed.*each.day);
      Entry entry;
      entry.part = each.part;
      if (there.*each.at) entry.before = format_instant(*(there.*each.at));
      if (changed.*each.at) entry.after = format_instant(*(changed.*each.at));
      entries.push_back(std::move(entry));
    }
    if (before.outcome != row.listed.outcome) {
      if (before.outcome != store::enum_name(there.status)) return refused("row.changed_here", "outcome");
      const Needed needed = needed_for(there.status, row.status);
      if (needed == Needed::never) return refused("case.illegal_step", "outcome");
      if (needed == Needed::two) return refused("row.needs_second", "outcome");
      changed.status = row.status;
      if (is_open(row.status)) changed.classified = row.status;
      changed.ended_at.reset();
      if (!is_open(row.status)) changed.ended_at = end_of(changed, row.listed);
      Entry entry;
      entry.part = Part::status;
      entry.before = store::enum_name(there.status);
      entry.after = store::enum_name(row.status);
      entry.moment = changed.ended_at;
      entries.push_back(std::move(entry));
    }
    if (misplaced(changed, by_.now)) return refused("case.bad_moment");
    FL_TRY(changed.listed_sealed, sealed(changed.id, row.listed));
    FL_TRYV(change(session, parts_, changed, by_));
    for (Entry& each : entries) FL_TRYV(note(session, parts_, changed, std::move(each), {}, by_));
    return One{Taken::changed, false, {}, {}};
  }

  const Parts& parts_;
  const WantedList& wanted_;
  const By by_;
  std::optional<std::vector<Link>> links_;
};

void count(ListCounts& counts, const One& one) {
  ++counts.rows;
  counts.residents += one.resident;
  if (!one.taken) ++counts.refused;
  else if (*one.taken == Taken::added) ++counts.added;
  else if (*one.taken == Taken::changed) ++counts.changed;
  else ++counts.same;
}
void add_up(ListCounts& sum, const ListCounts& more) {
  sum.rows += more.rows;
  sum.added += more.added;
  sum.changed += more.changed;
  sum.same += more.same;
  sum.refused += more.refused;
  sum.residents += more.residents;
}

using AnyRow = std::variant<CaseRow, ContactRow, Rejection>;

AnyRow read_row(const intake::Row& row, const Columns& columns, ListKind kind, Date today) {
  const auto as_any = [](auto read) { return std::visit([](auto& found) { return AnyRow(std::move(found)); }, read); };
  return kind == ListKind::cases ? as_any(read_case(row, columns, today)) : as_any(read_contact(row, columns, today));
}

Result<One> take_one(Session& session, Taking& taking, const AnyRow& row) {
  if (const auto* wrong = std::get_if<Rejection>(&row)) return refused(wrong->code, wrong->field);
  auto done = std::holds_alternative<CaseRow>(row) ? taking.one(session, std::get<CaseRow>(row))
                                                   : taking.one(session, std::get<ContactRow>(row));
  // Nothing of such a row is written: each is looked at whole before its first write.
  if (!done && is_refusal(done.error())) return refused(done.error().reason);
  return done;
}

int line_of(const AnyRow& row) {
  return std::visit([](const auto& each) { return each.line; }, row);
}

// A list that says two things about one id says nothing about it: the second row is refused.
void refuse_twice(std::vector<AnyRow>& rows) {
  std::map<std::string, Listed> seen;
  for (AnyRow& row : rows) {
    const auto* one = std::get_if<CaseRow>(&row);
    if (!one) continue;
    const auto [there, first] = seen.emplace(one->id, one->listed);
    if (!first && there->second != one->listed) row = Rejection{one->line, "row.twice", "id"};
  }
}

}  // namespace

Result<ListOutcome> take_list(store::Database& database, const Parts& parts, const WantedList& wanted,
                              std::string_view bytes, const By& by) {
  if (wanted.source.empty() || wanted.source.size() > source_bytes_max)
    return fail(FaultCode::invalid, "list.bad_source", {}, "/source");
  FL_TRY(const auto table, intake::read_table(bytes));
  FL_TRY(const auto columns, Columns::find(table, wanted.kind, wanted.mapping));
  ListOutcome outcome;
  outcome.mapping = columns.mapping();
  std::vector<AnyRow> rows;
  for (std::size_t i = columns.row() + 1; i < table.size(); ++i)
    rows.push_back(read_row(table[i], columns, wanted.kind, civil_date(by.now)));
  if (wanted.kind == ListKind::cases) refuse_twice(rows);

  Taking taking(parts, wanted, by);
  // A look is one transaction, which is taken back: the end of a list may lean on its beginning.
  const std::size_t size = wanted.only_look ? std::max<std::size_t>(rows.size(), 1) : rows_in_a_transaction;
  for (std::size_t from = 0; from < rows.size(); from += size) {
    ListCounts counts;
    std::vector<Rejection> rejections;
    const auto done = database.write([&](Session& session) -> Result<void> {
      counts = {};
      rejections.clear();
      taking.forget();
      for (std::size_t i = from; i < std::min(from + size, rows.size()); ++i) {
        FL_TRY(const auto one, take_one(session, taking, rows[i]));
        count(counts, one);
        if (!one.taken) rejections.push_back({line_of(rows[i]), one.refused, one.field});
      }
      if (wanted.only_look) return fail(FaultCode::stale, "list.only_looked");
      return {};
    });
    if (!done && done.error().reason != "list.only_looked") return tl::unexpected(done.error());
    add_up(outcome.counts, counts);
    outcome.rejections.insert(outcome.rejections.end(), rejections.begin(), rejections.end());
  }
  if (wanted.only_look) return outcome;
  const auto told = database.write([&](Session& session) -> Result<void> {
    ledger::Draft fact;
    fact.community = fact.area = wanted.community;
    fact.at = fact.recorded_at = by.now;
    fact.actor = by.account;
    fact.kind = "case.list_taken";
    fact.subject = "community:" + format_id(wanted.community.value);
    fact.body = json::write(FactBody{wanted.kind, wanted.source, outcome.counts});
    FL_TRYV(ledger::write(session, fact));
    return {};
  });
  if (!told) return tl::unexpected(told.error());
  return outcome;
}

}  // namespace firstline::casebook
