from datetime import UTC, datetime, timedelta

from corpus.store import Head
from crawler.running.planner import Planner

NOW = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)


def planner(*heads: Head) -> Planner:
    made = Planner({head.source for head in heads})
    made.refresh(made.stale() & {head.source for head in heads}, heads)
    return made


def test_what_is_due_longest_comes_first_and_what_is_not_due_not_at_all():
    heads = [Head(name, f"{name}.example", NOW - timedelta(minutes=n)) for n, name in enumerate("abc")]
    plan = planner(*heads, Head("d", "d.example", LATER))
    assert plan.ready(NOW, (), 2) == {"b.example": "b", "c.example": "c"}
    assert plan.ready(NOW, (), 9) == {"a.example": "a"}
    assert plan.ready(LATER, (), 9) == {"d.example": "d"}
    assert plan.ready(LATER, (), 9) == {}


def test_a_source_whose_host_is_busy_waits_until_it_is_free():
    plan = planner(Head("a", "one.example", NOW), Head("b", "one.example", NOW))
    assert plan.ready(NOW, {"one.example"}, 9) == {}
    plan.freed("two.example")
    assert plan.ready(NOW, (), 9) == {}
    plan.freed("one.example")
    assert plan.ready(NOW, (), 9) == {"one.example": "a"}  # one request at a time
    plan.freed("one.example")
    assert plan.ready(NOW, (), 9) == {"one.example": "b"}


def test_a_source_is_read_again_only_after_it_changed():
    plan = planner(Head("a", "a.example", NOW), Head("b", "b.example", NOW))
    assert plan.stale() == set()
    plan.touch("a")
    assert plan.stale() == {"a"}
    plan.refresh({"a"}, [Head("a", "a.example", LATER)])
    assert plan.ready(NOW, (), 9) == {"b.example": "b"}
    assert (plan.next_due("a"), plan.next_due("b"), plan.next_due("c")) == (LATER, NOW, None)


def test_a_source_that_is_let_go_is_planned_no_more():
    plan = planner(Head("a", "a.example", NOW))
    plan.forget("a")
    assert plan.ready(NOW, (), 9) == {}
    assert plan.next_due("a") is None


def test_each_host_of_a_source_has_a_turn():
    plan = planner(Head("a", "one.example", NOW), Head("a", "two.example", LATER))
    assert plan.next_due("a") == NOW
    assert plan.ready(NOW, {"one.example"}, 9) == {}
    assert plan.ready(LATER, {"one.example"}, 9) == {"two.example": "a"}


def test_what_the_store_says_again_is_not_queued_again():
    heads = [Head("a", f"h{n}.example", LATER) for n in range(50)]
    plan = planner(*heads)
    for _ in range(100):
        plan.touch("a")
        plan.refresh({"a"}, heads)
    assert len(plan._queue) == 50
    assert len(plan.ready(LATER, (), 99)) == 50
    plan.refresh({"a"}, heads)  # nothing of it was leased
    assert len(plan.ready(LATER, (), 99)) == 50
