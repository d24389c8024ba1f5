import json
import random
import tomllib
from typing import Any

import pytest

from corpus.config.lines import Key, key_lines


class Writer:
    """Writes a random TOML document and remembers the line of every key it names."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.text = ""
        self.lines: dict[Key, int] = {}

    @property
    def line(self) -> int:
        return self.text.count("\n") + 1

    def write(self) -> None:
        self.pairs((), self.random.randint(0, 3))
        for number in range(self.random.randint(0, 4)):
            self.section(f"t{number}")

    def section(self, name: str) -> None:
        if self.random.random() < 0.5:
            for index in range(self.random.randint(1, 3)):
                self.blank()
                self.note((name,))
                self.note((name, index))
                self.text += f"[[ {self.quoted(name)} ]]{self.comment()}\n"
                self.pairs((name, index), self.random.randint(0, 3))
                if self.random.random() < 0.4:
                    self.note((name, index, "sub"))
                    self.text += f"[{name}.sub]\n"
                    self.pairs((name, index, "sub"), 2)
        else:
            self.blank()
            path = (name, "x.y") if self.random.random() < 0.5 else (name,)
            for end in range(1, len(path) + 1):
                self.note(path[:end])
            self.text += "[" + " . ".join(map(self.quoted, path)) + f"]{self.comment()}\n"
            self.pairs(path, self.random.randint(0, 4))

    def pairs(self, table: Key, count: int) -> None:
        for number in range(count):
            self.blank()
            self.pair(table, f"k{number}", inline=False)
            self.text += self.comment() + "\n"

    def pair(self, table: Key, name: str, *, inline: bool) -> None:
        path = [name] if self.random.random() < 0.7 else [name, 'in "n"er', "é"]
        for end in range(1, len(path) + 1):
            self.note((*table, *path[:end]))
        self.text += self.random.choice([".", " . "]).join(map(self.quoted, path)) + " = "
        self.value((*table, *path), 2, inline=inline)

    def value(self, path: Key, depth: int, *, inline: bool) -> None:
        kind = self.random.randint(0, 8 if depth else 6)
        if kind == 7:
            self.text += "["
            for index in range(self.random.randint(0, 3)):
                self.text += "" if inline else self.random.choice(["", "\n", " # ],\n\n"])
                self.note((*path, index))
                self.value((*path, index), depth - 1, inline=inline)
                self.text += ", "
            self.text += "]"
        elif kind == 8:
            self.text += "{ "
            for index in range(self.random.randint(0, 3)):
                self.text += ", " if index else ""
                self.pair(path, f"i{index}", inline=True)
            self.text += " }"
        else:
            scalars = ['"a # \\" ] b"', "'c = \"['", "-1_000", "true", "1979-05-27 07:32:00Z", "1.5e3"]
            long = ['"""\n[no]\nk0 = 1 \\" """', "'''\n[[no]]\n'''", '"""x"""""', "''"]
            self.text += self.random.choice(scalars if inline or kind < 5 else long)

    def quoted(self, name: str) -> str:
        plain = name.isascii() and name.replace("-", "").isalnum()
        return name if plain and self.random.random() < 0.7 else json.dumps(name)

    def blank(self) -> None:
        self.text += self.random.choice(["", "", "\n", "# k0 = [\n", "  "])

    def comment(self) -> str:
        return self.random.choice(["", "", " # ] \" '''"])

    def note(self, path: Key) -> None:
        self.lines.setdefault(path, self.line)


def paths(value: Any, path: Key = ()) -> set[Key]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return ({path} if path else set()).union(*(paths(each, (*path, name)) for name, each in inner))


@pytest.mark.parametrize("hundred", range(4))
def test_every_key_of_generated_files_is_found_on_its_line(hundred: int):
    for seed in range(hundred * 100, hundred * 100 + 100):
        writer = Writer(seed)
        writer.write()
        found = key_lines(writer.text)
        assert set(found) == paths(tomllib.loads(writer.text)), writer.text
        assert found == writer.lines, writer.text


def test_escapes_in_quoted_keys_are_read():
    text = '"\\u00e9\\t\\"" = 1\n'
    assert set(key_lines(text)) == {(key,) for key in tomllib.loads(text)}


def test_a_file_of_comments_and_blanks_has_no_keys():
    assert key_lines("# a = 1\n\n   # b\n") == {}
