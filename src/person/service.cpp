#include "person/service.hpp"

#include <algorithm>
#include <array>

#include <sodium.h>

#include "area/service.hpp"
#include "json/json.hpp"
#include "ledger/fact.hpp"
#include "person/id_number.hpp"
#include "person/search.hpp"
#include "person/store.hpp"

namespace firstline::person {
namespace {

constexpr Field name_field{"person", "name"}, id_number_field{"person", "id_number"}, phone_field{"person", "phone"},
    born_field{"person", "born_on"}, address_field{"person", "address"};

std::string join(const std::vector<Mark>& marks) {
  std::string text;
  for (const Mark mark : marks) text += (text.empty() ? "" : ",") + std::string(store::enum_name(mark));
  return text;
}

std::vector<Mark> split(std::string_view text) {
  std::vector<Mark> marks;
  while (!text.empty()) {
    const auto comma = text.find(',');
    marks.push_back(store::enum_value<Mark>(text.substr(0, comma)));
    text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
  }
  return marks;
}

// Digits only, without +86; 5 to 15 of them.
Result<std::string> normal_phone(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (c >= '0' && c <= '9') digits += c;
    else if (c != ' ' && c != '-' && c != '+') return fail(FaultCode::invalid, "phone.bad", {}, "/phone");
  }
  if (digits.size() == 13 && digits.starts_with("86")) digits.erase(0, 2);
  if (digits.size() < 5 || digits.size() > 15) return fail(FaultCode::invalid, "phone.bad", {}, "/phone");
  return digits;
}

Result<std::optional<std::string>> open_field(const FieldKey& key, Field field, PersonId id,
                                              const std::optional<Bytes>& sealed) {
  if (!sealed) return std::optional<std::string>();
  FL_TRY(auto clear, key.open(field, id.value, *sealed));
  return std::optional(std::move(clear));
}

Result<Person> open_row(const FieldKey& key, const PersonRow& row) {
  Person person;
  person.community_id = row.community_id;
  person.id = row.id;
  person.household_id = row.household_id;
  FL_TRY(person.name, key.open(name_field, row.id.value, row.name_sealed));
  FL_TRY(person.id_number, open_field(key, id_number_field, row.id, row.id_number_sealed));
  FL_TRY(person.phone, open_field(key, phone_field, row.id, row.phone_sealed));
  FL_TRY(const auto born, open_field(key, born_field, row.id, row.born_sealed));
  if (born) person.born_on = parse_date(*born);
  FL_TRY(person.address_detail, open_field(key, address_field, row.id, row.address_sealed));
  person.marks = split(row.marks);
  person.generated = row.generated;
  return person;
}

}  // namespace

std::string tag_of(const Digest& key, std::string_view text, std::size_t bytes) {
  std::array<unsigned char, crypto_auth_hmacsha256_BYTES> mac{};
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, reinterpret_cast<const unsigned char*>(key.data()), key.size());
  crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(text.data()), text.size());
  crypto_auth_hmacsha256_final(&state, mac.data());
  return hex(std::as_bytes(std::span(mac)).first(bytes));
}

std::string hex(std::span<const std::byte> bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const std::byte each : bytes) {
    text += digits[std::to_integer<std::size_t>(each >> 4)];
    text += digits[std::to_integer<std::size_t>(each & std::byte{15})];
  }
  return text;
}

using store::Session;

struct Directory::Sealed {
  PersonRow row;
  std::optional<Digest> id_hash, phone_hash;
};

namespace {

// The row, or of a record that was merged into another, the other's. Merging looks that there is no circle; were there
// one, the walk would end all the same.
constexpr int merges_in_a_row_max = 20;

template <class Load>
auto followed(PersonRef ref, Load load) -> decltype(load(ref)) {
  for (int step = 0; step < merges_in_a_row_max; ++step) {
    FL_TRY(auto row, load(ref));
    if (!row || !row->merged_into) return row;
    ref.person_id = row->merged_into;
  }
  return fail(FaultCode::corrupt, "person.merged_in_a_circle");
}

}  // namespace

Result<Person> Directory::find(Session& session, PersonRef ref) const {
  FL_TRY(const auto row, followed(ref, [&](PersonRef at) { return load_person(session, at); }));
  if (!row) return fail(FaultCode::not_found, "person.unknown");
  return open_row(*key_, *row);
}

