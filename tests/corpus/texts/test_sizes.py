import pytest

from corpus.texts import text
from corpus.texts.sizes import Size
from corpus.texts.storing import as_json, restored
from web.languages.choice import LANGUAGES, speaking
from web.languages.wording import said


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1_000, "1.0 kB"),
        (9_949, "9.9 kB"),
        (10_000, "10 kB"),
        (999_499, "999 kB"),
        (999_500, "1.0 MB"),  # and not 1000 kB
        (64_000_000, "64 MB"),
        (1_500_000_000, "1.5 GB"),
        (2 * 10**12, "2.0 TB"),
        (12_345 * 10**12, "12,345 TB"),
    ],
)
def test_a_size_is_written_in_the_unit_that_fits(size: int, shown: str):
    assert (str(Size(size)), f"{Size(size)}") == (shown, shown)


def test_a_size_in_a_sentence_is_written_as_the_language_does_after_it_was_stored_too():
    made = text("{place}: {free} free of {total}", place="/data", free=Size(3_400_000), total=Size(64_000_000))
    stored = restored(str(made), as_json(made))
    with speaking(LANGUAGES["de"]):
        assert said(stored) == said(made) == "/data: 3,4 MB frei von 64 MB"
    with speaking(LANGUAGES["fr"]):
        assert said(stored) == said(made) == "/data\u00a0: 3,4\u202fMo libres sur 64\u202fMo"
