"""The digest of a story's text: what it is made of is never to change, as every store holds it."""

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.store.file.digests import fingerprint
from tests.corpus.samples import article

TEXTS = st.text(st.characters(codec="utf-8") | st.sampled_from('"\\\n\r\t\b\x7f\x1f/\u2028é')) | st.text(
    st.sampled_from('ab" \\\n.')
)


def of_json(*texts: str | None) -> str:
    return hashlib.blake2b(json.dumps(list(texts)).encode(), digest_size=16).hexdigest()


@given(TEXTS, TEXTS, TEXTS)
def test_a_fingerprint_is_the_digest_of_the_texts_as_json(headline: str, standfirst: str, body: str) -> None:
    one = article(headline=headline, standfirst=standfirst, body=body)
    assert fingerprint(one) == of_json(headline or None, standfirst or None, body)


@pytest.mark.parametrize("character", [chr(code) for code in range(256)])
def test_every_character_is_written_as_json_has_it(character: str) -> None:
    body = f"sea {character}wall"
    assert fingerprint(article(headline="", body=body)) == of_json(None, None, body)