Result<PersonRef> counted_as(Session& session, PersonRef ref) {
  FL_TRY(const auto row, followed(ref, [&](PersonRef at) { return load_person(session, at); }));
  return row ? PersonRef{row->community_id, row->id} : ref;
}

Result<std::optional<area::Area>> home_of(Session& session, PersonRef ref) {
  FL_TRY(const auto row, followed(ref, [&](PersonRef at) { return load_person(session, at); }));
  if (!row) return fail(FaultCode::not_found, "person.unknown");
  if (!row->household_id) return std::optional<area::Area>();
  FL_TRY(auto home, area::find(session, row->community_id, row->household_id));
  return std::optional(std::move(home));
}

Result<std::vector<PersonId>> records_of(Session& session, PersonRef ref) {
  std::vector<PersonId> ids{ref.person_id};
  for (std::size_t at = 0; at < ids.size(); ++at) {
    FL_TRY(const auto merges, load_merges_into(session, {ref.community_id, ids[at]}));
    for (const Merge& merge : merges) ids.push_back(merge.gone_id);
  }
  return ids;
}

Result<Person> Directory::open(const PersonRow& row) const { return open_row(*key_, row); }

Result<Resident> Directory::resident(Session& session, PersonRef ref) const {
  FL_TRY(auto row, load_resident(session, ref));
  if (!row) {  // Merged into another, perhaps: the way there is looked for only now.
    FL_TRY(const PersonRef counted, counted_as(session, ref));
    if (counted != ref) {
      FL_TRY(row, load_resident(session, counted));
    }
  }
  if (!row) return fail(FaultCode::not_found, "person.unknown");
  Resident resident;
  Person& person = resident.person;
  person.community_id = row->community_id;
  person.id = row->person_id;
  person.household_id = row->household_id;
  FL_TRY(person.name, key_->open(name_field, person.id.value, row->name_sealed));
  FL_TRY(const auto born, open_field(*key_, born_field, person.id, row->born_sealed));
  if (born) person.born_on = parse_date(*born);
  person.marks = split(row->marks);
  person.generated = row->generated;
  resident.household_label = std::move(row->household_label).value_or("");
  if (const auto& path = row->household_path)
    resident.household_path.assign(reinterpret_cast<const char*>(path->data()), path->size());
  return resident;
}

Result<void> home_renamed(Session& session, const area::Area& area) {
  if (area.kind != area::AreaKind::household) return {};
  return save_label(session, area.community_id, area.id, area.label);
}

Digest Directory::tag_key(AreaId compound) const { return key_->mac(KeyUse::pack_tag, format_id(compound.value)); }

Result<ResidentMasked> masked(const FieldKey& key, const PackRow& row, const Digest& tag_key) {
  ResidentMasked made;
  made.id = row.id;
  made.household_id = row.household_id;
  made.household_label = row.household_label;
  FL_TRY(const auto name, key.open(name_field, row.id.value, row.name_sealed));
  made.name_masked = mask_name(name);
  FL_TRY(const auto born, open_field(key, born_field, row.id, row.born_sealed));
  if (born) made.born_on = parse_date(*born);
  FL_TRY(const auto number, open_field(key, id_number_field, row.id, row.id_number_sealed));
  if (!number || number->size() < 4) return made;
  made.id_last4 = number->substr(number->size() - 4);
  made.id_tag = tag_of(tag_key, *number, id_tag_bytes);
  return made;
}

Result<std::vector<ResidentMasked>> Directory::masked_below(Session& session, AreaId community, std::string_view path,
                                                            const Digest& tag_key) const {
  FL_TRY(const auto rows, load_pack_rows(session, community, path));
  std::vector<ResidentMasked> residents;
  residents.reserve(rows.size());
  for (const PackRow& row : rows) {
    FL_TRY(residents.emplace_back(), masked(*key_, row, tag_key));
  }
  return residents;
}

Result<std::vector<Person>> Directory::household(Session& session, AreaId community, AreaId household) const {
  FL_TRY(const auto rows, load_household(session, community, household));
  std::vector<Person> people;
  for (const PersonRow& row : rows) {
    FL_TRY(auto person, open_row(*key_, row));
    people.push_back(std::move(person));
  }
  return people;
}

Result<PersonRef> Directory::by_id_number(Session& session, std::string_view id_number, Date today) const {
  FL_TRY(const auto number, parse_id_number(id_number, today));
  FL_TRY(const auto ref, load_id_key(session, key_->search_hash("id_number", number.text)));
  if (!ref) return fail(FaultCode::not_found, "person.unknown_id_number", {}, "/id_number");
  return *ref;
}

