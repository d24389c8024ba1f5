"""The repository keeps the promises ARCHITECTURE.md and CONTRIBUTING.md make about its own shape."""

import ast
import re
import subprocess
import tomllib
from collections import Counter
from importlib import import_module
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

from docs.modules import PAGE, page

ROOT = Path(__file__).parent.parent
PACKAGES = ("corpus", "crawler", "indexer", "web")
MAX_LINES = 400
USUAL_LINES = 300  # beyond them docs/design.md says why
MAX_MODULES = 20  # of a folder
ROOMY = ("web/cli",)  # a module a command
# CONTRIBUTING.md has the words that replaced them
GONE = (
    "told signs crew asked leaf leaves rarity kept civil filed"
    " anew deed deeds heed healing patience seal seals shelf lent"
)


def tracked(*patterns: str) -> list[Path]:
    """Files of the tree that git tracks, or all of them where there is no git (an unpacked sdist)."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-co", "--exclude-standard", *patterns],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.splitlines()
    except (OSError, subprocess.CalledProcessError):
        return [path for pattern in patterns for path in ROOT.rglob(pattern) if ".venv" not in path.parts]
    return [ROOT / name for name in listed if (ROOT / name).is_file()]


def modules() -> list[Path]:
    return [path for path in tracked("*.py") if path.relative_to(ROOT).parts[0] in PACKAGES]


def dotted(path: Path) -> str:
    """Return the name a module is imported by."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports() -> dict[str, set[str]]:
    """Return module -> the modules of ours it imports, wherever in it the import stands."""
    known = {dotted(path): path for path in modules()}
    found: dict[str, set[str]] = {}
    for name, path in known.items():
        named: set[str] = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                named |= {one.name for one in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                within = {f"{node.module}.{one.name}" for one in node.names}
                named |= within if within <= known.keys() else within | {node.module}
        found[name] = {one for one in named if one in known and one != name}
    return found


def circles(graph: dict[str, set[str]]) -> list[list[str]]:
    """Return the groups of modules that import one another, directly or by way of others."""
    order: list[str] = []
    seen: set[str] = set()
    for start in graph:
        stack = [(start, iter(sorted(graph[start])))] if start not in seen else []
        seen.add(start)
        while stack:
            name, rest = stack[-1]
            following = next((one for one in rest if one not in seen), None)
            if following is None:
                order.append(stack.pop()[0])
            else:
                seen.add(following)
                stack.append((following, iter(sorted(graph[following]))))
    users: dict[str, set[str]] = {name: set() for name in graph}
    for name, used in graph.items():
        for one in used:
            users[one].add(name)
    groups: list[list[str]] = []
    placed: set[str] = set()
    for name in reversed(order):
        group, waiting = [], [name]
        while waiting:
            one = waiting.pop()
            if one not in placed:
                placed.add(one)
                group.append(one)
                waiting += users[one]
        groups.append(sorted(group))
    return [group for group in groups if len(group) > 1]


def names(path: Path) -> set[str]:
    """Return what a module names: itself, its classes, functions, parameters, attributes, constants and local names."""
    found = {path.stem}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.arg):
            found.add(node.arg)
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            found.add(node.attr)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
    return found


def test_no_module_grows_past_the_limit() -> None:
    long = {str(p.relative_to(ROOT)): n for p in tracked("*.py") if (n := len(p.read_text().splitlines())) > MAX_LINES}
    assert not long


def test_design_says_why_a_module_is_longer_than_usual() -> None:
    reasons = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    long = [p.relative_to(ROOT).as_posix() for p in modules() if len(p.read_text().splitlines()) > USUAL_LINES]
    assert not [name for name in long if name not in reasons]


def test_no_folder_is_a_corridor() -> None:
    folders = Counter(path.parent.relative_to(ROOT).as_posix() for path in modules() if path.name != "__init__.py")
    assert not {name: count for name, count in folders.items() if count > MAX_MODULES and name not in ROOMY}


