"""Stories that are news, and are lost behind those of before that still read."""

import pytest

from corpus.health.advice import advice
from corpus.health.judging import judge
from corpus.health.values import Health, HealthState
from corpus.runs.receipts import SourceReceipt
from tests.corpus.health.past import NIGHT, past, receipt
from tests.corpus.samples import NOW

OK = Health(source="a", state=HealthState.OK, since=NOW - 99 * NIGHT)


def night(ago: int = 0, had: int = 4, *, word: str = "paywall", lost: int = 0, again: int = 20) -> SourceReceipt:
    """A run with so many new stories had and lost, and others of before that were read again."""
    counts = {"new": {"": had}, "unchanged": {"": again}, "not-article": {word: lost}, "read": {"": 2}}
    counts = {outcome: {each: n for each, n in words.items() if n} for outcome, words in counts.items()}
    reasons = {word: lost} if lost else {}
    figures = {"first_had": had, "first_lost_for": reasons, "lost_for": reasons, "lost": lost, "stories": had}
    return receipt(ago, counts, had=had + again, **figures)


def usual(until: int, **figures) -> list[SourceReceipt]:
    return [night(ago, **figures) for ago in range(until + 30, until - 1, -1)]


def test_a_failing_source_that_loses_fewer_stories_for_some_nights_has_one_trouble():
    nights = [*usual(30, had=6), *[night(ago, had=1, lost=4) for ago in range(29, 20, -1)]]
    nights += [night(ago, had=4, lost=2) for ago in range(20, 14, -1)]
    nights += [night(ago, had=1, lost=4) for ago in range(14, 9, -1)]
    health, found = OK, []
    for last in range(31, len(nights)):
        health = judge(past(*nights[max(0, last - 59) : last + 1]), health) or health
        found.append([(each.state, each.since) for each in health.troubles])
    assert found == [[("failing", NOW - 29 * NIGHT)]] * len(found)
    for ago in range(9, 7, -1):
        nights.append(night(ago, had=6))
        health = judge(past(*nights[-60:]), health) or health
    assert not health.is_bad_now


def test_a_host_that_asks_to_slow_down_before_a_story_came_is_told_once_as_what_it_is():
    silent = receipt(2, {"read": {"": 1}, "failed": {"http-429": 1}}, had=0, stories=0, left=7)
    health, found = OK, set()
    for ago in range(5, -1, -1):
        runs = [silent if each < 5 else night(each) for each in range(20, ago - 1, -1)]
        health = judge(past(*runs), health) or health
        found |= {(each.state, each.why) for each in health.troubles}
    assert found == {("blocked", "no story could be read: http-429 ×1")}


@pytest.mark.parametrize(
    ("word", "found"),
    [("paywall", "failing"), ("http-403", "blocked"), ("out-of-scope", "moved"), ("empty", "failing")],
)
def test_a_source_whose_new_stories_are_all_lost_has_a_trouble_from_that_night_on(word, found):
    health = judge(past(*usual(1), night(had=0, lost=4, word=word)), OK)
    assert health is not None
    assert (health.state, health.since) == (found, NOW)
    assert health.why.startswith("4 of 4 new stories ")


def test_receipts_of_before_such_figures_are_judged_by_all_stories_as_they_were():
    assert judge(past(*[receipt(ago) for ago in range(30, 0, -1)], receipt(lost=4, lost_for={"paywall": 4})), OK) == OK


@pytest.mark.parametrize(("lost", "found"), [(0, "failing"), (4, "ok")])
def test_the_first_receipts_with_figures_of_news_are_compared_with_older_ones_by_all_their_stories(lost, found):
    older = [receipt(ago, stories=4, lost=lost, had=44) for ago in range(30, 0, -1)]
    health = judge(past(*older, night(had=0, lost=4, again=40)), OK)
    assert health is not None
    assert health.state == found


@pytest.mark.parametrize(("nights", "found"), [(1, "ok"), (3, "ok"), (4, "failing")])
def test_a_source_with_a_story_a_day_is_told_when_as_many_are_lost_as_make_no_accident(nights, found):
    silent = night(had=0)
    lost = [night(2 * ago, had=0, lost=1) for ago in range(nights, 0, -1)]
    health = judge(past(*usual(9, had=1), *[each for one in lost for each in (one, silent)]), OK)
    assert health is not None
    assert (health.state, health.since) == (found, NOW - 2 * nights * NIGHT if found == "failing" else OK.since)


