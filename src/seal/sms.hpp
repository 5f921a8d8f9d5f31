#pragma once

// One message about an order that fits one segment (70 characters), in Chinese and English. Inside the module only.

#include <string>

#include "seal/api.hpp"

namespace firstline::seal {

inline constexpr std::size_t sms_characters_max = 70;

std::string sms_zh(const api::SealCard& card);
std::string sms_en(const api::SealCard& card);
std::size_t characters(std::string_view utf8);

}  // namespace firstline::seal
