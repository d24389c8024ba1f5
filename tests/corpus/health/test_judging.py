from dataclasses import replace
from datetime import timedelta

import pytest

from corpus.health.advice import advice, meaning
from corpus.health.judging import judge
from corpus.health.values import Health, HealthState
from tests.corpus.health.past import NIGHT, days, lost, past, receipt
from tests.corpus.samples import NOW


def state(*recent, before=None, **more):
    found = judge(past(*recent, **more), before)
    return None if found is None else found.state


def health(of: HealthState, ago: int = 1, **more) -> Health:
    return Health(source="a", state=of, since=NOW - ago * NIGHT, **more)


def test_nothing_is_known_of_a_source_before_a_run_asked_for_something():
    assert judge(past(), None) is None
    assert judge(past(receipt(counts={})), None) is None


def test_a_source_is_well_since_the_first_run_that_shows_it():
    first = judge(past(receipt(1)), None)
    assert first == health(HealthState.OK)
    assert judge(past(receipt(1), receipt()), first) == first


@pytest.mark.parametrize(
    ("had", "missing", "found"), [(4, 5, HealthState.FAILING), (5, 5, HealthState.OK), (2, 3, HealthState.FAILING)]
)
def test_a_source_is_failing_when_more_than_half_of_its_stories_are_lost(had, missing, found):
    assert state(lost(had=had, lost=missing)) is found


@pytest.mark.parametrize(("missing", "has", "found"), [(3, True, "failing"), (2, True, "ok"), (1, False, "failing")])
def test_one_or_two_lost_stories_are_an_accident_unless_the_source_never_gave_one(missing, has, found):
    assert state(lost(lost=missing), has_articles=has) == found


def test_a_source_of_which_nothing_answers_is_failing_and_the_sentence_names_the_reasons():
    down = receipt(counts={"failed": {"timeout": 3, "dns": 1}}, lists=4, lists_lost=4, had=0, stories=0, moved_to=None)
    found = judge(past(receipt(1), down), health(HealthState.OK))
    assert found is not None
    assert (found.state, found.cause, found.since) == (HealthState.FAILING, "timeout", NOW)
    assert found.why == "nothing could be read: timeout ×3, dns ×1"


def test_a_front_page_that_cannot_be_had_is_said_so_whatever_usual_places_have_no_feed():
    none = {"http-404": 4, "not-a-feed": 6, "not-a-sitemap": 1}
    shut = receipt(counts={"failed": {"challenge": 1}, "not-article": none}, lists=12, lists_lost=1, had=0)
    found = judge(past(shut, has_articles=False), None)
    assert found is not None
    assert (found.state, found.why) == (HealthState.BLOCKED, "nothing could be read: challenge ×1")


def test_a_source_whose_lists_name_no_story_is_failing_from_the_first_night_on():
    barren = receipt(counts={"read": {"": 2}}, lists=2, had=0, stories=0)
    found = judge(past(barren, has_articles=False), None)
    assert found is not None
    assert (found.state, found.cause) == (HealthState.FAILING, "no-story")
    assert any("`sections`" in str(each) for each in advice(found, site="https://a.example"))
    assert judge(past(barren, barren, has_articles=False), found) == found
    assert state(barren) is HealthState.OK  # no news today
    assert state(replace(barren, left=3), has_articles=False) is HealthState.OK  # it is not over yet
    assert state(receipt(counts={"read": {"": 1}}), has_articles=True, before=found) is HealthState.OK


def test_a_source_whose_pages_ask_not_to_follow_their_links_is_told_so_where_no_story_or_no_news_is_found():
    asks = receipt(counts={"read": {"": 2}}, lists=2, unfollowed=1, had=0, stories=0)
    without = judge(past(asks, has_articles=False), None)
    silent = judge(past(receipt(3), asks, days=days(*[5] * 20, 0, 0, 0)), health(HealthState.OK))
    for found, of in ((without, HealthState.FAILING), (silent, HealthState.QUIET)):
        assert found is not None
        assert (found.state, found.cause) == (of, "nofollow")
        assert found.why.endswith("; its pages ask that none of their links is followed")
        assert any("`feeds` or `sitemaps`" in each for each in advice(found))


