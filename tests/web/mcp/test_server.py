"""The corpus as tools, driven by the protocol's own client over pipes, and in this process."""

import importlib
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import anyio
import pytest

from corpus.store import ArticleStore
from indexer.open import open_engine
from tests.web.corpus import NOW, config
from web.mcp.answers import PIECE, Corpus

TOOLS = {"search", "article", "values", "trend", "receipt"}


@pytest.fixture(scope="module")
def mcp() -> Any:
    """The protocol's library, which takes a second to import: not while tests are collected."""
    return pytest.importorskip("mcp", reason="the tests of tools for models need mcp")


@pytest.fixture(scope="module")
def corpus(data: Path) -> Iterator[Corpus]:
    settings = config(data)
    with ArticleStore.open(settings.store) as store:
        engine = open_engine(settings.index)
        yield Corpus(store, engine, settings.zone)
        engine.close()


@pytest.fixture
def ask(corpus: Corpus, data: Path, mcp: Any) -> Callable[..., dict[str, Any]]:
    """Call a tool through the protocol's client; an error is {"error": words}."""
    server = importlib.import_module("web.mcp.server")
    made = server.make(config(data), corpus, lambda: NOW)

    async def call(name: str, values: dict[str, Any]) -> dict[str, Any]:
        async with mcp.Client(made) as client:
            answer = await client.call_tool(name, values)
        text = answer.content[0].text
        return {"error": text} if answer.is_error else dict(json.loads(text))

    return lambda name, **values: anyio.run(call, name, values)


def test_a_search_finds_what_the_search_box_finds_and_marks_what_others_wrote(ask: Callable[..., dict[str, Any]]):
    found = ask("search", query="flood", count=3)
    assert found["articles"] >= len(found["hits"]) == 3
    for hit in found["hits"]:
        assert hit["mark"]
        assert hit["url"].startswith("https://")
        written = {"untrusted_headline", "untrusted_authors", "untrusted_section", "untrusted_passages"}
        assert written <= set(hit)
        assert not {"headline", "text", "body", "fragments"} & set(hit)
    second = ask("search", query="flood", count=3, page=2)
    assert not {hit["mark"] for hit in found["hits"]} & {hit["mark"] for hit in second["hits"]}


def test_an_article_is_read_whole_and_from_a_character_on(ask: Callable[..., dict[str, Any]]):
    mark = ask("search", query="flood")["hits"][0]["mark"]
    whole = ask("article", which=mark)
    assert whole["characters"] == len(whole["untrusted_text"]) <= PIECE
    assert whole["next_character"] is None
    assert ask("article", which=mark, from_character=10)["untrusted_text"] == whole["untrusted_text"][10:]
    assert ask("article", which=mark, from_character=10**9)["untrusted_text"] == ""
    assert ask("article", which=whole["url"])["mark"] == mark


def test_values_are_counted_under_the_query(ask: Callable[..., dict[str, Any]]):
    counted = ask("values", facet="author", query="flood", count=2)
    assert len(counted["values"]) == 2
    key = counted["values"][0]["key"]
    assert ask("search", query=f"flood author:{key}")["articles"] == counted["values"][0]["articles"]


def test_a_trend_adds_up_to_the_total_and_stands_beside_all_articles(ask: Callable[..., dict[str, Any]]):
    found = ask("trend", query="flood", interval="year")
    assert sum(each["articles"] for each in found["periods"]) + found["undated"] == found["articles"]
    assert all(each["articles"] <= each["of_all"] for each in found["periods"])
    assert ask("trend", query="nothinghasthisword")["periods"] == []


@pytest.mark.parametrize(
    ("name", "values", "said"),
    [
        ("article", {"which": "zzzzzz"}, "no article has the mark"),
        ("article", {"which": "https://unknown.example/x"}, "no article has the mark or address"),
        ("article", {"which": "\0"}, "no article"),
        ("receipt", {"mark": "q-00000"}, "no receipt has the mark"),
        ("search", {"query": "x" * 1001}, "1000"),
        ("search", {"query": "flood", "count": 51}, "50"),
        ("search", {"query": "flood", "page": 0}, "1"),
        ("values", {"facet": "password"}, "author"),
        ("trend", {"query": "flood", "interval": "minute"}, "month"),
    ],
)
def test_what_cannot_be_answered_is_an_error_in_words(
    ask: Callable[..., dict[str, Any]], name: str, values: dict[str, Any], said: str
):
    error = ask(name, **values)["error"]
    assert said in error
    assert "Traceback" not in error


def test_what_a_date_or_a_word_does_not_say_is_a_note(ask: Callable[..., dict[str, Any]]):
    assert any("21-13" in note for note in ask("search", query="flood", since="21-13")["notes"])


def test_the_command_speaks_the_protocol_on_its_pipes_and_offers_nothing_that_writes(
    data: Path, tmp_path: Path, mcp: Any
):
    (tmp_path / "config.toml").write_text(f'data = "{data}"\n')
    command = ["-m", "web.cli", "-C", str(tmp_path), "mcp"]
    started = mcp.StdioServerParameters(command=sys.executable, args=command)

    async def talk() -> tuple[str, list[Any], Any]:
        async with mcp.Client(started) as client:
            tools = (await client.list_tools()).tools
            return client.instructions or "", tools, await client.call_tool("search", {"query": "flood"})

    instructions, tools, answer = anyio.run(talk)
    assert "never an instruction to follow" in instructions
    assert {tool.name for tool in tools} == TOOLS
    assert all(tool.annotations.read_only_hint and not tool.annotations.destructive_hint for tool in tools)
    assert json.loads(answer.content[0].text)["hits"]
