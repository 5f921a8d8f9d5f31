#!/usr/bin/env python3
"""Holds the house rules that a compiler does not see. Prints what is wrong with file and line; exit 1 if anything is.

The rules stand in RULES; each is a function of a Tree. tools/tidy_test.py plants a violation of each.
"""

import re
import subprocess
import sys
from pathlib import Path

LINES_MAX = 600
README_LINES_MAX = 60
ARCHITECTURE_LINES_MAX = 80

# Headers that anybody above may include; of other modules only model, wire and service are public.
OPEN_MODULES = {"base", "json", "store", "ledger", "http", "policy", "credential"}
PUBLIC_HEADERS = {"model.hpp", "wire.hpp", "service.hpp"}
# Public beyond the rule, each for a reason.
ALSO_PUBLIC = {
    "area/qr.hpp", "person/field_key.hpp", "person/id_number.hpp", "person/likeness.hpp", "person/masked.hpp", "person/names.hpp", "access/totp.hpp", "access/password.hpp", "access/qr.hpp",
    "drill/generate.hpp", "gate/replay.hpp", "gate/verdict_lines.hpp", "gate/verdict.hpp", "gate/recent.hpp", "gate/api.hpp",
    "gate/passage.hpp", "gate/seal.hpp", "mobilise/matching.hpp", "roster/benchmark.hpp", "roster/search.hpp", "care/hhcrsp.hpp",
    "health/results.hpp", "casebook/lists.hpp", "laboratory/whom.hpp", "intake/table.hpp", "intake/columns.hpp", "intake/text.hpp",
    "gate/stands.hpp", "gate/presented.hpp", "gate/standing.hpp", "gate/late.hpp",
    "seal/lines.hpp", "seal/projection.hpp", "seal/spans.hpp", "paper/sheet.hpp",
    "movement/visits.hpp", "movement/trips.hpp", "movement/visit_api.hpp", "movement/trip_api.hpp", "movement/consequences.hpp",
}
PURE_FILES = re.compile(r"src/(gate/(model\.hpp|stands\.hpp|presented\.(hpp|cpp)|verdict\.(hpp|cpp)|clauses.*)|seal/(model|projection|bounds|round|plan|spans)\.(hpp|cpp)|isolation/(model\.hpp|(clock|terms|monitoring)\.(hpp|cpp))|health/model\.hpp|policy/(gate|people|seal)_policy\.hpp|area/model\.hpp|person/model\.hpp|trace/(model|exposure|segment|open_rows|index|index_build|census|numbering|packed_column|radix_sort|parallel)\.(hpp|cpp))$")
PURE_INCLUDES = re.compile(r'#include "(base/|[a-z]+/model\.hpp|policy/(gate|people|seal)_policy\.hpp|isolation/(clock|terms|monitoring)\.hpp|seal/(projection|bounds|round|plan|spans)\.hpp|gate/(verdict|clauses|stands|presented)\.hpp|trace/(exposure|segment|open_rows|index|census|numbering|packed_column|radix_sort|parallel)\.hpp)')
SQL_HOME = re.compile(r"(store_sql\.cpp|_test\.cpp|src/store/.*|tests/.*|bench/.*|generate\.cpp)$")
# Chinese is for words, comments and documents; in strings only where this list says so.
CHINESE_HOME = re.compile(r"(_test\.cpp|/names\.cpp|/problem\.cpp|catalogue.*\.cpp|/plan\.cpp|/test_\w+\.hpp|/demo\.cpp|src/(intake|laboratory|casebook)/(columns|problems|places)\.cpp|src/seal/sms\.cpp|src/isolation/(words|document)\.cpp|src/paper/sheet\.cpp|/generate\.cpp|mask|src/person/model\.cpp|\.toml|tests/.*)$")
CHINESE = re.compile(r"[\u3400-\u9fff]")


# Left out where git cannot be asked.
NOT_OURS = {".git", "build", "data", "dist", "node_modules", ".tools", "results", "__pycache__"}


