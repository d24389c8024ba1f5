"""pyproject.toml -> what is installed, in which version, with which hashes, and whether faults of it are known.

`needs [GROUP ...]` prints what pip is to install, `tools` what the next three run with, `pip` pip itself, before
anything is installed. `update` rewrites constraints.txt, `lock` the hashes of its versions, `audit` asks a public
database about them. `shown` passes pip's own lines on as one line that changes, for who waits at a terminal.
"""

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TextIO

ROOT = Path(__file__).parent.parent
CONSTRAINTS, HASHES = ROOT / "constraints.txt", ROOT / "hashes.txt"
RESTED = "7 days"  # what was taken over by strangers is mostly seen, and withdrawn, within a week
DATABASES = ("pypi", "osv")  # in the names that pip-audit has for them
OK, KNOWN_FAULTS, NOT_CHECKED = 0, 1, 2  # exit codes of `audit`

_TOOL = [str(Path(sys.executable).parent / "uv"), "pip", "compile", "--quiet", "--no-config", "--no-header"]
_FORM = ["--no-annotate", "--no-emit-index-url", "--no-emit-find-links"]


def needs(groups: Iterable[str], *, extras: bool = False) -> list[str]:
    """Return what the project needs to run and to be built, and what the dependency groups and extras name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    optional = project["project"]["optional-dependencies"].values() if extras else ()
    named = [project["project"]["dependencies"], project["build-system"]["requires"], *optional]
    more = {**project["project"]["optional-dependencies"], **project["dependency-groups"]}
    named += [more[group] for group in groups]
    return list(dict.fromkeys(need for needed in named for need in needed))


def group(name: str) -> list[str]:
    """Return what a dependency group alone names."""
    found: list[str] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"][name]
    return found


def pinned(needed: Iterable[str]) -> list[str]:
    """Return each requirement as hashes.txt has it: one version, and the hashes of its files.

    Raises:
        SystemExit: It has none.
    """
    entries = re.split(r"\n(?=\S)", HASHES.read_text(encoding="utf-8").strip())
    locked = {canonical(entry.partition("==")[0]): entry for entry in entries}
    names = [canonical(re.split(r"[<>=!~\[; ]", need)[0]) for need in needed]
    if missing := [name for name in names if name not in locked]:
        raise SystemExit(
            f"hashes.txt lacks {' '.join(missing)}: add NAME==VERSION to constraints.txt, then `make lock`"
        )
    return [locked[name] for name in names]


def canonical(name: str) -> str:
    """Return the one spelling a package's name is known by."""
    return re.sub(r"[-_.]+", "-", name).lower()


def everything() -> list[str]:
    """Return what any command of the Makefile installs."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return ["pip", *needs(project["dependency-groups"], extras=True)]


def update() -> None:
    """Write the newest versions that go together, none younger than a week, to constraints.txt; then their hashes."""
    floor = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
    oldest = floor.removeprefix(">=")
    found = _run([*_TOOL, *_FORM, "--python-version", oldest, "--exclude-newer", RESTED, "-"], "\n".join(everything()))
    CONSTRAINTS.write_text(found, encoding="utf-8")
    lock()


def lock() -> None:
    """Write the hashes of all files of each version in constraints.txt, for every system and Python."""
    HASHES.write_text(_run([*_TOOL, *_FORM, "--no-deps", "--generate-hashes", str(CONSTRAINTS)]), encoding="utf-8")


def audit() -> int:
    """Ask what is known of each version in the lock; print it, and return the exit code."""
    for database in DATABASES:
        command = [sys.executable, "-m", "pip_audit", "--requirement", str(HASHES), "--require-hashes", "--disable-pip"]
        command += ["--vulnerability-service", database, "--format", "json", "--progress-spinner", "off"]
        answer = subprocess.run(command, capture_output=True, text=True, check=False)
        lines, code = verdict(answer.stdout)
        if code != NOT_CHECKED:
            break
    print(*lines, sep="\n")
    return code


def verdict(answer: str) -> tuple[list[str], int]:
    """Return the lines that say what an answer of pip-audit, in JSON, means, and the exit code.

    No answer at all means that no database was reached. A package that could not be looked up is no package
    without faults: it is counted, and the code says so.
    """
    try:
        asked: list[dict[str, Any]] = json.loads(answer)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return ["nothing was checked: no database of known faults can be reached from here"], NOT_CHECKED
    lines = [
        f"{each['name']} {each['version']}: {fault['id']}, mended in {', '.join(fault['fix_versions']) or 'no version'}"
        for each in asked
        for fault in each.get("vulns", ())
    ]
    unknown = [each["name"] for each in asked if "skip_reason" in each]
    if unknown:
        lines.append(f"{len(unknown)} of {len(asked)} were not checked, the database did not know: {' '.join(unknown)}")
    if len(unknown) == len(asked):
        lines = ["nothing was checked: the database that answers here knows no package"]
    faults = sum(len(each.get("vulns", ())) for each in asked)
    lines.append(f"{len(asked) - len(unknown)} packages checked, {faults} known faults")
    return lines, KNOWN_FAULTS if faults else NOT_CHECKED if unknown or not asked else OK


def shown(lines: Iterable[str], out: TextIO) -> None:
    """Write what pip is at: on a terminal one line that changes, else a line every 25 packages."""
    count = 0
    for line in lines:
        found = re.match(r"\s*(Collecting|Downloading|Using cached|Installing collected packages)[: ]*(\S*)", line)
        if found is None:
            continue
        count += found[1] == "Collecting"
        at_the_end = found[1].startswith("Installing")
        name = re.split(r"[=<>~!;-]", found[2])[0]
        said = f"installing {count} packages" if at_the_end else f"fetching {count}: {name}"
        if out.isatty():
            out.write(f"\r\033[K{said}")
        elif at_the_end or (found[1] == "Collecting" and not count % 25):
            out.write(f"{said}\n")
        out.flush()
    out.write("\r\033[K" if out.isatty() else "")


def _run(command: list[str], given: str = "") -> str:
    answer = subprocess.run(command, input=given, capture_output=True, text=True, check=False, cwd=ROOT)
    if answer.returncode:
        raise SystemExit(f"{Path(command[0]).name}: {answer.stderr.strip()}")
    return re.sub(r"^#.*\n", "", answer.stdout, flags=re.MULTILINE)


def main(arguments: list[str]) -> int:
    """Do what the first argument names."""
    match arguments:
        case ["needs", *groups]:
            print(*pinned(needs(groups)), sep="\n")
        case ["tools"]:
            print(*pinned(group("supply")), sep="\n")  # alone: what the project needs may have no hash yet
        case ["pip"]:
            print(*pinned(["pip"]), sep="\n")  # the one that `venv` brings is too old to read constraints
        case ["shown"]:
            shown(sys.stdin, sys.stderr)
        case ["update"]:
            update()
        case ["lock"]:
            lock()
        case ["audit"]:
            return audit()
        case _:
            raise SystemExit("expected needs [GROUP ...], tools, pip, shown, update, lock or audit")
    return OK


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
