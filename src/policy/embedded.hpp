#pragma once

// The files of policies/, as they were when the program was built; the source is made by embed.cmake.

#include <span>
#include <string_view>

namespace firstline::policy {

struct EmbeddedPack {
  std::string_view name;  // "policies/cn-8.toml"
  std::string_view text;
};

std::span<const EmbeddedPack> embedded_packs();

}  // namespace firstline::policy
