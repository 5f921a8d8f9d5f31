#include "laboratory/fhir.hpp"

#include <algorithm>
#include <charconv>

#include "json/json.hpp"

namespace firstline::laboratory {
namespace {

using Json = boost::json::value;
using health::NatState;
using health::TestKind;

constexpr std::size_t remembered_max = 3'000'000, text_bytes_max = 300;

struct Code {
  std::string_view code;
  int value;
};
// LOINC of tests for SARS-CoV-2, and the two families of the EU's certificates.
constexpr Code test_codes[] = {
    {"94500-6", static_cast<int>(TestKind::nucleic_acid)}, {"94309-2", static_cast<int>(TestKind::nucleic_acid)},
    {"94531-1", static_cast<int>(TestKind::nucleic_acid)}, {"94845-5", static_cast<int>(TestKind::nucleic_acid)},
    {"94759-8", static_cast<int>(TestKind::nucleic_acid)}, {"LP6464-4", static_cast<int>(TestKind::nucleic_acid)},
    {"94558-4", static_cast<int>(TestKind::antigen)},      {"LP217198-3", static_cast<int>(TestKind::antigen)},
};
// SNOMED CT.
constexpr Code value_codes[] = {
    {"260415000", static_cast<int>(NatState::negative)}, {"260385009", static_cast<int>(NatState::negative)},
    {"260373001", static_cast<int>(NatState::positive)}, {"10828004", static_cast<int>(NatState::positive)},
    {"419984006", static_cast<int>(NatState::invalid)},
};

const Json* at(const Json* value, std::string_view name) {
  const auto* object = value ? value->if_object() : nullptr;
  return object ? object->if_contains({name.data(), name.size()}) : nullptr;
}
const Json* first(const Json* value) {
  const auto* list = value ? value->if_array() : nullptr;
  return list && !list->empty() ? &list->front() : nullptr;
}
std::string text(const Json* value) {
  const auto* found = value ? value->if_string() : nullptr;
  return found && found->size() <= text_bytes_max ? std::string(found->data(), found->size()) : std::string();
}
template <class F>
void each(const Json* value, F use) {
  if (const auto* list = value ? value->if_array() : nullptr)
    for (const Json& item : *list) use(item);
}

template <std::size_t N>
std::optional<int> coded(const Json* concept_value, const Code (&codes)[N]) {
  std::optional<int> found;
  each(at(concept_value, "coding"), [&](const Json& coding) {
    const std::string code = text(at(&coding, "code"));
    for (const Code& known : codes)
      if (!found && known.code == code) found = known.value;
  });
  return found;
}

bool looks_like_id_number(std::string_view number) {
  return number.size() == 18 &&
         std::all_of(number.begin(), number.end() - 1, [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<std::string> number_in(const Json* identifiers) {
  std::optional<std::string> found;
  each(identifiers, [&](const Json& identifier) {
    std::string number = text(at(&identifier, "value"));
    if (!found && looks_like_id_number(number)) found = std::move(number);
  });
  return found;
}

// As one text: family and given names without a space between where they are Chinese.
std::string name_in(const Json* name) {
  if (std::string whole = text(at(name, "text")); !whole.empty()) return whole;
  std::string all = text(at(name, "family"));
  each(at(name, "given"), [&](const Json& given) {
    const std::string part = text(&given);
    const bool latin = !part.empty() && static_cast<unsigned char>(part[0]) < 0x80;
    if (latin && !all.empty()) all += ' ';
    all += part;
  });
  return all;
}

Who who_in(const Json* patient) {
  Who who{name_in(first(at(patient, "name"))), number_in(at(patient, "identifier")), {}};
  each(at(patient, "telecom"), [&](const Json& contact) {
    std::string number = text(at(&contact, "value"));
    if (!who.phone && !number.empty() && text(at(&contact, "system")) == "phone") who.phone = std::move(number);
  });
  return who;
}

std::string packed(const Who& who) {
  std::string line = who.name;
  std::replace(line.begin(), line.end(), '\n', ' ');
  return line + '\n' + who.id_number.value_or("") + '\n' + who.phone.value_or("");
}
Who unpacked(const std::string& line) {
  const auto a = line.find('\n'), b = line.find('\n', a + 1);
  const auto maybe = [](std::string part) { return part.empty() ? std::nullopt : std::optional(std::move(part)); };
  return {line.substr(0, a), maybe(line.substr(a + 1, b - a - 1)), maybe(line.substr(b + 1))};
}

// "https://host/fhir/Patient/12/_history/3" and "Patient/12" are one; "urn:uuid:..." and "resource:0" stay as they are.
std::string plain_reference(std::string reference, std::string_view type) {
  if (const auto history = reference.find("/_history/"); history != reference.npos) reference.resize(history);
  const auto start = reference.rfind(std::string(type) + "/");
  return start == reference.npos ? reference : reference.substr(start);
}

std::optional<std::int64_t> version_in(const Json* resource) {
  const Json* said = at(at(resource, "meta"), "versionId");
  if (!said) return 1;
  const std::string digits = text(said);
  std::int64_t version = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), version);
  if (digits.empty() || read.ec != std::errc() || read.ptr != digits.data() + digits.size()) return std::nullopt;
  return version;
}

}  // namespace

// A piece, opened: an entry of a Bundle or a resource by itself.
class FhirFile::Resource {
 public:
  static Result<Resource> open(const Piece& piece) {
    auto parsed = json::read<Json>(piece.text);
    if (!parsed)
      return fail(FaultCode::invalid, "fhir.not_json", parsed.error().reason, "line " + std::to_string(piece.number));
    Resource resource;
    resource.number_ = piece.number;
    resource.value_ = std::move(*parsed);
    return resource;
  }
  const Json* get() const {
    const Json* inner = at(&value_, "resource");
    return inner ? inner : &value_;
  }
  std::string type() const { return text(at(get(), "resourceType")); }
  std::int64_t number() const { return number_; }
  // What others may call it.
  std::vector<std::string> names() const {
    std::vector<std::string> all;
    if (std::string id = text(at(get(), "id")); !id.empty()) all.push_back(type() + "/" + id);
    if (std::string url = text(at(&value_, "fullUrl")); !url.empty()) {
      url = plain_reference(url, type());
      if (std::find(all.begin(), all.end(), url) == all.end()) all.push_back(std::move(url));
    }
    return all;
  }
  // One of the resources inside it.
  const Json* contained(std::string_view reference) const {
    const Json* found = nullptr;
    if (reference.starts_with('#'))
      each(at(get(), "contained"), [&](const Json& inner) {
        if (text(at(&inner, "id")) == reference.substr(1)) found = &inner;
      });
    return found;
  }

