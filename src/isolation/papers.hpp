#pragma once

// Gathers what stands on an order's papers and draws them. Names are opened for it, so each is a fact. Inside the
// module only.

#include "isolation/document.hpp"
#include "isolation/views.hpp"

namespace firstline::isolation {
namespace api {

struct MakeIsolationDocument {
  Uuid id;
  DocumentKind kind = DocumentKind::order;
  DocumentLanguage language = DocumentLanguage::zh;
};
BOOST_DESCRIBE_STRUCT(MakeIsolationDocument, (), (id, kind, language))
struct IsolationDocument {
  std::string file_name, media_type, content;  // In base64.
};
BOOST_DESCRIBE_STRUCT(IsolationDocument, (), (file_name, media_type, content))

}  // namespace api

// Fault isolation.no_paper (conflict): the order is not decided, or not ended.
Result<DocumentContent> paper_content(http::Call& call, const Desk& desk, const IsolationOrder& order,
                                      DocumentKind kind);
// On a thread of its own, since drawing takes its time: the call has no session. `mine`: of the person themselves.
Result<api::IsolationDocument> make_paper(http::Call& call, const Desk& desk, OrderId id, bool mine,
                                          const api::MakeIsolationDocument& command);

}  // namespace firstline::isolation
