# One call per folder of src/: a static library fl_NAME from its sources, and a test program NAME_test from its *_test.cpp.
#
#   firstline_module(gate DEPENDS base store LINKS SQLite::SQLite3)
#
# DEPENDS names other modules; tools/tidy.py refuses an include that DEPENDS does not allow.
function(firstline_module name)
  cmake_parse_arguments(arg "" "" "DEPENDS;LINKS;TEST_DEPENDS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cpp)
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  list(TRANSFORM arg_DEPENDS PREPEND fl_)
  list(TRANSFORM arg_TEST_DEPENDS PREPEND fl_)

  if(sources)
    add_library(fl_${name} STATIC ${sources})
    target_link_libraries(fl_${name} PUBLIC fl_options ${arg_DEPENDS} ${arg_LINKS})
  else()
    add_library(fl_${name} INTERFACE)
    target_link_libraries(fl_${name} INTERFACE fl_options ${arg_DEPENDS} ${arg_LINKS})
  endif()

  if(FIRSTLINE_TESTS AND tests)
    add_executable(${name}_test ${tests})
    target_compile_definitions(${name}_test PRIVATE FL_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    target_link_libraries(${name}_test PRIVATE fl_${name} ${arg_TEST_DEPENDS} GTest::gtest_main GTest::gmock rapidcheck)
    add_dependencies(unit_tests ${name}_test)
    gtest_discover_tests(${name}_test DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 600)
  endif()
endfunction()