def names_in(root):
    """Names of our files; also in a copy without history, or one that belongs to another user."""
    asked = subprocess.run(["git", "-c", "safe.directory=*", "ls-files", "-co", "--exclude-standard"], cwd=root, capture_output=True, text=True)
    if asked.returncode == 0:
        return asked.stdout.splitlines()
    return [str(p.relative_to(root)) for p in sorted(root.rglob("*")) if p.is_file() and not NOT_OURS & set(p.relative_to(root).parts)]


class Tree:
    """Files that git knows or would take, as text."""

    def __init__(self, root):
        self.root = Path(root)
        self.files = {}
        for name in names_in(self.root):
            path = self.root / name
            if path.is_file() and path.stat().st_size < 1 << 20:
                try:
                    self.files[name] = path.read_text(encoding="utf-8")
                except UnicodeDecodeError:
                    pass

    def cpp(self, folder="src/"):
        return {n: t for n, t in self.files.items() if n.startswith(folder) and n.endswith((".cpp", ".hpp"))}


def modules_of(tree):
    """Module > all modules that it may use, from the table in src/CMakeLists.txt."""
    direct = {}
    for name, rest in re.findall(r"^firstline_module\((\w+)([^)]*)\)", tree.files.get("src/CMakeLists.txt", ""), re.M):
        depends = re.search(r"\bDEPENDS ([\w ]+?)(?= LINKS| TEST_DEPENDS|$)", rest.strip())
        direct[name] = set(depends.group(1).split()) if depends else set()
    reach = {}

    def walk(name):
        if name not in reach:
            reach[name] = set()
            for other in direct.get(name, ()):
                reach[name] |= {other} | walk(other)
        return reach[name]

    for name in direct:
        walk(name)
    return reach


def lines_with(text, pattern):
    for number, line in enumerate(text.splitlines(), 1):
        if re.search(pattern, line):
            yield number, line.strip()


def of_tests(name):
    return re.search(r"(_test\.cpp|/test_\w+\.hpp)$", name)


def layering(tree):
    reach = modules_of(tree)
    for name, text in tree.cpp().items():
        module = name.split("/")[1]
        if module not in reach:
            continue  # app is the top: it may use everything.
        for number, line in lines_with(text, r'^#include "'):
            target = re.match(r'#include "([^"]+)"', line).group(1)
            other = target.split("/")[0]
            if other == module or other not in reach:
                continue
            if other not in reach[module] and not of_tests(name):
                yield f"{name}:{number}: {module} may not use {other} (src/CMakeLists.txt)"
            elif other not in OPEN_MODULES and target.split("/")[-1] not in PUBLIC_HEADERS and target not in ALSO_PUBLIC and not of_tests(name):
                yield f"{name}:{number}: {target} is {other}'s own; use its model.hpp or service.hpp"


def purity(tree):
    for name, text in tree.cpp().items():
        if PURE_FILES.match(name):
            for number, line in lines_with(text, r'^#include ["<](?!\w+>)'):
                if line.startswith('#include "') and not PURE_INCLUDES.match(line):
                    yield f"{name}:{number}: a pure file includes only base and models: {line}"


def sql_at_home(tree):
    for name, text in tree.cpp().items():
        if not SQL_HOME.search(name):
            for number, line in lines_with(text, r'"\s*(select .+ from|insert into|update \w+ set|delete from|create table) '):
                yield f"{name}:{number}: SQL stands in store_sql.cpp only"


def time_and_chance(tree):
    for name, text in tree.cpp().items():
        if not name.startswith("src/base/"):
            for number, line in lines_with(text, r"system_clock::now|std::random_device|\brand\(\)|std::mt19937"):
                yield f"{name}:{number}: time and chance come from base: {line}"