  Rejection refused(std::string_view code, std::string_view element) const {
    return {number_, std::string(code), std::string(element)};
  }
  // Id, version and person, which results and vaccinations have alike.
  template <class Record>
  std::optional<Rejection> common(Record& record, const FhirFile& file, std::string_view person) const {
    record.line = number_;
    record.external_id = text(at(get(), "id"));
    if (record.external_id.empty()) return refused("external_id.missing", "id");
    const auto version = version_in(get());
    if (!version) return refused("version.not_a_number", "meta.versionId");
    record.version = *version;
    const Json* subject = at(get(), person);
    const std::string reference = text(at(subject, "reference"));
    if (const Json* inner = contained(reference)) {
      record.who = who_in(inner);
    } else if (const auto known = file.people_.find(plain_reference(reference, "Patient"));
               known != file.people_.end()) {
      record.who = unpacked(known->second);
    } else if (const Json* identifier = at(subject, "identifier")) {
      const std::string number = text(at(identifier, "value"));
      record.who = {text(at(subject, "display")), number.empty() ? std::nullopt : std::optional(number), {}};
    } else {
      return refused("fhir.no_patient", person);
    }
    return std::nullopt;
  }

 private:
  std::int64_t number_ = 0;
  Json value_;
};

namespace {

std::optional<std::string> tube_in(const Json* specimen) {
  std::string label = text(at(at(specimen, "accessionIdentifier"), "value"));
  if (label.empty()) label = text(at(first(at(specimen, "identifier")), "value"));
  return label.empty() ? std::nullopt : std::optional(std::move(label));
}
std::optional<Instant> collected_in(const Json* specimen) {
  return parse_instant(text(at(at(specimen, "collection"), "collectedDateTime")));
}

}  // namespace

Result<void> FhirFile::remember(const Piece& piece) {
  // A result is opened in the second pass only: it is what most of a file is.
  const auto named = [&](std::string_view type) { return piece.text.find(type) != piece.text.npos; };
  if (!named("\"Patient\"") && !named("\"Specimen\"")) return {};
  FL_TRY(const auto resource, Resource::open(piece));
  const std::string type = resource.type();
  if (type != "Patient" && type != "Specimen") return {};
  if (people_.size() + samples_.size() >= remembered_max) return fail(FaultCode::invalid, "fhir.too_many_patients");
  for (std::string& name : resource.names()) {
    if (type == "Patient") people_.insert_or_assign(std::move(name), packed(who_in(resource.get())));
    else samples_.insert_or_assign(std::move(name), Sample{collected_in(resource.get()), tube_in(resource.get())});
  }
  return {};
}

Result<FhirFile::Read> FhirFile::read(const Piece& piece, Kind kind) const {
  FL_TRY(const auto resource, Resource::open(piece));
  const Json* value = resource.get();
  const std::string wanted = kind == Kind::results ? "Observation" : "Immunization", status = text(at(value, "status"));
  if (resource.type() != wanted) return Read(Nothing{});
  if (kind == Kind::vaccinations) {
    VaccinationRow row;
    if (status != "completed") return Read(resource.refused("fhir.not_completed", "status"));
    if (auto refused = resource.common(row, *this, "patient")) return Read(std::move(*refused));
    const std::string day = text(at(value, "occurrenceDateTime"));
    const auto moment = parse_instant(day);
    const auto date = moment ? std::optional(civil_date(*moment)) : parse_date(day);
    if (!date) return Read(resource.refused("day.unreadable", "occurrenceDateTime"));
    row.given_on = *date;
    const Json* protocol = first(at(value, "protocolApplied"));
    const Json* dose = at(protocol, "doseNumberPositiveInt");
    const std::string dose_text = text(at(protocol, "doseNumberString"));
    if (dose && dose->is_int64() && dose->get_int64() > 0 && dose->get_int64() < 1000) {
      row.dose = static_cast<int>(dose->get_int64());
    } else if (dose_text.size() == 1 && dose_text[0] >= '1' && dose_text[0] <= '9') {
      row.dose = dose_text[0] - '0';
    } else {
      return Read(resource.refused("health.bad_dose", "protocolApplied"));
    }
    const Json* vaccine = at(value, "vaccineCode");
    row.product = text(at(vaccine, "text"));
    for (const std::string_view field : {"display", "code"})
      if (row.product.empty()) row.product = text(at(first(at(vaccine, "coding")), field));
    if (row.product.empty()) return Read(resource.refused("product.missing", "vaccineCode"));
    if (std::string lot = text(at(value, "lotNumber")); !lot.empty()) row.lot = std::move(lot);
    return Read(std::move(row));
  }
  ResultRow row;
  if (status != "final" && status != "amended" && status != "corrected")
    return Read(resource.refused("fhir.not_final", "status"));
  const auto test = coded(at(value, "code"), test_codes);
  if (!test) return Read(resource.refused("kind.unknown", "code"));
  row.kind = static_cast<TestKind>(*test);
  const auto state = coded(at(value, "valueCodeableConcept"), value_codes);
  if (!state) return Read(resource.refused("state.unknown", "valueCodeableConcept"));
  row.state = static_cast<NatState>(*state);
  if (auto refused = resource.common(row, *this, "subject")) return Read(std::move(*refused));
  // When it was taken counts; the sample itself knows best.
  std::optional<Instant> sampled;
  const std::string reference = text(at(at(value, "specimen"), "reference"));
  if (const Json* inner = resource.contained(reference)) {
    sampled = collected_in(inner);
    row.tube = tube_in(inner);
  } else if (const auto known = samples_.find(plain_reference(reference, "Specimen")); known != samples_.end()) {
    sampled = known->second.collected_at;
    row.tube = known->second.tube;
  }
  if (!sampled) sampled = parse_instant(text(at(value, "effectiveDateTime")));
  if (!sampled) sampled = parse_instant(text(at(value, "effectiveInstant")));
  if (!sampled) return Read(resource.refused("moment.unreadable", "effectiveDateTime"));
  row.sampled_at = *sampled;
  if (const std::string issued = text(at(value, "issued")); !issued.empty()) {
    row.reported_at = parse_instant(issued);
    if (!row.reported_at) return Read(resource.refused("moment.unreadable", "issued"));
  }
  return Read(std::move(row));
}

}  // namespace firstline::laboratory