@pytest.mark.parametrize(("lost", "found"), [(3, "ok"), (4, "ok"), (10, "failing")])
def test_a_source_that_loses_a_quarter_of_its_stories_has_a_bad_night_now_and_then(lost, found):
    health = judge(past(*usual(1, had=3, lost=1), night(had=0, lost=lost)), OK)
    assert health is not None
    assert health.state == found


def test_lost_news_are_a_trouble_until_a_night_with_other_news():
    failing = judge(past(*usual(1), night(had=0, lost=4)), OK)
    assert failing is not None
    bad = [*usual(3), night(2, had=0, lost=4)]
    assert judge(past(*bad, night(1, had=0), night(had=0)), failing) == failing  # what was read before still reads
    late = receipt(counts=night(had=0).counts, had=24, stories=4)  # the lost ones of before came
    for last in (night(had=3, lost=1), late):
        health = judge(past(*bad, last), failing)
        assert health is not None
        assert health.state is HealthState.OK


def test_the_first_news_after_weeks_of_lost_ones_end_the_trouble_and_are_no_drift():
    bad = [*usual(21), *[night(ago, had=0, lost=4) for ago in range(20, 0, -1)]]
    failing = judge(past(*bad), OK)
    assert failing is not None
    assert (failing.state, failing.since) == (HealthState.FAILING, NOW - 20 * NIGHT)
    health = judge(past(*bad, night(had=4)), failing)
    assert health is not None
    assert health.state is HealthState.OK


def test_lost_news_that_were_told_stay_a_trouble_when_less_of_the_past_is_looked_at():
    bad = [night(2, had=0, lost=4), night(1, had=0), night(had=0)]
    failing = judge(past(*usual(3), *bad[:1]), OK)
    assert failing is not None
    assert failing.state is HealthState.FAILING
    assert judge(past(*usual(3)[-2:], *bad), failing) == failing


def test_half_of_the_news_that_are_lost_are_a_drift_that_names_the_reason_and_what_helps():
    health = judge(past(*usual(3), *[night(ago, had=2, lost=2) for ago in range(2, -1, -1)]), OK)
    assert health is not None
    assert (health.state, health.cause, health.since) == (HealthState.DRIFTING, "paywall", NOW - 2 * NIGHT)
    assert health.why == "6 of 12 new stories could not be read, usual 0%: paywall ×6"
    assert any("`cookies_file`" in each for each in advice(health))
    drift = judge(past(*usual(3), *[night(ago, had=2, lost=2, word="http-500") for ago in range(2, -1, -1)]), OK)
    assert drift is not None
    assert not any("selectors" in each for each in advice(drift))


def test_new_stories_without_a_text_are_counted_once_in_what_is_said():
    figures = {"empty": 2, "first_lost_for": {"empty": 2}, "first_had": 2, "stories": 2}
    health = judge(past(*usual(5), *[receipt(ago, None, **figures) for ago in range(4, -1, -1)]), OK)
    assert health is not None
    assert (health.cause, health.why) == ("text", "no text in 10 of 20 articles, usual 0%")


def lists(ago: int, lost: int, of: int = 2, *, word: str = "http-403", **more) -> SourceReceipt:
    counts = {"failed": {word: lost}, "read": {"": of - lost}, "unchanged": {"": 20}}
    counts = {outcome: {each: n for each, n in words.items() if n} for outcome, words in counts.items()}
    return receipt(
        ago, counts, had=20, stories=0, lists=of, lists_lost=lost, lists_lost_for={word: lost} if lost else {}, **more
    )


@pytest.mark.parametrize(("word", "found"), [("http-403", "blocked"), ("challenge", "blocked"), ("timeout", "failing")])
def test_a_source_none_of_whose_lists_is_read_has_a_trouble_though_its_old_stories_read(word, found):
    first = judge(past(receipt(1), lists(0, 2, word=word)), OK)
    assert first is not None
    assert (first.state, first.cause, first.since) == (found, word, NOW)
    assert first.why.startswith("its front page and lists could not be read: ")
    assert judge(past(receipt(2), lists(1, 2, word=word), lists(0, 0, 0)), first) == first  # none was due
    assert judge(past(receipt(2), lists(1, 2, word=word), lists(0, 1)), first) == Health(
        source="a", state=HealthState.OK, since=NOW
    )


def test_a_front_page_alone_may_be_lost_where_a_feed_reads_and_once_where_it_is_all():
    assert judge(past(receipt(1), lists(0, 1)), OK) == OK
    assert judge(past(receipt(1), lists(0, 1, 1)), OK) == OK
    twice = judge(past(receipt(2), lists(1, 1, 1), lists(0, 1, 1)), OK)
    assert twice is not None
    assert (twice.state, twice.since) == (HealthState.BLOCKED, NOW - NIGHT)


