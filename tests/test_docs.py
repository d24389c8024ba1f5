"""The documentation: its commands are real and do what the text shows, its links and contents lead somewhere."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from corpus.errors import ExitCode
from docs import api, commands
from tests.crawler.crawling import workers_of
from web.cli.group import pressmark
from web.demo.server import DemoWeb
from web.demo.sites import SITES

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted(path for path in DOCS.rglob("*.md"))
SITE = [path for path in PAGES if path.name != "modules.md"]
# Pages whose console blocks are run, one after the other in one folder.
WALK = (
    "tutorial.md",
    "howto/difficult-site.md",
    "howto/many-sources.md",
    "howto/one-author.md",
    "howto/subject.md",
    "howto/databases.md",
    "howto/moving.md",
)
ENDS_WITH = {"why": (0, 4)}  # `why` of an address that nobody has seen


def blocks(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the language and the lines of each block of code."""
    for found in re.finditer(r"^```(\w*)\n(.*?)^```", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
        yield found[1], found[2]


def typed(path: Path) -> list[str]:
    """Return the commands of ours in a page's blocks, but for the generated usage lines."""
    lines = [line.strip().removeprefix("$ ") for _, block in blocks(path) for line in block.splitlines()]
    ours = [line for line in lines if line.startswith("pressmark ") and "[OPTIONS]" not in line]
    return [re.split(r"\s{3,}|  #", line)[0] for line in ours]  # what follows at a distance says what it does


def within_sentences(text: str) -> list[str]:
    """Return the commands of ours that stand between backquotes in a text, what is left out of them aside."""
    found = re.findall(r"`(pressmark [^`]+)`", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL))
    plain = [re.sub(r"[\[\]]|\\?\|\w+", "", " ".join(each.split())) for each in found]  # one of several, no brackets
    return [each for each in plain if not {"...", "VERB"} & set(each.split())]


@pytest.mark.parametrize("path", [*PAGES, *ROOT.glob("*.md")], ids=lambda path: path.stem)
def test_every_command_that_is_shown_can_be_read(path: Path):
    for line in typed(path):
        check(line)
    for line in within_sentences(path.read_text(encoding="utf-8")):
        check(line, named=True)


@pytest.mark.parametrize("folder", ["corpus", "crawler", "indexer", "web"])
def test_every_command_that_a_message_or_a_page_names_can_be_read(folder: str):
    sources = [each for ending in ("py", "html") for each in (ROOT / folder).rglob(f"*.{ending}")]
    for path in sources:
        joined = re.sub(r'"\n *f?"', "", path.read_text(encoding="utf-8"))
        for line in within_sentences(joined):
            if not line.startswith("pressmark {"):  # a verb that is known when it runs
                check(re.sub(r"\{+[^{}]*\}+|%\(\w+\)s", "N", line), named=True)


def check(line: str, *, named: bool = False) -> None:
    """See that a command line can be read, but for a word in capitals, which stands for one of the reader's.

    Args:
        line: As it is printed.
        named: It stands in a sentence, which may leave out what the verb takes.
    """
    words = shlex.split(line.partition(" && ")[0].partition(" | ")[0].partition(" >")[0])[1:]
    try:
        read(words)
    except (click.MissingParameter, click.BadOptionUsage, click.exceptions.NoArgsIsHelpError):
        assert named, line
    except click.exceptions.Exit:
        assert "--help" in words or "--version" in words, line
    except click.BadParameter as error:
        stands_for_one = any(word.isupper() for word in words)
        is_a_file = error.param is not None and isinstance(error.param.type, (click.Path, click.File))
        assert is_a_file or stands_for_one, line


def read(words: list[str]) -> None:
    """Read a command line as the program does, and run nothing."""
    command: click.Command = pressmark
    context = pressmark.make_context("pressmark", list(words))
    while isinstance(command, click.Group) and (rest := [*context._protected_args, *context.args]):
        name, found, rest = command.resolve_command(context, rest)
        assert found is not None, words
        command, context = found, found.make_context(name, rest, parent=context)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(DOCS).as_posix())