Result<std::vector<PersonRef>> Directory::by_phone(Session& session, std::string_view phone) const {
  FL_TRY(const auto digits, normal_phone(phone));
  return load_phone_key(session, key_->search_hash("phone", digits));
}

// The row of a person, and the hashes that it is found by.
Result<Directory::Sealed> Directory::seal(const Person& person, Instant now, Random& random) const {
  if (person.name.empty() || person.name.size() > 200) return fail(FaultCode::invalid, "person.bad_name", {}, "/name");
  const auto sealed = [&](Field field, const std::string& clear) {
    return key_->seal(random, field, person.id.value, clear);
  };
  Sealed out{{person.community_id,
              person.id,
              person.household_id,
              sealed(name_field, person.name),
              {},
              {},
              {},
              {},
              join(person.marks),
              person.generated,
              {},
              false},
             {},
             {}};
  auto born_on = person.born_on;
  if (person.id_number) {
    FL_TRY(const auto number, parse_id_number(*person.id_number, civil_date(now)));
    if (!born_on) born_on = number.born_on;
    out.row.id_number_sealed = sealed(id_number_field, number.text);
    out.id_hash = key_->search_hash("id_number", number.text);
  }
  if (person.phone) {
    FL_TRY(const auto digits, normal_phone(*person.phone));
    out.row.phone_sealed = sealed(phone_field, digits);
    out.phone_hash = key_->search_hash("phone", digits);
  }
  if (born_on) out.row.born_sealed = sealed(born_field, format_date(*born_on));
  if (person.address_detail) out.row.address_sealed = sealed(address_field, *person.address_detail);
  return out;
}

Result<void> Directory::save_keys(Session& session, PersonRef ref, const Sealed& sealed) const {
  if (sealed.id_hash) {
    FL_TRY(const bool free, save_id_key(session, *sealed.id_hash, ref));
    if (!free) return fail(FaultCode::conflict, "person.exists", {}, "/id_number");
  }
  if (sealed.phone_hash) FL_TRYV(save_phone_key(session, *sealed.phone_hash, ref));
  return {};
}

Result<void> Directory::drop_keys(Session& session, const Person& person) const {
  const PersonRef ref{person.community_id, person.id};
  if (person.id_number) FL_TRYV(delete_id_key(session, key_->search_hash("id_number", *person.id_number), ref));
  if (person.phone) FL_TRYV(delete_phone_key(session, key_->search_hash("phone", *person.phone), ref));
  return {};
}

Result<PersonRef> Directory::add(Session& session, Person person, Instant now, Random& random) const {
  FL_CHECK(person.community_id);
  if (!person.id) person.id = session.new_id<PersonId>(now);
  const PersonRef ref{person.community_id, person.id};
  FL_TRY(const auto sealed, seal(person, now, random));
  FL_TRYV(save_keys(session, ref, sealed));
  FL_TRYV(save(session, sealed.row));
  FL_TRYV(save_words(session, ref, words_of(*key_, ref.community_id, person.name, person.phone)));
  return ref;
}

Result<void> Directory::put(Session& session, const Person& person, Instant now, Random& random) const {
  const PersonRef ref{person.community_id, person.id};
  FL_TRY(const auto there, load_person(session, ref));
  if (!there) return fail(FaultCode::not_found, "person.unknown");
  if (there->merged_into || there->withdrawn) return fail(FaultCode::conflict, "person.set_aside");
  FL_TRY(const auto before, open_row(*key_, *there));
  FL_TRY(const auto sealed, seal(person, now, random));
  FL_TRYV(drop_keys(session, before));
  FL_TRYV(save_keys(session, ref, sealed));
  if (before.name != person.name || before.phone != person.phone) {
    FL_TRYV(delete_words(session, ref, words_of(*key_, ref.community_id, before.name, before.phone)));
    FL_TRYV(save_words(session, ref, words_of(*key_, ref.community_id, person.name, person.phone)));
  }
  return replace(session, sealed.row);
}

