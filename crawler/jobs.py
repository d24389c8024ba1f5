"""APScheduler's scheduler, changed so that it logs no traceback when it is stopped amid its work."""

from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.background import BackgroundScheduler


class JobScheduler(BackgroundScheduler):  # type: ignore[misc]  # APScheduler has no types
    """Runs jobs in threads of its own.

    Stopped by another thread right after it has handed on a job that runs once, APScheduler 3 does not find that
    job among those it still looks at, and its thread would end with a traceback.
    """

    def _process_jobs(self) -> float | None:
        try:
            wait: float | None = super()._process_jobs()
        except JobLookupError:
            if self.running:
                raise
            return None
        return wait
