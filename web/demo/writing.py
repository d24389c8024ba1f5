"""A language's templates -> sentences, quotes and paragraphs of news that never happened.

In a template `[a|b]` is a choice, `{20-90}` a number, `{town}` a word from the language's lists. Places keep
their word through one story; names, days and months are drawn each time. texts/*.toml has the templates.
"""

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from random import Random
from typing import Any

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{(?:(\d+)-(\d+)|(\w+?)(2?))\}")
_KEPT = frozenset({"town", "street", "river"})


@dataclass(frozen=True, slots=True)
class Topic:
    """What can be written of one subject."""

    key: str
    section: str
    headlines: tuple[str, ...]
    standfirsts: tuple[str, ...]
    leads: tuple[str, ...]
    sentences: tuple[str, ...]
    quotes: tuple[str, ...]
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetWords:
    """What a story is made of that is set as more than paragraphs: templates, and in `rows` how many a table has."""

    headings: tuple[str, str]
    items: tuple[str, ...]
    nested: tuple[str, ...]
    quote: str
    caption: str
    heads: tuple[str, ...]
    rows: int
    lines: tuple[str, ...]
    picture: str
    link: str


@dataclass(frozen=True, slots=True)
class Language:
    """One language's templates. `joint` stands between two sentences."""

    code: str
    joint: str
    months: tuple[str, ...]
    frames: tuple[str, ...]
    general: tuple[str, ...]
    words: dict[str, tuple[str, ...]]
    topics: dict[str, Topic]
    set: SetWords


@cache
def language(code: str) -> Language:
    """Read a language's templates."""
    text = resources.files("web.demo").joinpath("texts", f"{code}.toml").read_text(encoding="utf-8")
    told = tomllib.loads(text)
    topics = (_topic(entry) for entry in told["topic"])
    return Language(
        code=code,
        joint="" if code == "zh" else " ",
        months=tuple(told["months"]),
        frames=tuple(told["frames"]),
        general=tuple(told["general"]),
        words={name: tuple(words) for name, words in told["words"].items()},
        topics={topic.key: topic for topic in topics},
        set=_set_words(told["set"]),
    )


@dataclass(slots=True)
class Pen:
    """Writes one story: draws from its own Random, and keeps the story's places."""

    language: Language
    random: Random
    kept: dict[str, str] = field(default_factory=dict)

    def write(self, template: str, **given: str) -> str:
        """Fill in a template; it begins with a capital where the script has them."""
        text = self._filled(template, given)
        return text[:1].upper() + text[1:]

    def _filled(self, template: str, given: dict[str, str]) -> str:
        chosen = _CHOICE.sub(lambda found: self.random.choice(found[1].split("|")), template)
        return _SLOT.sub(lambda found: self._fill(found, given), chosen)

    def _fill(self, found: re.Match[str], given: dict[str, str]) -> str:
        low, high, name, second = found.groups()
        if low is not None:
            return str(self.random.randint(int(low), int(high)))
        if name in given:
            return self._filled(given[name], {})
        if name not in _KEPT:
            return self.random.choice(self.language.words[name])
        word = name + (second or "")
        if word not in self.kept:
            others = [each for each in self.language.words[name] if each not in self.kept.values()]
            self.kept[word] = self.random.choice(others)
        return self.kept[word]


def paragraphs(pen: Pen, topic: Topic) -> tuple[str, ...]:
    """Write a story: a lead, then what is to say of the subject, mixed with quotes and the usual."""
    draw = pen.random
    sentences = [*draw.sample(topic.sentences, draw.randint(6, len(topic.sentences)))]
    sentences += draw.sample(pen.language.general, draw.randint(3, min(9, len(pen.language.general))))
    draw.shuffle(sentences)
    written = [pen.write(draw.choice(topic.leads))]
    while sentences:
        size = draw.choice((1, 2, 2, 3))
        taken, sentences = sentences[:size], sentences[size:]
        written.append(pen.language.joint.join(pen.write(each) for each in taken))
    for said in draw.sample(topic.quotes, draw.randint(1, min(2, len(topic.quotes)))):
        written.insert(draw.randint(1, len(written)), quoted(pen, topic, said))
    return tuple(written)


def quoted(pen: Pen, topic: Topic, said: str) -> str:
    """Write who said it, and what they are."""
    return pen.write(pen.random.choice(pen.language.frames), quote=said, role=pen.random.choice(topic.roles))


def _set_words(entry: dict[str, Any]) -> SetWords:
    lists = ("headings", "items", "nested", "heads", "lines")
    return SetWords(**{**entry, **{name: tuple(entry[name]) for name in lists}})


def _topic(entry: dict[str, Any]) -> Topic:
    lists = ("headlines", "standfirsts", "leads", "sentences", "quotes", "roles")
    return Topic(key=entry["key"], section=entry["section"], **{name: tuple(entry[name]) for name in lists})