@pytest.mark.parametrize("word", ["http-401", "http-403", "http-429", "http-451", "challenge"])
def test_a_source_that_turns_us_away_is_blocked(word):
    assert state(lost(word=word)) is HealthState.BLOCKED
    assert state(lost(word="robots", outcome="refused")) is HealthState.BLOCKED


def test_walls_in_place_of_stories_are_lost_stories_and_lists_in_their_place_are_not():
    assert state(lost(word="wall", outcome="not-article")) is HealthState.FAILING
    assert state(receipt(counts={"not-article": {"listing": 10}}, had=0, stories=0)) is HealthState.OK


def test_a_night_that_says_nothing_leaves_a_trouble_as_it_was():
    before = health(HealthState.FAILING, 3, cause="http-500", why="x", acknowledged=NOW)
    old_ones = receipt(counts={"failed": {"http-500": 5}, "read": {"": 1}}, had=0, stories=0)
    for night in (receipt(counts={}), old_ones):
        assert judge(past(lost(1), night), before) == before
    assert state(lost(1), receipt(), before=before) is HealthState.OK


def test_a_source_whose_lists_are_read_again_and_of_which_nothing_is_lost_is_well():
    before = health(HealthState.FAILING, why="nothing could be read")
    lists = receipt(counts={"read": {"": 2}, "unchanged": {"": 2}}, lists=4, had=0, stories=0)
    assert state(lists, before=before) is HealthState.OK
    assert state(lists, before=before, has_articles=False) is HealthState.FAILING  # it never gave a story


def test_lists_that_were_read_when_the_stories_were_lost_say_nothing_of_them_later():
    before = judge(past(receipt(2), lost(1, word="wall", outcome="not-article")), None)
    lists = receipt(counts={"read": {"": 1}}, had=0, stories=0)
    assert judge(past(lost(1, word="wall", outcome="not-article"), lists), before) == before
    assert state(lost(1, word="wall", outcome="not-article"), receipt(), before=before) is HealthState.OK


def test_a_trouble_keeps_its_beginning_and_its_acknowledgement_while_it_lasts():
    first = judge(past(lost(2)), health(HealthState.OK))
    assert first is not None
    known = replace(first, acknowledged=NOW)
    again = judge(past(lost(2), lost(1, word="timeout")), known)
    assert again is not None
    assert (again.since, again.acknowledged, again.cause) == (first.since, NOW, "timeout")
    assert not again.is_alarming
    other = judge(past(lost(1), lost(word="http-403")), again)
    assert other is not None
    assert (other.state, other.since, other.is_alarming) == (HealthState.BLOCKED, NOW, True)


def test_a_front_page_at_another_site_is_a_source_that_moved():
    found = judge(past(receipt(1), receipt(moved_to="new.example")), health(HealthState.OK))
    assert found is not None
    assert (found.state, found.why) == (HealthState.MOVED, "its front page is at new.example now")
    assert state(receipt(moved_to=None), before=found) is HealthState.MOVED  # it was not asked for
    assert state(receipt(moved_to=""), before=found) is HealthState.OK


def test_stories_that_are_led_to_another_site_are_a_source_that_moved():
    assert state(lost(word="out-of-scope", outcome="refused")) is HealthState.MOVED


@pytest.mark.parametrize("field", ["no_author", "no_date", "no_headline", "empty"])
def test_a_share_that_jumps_is_a_drift_since_the_first_of_the_runs_that_show_it(field):
    lacking = [({field: 1}, ago) for ago in range(20, 2, -1)] + [({field: 9}, ago) for ago in (2, 1)]
    usual = [receipt(ago, None, **figures) for figures, ago in lacking]
    found = judge(past(*usual), health(HealthState.OK))
    assert found is not None
    assert (found.state, found.since) == (HealthState.DRIFTING, NOW - 2 * NIGHT)
    assert "usual" in found.why
    assert any("extract" in each for each in advice(found))


@pytest.mark.parametrize(
    ("usual", "now", "found"),
    [
        (0, 6, "drifting"),  # 0 % and 30 %
        (0, 5, "ok"),  # it may be chance, once in 180,000 times
        (0, 3, "ok"),
        (8, 10, "ok"),  # 40 % and 50 %
        (8, 20, "drifting"),  # 40 % and 100 %
        (16, 20, "ok"),  # 80 % and 100 %: the jump is large enough, and may be chance
        (10, 0, "ok"),  # better
    ],
)
def test_a_jump_is_a_fifth_of_the_articles_and_more_than_chance_makes(usual, now, found):
    before = [receipt(ago, stories=20, no_author=usual) for ago in range(9, 0, -1)]
    assert state(*before, receipt(stories=20, no_author=now)) == found


