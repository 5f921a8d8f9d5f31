# Writes the tables of divisions into one source file: a new database knows the official tree without a file beside it,
# and a form the places of the whole country.
set(division_file ${CMAKE_SOURCE_DIR}/divisions/620102.csv)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${division_file})
file(READ ${division_file} divisions)
set(country_file ${CMAKE_SOURCE_DIR}/divisions/cn.csv)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${country_file})
file(READ ${country_file} country)
file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/embedded_divisions.cpp @ONLY CONTENT [=[
#include "area/service.hpp"

namespace firstline::area {

std::string_view embedded_divisions() {
  return R"fl_csv(@divisions@)fl_csv";
}

std::string_view embedded_country() {
  return R"fl_csv(@country@)fl_csv";
}

}  // namespace firstline::area
]=])
target_sources(fl_area PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/embedded_divisions.cpp)
