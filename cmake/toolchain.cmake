# Compiler, linker and sanitizer settings shared by every target.
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

find_program(FL_CCACHE ccache)
if(FL_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${FL_CCACHE})
endif()
find_program(FL_MOLD mold)
if(FL_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

add_library(fl_options INTERFACE)
target_compile_options(fl_options INTERFACE
  -Wall -Wextra -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wimplicit-fallthrough
  -fno-omit-frame-pointer)
target_compile_definitions(fl_options INTERFACE
  BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED
  $<$<CONFIG:Debug>:FL_CHECK_ABORTS>)
target_include_directories(fl_options INTERFACE ${CMAKE_SOURCE_DIR}/src)

if(FIRSTLINE_SANITIZE)
  add_compile_options(-fsanitize=${FIRSTLINE_SANITIZE} -fno-sanitize-recover=undefined)
  add_link_options(-fsanitize=${FIRSTLINE_SANITIZE})
  if(FIRSTLINE_SANITIZE MATCHES "thread")
    add_compile_options(-Wno-tsan)
  endif()
endif()
if(FIRSTLINE_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