@pytest.mark.parametrize(("seconds", "found"), [(33, "slow"), (32, "ok")])
def test_answers_that_take_three_times_as_long_are_slow(seconds, found):
    usual = [receipt(ago) for ago in range(9, 0, -1)]  # a second each
    assert state(*usual, receipt(fetching=timedelta(seconds=seconds))) == found


def test_quick_answers_are_never_slow():
    quick = timedelta(seconds=1.1)
    usual = [receipt(ago, fetching=quick) for ago in range(9, 0, -1)]
    assert state(*usual, receipt(fetching=timedelta(seconds=21))) is HealthState.OK  # 1.9 s each
    assert state(*usual, receipt(fetching=timedelta(seconds=22))) is HealthState.SLOW


@pytest.mark.parametrize(("times", "found"), [(3, "slow"), (2, "ok")])
def test_a_source_that_asks_to_slow_down_is_slow_while_its_stories_come(times, found):
    counts = {"new": {"": 10}, "failed": {"http-429": times}}
    assert state(receipt(counts=counts)) == found


@pytest.mark.parametrize(
    ("had", "left", "found"), [(1, 7, "slow"), (6, 7, "slow"), (7, 7, "ok"), (1, 2, "ok"), (0, 0, "ok")]
)
def test_a_source_that_asks_for_a_rest_before_most_stories_came_is_slow(had, left, found):
    counts = {"read": {"": 1}, "failed": {"http-429": 1}, "new": {"": had}}
    assert state(receipt(counts=counts, had=had, stories=had, left=left)) == found


def test_a_source_without_news_that_should_have_some_is_quiet_since_its_first_silent_day():
    none = {"unchanged": {"": 3}}
    recent = [receipt(3), receipt(2, none), receipt(1, none), receipt(counts=none)]
    found = judge(past(*recent, days=days(*[5] * 20, 0, 0, 0)), health(HealthState.OK))
    assert found is not None
    assert (found.state, found.since) == (HealthState.QUIET, NOW - 2 * NIGHT)
    assert found.why == "no new article on the last 3 days it was crawled, usually on each"


def test_what_is_worst_is_said():
    usual = [receipt(ago) for ago in range(20, 0, -1)]
    bad = lost(word="http-403")
    assert state(*usual, bad, days=days(*[5] * 20, 0, 0, 0)) is HealthState.BLOCKED


@pytest.mark.parametrize("of", [each for each in HealthState if each is not HealthState.OK])
@pytest.mark.parametrize("cause", ["", "timeout", "robots", "never heard of"])
def test_each_trouble_has_something_to_try_and_ends_with_how_it_is_acknowledged(of, cause):
    tries = advice(health(of, cause=cause), site="https://a.example/")
    assert len(tries) >= 2
    assert "pressmark sources ack 'a'" in tries[-1]
    assert not any("{" in each for each in tries)
    assert len(advice(health(of, cause=cause, acknowledged=NOW))) == len(tries) - 1


@pytest.mark.parametrize("of", [each for each in HealthState if each is not HealthState.OK])
@pytest.mark.parametrize("cause", ["", "http-403", "author", "never heard of"])
def test_each_trouble_has_a_meaning_for_what_is_found_here(of, cause):
    assert meaning(health(of, cause=cause))
    assert ("who wrote" in meaning(health(of, cause=cause))) is (cause == "author")


def test_a_source_that_is_well_needs_no_advice():
    assert advice(health(HealthState.OK)) == ()


def test_the_reasons_beside_a_number_of_stories_are_those_of_stories_not_of_visits():
    counts = {"failed": {"http-500": 8, "http-404": 6}, "read": {"": 1}}
    latest = receipt(counts=counts, had=2, stories=2, lost=10, lost_for={"http-404": 6, "http-500": 4})
    found = judge(past(latest), None)
    assert found is not None
    assert found.why == "10 of 12 stories could not be read: http-404 ×6, http-500 ×4"
