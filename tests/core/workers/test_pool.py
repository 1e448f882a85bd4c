"""What becomes of jobs, on a local queue and on a real redis-server: each ends where it should, and only once."""

from __future__ import annotations

import errno
import itertools
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import EnvironmentFault, JobFault, StoreAway, TransientError
from core.jobs.local import open_store
from core.jobs.model import Job, Result, State
from core.jobs.store import JobStore
from core.progress import queued
from core.render.interfaces import Monitor
from core.template.model import load_template
from core.workers import pool as pool_module
from core.workers import worker as worker_module
from core.workers.monitor import StageLimits
from core.workers.pool import PoolOptions, WorkerPool
from core.workers.probes import Pauses, Probes
from core.workers.worker import WorkerRules
from tests.core.workers.conftest import KnowingLibrary, MakePool
from tests.redis_server import redis_server
from tests.stand_ins import QuickRenderer, make_jobs, wait_until


@pytest.fixture(autouse=True)
def _short_delays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_module, "delay_s", lambda attempt: 0.01)
    monkeypatch.setattr(pool_module, "_TICK_S", 0.05)
    monkeypatch.setattr(pool_module, "_PROBE_EVERY_S", 0.1)


def states(store: JobStore) -> dict[State, int]:
    return {state: count for state, count in store.counts().items() if count}


def submit(store: JobStore, count: int) -> list[Job]:
    batch, jobs = make_jobs(count)
    assert store.submit(batch, jobs) == count
    return jobs


def test_every_job_is_rendered_exactly_once(store: JobStore, make_pool: MakePool) -> None:
    renderer = QuickRenderer()
    jobs = submit(store, 40)
    make_pool(renderer, workers=4)
    wait_until(lambda: states(store) == {State.DONE: 40})
    assert sorted(renderer.rendered) == sorted(job.id for job in jobs)
    record = store.job(jobs[0].id)
    assert record is not None
    assert record.result is not None
    assert (record.attempts, record.result.output) == (1, jobs[0].output)
    assert [attempt.how for attempt in store.history(jobs[0].id)] == ["done"]


def test_what_may_pass_is_tried_again(store: JobStore, make_pool: MakePool) -> None:
    tries: dict[str, int] = {}

    def stumble(job: Job) -> None:
        tries[job.id] = tries.get(job.id, 0) + 1
        if tries[job.id] < 3:
            raise TransientError("hiccup", "It hiccuped.", "Wait.")

    jobs = submit(store, 2)
    make_pool(QuickRenderer(stumble))
    wait_until(lambda: states(store) == {State.DONE: 2})
    assert list(tries.values()) == [3, 3]
    assert [attempt.how for attempt in store.history(jobs[0].id)] == ["retry", "retry", "done"]


def test_what_never_passes_ends_in_the_dead_letter_queue(store: JobStore, make_pool: MakePool) -> None:
    def fail(job: Job) -> None:
        raise TransientError("hiccup", "It hiccuped at row {row}.", "Wait.", detail="stderr", row=job.row)

    [job] = submit(store, 1)
    make_pool(QuickRenderer(fail), max_attempts=2)
    wait_until(lambda: states(store) == {State.FAILED: 1})
    [record] = store.failed(0, 10)
    assert record.id == job.id
    assert record.attempts == 2
    assert record.failure is not None
    assert (record.failure.code, record.failure.kind, record.failure.detail) == ("hiccup", "TransientError", "stderr")
    assert str(record.failure.what) == "It hiccuped at row 2."
    assert record.failure.stage == "speech"


def test_the_jobs_own_fault_is_not_tried_twice(store: JobStore, make_pool: MakePool) -> None:
    tries = []

    def refuse(job: Job) -> None:
        tries.append(job.id)
        raise JobFault("bad_text", "It can't be spoken.")

    submit(store, 1)
    make_pool(QuickRenderer(refuse))
    wait_until(lambda: states(store) == {State.FAILED: 1})
    assert len(tries) == 1


@pytest.mark.logs_errors
def test_our_own_mistake_fails_the_job_and_not_the_worker(store: JobStore, make_pool: MakePool) -> None:
    def trip(job: Job) -> None:
        if job.row == 2:
            raise ZeroDivisionError

    jobs = submit(store, 3)
    make_pool(QuickRenderer(trip), workers=1)
    wait_until(lambda: states(store) == {State.DONE: 2, State.FAILED: 1})
    record = store.job(jobs[0].id)
    assert record is not None
    assert record.failure is not None
    assert record.failure.code == "internal_error"
    assert "ZeroDivisionError" in record.failure.detail


