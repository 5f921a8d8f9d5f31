#pragma once

// The order and the certificate of its end as a sheet of paper: what the person is told, on what legal ground, what to
// do, whom to call and how to object. Pure: what it says follows from what it is given. Inside the module only.

#include "isolation/clock.hpp"
#include "isolation/record.hpp"
#include "paper/sheet.hpp"

namespace firstline::isolation {

enum class DocumentKind { order, end };
BOOST_DESCRIBE_ENUM(DocumentKind, order, end)
enum class DocumentLanguage { zh, en };
BOOST_DESCRIBE_ENUM(DocumentLanguage, zh, en)

// Everything that stands on the paper.
struct DocumentContent {
  DocumentKind kind = DocumentKind::order;
  std::string name, id_last4, address, community_name;
  std::string number;                 // Of the order, here.
  std::string issuer, document;       // The body, and its own number of the decision.
  std::vector<std::string> policies;  // Titles of the rules in force, with their issuers.
  std::string policy_version;
  IsolationGround ground = IsolationGround::contact;
  Category category = Category::close_contact;
  std::string ground_ref;
  IsolationClock clock;
  Instant decided_at{};  // Of this paper: the order, or its end.
  Instant effective_at{};
  std::optional<Instant> ended_at;
  int negatives = 0;  // Known at the end.
  policy::MonitoredPolicy monitored;
  std::string office_phone;
  bool generated = false;  // Of a demo: says so across the page.
  Instant made_at{};
};

[[nodiscard]] paper::Sheet sheet_of(const DocumentContent& content, DocumentLanguage language);

}  // namespace firstline::isolation
