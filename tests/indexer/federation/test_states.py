"""What a person knows each store of a cluster by."""

from indexer.federation.states import StoreState, distinguished
from indexer.opensearch_engine.state import State


def test_two_stores_of_one_machine_are_known_by_their_tokens_too() -> None:
    alone = StoreState("aaa", State(machine="press-1"))
    pair = (StoreState("bbb", State(machine="press-2")), StoreState("ccc", State(machine="press-2")))
    assert [one.where for one in distinguished([alone, *pair])] == ["press-1", "press-2 (bbb)", "press-2 (ccc)"]


def test_a_store_that_names_neither_address_nor_machine_is_known_by_its_token() -> None:
    assert [one.where for one in distinguished([StoreState("aaa", State()), StoreState("bbb", State())])] == [
        "aaa",
        "bbb",
    ]
