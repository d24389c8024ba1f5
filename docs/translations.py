"""Templates and modules -> the catalogues of web/languages: every message in every one, what is translated stays.

`python docs/translations.py` writes them and says how many messages each still lacks. A message whose English words
changed is a new one; the old one goes, and its translation is in the history of the file.
"""

import ast
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes
from jinja2.ext import extract_from_ast

from web.languages.catalogues import FOLDER
from web.languages.choice import ENGLISH, LANGUAGES
from web.languages.wording import install

ROOT = Path(__file__).parents[1]
TEMPLATES = ROOT / "web" / "templates"
PACKAGES = ("corpus", "crawler", "indexer", "web")
ENGLISH_ONLY = ("web/cli", "web/demo", "web/api", "web/mcp")  # what they say is no page
WIDTH = 120
HEADER = "# {name}: the messages of Pressmark's pages. `make translations` keeps the file; see docs/howto/languages.md."


@dataclass(frozen=True, slots=True)
class Message:
    """A message of the pages: its English words, the ones for many where a number decides, its context."""

    one: str
    many: str | None = None
    context: str | None = None

    @property
    def id(self) -> str | tuple[str, str]:
        """Return the message as catalogues name it."""
        return self.one if self.many is None else (self.one, self.many)


@dataclass(slots=True)
class Found:
    """Messages, each with the files that have it."""

    places: dict[Message, set[str]] = field(default_factory=dict)

    def add(self, message: Message, path: Path) -> None:
        """Note that a file has a message."""
        self.places.setdefault(message, set()).add(path.relative_to(ROOT).as_posix())


def messages() -> dict[Message, set[str]]:
    """Return every message of the pages, with the files that have it."""
    found = Found()
    for path in sorted(TEMPLATES.rglob("*.html")):
        for each in of_template(path.read_text(encoding="utf-8")):
            found.add(each, path)
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if not path.relative_to(ROOT).as_posix().startswith(ENGLISH_ONLY):
                for each in of_module(path.read_text(encoding="utf-8")):
                    found.add(each, path)
    return found.places


def of_template(source: str) -> Iterator[Message]:
    """Yield the messages of a template."""
    tree = _environment().parse(source)
    yield from _of_filters(tree)
    for _, function, given in extract_from_ast(tree, babel_style=False):
        texts = [each for each in ([given] if isinstance(given, str) else list(given)) if isinstance(each, str)]
        if function in ("_", "gettext"):
            yield Message(texts[0])
        elif function == "ngettext":
            yield Message(texts[0], texts[1])
        elif function == "pgettext":
            yield Message(texts[1], context=texts[0])
        elif function == "npgettext":
            yield Message(texts[1], texts[2], context=texts[0])


def _of_filters(tree: nodes.Template) -> Iterator[Message]:
    """Yield the messages of `count|plural("article")`, which are those of `texts("{n:,} article", ...)`."""
    for each in tree.find_all(nodes.Filter):
        if each.name == "plural":
            noun, many = [*(given.as_const() for given in each.args), None][:2]
            yield Message(f"{{n:,}} {noun}", f"{{n:,}} {many or noun + 's'}")


def of_module(source: str) -> Iterator[Message]:
    """Yield the messages of a module: the literals that `text`, `texts` and `message` of corpus.texts get."""
    if "corpus.texts" not in source and "def texts(" not in source:
        return
    tree = ast.parse(source)
    names = {
        each.asname or each.name: each.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "corpus.texts"
        for each in node.names
    } or {name: name for name in ("text", "texts", "message")}  # the module that defines them
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            function = names.get(node.func.id)
            if function in ("text", "message"):
                yield from (Message(each) for each in _literals(node.args[0]))
            elif function == "texts":
                yield from (
                    Message(*pair) for pair in zip(_literals(node.args[0]), _literals(node.args[1]), strict=True)
                )


def _literals(node: ast.expr) -> list[str]:
    """Return the texts that an argument may be; a name is a text that `message` marks elsewhere."""
    if isinstance(node, ast.IfExp):
        return [*_literals(node.body), *_literals(node.orelse)]
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def _environment() -> Environment:
    environment = Environment(trim_blocks=True, lstrip_blocks=True, autoescape=True)
    install(environment)
    return environment


def updated(code: str, found: Mapping[Message, set[str]], source: str) -> tuple[str, int]:
    """Return a catalogue with exactly these messages, and how many of them it does not translate."""
    old = read_po(io.BytesIO(source.encode()), locale=code)
    new, missing = Catalog(locale=code), 0
    for message in sorted(found, key=lambda each: (each.one.casefold(), each.one, each.many or "", each.context or "")):
        known = old.get(message.id, message.context)
        said: Any = known.string if known is not None and _is_of(message, known.string) else ""
        missing += not (all(said) if isinstance(said, list | tuple) else said)
        new.add(
            message.id,
            said,
            locations=[(place, None) for place in sorted(found[message])],  # type: ignore[misc]
            context=message.context,
            flags=(),
            user_comments=known.user_comments if known is not None else (),
        )
    written = io.BytesIO()
    write_po(written, new, width=WIDTH, omit_header=True, include_lineno=False, sort_output=False)
    head = "\n".join(
        (
            HEADER.format(name=LANGUAGES[code].name),
            'msgid ""',
            'msgstr ""',
            f'"Language: {code}\\n"',
            '"Content-Type: text/plain; charset=utf-8\\n"',
            f'"Plural-Forms: {new.plural_forms}\\n"',
        )
    )
    return f"{head}\n\n{written.getvalue().decode().strip()}\n", missing


def _is_of(message: Message, said: Any) -> bool:
    """Whether a translation has the shape of its message: one text, or one for each plural form."""
    return isinstance(said, str) == (message.many is None)


def main() -> None:
    """Write the catalogues."""
    found = messages()
    for code in LANGUAGES:
        if code == ENGLISH.code:
            continue
        path = FOLDER / f"{code}.po"
        source = path.read_text(encoding="utf-8") if path.exists() else ""
        text, missing = updated(code, found, source)
        if text != source:
            path.write_text(text, encoding="utf-8")
        print(f"{path.relative_to(ROOT)}: {len(found)} messages, {missing} not translated")


if __name__ == "__main__":
    main()