def test_a_store_that_is_away_in_the_middle_costs_no_attempt(store: JobStore, make_pool: MakePool) -> None:
    """What guards paid calls asks the store while a film is made."""
    away = [StoreAway("store_away", "Away.")] * 2

    def plan(_: Job) -> None:
        if away:
            raise away.pop()

    jobs = submit(store, 1)
    make_pool(QuickRenderer(plan), max_attempts=1)
    wait_until(lambda: states(store) == {State.DONE: 1})
    assert [attempt.how for attempt in store.history(jobs[0].id)] == ["given_back", "given_back", "done"]


def test_a_full_disk_is_waited_for_and_other_file_trouble_tried_again(store: JobStore, make_pool: MakePool) -> None:
    tries: dict[int, int] = {}

    def write(job: Job) -> None:
        tries[job.row] = tries.get(job.row, 0) + 1
        if tries[job.row] == 1:
            raise OSError(errno.ENOSPC if job.row == 2 else errno.EIO, "trouble", f"/films/{job.name}.mp4")

    jobs = submit(store, 2)
    make_pool(QuickRenderer(write), probes={"disk": lambda _: True})
    wait_until(lambda: states(store) == {State.DONE: 2})
    assert [attempt.how for attempt in store.history(jobs[0].id)] == ["park", "done"]
    assert [attempt.how for attempt in store.history(jobs[1].id)] == ["retry", "done"]
    for job in jobs:
        failure = store.history(job.id)[0].failure
        assert failure is not None
        assert job.name not in f"{failure.what} {failure.remedy}"


def test_what_the_surroundings_lack_is_waited_for(store: JobStore, make_pool: MakePool) -> None:
    back = threading.Event()

    def need(job: Job) -> None:
        if not back.is_set():
            raise EnvironmentFault("away", "The shelf is away.", "Bring it back.", waits_for="shelf:3")

    jobs = submit(store, 3)
    make_pool(QuickRenderer(need), probes={"shelf": lambda which: which == "3" and back.is_set()})
    wait_until(lambda: states(store) == {State.PARKED: 3})
    assert store.parked_for() == {"shelf:3": 3}
    time.sleep(0.3)
    assert states(store) == {State.PARKED: 3}
    back.set()
    wait_until(lambda: states(store) == {State.DONE: 3})
    record = store.job(jobs[0].id)
    assert record is not None
    assert record.attempts == 1, "waiting cost an attempt"


def test_a_running_job_can_be_cancelled(store: JobStore, make_pool: MakePool) -> None:
    gate = threading.Event()
    jobs = submit(store, 3)
    make_pool(QuickRenderer(gate=gate), workers=1)
    wait_until(lambda: store.counts()[State.RUNNING] == 1)
    started = time.monotonic()
    assert store.cancel([jobs[0].id, jobs[2].id]) == 2
    wait_until(lambda: states(store).get(State.CANCELLED) == 2)
    assert time.monotonic() - started < 1.0
    gate.set()
    wait_until(lambda: states(store) == {State.CANCELLED: 2, State.DONE: 1})


def test_a_clean_stop_waits_for_the_running_ones(store: JobStore, make_pool: MakePool) -> None:
    gate = threading.Event()
    submit(store, 5)
    pool = make_pool(QuickRenderer(gate=gate), workers=2)
    wait_until(lambda: store.counts()[State.RUNNING] == 2)
    ending = threading.Thread(target=pool.stop, args=(30.0,))
    ending.start()
    time.sleep(0.1)
    assert ending.is_alive()
    gate.set()
    ending.join(5)
    assert not ending.is_alive()
    assert states(store) == {State.DONE: 2, State.READY: 3}
    assert store.machines() == []


@pytest.mark.parametrize("by_hand", [False, True])
def test_when_patience_ends_jobs_go_back_and_lose_nothing(store: JobStore, make_pool: MakePool, by_hand: bool) -> None:
    jobs = submit(store, 3)
    pool: WorkerPool = make_pool(QuickRenderer(gate=threading.Event()), workers=2)
    wait_until(lambda: store.counts()[State.RUNNING] == 2)
    started = time.monotonic()
    if by_hand:
        threading.Timer(0.1, pool.give_back).start()
    pool.stop(60.0 if by_hand else 0.1)
    assert time.monotonic() - started < 2.0
    assert states(store) == {State.READY: 3}
    make_pool(QuickRenderer(), workers=1)
    wait_until(lambda: states(store) == {State.DONE: 3})
    records = [store.job(job.id) for job in jobs]
    assert [record.attempts for record in records if record] == [1, 1, 1]


