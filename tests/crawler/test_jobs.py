"""The scheduler that is stopped while it works ends quietly; what else is wrong is raised."""

from datetime import UTC, datetime

import pytest
from apscheduler.executors.debug import DebugExecutor
from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.base import STATE_RUNNING, STATE_STOPPED, BaseScheduler

from crawler.jobs import JobScheduler


@pytest.mark.parametrize("is_stopped", [True, False])
def test_a_scheduler_that_is_stopped_while_it_hands_on_a_job_ends_without_a_traceback(is_stopped: bool) -> None:
    scheduler = JobScheduler(timezone=UTC, executors={"default": DebugExecutor()})
    BaseScheduler.start(scheduler, paused=True)  # without its thread
    done = []

    def work() -> None:
        done.append(1)
        if is_stopped:
            scheduler.state = STATE_STOPPED  # as another thread does first when it shuts the scheduler down
        else:
            scheduler.remove_job("once")

    scheduler.add_job(work, next_run_time=datetime.now(UTC), id="once", misfire_grace_time=None)
    scheduler.state = STATE_RUNNING
    if is_stopped:
        assert scheduler._process_jobs() is None
    else:
        with pytest.raises(JobLookupError):
            scheduler._process_jobs()
    assert done == [1]