def test_stored_stories_that_are_gone_from_their_addresses_are_told_a_third_of_them_and_more():
    for gone, found in ((6, "ok"), (9, "drifting")):
        counts = {"withdrawn": {"http-410": gone}, "unchanged": {"": 24 - gone}, "new": {"": 4}}
        health = judge(past(*usual(1), receipt(0, counts, had=28 - gone, first_had=4, stories=4)), OK)
        assert health is not None
        assert (health.state, health.cause) == (found, "gone" if gone == 9 else "")
    moved = {"lost": 20, "lost_for": {"http-404": 20}, "had": 24, "first_had": 24}  # to other addresses, as new
    health = judge(past(*usual(1), receipt(0, {"failed": {"http-404": 20}, "new": {"": 24}}, **moved)), OK)
    assert health is not None
    assert health.why == "20 of 20 stories are gone from their addresses, usual 0%: http-404 ×20"
    assert judge(past(*usual(1), night(had=4, lost=4, word="http-404")), OK) != health  # what is new was never there


def test_dates_that_lose_their_day_are_told_once_receipts_count_them():
    old = [receipt(ago) for ago in range(40, 20, -1)]
    month = [receipt(ago, no_day=10) for ago in range(20, -1, -1)]  # a site that never gave a day
    assert judge(past(*old, *month), OK) == OK
    day = [receipt(ago, no_day=0) for ago in range(20, 1, -1)]
    health = judge(past(*old, *day, *month[-2:]), OK)
    assert health is not None
    assert (health.cause, health.why) == ("day", "no day of publication in 20 of 20 articles, usual 0%")
    both = judge(past(*old, *day, *[receipt(ago, no_day=10, no_date=10) for ago in (1, 0)]), OK)
    assert both is not None
    assert both.why == "no date in 20 of 20 articles, usual 0%"


@pytest.mark.parametrize(
    ("word", "left", "found"),
    [("robots-unreachable", 19, "failing"), ("dns", 3, "failing"), ("dns", 2, "ok"), ("http-404", 19, "ok")],
)
def test_a_host_that_the_first_visit_found_shut_is_told_by_what_is_left(word, left, found):
    shut = receipt(0, {"refused": {word: 1}}, lists=0, had=0, stories=0, lost=1, left=left)
    health = judge(past(receipt(1), shut), OK)
    assert health is not None
    assert (health.state, health.cause) == (found, word if found == "failing" else "")


@pytest.mark.parametrize(("nights", "found"), [(2, "ok"), (3, "failing")])
def test_a_source_whose_lists_are_not_asked_for_three_nights_long_is_told(nights, found):
    none = [receipt(ago, {"failed": {"http-404": 1}, "unchanged": {"": 3}}, lists=0) for ago in range(nights, 0, -1)]
    health = judge(past(receipt(9), *none), OK)
    assert health is not None
    assert (health.state, health.since) == (found, NOW - 3 * NIGHT if found == "failing" else OK.since)
    assert judge(past(*none), OK) == OK  # receipts of a version that did not count lists


def test_stories_that_go_in_waves_as_old_ones_are_read_again_are_one_trouble():
    def wave(ago: int, withdrawn: int = 0, lost: int = 0) -> SourceReceipt:
        counts = {"withdrawn": {"http-404": withdrawn}, "failed": {"http-404": lost}, "unchanged": {"": 16}}
        return receipt(ago, counts, had=20, first_had=4, lost=lost, lost_for={"http-404": lost}, stories=4)

    nights = [*usual(60), wave(59, lost=20), *[wave(ago) for ago in range(58, 46, -1)], wave(46, lost=24)]
    nights += [wave(45, lost=4), wave(44, withdrawn=24), *[wave(ago) for ago in range(43, 0, -1)]]
    before, told = OK, []
    for last in range(31, len(nights)):
        health = judge(past(*nights[max(0, last - 59) : last + 1]), before)
        assert health is not None
        if health.state is not before.state:
            told.append((str(health.state), health.cause, (NOW - nights[last].started).days))
        before = health
    assert told == [("drifting", "gone", 59), ("ok", "", 14)]


def test_a_drift_that_comes_beside_stories_that_are_gone_is_another_trouble():
    gone = Health(
        source="a", state=HealthState.DRIFTING, since=NOW - 3 * NIGHT, cause="gone", why="x", acknowledged=NOW
    )
    health = judge(past(*usual(4), *[receipt(ago, no_author=10) for ago in (3, 2, 1, 0)]), gone)
    assert health is not None
    assert (health.cause, health.is_alarming) == ("author", True)