def test_a_stage_that_shows_no_progress_is_ended(store: JobStore, make_pool: MakePool) -> None:
    submit(store, 1)
    make_pool(QuickRenderer(gate=threading.Event()), limits=StageLimits(stall_s=0.2), max_attempts=1)
    wait_until(lambda: states(store) == {State.FAILED: 1})
    assert store.causes()[0].code == "stage_stalled"


def test_a_lost_lease_ends_the_work_and_changes_nothing(store: JobStore, make_pool: MakePool) -> None:
    """The worker's lease runs out unnoticed (its keeper is stopped) and somebody else takes the job."""
    gate = threading.Event()
    renderer = QuickRenderer(gate=gate)
    [job] = submit(store, 1)
    pool = make_pool(renderer, workers=1, lease_s=0.6)
    wait_until(lambda: store.counts()[State.RUNNING] == 1)
    pool._keeper.stop()
    pool._stop.claiming.set()
    wait_until(lambda: store.counts()[State.READY] == 1)
    claim = store.claim("other/1", lease_s=60)
    assert claim is not None
    assert claim.epoch == 2
    gate.set()
    assert pool._workers[0].join(5)
    assert renderer.rendered == []
    record = store.job(job.id)
    assert record is not None
    assert (record.state, record.worker) == (State.RUNNING, "other/1")


def test_long_jobs_keep_their_lease(store: JobStore, make_pool: MakePool) -> None:
    gate = threading.Event()
    [job] = submit(store, 1)
    make_pool(QuickRenderer(gate=gate), workers=2, lease_s=0.6)
    wait_until(lambda: store.counts()[State.RUNNING] == 1)
    time.sleep(2.0)
    gate.set()
    wait_until(lambda: states(store) == {State.DONE: 1})
    assert [attempt.how for attempt in store.history(job.id)] == ["done"]


@pytest.mark.redis
def test_a_redis_that_is_away_when_a_film_is_ready_is_waited_for(tmp_path: Path) -> None:
    """Killed while the film is made, back after it is ready and the lease is over: it is still that worker's film."""
    gate = threading.Event()
    renderer = QuickRenderer(gate=gate)
    with redis_server(tmp_path, "--appendonly", "yes", "--appendfsync", "always") as server:
        store = open_store(server.url, tmp_path)
        [job] = submit(store, 1)
        templates = KnowingLibrary()
        rules = WorkerRules(lease_s=2.0, max_attempts=3, limits=StageLimits())
        pool = WorkerPool(store, renderer, templates, Probes(tmp_path, templates), PoolOptions(1, rules))
        pool.start()
        wait_until(lambda: store.counts()[State.RUNNING] == 1)
        server.kill()
        gate.set()
        time.sleep(3.5)
        assert renderer.rendered == [], "it was published while nobody could say whether it may"
        server.start()
        wait_until(lambda: states(store) == {State.DONE: 1}, 30)
        assert [attempt.how for attempt in store.history(job.id)] == ["done"]
        pool.stop(5.0)
        store.close()