def test_no_module_imports_itself_by_way_of_others() -> None:
    assert not circles(imports())


def test_a_circle_of_imports_is_seen() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"a"}}) == [["b", "c"]]


def test_names_are_the_fields_own() -> None:
    gone = set(GONE.split())
    private = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in modules()
        if "demo" not in path.parts
        for name in names(path)
        if gone & set(re.findall(r"[a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()))
    }
    assert not private


def test_every_module_opens_with_its_question() -> None:
    silent = [str(p.relative_to(ROOT)) for p in modules() if not p.read_text().lstrip().startswith(('"""', 'r"""'))]
    assert not silent


def test_the_list_of_modules_says_what_each_answers() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "`make fix` rewrites it"


@pytest.mark.parametrize("document", [p.relative_to(ROOT).as_posix() for p in tracked("*.md")])
def test_every_local_link_of_the_documents_resolves(document: str) -> None:
    text = re.sub(r"```.*?```", "", (ROOT / document).read_text(), flags=re.DOTALL)
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text)
    broken = [
        t
        for t in targets
        if "://" not in t and not t.startswith("mailto:") and not ((ROOT / document).parent / t).exists()
    ]
    assert not broken


def test_constraints_pin_versions_and_name_no_address() -> None:
    lines = (ROOT / "constraints.txt").read_text().split()
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+]+", line) for line in lines)


def test_what_is_pinned_installs_on_the_oldest_python_promised() -> None:
    floor = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"].removeprefix(">=")
    refusing = {}
    for line in (ROOT / "constraints.txt").read_text().split():
        try:
            said = metadata(line.split("==")[0]).json
        except PackageNotFoundError:  # of the bench group
            continue
        needs = said.get("requires_python")
        if needs and f"=={said['version']}" in line and f"{floor}.0" not in SpecifierSet(str(needs)):
            refusing[line] = needs
    assert not refusing


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    pinned = {canonical(line.split("==")[0]) for line in (ROOT / "constraints.txt").read_text().split()}
    assert not [name for need in wanted if (name := canonical(re.split(r"[<>=!~\[; ]", need)[0])) not in pinned]


JUDGEMENTS = ("body", "extraction", "identity", "visiting")  # wings of the crawler whose limits decide what is stored


def borrowed(text: str) -> list[str]:
    """Return the numbers that a test takes from modules of the crawler, as `name.NAME`."""
    modules: dict[str, str] = {}
    for package, imported in re.findall(r"^from (crawler\.[\w.]+) import ([\w, ]+)$", text, re.MULTILINE):
        for name, _, alias in (one.partition(" as ") for one in imported.split(", ")):
            modules[alias or name] = f"{package}.{name}"
    return [
        f"{owner}.{name}"
        for owner, name in re.findall(r"(?<![\w.\"'/])([a-z_]\w*)\.([A-Z][A-Z_]+)\b", text)
        if owner in modules and isinstance(getattr(import_module(modules[owner]), name, None), int | float)
    ]


@pytest.mark.parametrize("wing", JUDGEMENTS)
def test_a_limit_stands_in_its_test_as_a_number_and_does_not_move_with_the_code(wing: str) -> None:
    tests = [path for path in tracked("tests/crawler/**/*.py") if wing in path.parts]
    assert {path.name: taken for path in tests if (taken := borrowed(path.read_text(encoding="utf-8")))} == {}
    assert tests


def test_a_limit_that_moves_with_the_code_is_seen() -> None:
    text = "from crawler.extraction import kinds, walls as limits\n\nassert decide(limits.STUB + 1, kinds.MIN_BODY)\n"
    assert borrowed(text) == ["limits.STUB", "kinds.MIN_BODY"]


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_no_test_mentions_skip_without_a_reason() -> None:
    bare = re.compile(r"(mark\.skip\b(?!\()|pytest\.skip\(\s*\))")
    assert not [p.name for p in tracked("tests/*.py") if p != Path(__file__) and bare.search(p.read_text())]
