"""APScheduler's scheduler with an alarm; it logs no traceback when it is stopped while it works."""

from collections.abc import Callable
from datetime import UTC, datetime

from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.date import DateTrigger

ALARM = "alarm"


class JobScheduler(BackgroundScheduler):  # type: ignore[misc]  # APScheduler has no types
    """Runs jobs in threads of its own.

    Stopped by another thread right after it has handed on a job that runs once, APScheduler 3 does not find that
    job among those it still looks at, and its thread would end with a traceback.
    """

    def set_alarm(self, call: Callable[[], None], moment: datetime) -> None:
        """Make a call at a moment, in place of the one that the alarm was set for before.

        Two at once: one that falls due while the one before ends, as when the machine sleeps then, would be dropped.
        """
        more = {"misfire_grace_time": None, "replace_existing": True, "max_instances": 2}
        self.add_job(call, DateTrigger(moment, timezone=UTC), id=ALARM, **more)

    def alarm(self) -> datetime | None:
        """Return the moment that the alarm is set for; None: it was handed on."""
        job = self.get_job(ALARM)
        return None if job is None else job.next_run_time

    def _process_jobs(self) -> float | None:
        try:
            wait: float | None = super()._process_jobs()
        except JobLookupError:
            if self.running:
                raise
            return None
        return wait
