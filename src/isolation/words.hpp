#pragma once

// The public wording of orders on paper, in two languages. Inside the module only.

#include "isolation/document.hpp"

namespace firstline::isolation {

struct DocumentWords {
  DocumentLanguage language = DocumentLanguage::zh;

  std::string kind(IsolationKind kind) const;
  std::string title(const DocumentContent& content) const;
  std::string ground(const DocumentContent& content) const;
  std::string stay(const Stay& stay) const;
  std::string law(Instant decided_at) const;
  std::string reports(const policy::MonitoredPolicy& policy) const;  // Empty where none are asked for.
  std::vector<std::string> duties(IsolationKind kind) const;
  const char* say(const char* zh, const char* en) const { return language == DocumentLanguage::zh ? zh : en; }
};

}  // namespace firstline::isolation
