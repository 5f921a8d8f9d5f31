# Writes policies/*.toml into one source file, so that the program needs no file beside it to know the rules.
file(GLOB pack_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/policies/*.toml)
list(SORT pack_files)
set(rows "")
foreach(file IN LISTS pack_files)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  get_filename_component(name ${file} NAME)
  file(READ ${file} text)
  string(APPEND rows "    {\"policies/${name}\", R\"fl_pack(${text})fl_pack\"},\n")
endforeach()
file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/embedded_packs.cpp @ONLY CONTENT [=[
#include "policy/embedded.hpp"

namespace firstline::policy {

std::span<const EmbeddedPack> embedded_packs() {
  static constexpr EmbeddedPack packs[] = {
@rows@  };
  return packs;
}

}  // namespace firstline::policy
]=])
target_sources(fl_policy PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/embedded_packs.cpp)
