"""A page's bytes and its text are parsed alike."""

import pytest
from lxml import etree

from crawler.markup.tree import decode_within, parse, parse_text

PAGE = "<html><body><p>Der Fluß steigt – „seit Tagen“, sagt die Wehr von Łódź.</p></body></html>".encode()


@pytest.mark.parametrize(
    "content",
    [
        PAGE,
        b"<p>Only the letters of ASCII",
        b"\xef\xbb\xbf" + PAGE,
        b"\xef\xbb\xbf\xef\xbb\xbf" + PAGE,
        PAGE + b"<p>with a \0 in it",
        PAGE + b"<p>cut \xc5",
        PAGE + "<p>not readable: \ufffd".encode(),
        PAGE + b"<p>controls \x01\x02",
        b"<p>" + b"\x01" * 200,
        "<p>Пожар".encode("utf-16"),
        "<p>Im Süden brennt es".encode("cp1252"),
    ],
)
def test_bytes_make_the_tree_that_their_text_makes(content: bytes) -> None:
    tree, of_text = parse(content), parse_text(decode_within(content)[0])
    assert tree is not None
    assert of_text is not None
    assert etree.tostring(tree) == etree.tostring(of_text)


@pytest.mark.parametrize("code", range(32))
def test_a_control_character_is_taken_out_and_white_space_stays(code: int) -> None:
    tree = parse(b"<html><body><p>one" + bytes((code,)) * 2 + b"two</p></body></html>" + b"<!-- -->" * 40)
    assert tree is not None
    shown = "".join(map(str, tree.itertext()))
    if chr(code) in "\t\n\r\f":
        assert shown.split() == ["one", "two"]
    else:
        assert shown == "onetwo"
