# ruff: noqa: E501 - a page stands on one line
"""Text that stands only in a page's data is read; a page that shows its own is read as it stands."""

import json
from functools import partial
from html import escape
from typing import Any

import pytest

from crawler.body.unshown import MIN_STORY, unshown
from crawler.markup.tree import parse_text
from crawler.text import text_length
from crawler.values import PageKind
from tests.counting import calls
from tests.crawler.stories import FERRY, MILL, paragraphs, read
from tests.stalling import no_stall

TITLE = "Second ferry sails from April"
HTML = paragraphs(*FERRY)
SUMMARY = "The harbour office has found the money and the crew for a second sailing each day."
OTHER = {"title": "A mill opens", "body": "".join(f"<p>{text} {text} {text} {text}</p>" for text in MILL)}


def script(data: Any, *, name: str = "__NEXT_DATA__") -> str:
    return f'<script id={name} type="application/json">{json.dumps(data)}</script>'


def nuxt(data: dict[str, Any]) -> list[Any]:
    """A value as Nuxt writes it: flat, by the places of its parts."""
    flat: list[Any] = []

    def put(value: Any) -> int:
        at = len(flat)
        flat.append(None)
        if isinstance(value, dict):
            flat[at] = {key: put(part) for key, part in value.items()}
        elif isinstance(value, list):
            flat[at] = [put(part) for part in value]
        else:
            flat[at] = value
        return at

    put(data)
    return flat


ARTICLE = {
    "title": TITLE,
    "description": SUMMARY,
    "body": HTML,
    "author": {"name": "Mara Lind", "bio": MILL[0]},
    "datePublished": "2024-03-05",
    "related": [OTHER],
}
PIECES = [{"type": "paragraph", "children": [{"text": text[:20]}, {"text": text[20:]}]} for text in FERRY]
for piece, text in zip(PIECES, FERRY, strict=True):
    cut = text.index(" ", 20)
    piece["children"] = [{"text": text[:cut]}, {"text": text[cut:], "bold": True}]
FLIGHT = [
    "$",
    "article",
    None,
    {
        "children": [
            ["$", "h1", None, {"children": TITLE}],
            *(["$", "p", str(n), {"children": text}] for n, text in enumerate(FERRY)),
        ]
    },
]
LONG = " ".join(FERRY).encode()

PAGES = {
    "Next, markup": script({"props": {"pageProps": {"article": ARTICLE}}}),
    "Next, list of paragraphs": script(
        {"props": {"story": {"headline": TITLE, "content": [{"type": "text", "text": text} for text in FERRY]}}}
    ),
    "rich text": script({"post": {"title": TITLE, "content": {"nodes": PIECES}}}),
    "Next's stream": f"<script>self.__next_f.push([1,{json.dumps('1:' + json.dumps(FLIGHT) + chr(10))}])</script>",
    "stream in pieces": "".join(
        f"<script>self.__next_f.push([1,{json.dumps(part)}])</script>"
        for part in (lambda s: (s[:300], s[300:]))("1:" + json.dumps(FLIGHT) + "\n")
    ),
    "Apollo": f"<script>window.__APOLLO_STATE__ = {json.dumps({'Article:7': ARTICLE, 'Article:8': OTHER})};</script>",
    "parsed": f"<script>window.__PRELOADED_STATE__ = JSON.parse({json.dumps(json.dumps({'article': ARTICLE}))});</script>",
    "Nuxt": script(nuxt({"data": {"story": ARTICLE}}), name="__NUXT_DATA__"),
    "noscript": f"<noscript><h1>{TITLE}</h1>{HTML}</noscript>",
    "one string": script({"headline": TITLE, "articleBody": "\n\n".join(FERRY)}),
}