def sizes(tree):
    for name, text in tree.files.items():
        count = text.count("\n")
        if name.endswith((".cpp", ".hpp", ".ts", ".vue", ".py", ".mjs")) and "openapi.d.ts" not in name and count > LINES_MAX:
            yield f"{name}:1: {count} lines; {LINES_MAX} is the limit"
        if re.match(r"src/\w+/README\.md$", name) and count > README_LINES_MAX:
            yield f"{name}:1: {count} lines; a module's README has at most {README_LINES_MAX}"
        if name == "docs/architecture.md" and count > ARCHITECTURE_LINES_MAX:
            yield f"{name}:1: {count} lines; the architecture is one page ({ARCHITECTURE_LINES_MAX})"


def readmes(tree):
    for module in {n.split("/")[1] for n in tree.cpp() if n.count("/") > 1}:
        if f"src/{module}/README.md" not in tree.files:
            yield f"src/{module}/README.md:1: missing"


def headers_once(tree):
    for name, text in tree.cpp().items():
        if name.endswith(".hpp") and not text.startswith("#pragma once"):
            yield f"{name}:1: begin with #pragma once"


def names(tree):
    for name, text in tree.cpp().items():
        for number, line in lines_with(text, r"\b(class|struct) \w*(Manager|Helper|Util|Utils|Impl)\b"):
            yield f"{name}:{number}: say what it is: {line}"


def unfinished(tree):
    marks = r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "X" + "XX"]) + r")\b"
    for name, text in tree.files.items():
        if name.startswith(("src/", "web/", "tests/", "script/", "tools/", "bench/")) and not name.endswith(("package-lock.json", "tidy_test.py")):
            for number, line in lines_with(text, marks):
                yield f"{name}:{number}: finish it or say so plainly: {line[:80]}"


def machine_paths(tree):
    pattern = r"(?<![\w.$}\"'])/(work|farm|root|tmp)/[a-z]|\.\./\.library|(deb|registry)\.\w+\.(org|com)"
    for name, text in tree.files.items():
        if name.endswith(("package-lock.json", "tidy.py", "tidy_test.py")):
            continue
        for number, line in lines_with(text, pattern):
            yield f"{name}:{number}: a path or host of one machine: {line[:80]}"


def chinese(tree):
    for name, text in tree.cpp().items():
        if CHINESE_HOME.search(name):
            continue
        for number, line in enumerate(text.splitlines(), 1):
            code = line.split("//")[0]
            if any(CHINESE.search(s) for s in re.findall(r'"(?:[^"\\]|\\.)*"', code)):
                yield f"{name}:{number}: Chinese in a string; words stand in word files"


def commands_in_docs(tree):
    """Commands quoted in a document, as a line of their own or between backticks, are scripts or rows of the command table."""
    commands = set(re.findall(r'^\s*(?:return \{)?\{"([a-z-]+(?: [a-z]+)?)",\s', "".join(tree.cpp("src/app/").values()), re.M))
    heads = {command.split()[0] for command in commands}
    quoted = re.compile(r"(?:^\s*(?:\$ )?|`)(?:(script/\w+)|(?:build/release/bin/)?firstline ([a-z][a-z-]*)(?: ([a-z]+))?)")
    for name, text in tree.files.items():
        if not name.endswith(".md"):
            continue
        for number, line in enumerate(text.splitlines(), 1):
            for script, head, tail in quoted.findall(line):
                if script and script not in tree.files:
                    yield f"{name}:{number}: no such script: {script}"
                elif head and head not in commands and not (head in heads and f"{head} {tail}" in commands):
                    yield f"{name}:{number}: no such command: firstline {head} {tail}".rstrip()


RULES = [layering, purity, sql_at_home, time_and_chance, sizes, readmes, headers_once, names, unfinished, machine_paths, chinese, commands_in_docs]


def main():
    tree = Tree(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent)
    found = [line for rule in RULES for line in rule(tree)]
    for line in sorted(found):
        print(line)
    print(f"tidy: {len(tree.files)} files, {len(RULES)} rules, {len(found)} found")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
