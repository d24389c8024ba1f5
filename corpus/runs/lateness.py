"""When a run was due and when it began -> why it began late, in a sentence for its receipt."""

from datetime import datetime

from corpus.texts import Text, joined, text, texts


def lateness(due: datetime, began: datetime, missed: int, *, off: bool, whose: str | None = None) -> Text:
    """Return why a run began late, such as "due 02:30, ran 08:14: machine off".

    Args:
        due: When it was due, in the zone of the schedule; its day is named when the run began on another one.
        began: When it began, in the same zone.
        missed: How many turns passed, the one that is made up for among them.
        off: Whether the scheduler did not live when the run was due.
        whose: The sources that are late, if some of the run are not.
    """
    why = text("machine off") if off else text("machine asleep, or another run took long")
    if due.date() == began.date():
        late = text("due {due:%H:%M}, ran {began:%H:%M}: {why}", due=due, began=began, why=why)
    else:
        late = text("due {due:%Y-%m-%d %H:%M}, ran {began:%H:%M}: {why}", due=due, began=began, why=why)
    if missed > 1:
        late = joined("; ", (late, texts("{n} run missed, caught up once", "{n} runs missed, caught up once", missed)))
    return late if whose is None else joined(": ", (whose, late))
