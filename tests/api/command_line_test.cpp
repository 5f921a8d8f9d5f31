// Words and flags: where a value comes from, and what the exit code says.

#include "app/command_line.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>
#include <unistd.h>

namespace firstline::app {
namespace {

struct Program {
  std::string seen, all;
  std::ostringstream out, err;
  CommandLine line{"firstline",
                   {{"serve",
                     "",
                     "Runs.",
                     {{"config", "FILE", "file", ""}, {"web-root", "DIR", "pages", "none"}, {"demo", "", "demo", ""}},
                     [this](const Arguments& a) {
                       seen = a.text("web-root") + (a.on("demo") ? "+demo" : "");
                       return exit_good;
                     }},
                    {"policy check",
                     "FILE...",
                     "Checks.",
                     {},
                     [this](const Arguments& a) {
                       for (const auto& word : a.rest()) all += word + ' ';
                       return exit_no;
                     },
                     true},
                    {"find", "NAME", "Finds.", {}, [this](const Arguments& a) {
                       seen = a.rest().front();
                       return exit_good;
                     }}}};

  int run(std::vector<std::string> words) { return line.run(words, out, err); }
};

TEST(CommandLine, AFlagWinsOverEnvironmentOverFileOverDefault) {
  const std::string file = std::filesystem::temp_directory_path() / ("fl_config_" + std::to_string(getpid()) + ".toml");
  std::ofstream(file) << "web-root = \"from-file\"\ndemo = true\n";
  Program program;
  EXPECT_EQ(program.run({"serve"}), exit_good);
  EXPECT_EQ(program.seen, "none");
  program.run({"serve", "--config", file});
  EXPECT_EQ(program.seen, "from-file+demo");
  setenv("FIRSTLINE_WEB_ROOT", "from-environment", 1);
  program.run({"serve", "--config", file});
  EXPECT_EQ(program.seen, "from-environment+demo");
  program.run({"serve", "--web-root=from-flag", "--demo"});
  EXPECT_EQ(program.seen, "from-flag+demo");
  unsetenv("FIRSTLINE_WEB_ROOT");
  std::ofstream(file) << "web-root = [1]\n";
  EXPECT_EQ(program.run({"serve", "--config", file}), exit_usage);
  std::ofstream(file) << "web-root = \n";
  EXPECT_EQ(program.run({"serve", "--config", file}), exit_usage);
  std::filesystem::remove(file);
}

TEST(CommandLine, MisuseIsTwoAndSaysWhatIsWrong) {
  const std::vector<std::vector<std::string>> misuses = {
      {}, {"nothing"}, {"policy"}, {"serve", "--wrong"}, {"serve", "word"}, {"serve", "--web-root"}};
  for (const auto& words : misuses) {
    Program program;
    EXPECT_EQ(program.run(words), exit_usage);
    EXPECT_FALSE(program.err.str().empty());
    EXPECT_TRUE(program.out.str().empty());
    EXPECT_TRUE(program.seen.empty());
  }
}

TEST(CommandLine, HelpIsMadeFromTheTable) {
  Program program;
  EXPECT_EQ(program.run({"--help"}), exit_good);
  EXPECT_NE(program.out.str().find("policy check"), std::string::npos);
  EXPECT_EQ(program.run({"serve", "--help"}), exit_good);
  EXPECT_NE(program.out.str().find("--web-root DIR"), std::string::npos);
  EXPECT_NE(program.out.str().find("(none)"), std::string::npos);
  EXPECT_EQ(program.run({"policy", "check", "--help"}), exit_good);
  EXPECT_TRUE(program.all.empty());
}

TEST(CommandLine, WordsReachTheirCommandAndItsAnswerIsTheExitCode) {
  Program program;
  EXPECT_EQ(program.run({"policy", "check", "a.toml", "--json"}), exit_no);
  EXPECT_EQ(program.all, "a.toml --json ");
  EXPECT_EQ(program.run({"find", "me"}), exit_good);
  EXPECT_EQ(program.seen, "me");
}

}  // namespace
}  // namespace firstline::app
