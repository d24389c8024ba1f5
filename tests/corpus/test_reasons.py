import ast
import re
from pathlib import Path

import pytest

import crawler
from corpus.model import Outcome
from corpus.reasons import CONSEQUENCES, Reason, Retry, consequence, in_words, word_of
from corpus.texts import applied, joined, text, texts

RAISED = {"FetchError", "ExtractError"}


def words_raised() -> tuple[set[str], set[str]]:
    """The reasons of every FetchError and ExtractError of a visit: members of Reason, and words written out."""
    members: set[str] = set()
    bare: set[str] = set()
    root = Path(crawler.__file__).parent
    files = set(root.rglob("*.py")) - set((root / "importing").rglob("*.py")) - set(root.rglob("opml.py"))
    for file in files:
        for node in ast.walk(ast.parse(file.read_text())):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id not in RAISED:
                continue
            match node.args:
                case [ast.Constant(value=str(word)), *_]:
                    bare.add(word)
                case [ast.Attribute(value=ast.Name(id="Reason"), attr=member), *_]:
                    members.add(member)
    return members, bare


def test_every_reason_has_a_consequence():
    assert set(CONSEQUENCES) == set(Reason)


def test_every_reason_the_crawler_raises_is_a_word_of_the_table():
    members, bare = words_raised()
    assert "TOO_LARGE" in members
    assert members <= set(Reason.__members__)
    assert not bare


@pytest.mark.parametrize("module", ["links", "scope", "home"])
def test_every_reason_to_leave_an_address_out_is_a_word_of_the_table(module: str):
    text = (Path(crawler.__file__).parent / "discovery" / f"{module}.py").read_text()
    assert "Reason." in text
    assert not re.findall(r'return "([a-z]+-[a-z-]+)"|reason = "([a-z-]+)"|or "([a-z-]+)"\)', text)


def test_what_a_reason_says_to_a_person_is_a_short_plain_sentence():
    for reason, follows in CONSEQUENCES.items():
        assert follows.says == follows.says.strip(" ."), reason
        assert 12 < len(follows.says) < 90, reason


@pytest.mark.parametrize(
    "word", ["http-500", "http-503", "http-429", "http-304", "connect", "truncated", "worker-died", "blank"]
)
def test_what_may_pass_is_tried_again_in_the_same_run(word: str):
    assert consequence(f"{word}: x").retry is Retry.SAME_RUN


@pytest.mark.parametrize(
    "word", ["http-204", "http-302", "http-501", "http-418", "too-large", "encoding", "redirects", "length-mismatch"]
)
def test_what_cannot_heal_gets_one_more_look(word: str):
    assert consequence(word).retry is Retry.SECOND_LOOK


@pytest.mark.parametrize("status", ["401", "403", "404", "451"])
def test_a_door_that_may_open_is_tried_some_nights(status: str):
    assert consequence(f"http-{status}").retry is Retry.NIGHTS


def test_a_word_nobody_knows_is_a_fault_of_ours():
    assert consequence("lightning: it struck") == CONSEQUENCES[Reason.ERROR]
    assert CONSEQUENCES[Reason.ERROR].outcome is Outcome.FAILED


def test_the_word_of_a_reason_is_what_stands_before_the_colon():
    assert word_of("robots: disallows /a: b") == "robots"
    assert word_of("robots") == "robots"


def test_a_sentence_says_what_its_reasons_mean_and_keeps_everything_else():
    reasons = joined(", ", [text("{reason} ×{n:,}", reason=word, n=2) for word in ("timeout", "http-503: busy", "own")])
    shown = texts("{reasons} in {n:,} visit", "{reasons} in {n:,} visits", 4, reasons=reasons)
    assert in_words(shown) == (
        "the host did not answer in time ×2, the server answered 503, which may pass ×2, own ×2 in 4 visits"
    )
    assert in_words(applied(str.upper, text("{reason}", reason="timeout"))) == "THE HOST DID NOT ANSWER IN TIME"
    assert in_words("timeout") == "timeout"
