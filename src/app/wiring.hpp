#pragma once

// Puts the modules together: opens what the program stands on and fills the one route table.

#include <memory>
#include <string>

#include "base/fault.hpp"
#include "http/call.hpp"
#include "http/route.hpp"
#include "store/database.hpp"

namespace firstline::app {

struct Settings {
  std::string data_folder;
  std::string database_url;  // Empty: SQLite in the data folder.
  std::string public_url;    // "https://10.0.0.5:8443"; for codes that phones read.
  int node = 0;
  int readers = 4;
  int writers = 4;
  bool demo = false;
};

struct Application {
  std::unique_ptr<store::Database> database;
  std::unique_ptr<http::Authenticator> authenticator;
  http::RouteTable table;
};

// Creates the data folder if it is not there. Faults: of store::Database::open.
Result<std::unique_ptr<store::Database>> open_database(const Settings& settings);
Result<std::unique_ptr<Application>> open_application(const Settings& settings);
// The table alone, for the API document: its handlers must not be called.
http::RouteTable routes_for_reading();

}  // namespace firstline::app
