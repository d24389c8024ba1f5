"""How a source does -> a line: its state, since when and why."""

from datetime import tzinfo

from corpus.health.values import Health, HealthState


def in_a_line(health: Health, zone: tzinfo) -> str:
    """Return such as "failing since 01 Mar 2026: no story could be had: http-500 ×12", without a full stop."""
    if health.state is HealthState.OK:
        return "ok"
    since = f"{health.state} since {health.since.astimezone(zone):%d %b %Y}"
    known = f" (acknowledged {health.acknowledged.astimezone(zone):%d %b %Y})" if health.acknowledged else ""
    return f"{since}: {health.why}{known}"
