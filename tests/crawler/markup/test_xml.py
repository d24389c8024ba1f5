import pytest

from corpus.errors import ExtractError
from crawler.markup.xml import plain_xml


@pytest.mark.parametrize("reference", ["&#xD800;", "&#xDFFF;", "&#0;", "&#x0;", "&#x110000;", "&#99999999999;", "&#8;"])
def test_a_reference_to_what_is_no_character_is_a_replacement_character(reference):
    assert plain_xml(f"<a>x{reference}y</a>".encode())[0] == "<a>x\ufffdy</a>"


@pytest.mark.parametrize("reference", ["&#233;", "&#xE9;", "&#x1F600;", "&amp;", "&eacute;", "&#10;"])
def test_every_other_reference_stays(reference):
    assert plain_xml(f"<a>x{reference}y</a>".encode())[0] == f"<a>x{reference}y</a>"


def test_a_document_type_is_dropped_with_all_it_declares():
    text = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c]>">]><a>&b;</a>'
    assert plain_xml(text.encode()) == ("<a>&b;</a>", True)


def test_a_tag_that_would_hold_a_parser_up_is_refused():
    with pytest.raises(ExtractError) as caught:
        plain_xml(b"<a " + b"b=c " * 10_000 + b">")
    assert caught.value.reason == "hostile-markup"
