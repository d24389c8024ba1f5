"""Documents -> postings."""

from collections import defaultdict

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.joined import placed_forms
from indexer.contract.protocol import Document
from indexer.storage.inversion import FIELDS, TEXTS, Inversion

WORD = st.sampled_from(["a", "the", "flood", "Floods", "東京都", "pérez", "u.s.", "covid-19"])
TEXT = st.lists(WORD, max_size=12).map(" ".join)
DOCUMENTS = st.lists(
    st.builds(Document, id=st.just(1), headline=TEXT, standfirst=TEXT, body=TEXT, byline=TEXT), max_size=8
)


def inverted(documents):
    inversion = Inversion()
    for document in documents:
        inversion.add(document)
    return inversion.postings()


def places(documents):
    """Form -> text -> positions, one form at a time."""
    found = defaultdict(lambda: defaultdict(list))
    for number, document in enumerate(documents):
        for field, name in enumerate(FIELDS):
            forms, joined = placed_forms(getattr(document, name.value))
            for position, form in sorted([*enumerate(forms), *joined]):
                found[form][number * TEXTS + field].append(position)
    return found


@given(DOCUMENTS)
def test_postings_say_where_each_form_stands(documents):
    postings = inverted(documents)
    expected = places(documents)
    assert postings.forms == sorted(expected)
    for term, form in enumerate(postings.forms):
        rows = slice(postings.posting_at[term], postings.posting_at[term + 1])
        assert postings.texts[rows].tolist() == sorted(expected[form])
        assert postings.frequencies[rows].tolist() == [len(expected[form][text]) for text in sorted(expected[form])]
        start, end = postings.position_at[term], postings.position_at[term + 1]
        assert postings.positions[start:end].tolist() == [
            at for text in sorted(expected[form]) for at in expected[form][text]
        ]


def test_a_form_more_frequent_than_a_byte_holds_is_counted_in_full():
    postings = inverted([Document(id=1, body="flood " * 1000 + "wall")])
    assert postings.frequencies.tolist() == [1000, 1]


def test_positions_of_a_very_long_text_are_kept():
    postings = inverted([Document(id=1, body="x " * 70_000 + "flood")])
    assert postings.positions.dtype == np.uint32
    assert postings.positions[postings.position_at[0]] == 70_000


def test_nothing_inverts_to_nothing():
    assert inverted([]).forms == []
    assert inverted([Document(id=1)]).forms == []