// The record keeps what it holds, sealed as it is: bringing it back needs nothing but the way to it.
Result<void> Directory::set_aside(Session& session, PersonRef ref, PersonId merged_into) const {
  FL_TRY(auto row, load_person(session, ref));
  if (!row || row->merged_into || row->withdrawn) return fail(FaultCode::conflict, "person.set_aside");
  FL_TRY(const auto person, open_row(*key_, *row));
  FL_TRYV(drop_keys(session, person));
  FL_TRYV(delete_words(session, ref, words_of(*key_, ref.community_id, person.name, person.phone)));
  FL_TRYV(delete_stay(session, ref));
  row->household_id = {};
  row->merged_into = merged_into;
  row->withdrawn = !merged_into;
  return replace(session, *row);
}

Result<void> Directory::bring_back(Session& session, PersonRef ref, AreaId household, Instant now,
                                   Random& random) const {
  FL_TRY(const auto row, load_person(session, ref));
  if (!row || !row->merged_into) return fail(FaultCode::conflict, "person.not_merged");
  FL_TRY(auto person, open_row(*key_, *row));
  person.household_id = household;
  FL_TRY(const auto sealed, seal(person, now, random));
  FL_TRYV(save_keys(session, ref, sealed));
  FL_TRYV(save_words(session, ref, words_of(*key_, ref.community_id, person.name, person.phone)));
  return replace(session, sealed.row);
}

Result<std::map<PersonId, Date>> Directory::stays(Session& session, AreaId community) const {
  FL_TRY(const auto rows, load_stays(session, community));
  std::map<PersonId, Date> stays;
  for (const StayRow& row : rows) stays.emplace(row.person_id, row.until);
  return stays;
}

Result<void> Directory::keep_stay(Session& session, PersonRef ref, std::optional<Date> until) const {
  FL_TRYV(delete_stay(session, ref));
  if (until) FL_TRYV(save_stay(session, {ref.community_id, ref.person_id, *until}));
  return {};
}

Result<std::vector<Person>> Directory::below(Session& session, AreaId community, std::string_view path) const {
  FL_TRY(const auto rows, load_below(session, community, path));
  std::vector<Person> people;
  people.reserve(rows.size());
  for (const PersonRow& row : rows) {
    FL_TRY(auto person, open_row(*key_, row));
    people.push_back(std::move(person));
  }
  return people;
}

Result<std::string> Directory::address(Session& session, const Person& person) const {
  std::string text;
  if (person.household_id) {
    FL_TRY(const auto home, area::find(session, person.community_id, person.household_id));
    FL_TRY(const auto way, area::way_to(session, person.community_id, home.path));
    for (const area::Area& node : way) text += node.kind == area::AreaKind::floor ? "" : node.name;
  }
  if (person.address_detail) text += (text.empty() ? "" : " ") + *person.address_detail;
  return text;
}

namespace {
struct RevealBody {
  RevealReason reason = RevealReason::tracing;
  std::size_t note_characters = 0;
};
BOOST_DESCRIBE_STRUCT(RevealBody, (), (reason, note_characters))
}  // namespace

Result<Revealed> Directory::reveal(Session& session, PersonRef ref, const RevealCommand& command,
                                   const http::Actor& actor, Instant now, Random& random) const {
  if (command.note.find_first_not_of(" \t\r\n") == std::string::npos) {
    return fail(FaultCode::invalid, "reveal.note_missing", {}, "/note");
  }
  if (command.note.size() > 1000) return fail(FaultCode::invalid, "reveal.note_too_long", {}, "/note");
  FL_TRY(const auto person, find(session, ref));
  FL_TRY(auto where, address(session, person));
  Revealed clear{person.name, person.id_number, person.phone, person.born_on, std::move(where)};
  FL_TRY(const bool before, has_revealed(session, ref.community_id, command.id));
  if (before) return clear;
  ledger::Draft fact;
  fact.community = ref.community_id;
  fact.at = fact.recorded_at = now;
  fact.actor = actor.account;
  fact.device = actor.device;
  fact.area = person.household_id;
  fact.kind = "person.revealed";
  fact.subject = "person:" + format_id(person.id.value);
  // A note is free text and may name people: it is sealed in its own row, and the fact says only that there is one.
  fact.body = json::write(RevealBody{command.reason, command.note.size()});
  FL_TRY(const FactId fact_id, ledger::write(session, fact));
  FL_TRYV(save_reveal_note(session, ref.community_id, fact_id,
                           key_->seal(random, {"reveal_note", "note"}, fact_id.value, command.note), command.id));
  return clear;
}

}  // namespace firstline::person