def test_jobs_of_a_template_that_is_not_here_are_left_to_others(
    store: JobStore, make_pool: MakePool, tiny_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    template = load_template(tiny_folder)
    elsewhere = make_jobs(2, template_hash="e" * 64)
    here = make_jobs(2, template_hash=template.content_hash)
    by_folder = [replace(job, template=str(tiny_folder)) for job in here[1]]
    store.submit(*elsewhere)
    store.submit(here[0], by_folder)
    make_pool(QuickRenderer())
    wait_until(lambda: states(store) == {State.READY: 2, State.DONE: 2})
    time.sleep(0.3)
    assert states(store) == {State.READY: 2, State.DONE: 2}
    assert caplog.text.count("not here") == 1, "it says so, once"


@pytest.mark.logs_errors
def test_a_probe_that_stumbles_ends_no_timer(store: JobStore, make_pool: MakePool) -> None:
    def need(job: Job) -> None:
        raise EnvironmentFault("away", "The shelf is away.", waits_for=f"{'shelf' if job.row == 2 else 'share'}:1")

    def stumble(_which: str) -> bool:
        raise ZeroDivisionError

    def stale(_which: str) -> bool:
        raise OSError(errno.ESTALE, "stale")

    submit(store, 2)
    pool = make_pool(QuickRenderer(need), probes={"shelf": stumble, "share": stale})
    wait_until(lambda: states(store) == {State.PARKED: 2})
    time.sleep(0.5)
    assert pool._timers.is_alive()


def test_a_probe_that_hangs_keeps_nothing_else_waiting(
    store: JobStore, make_pool: MakePool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A network share that has died answers nobody: the timers go on, other things are found back, the pool ends."""
    monkeypatch.setattr("core.workers.probes._PATIENCE_S", 0.05)
    answering, back = threading.Event(), threading.Event()
    asked: list[str] = []

    def need(job: Job) -> None:
        if not (answering if job.row == 2 else back).is_set():
            raise EnvironmentFault("away", "Away.", waits_for="share:1" if job.row == 2 else "shelf:1")

    def hang(which: str) -> bool:
        asked.append(which)
        return answering.wait(30)

    jobs = submit(store, 2)
    pool = make_pool(QuickRenderer(need), probes={"share": hang, "shelf": lambda _: back.is_set()})
    wait_until(lambda: states(store) == {State.PARKED: 2} and bool(asked))
    time.sleep(0.4)
    assert asked == ["1"], "it is asked once, as long as it says nothing"
    back.set()
    wait_until(lambda: states(store) == {State.PARKED: 1, State.DONE: 1})
    [record] = store.jobs(state=State.PARKED)
    assert record.id == jobs[0].id
    answering.set()
    wait_until(lambda: states(store) == {State.DONE: 2})
    pool.stop(5.0)


def test_what_is_back_and_lacking_again_is_asked_for_less_and_less_often(
    store: JobStore, make_pool: MakePool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Pauses, "_FIRST_S", 0.3)
    asked: list[float] = []

    def need(job: Job) -> None:
        raise EnvironmentFault("full", "No room for a film.", waits_for="disk:/films")

    def look(folder: str) -> bool:
        asked.append(time.monotonic())
        return folder == "/films"

    submit(store, 1)
    make_pool(QuickRenderer(need), probes={"disk": look})
    wait_until(lambda: len(asked) >= 3, 20)
    pauses = [later - earlier for earlier, later in itertools.pairwise(asked)]
    assert pauses[0] >= 0.3
    assert pauses[1] >= 0.6


@pytest.mark.logs_errors
def test_a_worker_that_hangs_loses_its_job_to_another(
    store: JobStore, make_pool: MakePool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool_module, "_HANGS_AFTER_S", 0.5)
    hanging = threading.Event()
    tries = []

    def hang(job: Job) -> None:
        tries.append(job.id)
        if len(tries) == 1:
            hanging.wait(20)  # as on a network share that does not answer: no progress, no exception

    [job] = submit(store, 1)
    make_pool(QuickRenderer(hang), workers=2, lease_s=0.9, limits=StageLimits(stall_s=0.5))
    wait_until(lambda: states(store) == {State.DONE: 1}, 20)
    hanging.set()
    assert [attempt.how for attempt in store.history(job.id)] == ["lost", "done"]


def test_details_name_no_child(store: JobStore, make_pool: MakePool) -> None:
    def trip(job: Job) -> None:
        raise PermissionError(errno.EACCES, "denied", f"/films/{job.name}.mp4")

    submit(store, 1)
    make_pool(QuickRenderer(trip), max_attempts=1)
    wait_until(lambda: states(store) == {State.FAILED: 1})
    [record] = store.failed(0, 1)
    assert record.failure is not None
    assert "Child" not in record.failure.to_json()
    assert "PermissionError" in record.failure.detail


def test_waiting_ones_turn_at_a_service_ends_no_film(store: JobStore, make_pool: MakePool) -> None:
    """Many machines, few slots: what waits for an hour behind others is not stuck."""

    class Queueing(QuickRenderer):
        def render(self, job: Job, monitor: Monitor) -> Result:
            monitor.progress("face", 0.0)
            for _ in range(6):
                time.sleep(0.1)
                queued(0.1)
                monitor.progress("face", 0.0)
            return super().render(job, monitor)

    submit(store, 1)
    make_pool(Queueing(), limits=StageLimits(timeout_s=0.4, stall_s=0.3), max_attempts=1)
    wait_until(lambda: states(store) in ({State.DONE: 1}, {State.FAILED: 1}))
    assert states(store) == {State.DONE: 1}
