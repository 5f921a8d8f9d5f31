# Packs web/dist (or one plain page with FIRSTLINE_WEB=off) into the program.
find_package(Python3 COMPONENTS Interpreter REQUIRED)
set(pages_dir ${CMAKE_CURRENT_BINARY_DIR}/pages)
set(dist "")
set(dist_files "")
if(NOT FIRSTLINE_WEB STREQUAL "off")
  set(dist ${CMAKE_SOURCE_DIR}/web/dist)
  file(GLOB_RECURSE dist_files CONFIGURE_DEPENDS ${dist}/*)
endif()
add_custom_command(
  OUTPUT ${pages_dir}/pages.S ${pages_dir}/pages_table.cpp
  BYPRODUCTS ${pages_dir}/pages.bin
  COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/tools/embed_pages.py ${pages_dir} ${dist}
  DEPENDS ${CMAKE_SOURCE_DIR}/tools/embed_pages.py ${dist_files}
  COMMENT "Packing the web pages")
set(FL_PAGES ${pages_dir}/pages.S ${pages_dir}/pages_table.cpp)
