#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include "app/commands.hpp"

int main(int count, char** words) {
  using namespace firstline::app;
  try {
    const std::vector<std::string> arguments(words + 1, words + count);
    return CommandLine("firstline", commands()).run(arguments, std::cout, std::cerr);
  } catch (const std::exception& trouble) {
    std::cerr << "firstline: " << trouble.what() << '\n';
    return exit_fault;
  }
}
