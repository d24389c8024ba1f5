"""A schedule is said as a reader says it, in the reader's language; what words would not make plainer stays."""

import pytest

from corpus.schedules.cadence import parse
from web.languages.choice import LANGUAGES, speaking
from web.languages.wording import said
from web.sources.cadence_words import said_cadence


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("nightly", "every day at 02:30"),
        ("daily 06:05", "every day at 06:05"),
        ("hourly", "every hour"),
        ("every 1h", "every hour"),
        ("every 90m", "every 90 minutes"),
        ("every 48h", "every 2 days"),
        ("every 2 weeks", "every 2 weeks"),
        ("weekdays 06:00", "Monday to Friday at 06:00"),
        ("weekends 06:00", "Saturdays and Sundays at 06:00"),
        ("sunday, monday 7:00", "Mon, Sun at 07:00"),
        ("0,30 6,18 * * *", "every day at 06:00, 06:30, 18:00, 18:30"),
        ("never", "never"),
    ],
)
def test_a_schedule_is_said_in_words(written: str, words: str) -> None:
    assert said_cadence(parse(written)) == words


@pytest.mark.parametrize("line", ["30 2 1 * *", "30 2 * 3 *", "30 2 1 * 5", "*/10 * * * *", "0 * * * 1"])
def test_a_line_that_words_would_not_make_plainer_stays_as_it_is_written(line: str) -> None:
    assert said_cadence(parse(line)) == line


@pytest.mark.parametrize(
    ("code", "nightly", "often"),
    [
        ("de", "täglich um 02:30", "alle 12 Tage"),
        ("fr", "chaque jour à 02:30", "tous les 12 jours"),
        ("es", "cada día a las 02:30", "cada 12 días"),
        ("ar", "كل يوم الساعة 02:30", "كل 12 يومًا"),
    ],
)
def test_a_schedule_is_said_in_the_language_of_the_page(code: str, nightly: str, often: str) -> None:
    with speaking(LANGUAGES[code]):
        assert said(said_cadence(parse("nightly"))) == nightly
        assert said(said_cadence(parse("every 12 days"))) == often
