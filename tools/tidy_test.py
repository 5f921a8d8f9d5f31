#!/usr/bin/env python3
"""Plants one violation of each rule of tidy.py and sees it found; the clean form must pass."""

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import tidy  # noqa: E402


class Planted:
    """A tree in memory."""

    cpp = tidy.Tree.cpp

    def __init__(self, files):
        self.files = {"src/CMakeLists.txt": "firstline_module(base LINKS fmt)\nfirstline_module(area DEPENDS base)\nfirstline_module(gate DEPENDS base area)\n", "src/app/README.md": "", "src/app/commands.cpp": '{"serve", "",\n{"policy check", "",\n', **files}


ROWS = [
    (tidy.layering, "src/area/a.cpp", '#include "gate/model.hpp"\n', '#include "base/id.hpp"\n'),
    (tidy.layering, "src/gate/a.cpp", '#include "area/store.hpp"\n', '#include "area/service.hpp"\n'),
    (tidy.purity, "src/gate/model.hpp", '#include "store/session.hpp"\n', '#include "base/time.hpp"\n'),
    (tidy.sql_at_home, "src/gate/a.cpp", 'x = "select a from b";\n', 'x = "from b";\n'),
    (tidy.time_and_chance, "src/gate/a.cpp", "std::chrono::system_clock::now();\n", "clock.now();\n"),
    (tidy.sizes, "src/gate/a.cpp", "\n" * 601, "\n" * 600),
    (tidy.sizes, "src/gate/README.md", "\n" * 61, "\n" * 60),
    (tidy.sizes, "docs/architecture.md", "\n" * 81, "\n" * 80),
    (tidy.headers_once, "src/gate/a.hpp", "// x\n#pragma once\n", "#pragma once\n"),
    (tidy.names, "src/gate/a.cpp", "class GateManager {\n", "class Gate {\n"),
    (tidy.unfinished, "src/gate/a.cpp", "// TO" + "DO later\n", "// later\n"),
    (tidy.machine_paths, "src/gate/a.cpp", "open(/" + "work/main)\n", "open(folder)\n"),
    (tidy.chinese, "src/gate/a.cpp", 'x = "小区";\n', "x = 1;  // 小区\n"),
    (tidy.commands_in_docs, "docs/a.md", "$ script/nothing\n", "script\n"),
    (tidy.commands_in_docs, "docs/a.md", "    firstline fly --data x\n", "    firstline serve --data x\n"),
    (tidy.commands_in_docs, "docs/a.md", "run `firstline policy burn`\n", "run `firstline policy check FILE`\n"),
]


class TidyTest(unittest.TestCase):
    def test_each_rule_finds_its_violation_and_nothing_else(self):
        for rule, name, bad, good in ROWS:
            with self.subTest(rule=rule.__name__, name=name):
                self.assertTrue(list(rule(Planted({name: bad}))))
                self.assertFalse(list(rule(Planted({name: good}))))

    def test_a_module_needs_a_readme(self):
        self.assertTrue(list(tidy.readmes(Planted({"src/gate/a.cpp": ""}))))
        self.assertFalse(list(tidy.readmes(Planted({"src/gate/a.cpp": "", "src/gate/README.md": ""}))))


if __name__ == "__main__":
    unittest.main()