def test_every_link_to_a_file_leads_to_one(path: Path):
    text = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for link in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text):
        assert (path.parent / link).resolve().exists(), link


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(DOCS).as_posix())
def test_every_link_to_a_heading_leads_to_one(path: Path):
    for page, name in re.findall(r"\]\((?!https?:|mailto:)([^)#\s]*)#([^)\s]+)\)", path.read_text(encoding="utf-8")):
        target = path if not page else (path.parent / page).resolve()
        if target.suffix == ".md":
            assert name in anchors(target), (page, name)


def test_the_contents_of_the_decisions_name_each_of_them_once_and_in_order():
    text = (DOCS / "design.md").read_text(encoding="utf-8")
    contents = re.findall(r"^ *\* \[(.+)\]\(#.+\)$", text.partition("\n## ")[0], re.MULTILINE)
    assert contents == re.findall(r"^###? (.+)$", text, re.MULTILINE)


def anchors(path: Path) -> set[str]:
    """Return the names of a page's headings in its address, as GitHub and mkdocs make them."""
    text = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", heading.strip().lower())) for heading in headings}


def test_every_question_of_the_decisions_has_one_answer_and_then_what_was_rejected_and_when_to_reconsider():
    text = (DOCS / "design.md").read_text(encoding="utf-8")
    questions = [section for section in re.split(r"\n(?=##)", text) if section.startswith("### ")]
    parts = {one.splitlines()[0]: re.findall(r"\*\*(Answer|Rejected|Reconsider)\b", one) for one in questions}
    assert [
        one for one, found in parts.items() if not re.fullmatch("Answer(Rejected)?(Reconsider)?", "".join(found))
    ] == []


def test_every_page_stands_in_the_contents_of_the_site():
    contents = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    named = re.findall(r": ([\w/.-]+\.md)$", contents, re.MULTILINE)
    assert sorted(named) == sorted(path.relative_to(DOCS).as_posix() for path in SITE)


def test_the_list_of_commands_is_the_one_that_the_program_has():
    assert commands.PAGE.read_text(encoding="utf-8") == commands.page(), "run `make fix`"


def test_the_reference_of_the_api_is_the_one_that_its_classes_make():
    assert api.PAGE.read_text(encoding="utf-8") == api.page(), "run `make fix`"


def test_every_exit_code_is_explained():
    assert set(commands.MEANING) == set(ExitCode)


def test_the_commands_of_the_tutorial_and_the_how_tos_do_what_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with DemoWeb() as sites:
        site = next(each for each in SITES if each.name == "valley-herald.example")
        origin = sites.origin(site).rstrip("/")
        place = re.sub(r"^https?://|:\d+$", "", origin)
        monkeypatch.setenv("PRESSMARK__CRAWLER__DELAY", "1 ms")
        monkeypatch.setenv("PRESSMARK__CRAWLER__MAX_PAGES", "60")
        monkeypatch.setenv("PRESSMARK__CRAWLER__ALLOW_ADDRESSES", '["127.0.0.0/8"]')
        monkeypatch.setenv("PRESSMARK__CRAWLER__ALLOW_PORTS", str(sorted(set(sites.ports))))
        monkeypatch.chdir(tmp_path)
        for page in WALK:
            for language, block in blocks(DOCS / page):
                if language == "console":
                    local = block.replace(f"https://{site.name}", origin).replace(site.name, place)
                    for command, shown in steps(local):
                        run(command, shown, monkeypatch)


def steps(block: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each command of a block, and the lines that are shown under it."""
    for step in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, *shown = step.rstrip("\n").split("\n")
        yield command, [line for line in shown if line != "..."]


def run(command: str, shown: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Run a command in this process; each line that is shown is among what it prints, figures left out."""
    first, *words = shlex.split(command)
    if first == "cd":
        monkeypatch.chdir(words[0])
        return
    answer = CliRunner().invoke(pressmark, words, obj=workers_of())
    assert answer.exit_code in ENDS_WITH.get(words[0], (0,)), (command, answer.output)
    printed = [without_figures(line) for line in answer.output.splitlines()]
    for line in shown:
        assert without_figures(line) in printed, (command, line, answer.output)


def without_figures(line: str) -> str:
    return re.sub(r"\b[A-Z][a-z]{2}\b", "Mon", re.sub(r"\d+", "0", line)).strip()