def as_script(value: Any) -> str:
    """Write a value as programs do that save bytes: keys without quotes, strings in single quotes."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{key}:{as_script(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(as_script, value)) + "]"
    if isinstance(value, str):
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'").replace("<", "\\u003C") + "'"
    return {None: "void 0", True: "!0", False: "!1"}.get(value, str(value))


def with_types(value: Any) -> Any:
    """Write a value as Astro writes the properties of its islands."""
    if isinstance(value, dict):
        return [0, {key: with_types(part) for key, part in value.items()}]
    return [1, [with_types(part) for part in value]] if isinstance(value, list) else [0, value]


STORY = as_script({"story": ARTICLE, "open": True, "next": None})
BODY = as_script(ARTICLE["body"])
ESCAPED = json.dumps({"story": ARTICLE}).replace("&", "&a;").replace('"', "&q;").replace("'", "&s;").replace("<", "&l;")
FLAT = [{"_1": 2}, "loaderData", {"_3": 4}, "routes/story", {"_5": 6, "_7": 8, "_9": 10, "_11": 12}, "title", TITLE, "body", ARTICLE["body"],
        "author", "Mara Lind", "datePublished", "2024-03-05"]  # fmt: skip

PAGES |= {
    "Nuxt's function": "<script>window.__NUXT__=(function(a,b,c){b.title=a;b.author='Mara Lind';b.datePublished='2024-03-05';return {layout:'x',data:[{story:b,off:c}],at:new Date(7)}}"
    f"({as_script(TITLE)},{{body:{BODY}}},!1));</script>",
    "a function with arrows": f"<script>self.__STATE__=((a,b)=>{{return {STORY}}})(null,void 0)</script>",
    "a literal": f"<script>var x=1;window.__DATA__ = {STORY};run()</script>",
    "a parsed literal string": f"<script>window.S=1;globalThis.__DATA__=JSON.parse({as_script(json.dumps({'a': ARTICLE}))})</script>",
    "SvelteKit": "<script>{ __sveltekit_1 = {base: new URL('.', location).pathname.slice(0, -1)};"
    "import('./start.js').then(([kit, app]) => { kit.start(app, element, { node_ids: [0, 2],"
    f"data: [null,{{type:'data',data:{STORY},uses:{{}}}}], form: null, error: null }}); }}); }}</script>",
    "React Router": f"<script>window.__x.streamController.enqueue({json.dumps(json.dumps(FLAT) + chr(10))});</script>",
    "Apollo's stream": f"<script>(window[Symbol.for('T')] ??= []).push({{'rehydrate':{{a:{STORY},b:undefined}}}})</script>",
    "Angular, escaped": f"<script id='app-state' type='application/json'>{ESCAPED}</script>",
    "Astro": f"<astro-island props='{escape(json.dumps({'post': with_types(ARTICLE)}))}'></astro-island>",
    "Inertia": f"<div data-page='{escape(json.dumps({'component': 'S', 'props': {'story': ARTICLE}}))}'></div>",
}


def shell(data: str, *, title: str = TITLE, shown: str = "") -> str:
    return f"<html><head><title>{title}</title></head><body><div id=app>{shown}</div>{data}</body></html>"


@pytest.mark.parametrize("name", PAGES)
def test_the_story_is_read_from_the_data_and_the_facts_say_so(name: str) -> None:
    found = read(shell(PAGES[name]))
    assert found.kind is PageKind.ARTICLE
    assert [part for part in found.article.body.split("\n\n") if part != TITLE] == list(FERRY)
    assert found.article.facts["body"].startswith("noscript" if name == "noscript" else "page data ")


def test_a_text_in_a_row_of_the_stream_is_found_where_it_is_named() -> None:
    rows = b"2:T%x,%s1:%s\n" % (len(LONG), LONG, json.dumps({"title": TITLE, "body": "$2"}).encode())
    found = read(shell(f"<script>self.__next_f.push([1,{json.dumps(rows.decode())}])</script>"))
    assert found.article.body == " ".join(FERRY)


def test_a_title_with_the_sites_name_is_known() -> None:
    found = read(shell(PAGES["Next, markup"], title=f"{TITLE} – Some Paper"))
    assert found.article.body.split("\n\n") == list(FERRY)


def test_the_longer_text_of_another_story_is_not_taken() -> None:
    data = script({"page": ARTICLE, "more": [OTHER | {"body": OTHER["body"] * 3}]})
    assert MILL[0] not in read(shell(data)).article.body


def test_a_page_that_shows_its_story_is_read_as_it_stands() -> None:
    shown = f"<article><h1>{TITLE}</h1>{paragraphs(*FERRY[:3])}</article>"
    found = read(shell(PAGES["Next, markup"], shown=shown))
    assert found.article.body.split("\n\n") == list(FERRY[:3])
    assert "body" not in found.article.facts


def test_a_locked_page_is_not_opened_by_its_data() -> None:
    shown = f"<article><h1>{TITLE}</h1><p>{FERRY[0][:90]}…</p></article><div class=paywall><p>Subscribe and read on.</p></div>"
    assert read(shell(PAGES["Next, markup"], shown=shown)).kind is PageKind.PAYWALL


@pytest.mark.parametrize(
    "data",
    [
        script({"title": TITLE, "description": " ".join(FERRY)}),
        script({"labels": {f"key{n}": f"Your settings number {n} have been saved, thank you." for n in range(40)}}),
        "<script>var broken = {oops: 1, body: </script>",
        f"<script>window.run=(function(a){{start(a);return {STORY}}}(1))</script>",
        f"<script>var own=(function(a){{return {STORY}}}(1))</script>",
        f"<div data-post='{escape(json.dumps({**ARTICLE, 'author': None}))}'></div>",
        f"<div data-texts='{escape(json.dumps({'body': ' '.join(FERRY)}))}'></div>",
        "<script>window.a={b:'</script><script>window.c=(function(a){return {a:",
        "<script>self.__next_f.push([1, 7])</script><script>self.__next_f.push(nonsense)</script>",
        script([]), script(7), script("text"), "<noscript><img src=pixel></noscript>",
    ],
)  # fmt: skip
def test_data_that_holds_no_story_gives_none(data: str) -> None:
    found = read(shell(data))
    assert (found.kind, found.article.body) == (PageKind.EMPTY, "")


def doubled(steps: int) -> str:
    """A state of a function in which each object stands twice in the next one."""
    names = ",".join(f"a{n}" for n in range(steps))
    fills = "".join(f'a{n}.x=a{n - 1};a{n}.y=a{n - 1};a{n}.title="{TITLE}";' for n in range(1, steps))
    given = ",".join(["{}"] * steps)
    return f"<script>window.abc=(function({names}){{{fills}return a{steps - 1}}}({given}))</script>"


def named_often(times: int) -> str:
    """A stream whose one text stands in many places."""
    text = "Plain words of a story. " * 4_000
    row = json.dumps({"title": TITLE, "body": [["$1", f" {n}"] for n in range(times)]})
    return f"<script>self.__next_f.push({json.dumps([1, f'1:T{len(text):x},{text}2:{row}' + chr(10)])})</script>"


LONG_SCRIPTS = (
    doubled(23),
    named_often(4_000),
    "<script>a = {" * 20_000,
    f"<script>window.abc={{{'a:{' * 20_000}</script>",
    f"<script>{'window.abc={a:1,b:[2,' * 2_000}</script>",
    f"<script>{'window.abc=(function(a){return {' * 2_000}</script>",
    f"<script>x.push([{'1,' * 20_000}f</script>",
    "<script>" + 'a.push("' * 10_000 + "</script>",
)


def test_hostile_data_costs_little() -> None:
    nested = "[" * 200_000
    flat = [[1, 1, 1, 1, 1, 1, 1, 1, 1, 1], *([[n + 1] * 9 for n in range(1, 50)])]
    with no_stall():
        for data in (f"<script>x.state = {nested}</script>", script(flat, name="__NUXT_DATA__"), *LONG_SCRIPTS):
            assert calls(partial(read, shell(data))) < 3_000_000, data[:60]  # a third of it at most


# ---------------------------------------------------------------- the limits, each from both sides


def decide(letters: int, *, shown: int = 0, headline: str | None = TITLE, key: str = "body") -> bool:
    text = ("Plain words of a story. " * (letters // 24 + 1))[: letters - 1].strip().ljust(letters - 1, "x") + "."
    tree = parse_text(shell(script({"title": TITLE, key: text})))
    assert tree is not None
    return unshown(tree, headline, "x" * shown) is not None


def test_little_prose_is_no_story() -> None:
    assert decide(300)
    assert not decide(299)


def test_the_data_must_hold_several_times_what_the_page_shows() -> None:
    assert decide(4 * 150, shown=150)
    assert not decide(4 * 150 - 1, shown=150)


def test_a_page_that_shows_more_than_a_line_keeps_what_it_shows() -> None:
    assert decide(5_000, shown=200)
    assert not decide(5_000, shown=201)


def test_a_key_alone_is_believed_only_where_the_page_shows_nothing() -> None:
    assert decide(5_000, shown=59, headline="Another title")
    assert not decide(5_000, shown=60, headline="Another title")
    assert not decide(5_000, headline="Another title", key="legalText")


def post(n: int, *, writer: str = "class=username", day: str = "time") -> str:
    return f"<div class=post><span {writer}>Olle {n}</span> <{day}>0{n}.03.2026</{day}>{paragraphs(*FERRY[n : n + 2])}</div>"


@pytest.mark.parametrize("writer", ["class=username", "itemprop=author", "class=post-author", "class=creator"])
def test_a_noscript_of_posts_by_several_hands_is_a_thread_and_the_reason_says_so(writer: str) -> None:
    posts = "".join(post(n, writer=writer) for n in range(1, 4))
    found = read(shell(f"<noscript><h1>{TITLE}</h1>{posts}</noscript>"))
    assert (found.kind, found.article.body) == (PageKind.EMPTY, "")
    assert "thread of 3 posts" in found.reason


@pytest.mark.parametrize(
    "inner",
    [
        "".join(post(n) for n in range(1, 3)),
        "".join(post(n, day="b") for n in range(1, 6)),
        "".join(post(n, writer="class=lead") for n in range(1, 6)),
        post(1) + HTML,
        post(1) + HTML + "<ol class=responses>" + "".join(post(n) for n in range(2, 6)) + "</ol>",
    ],
)
def test_a_noscript_with_few_signatures_or_with_comments_behind_its_story_is_a_story(inner: str) -> None:
    found = read(shell(f"<noscript><h1>{TITLE}</h1>{inner}</noscript>"))
    assert found.kind is PageKind.ARTICLE
    assert found.article.facts["body"] == "noscript"


def test_one_signed_post_is_a_thread_where_its_type_says_so() -> None:
    for kind, is_thread in (("DiscussionForumPosting", True), ("NewsArticle", False)):
        inner = f"<div itemscope itemtype=https://schema.org/{kind}>{post(1)}{HTML}</div>"
        assert (read(shell(f"<noscript>{inner}</noscript>")).kind is PageKind.EMPTY) is is_thread


@pytest.mark.parametrize("letters", ["漢", "か", "a"])
def test_what_a_script_assigns_is_left_out_only_where_it_is_too_short_for_a_story(letters: str) -> None:
    sentences = [letters * 69 + "。" for _ in range(5)]
    sentences = [text[:n] + text[n + 1 :] for n, text in enumerate(sentences)]  # each once
    for count in range(1, 6):
        story = "\n".join(f"{n}{text}" for n, text in enumerate(sentences[:count]))
        tree = parse_text(
            f"<body><script>app_state = {json.dumps({'body': story}, ensure_ascii=False)}</script></body>"
        )
        assert tree is not None
        found = unshown(tree, None, "")
        whole = text_length("\n\n".join(story.split("\n"))) >= MIN_STORY
        assert (found is not None) is whole


def test_a_text_under_a_key_that_names_its_blocks_is_the_pages_own() -> None:
    blocks = [{"type": "paragraph", "data": {"text": text}} for text in FERRY]
    for key, is_read in (("blocks", True), ("content_blocks", True), ("roadblocks", False)):
        tree = parse_text(f"<body>{script({'page': {key: blocks}}, name='state')}</body>")
        assert tree is not None
        found = unshown(tree, None, "")
        assert (found is not None and found.text == "\n\n".join(FERRY)) is is_read
