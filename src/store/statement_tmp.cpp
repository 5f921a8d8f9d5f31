#include "store/database.hpp"
#include <condition_variable>
#include <mutex>
namespace firstline::store {
static std::vector<const Statement*>& list() { static std::vector<const Statement*> l; return l; }
Statement::Statement(std::string name, Scope scope, std::string text) : name_(std::move(name)), text_(std::move(text)), scope_(scope), index_(int(list().size())) { list().push_back(this); }
void Database::wait_done(void (Database::*submit)(UseCase, Done), UseCase use_case, Result<void>& outcome) {
  std::mutex m; std::condition_variable c; bool done=false;
  (this->*submit)(std::move(use_case), [&](Result<void> r){ std::lock_guard l(m); outcome=std::move(r); done=true; c.notify_one(); });
  std::unique_lock l(m); c.wait(l,[&]{return done;});
}
}
