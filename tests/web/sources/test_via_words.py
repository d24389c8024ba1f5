"""How an address was found, in words."""

from corpus.via import Via
from web.sources.via_words import VIAS, via_word


def test_every_way_in_which_an_address_is_found_has_its_words():
    assert set(VIAS) == set(Via)


def test_a_way_that_another_version_stored_stands_as_it_is_stored():
    assert via_word("carrier-pigeon") == "carrier-pigeon"
