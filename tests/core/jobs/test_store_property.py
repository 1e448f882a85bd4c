"""Random transitions, with a plain Python model beside the store: they must always agree."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from core.errors import LeaseLost
from core.jobs.connection import connect
from core.jobs.local import open_store
from core.jobs.model import Claim, Job, State
from core.jobs.store import JobStore
from tests.redis_server import RedisServer

from .audit import audit, dump
from .samples import RESULT, batch, fault, job, missing, transient

FOREVER_S = 10_000.0
PLACES = 2**40

OPEN = (State.READY, State.DELAYED, State.PARKED, State.HELD, State.RUNNING)


@dataclass
class Modelled:
    """What the model knows of a job."""

    job: Job
    place: float
    seq: int
    state: State = State.READY
    attempts: int = 0
    epoch: int = 0
    lost: int = 0
    asked: str = ""
    waits_for: str = ""
    code: str = ""
    expires: bool = False
    due: bool = False
    was: State | None = None  # before it was cancelled; None: running
    stopped: bool = False  # the last attempt was ended by a cancel or a hold
    ends: list[str] = field(default_factory=list)


class StoreMachine(RuleBasedStateMachine):
    open: ClassVar[Callable[[], JobStore]]
    templates = st.sampled_from(["aaaa", "bbbb"])
    some = st.lists(st.integers(0, 30), min_size=1, max_size=5)
    hows = st.sampled_from(
        ["complete", "review", "retry", "retry later", "park", "fail", "give back", "cancelled", "on"]
    )

    @initialize()
    def start(self) -> None:
        self.begin(type(self).open())

    def begin(self, store: JobStore) -> None:
        self.store = store
        self.jobs: dict[str, Modelled] = {}
        self.claims: list[Claim] = []
        self.front = 0.0
        self.batches = [batch(), batch()]
        self.add(0, 6, 0, False, "aaaa")

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()

    def pick(self, numbers: list[int]) -> list[Modelled]:
        all_of_them = list(self.jobs.values())
        chosen = {number % len(all_of_them): None for number in numbers} if all_of_them else {}
        return [all_of_them[index] for index in chosen]

    def ids(self, some: list[Modelled]) -> list[str]:
        return [one.job.id for one in some]

    # --- coming in

    @rule(
        which=st.integers(0, 1),
        how_many=st.integers(1, 4),
        priority=st.integers(-2, 2),
        held=st.sampled_from([False, False, False, True]),
        template=templates,
    )
    def submit(self, which: int, how_many: int, priority: int, held: bool, template: str) -> None:
        self.add(which, how_many, priority, held, template)

    def add(self, which: int, how_many: int, priority: int, held: bool, template: str) -> None:
        of = self.batches[which]
        new = [job(of, priority=priority, template=template) for _ in range(how_many)]
        assert self.store.submit(of, new, held=held) == how_many
        for one in new:
            seq = len(self.jobs) + 1
            state = State.HELD if held else State.READY
            self.jobs[one.id] = Modelled(one, seq - priority * PLACES, seq, state)

    @rule(numbers=some)
    def submit_again(self, numbers: list[int]) -> None:
        for one in self.pick(numbers):
            of = next(of for of in self.batches if of.id == one.job.batch)
            assert self.store.submit(of, [one.job]) == 0

    # --- working

    @rule(only=st.none() | templates, expires=st.booleans())
    def claim(self, only: str | None, expires: bool) -> None:
        claim = self.store.claim("m/1", lease_s=0 if expires else FOREVER_S, templates=None if only is None else [only])
        self._claimed(claim, only, expires)

    def _claimed(self, claim: Claim | None, only: str | None, expires: bool) -> None:
        ready = [
            one for one in self.jobs.values() if one.state is State.READY and only in (None, one.job.template_hash)
        ]
        if not ready:
            assert claim is None
            return
        assert claim is not None
        first = min(ready, key=lambda one: (one.place, one.job.id))
        assert claim.job.id == first.job.id
        first.state, first.asked, first.expires = State.RUNNING, "", expires
        first.attempts += 1
        first.epoch += 1
        first.was = None
        assert (claim.attempt, claim.epoch) == (first.attempts, first.epoch)
        self.claims.append(claim)

    @rule(only=st.none() | templates, how=hows)
    def work(self, only: str | None, how: str) -> None:
        """An attempt from its claim to its end: random steps alone get there too seldom."""
        before = len(self.claims)
        self.claim(only, False)
        if len(self.claims) > before and how != "on":
            self._ended(self.jobs[self.claims[-1].job.id], self.claims[-1], how)

    @rule(times=st.integers(1, 3))
    def crash(self, times: int) -> None:
        for _ in range(times):
            self.claim(None, True)
            self.tick()

    @precondition(lambda self: self.claims)
    @rule(number=st.integers(0, 30), how=hows)
    def end(self, number: int, how: str) -> None:
        claim = self.claims[number % len(self.claims)]
        one = self.jobs[claim.job.id]
        if one.state is not State.RUNNING or one.epoch != claim.epoch:
            with pytest.raises(LeaseLost):
                self.store.renew(claim, lease_s=1)
            with pytest.raises(LeaseLost):
                self.store.progress(claim, "speech", 0.5)
            return
        self.store.renew(claim, lease_s=0)
        assert self.store.progress(claim, "speech", 0.5) == bool(one.asked)
        if how != "on":
            self._ended(one, claim, how)

    def _ended(self, one: Modelled, claim: Claim, how: str) -> None:
        wanted = {"cancel": State.CANCELLED, "hold": State.HELD}.get(one.asked)
        match how:
            case "complete" | "review":
                self.store.complete(claim, RESULT, review=how == "review")
                one.state = State.REVIEW if how == "review" else State.DONE
            case "retry" | "retry later":
                self.store.retry(claim, transient(), delay_s=0 if how == "retry" else FOREVER_S)
                one.state, one.due = wanted or State.DELAYED, how == "retry"
            case "park":
                one.waits_for = f"thing {one.seq % 2}"
                self.store.park(claim, missing(one.waits_for))
                one.state = wanted or State.PARKED
                one.attempts -= 1
            case "fail":
                one.code = f"code {one.seq % 2}"
                self.store.fail(claim, fault(one.code))
                one.state = State.CANCELLED if one.asked == "cancel" else State.FAILED
            case "give back":
                self.store.give_back(claim)
                one.state = wanted or State.READY
                one.attempts -= 1
            case "cancelled":
                self.store.cancelled(claim)
                one.state = wanted or State.READY
                one.attempts -= one.asked != "cancel"
        one.stopped = how == "cancelled"
        if how != "park" or one.ends[-1:] != ["park"]:  # waiting on for the same thing is one line
            one.ends.append(how)

    @precondition(lambda self: any(one.state is State.RUNNING for one in self.jobs.values()))
    @rule(only=st.none() | templates)
    def complete_and_claim(self, only: str | None) -> None:
        running = {one.job.id: one for one in self.jobs.values() if one.state is State.RUNNING}
        claim = next(c for c in self.claims if c.job.id in running and c.epoch == running[c.job.id].epoch)
        running[claim.job.id].state = State.DONE
        running[claim.job.id].ends.append("complete")
        running[claim.job.id].stopped = False
        following = self.store.complete_and_claim(
            claim, RESULT, lease_s=FOREVER_S, templates=None if only is None else [only]
        )
        self._claimed(following, only, False)

    @rule()
    def tick(self) -> None:
        tick = self.store.tick()
        due = [one for one in self.jobs.values() if one.state is State.DELAYED and one.due]
        lost = [one for one in self.jobs.values() if one.state is State.RUNNING and one.expires]
        for one in due:
            one.state = State.READY
        dead = 0
        for one in lost:
            one.lost += 1
            one.ends.append("lost")
            one.stopped = False
            one.state = {"cancel": State.CANCELLED, "hold": State.HELD}.get(one.asked, State.READY)
            if one.lost >= 3 and one.state is State.READY:
                one.state, one.code = State.FAILED, "crashed_its_worker"
                dead += 1
        assert (tick.due, tick.lost, tick.dead) == (len(due), len(lost) - dead, dead)

    # --- the operator

    @rule(
        what=st.sampled_from(
            [
                "hold",
                "hold_waiting",
                "resume",
                "cancel",
                "restore",
                "schedule",
                "move_to_front",
                "arrange",
                "prioritise",
            ]
        ),
        numbers=some,
    )
    def operate(self, what: str, numbers: list[int]) -> None:
        getattr(self, what)(numbers)

    def hold(self, numbers: list[int]) -> None:
        some = self.pick(numbers)
        expected = 0
        for one in some:
            if one.state in (State.READY, State.DELAYED, State.PARKED):
                one.state = State.HELD
                expected += 1
            elif one.state is State.RUNNING and not one.asked:
                one.asked = "hold"
                expected += 1
        assert self.store.hold(self.ids(some)) == expected

    def resume(self, numbers: list[int]) -> None:
        some = self.pick(numbers)
        expected = 0
        for one in some:
            if one.state is State.HELD:
                one.state = State.READY
                expected += 1
            elif one.state is State.RUNNING and one.asked == "hold":
                one.asked = ""
                expected += 1
        assert self.store.resume(self.ids(some)) == expected

    def cancel(self, numbers: list[int]) -> None:
        some = self.pick(numbers)
        expected = 0
        for one in some:
            if one.state is State.RUNNING and one.asked != "cancel":
                one.asked = "cancel"
                expected += 1
            elif one.state in OPEN and one.state is not State.RUNNING:
                one.was, one.state = one.state, State.CANCELLED
                expected += 1
        assert self.store.cancel(self.ids(some)) == expected

    def restore(self, numbers: list[int]) -> None:
        some = self.pick(numbers)
        expected = 0
        for one in some:
            if one.state is State.RUNNING and one.asked == "cancel":
                one.asked = ""
                expected += 1
            elif one.state is State.CANCELLED:
                one.attempts -= one.was is None and one.stopped
                one.state, one.was = one.was or State.READY, None
                expected += 1
        assert self.store.restore(self.ids(some)) == expected

    def hold_waiting(self, numbers: list[int]) -> None:
        some = [one for one in self.pick(numbers) if one.state in (State.READY, State.DELAYED, State.PARKED)]
        for one in some:
            one.state = State.HELD
        assert self.store.hold_waiting(self.ids(some)) == len(some)

    def schedule(self, numbers: list[int]) -> None:
        """For now, for a time that is past, or for one that never comes."""
        some, kind = self.pick(numbers), numbers[0] % 3
        movable = [one for one in some if one.state in (State.READY, State.DELAYED, State.HELD)]
        changed = [one for one in movable if kind or one.state is not State.READY]
        for one in movable:
            one.state, one.due = (State.DELAYED if kind else State.READY), kind == 1
        start_s = (0.0, 1.0, 40_000_000_000.0)[kind]
        assert self.store.schedule(self.ids(some), start_s) == len(changed)

    def arrange(self, numbers: list[int]) -> None:
        """Between the first two of the queue that are not among them."""
        some = self.pick(numbers)
        moved = [one for one in some if one.state in OPEN]
        others = sorted((one for one in self.jobs.values() if one not in some), key=lambda one: one.place)[:2]
        answer = self.store.arrange(self.ids(some), *(one.job.id for one in others))
        if not moved:
            assert answer == 0
        elif not others:
            assert answer == -1
        elif answer != -1:
            low = others[0].place
            high = others[1].place if len(others) == 2 else low + len(moved) + 1
            for number, one in enumerate(moved, 1):
                one.place = low + number * ((high - low) / (len(moved) + 1))
            assert answer == len(moved)

    def prioritise(self, numbers: list[int]) -> None:
        some, priority = self.pick(numbers), numbers[0] % 5 - 2
        changed = [one for one in some if one.state in OPEN]
        for one in changed:
            one.place = one.seq - priority * PLACES
        assert self.store.prioritise(self.ids(some), priority) == len(changed)

    def move_to_front(self, numbers: list[int]) -> None:
        some = self.pick(numbers)
        ready = [one.place for one in self.jobs.values() if one.state is State.READY]
        front = min([self.front, *ready])
        changed = [one for one in some if one.state in OPEN]
        for one in reversed(changed):
            front -= 1
            one.place = self.front = front
        assert self.store.move_to_front(self.ids(some)) == len(changed)

    @rule(which=st.integers(0, 1))
    def unpark(self, which: int) -> None:
        parked = [one for one in self.jobs.values() if one.state is State.PARKED and one.waits_for == f"thing {which}"]
        for one in parked:
            one.state = State.READY
        assert self.store.unpark(f"thing {which}") == len(parked)

    @rule(numbers=st.none() | some, which=st.none() | st.integers(0, 1), edit=st.booleans())
    def retry_failed(self, numbers: list[int] | None, which: int | None, edit: bool) -> None:
        some = list(self.jobs.values()) if numbers is None else self.pick(numbers)
        cause = None if which is None else f"code {which}"
        dead = [one for one in some if one.state is State.FAILED and cause in (None, one.code)]
        edited = {one.job.id: one.job.edited(script="otro", template_hash="bbbb") for one in dead} if edit else None
        for one in dead:
            one.state, one.attempts, one.lost = State.READY, 0, 0
            one.job = edited[one.job.id] if edited else one.job
        chosen = None if numbers is None else self.ids(some)
        assert self.store.retry_failed(chosen, cause, edited) == len(dead)

    @rule(numbers=some)
    def discard_failed(self, numbers: list[int]) -> None:
        some = self.pick(numbers)
        dead = [one for one in some if one.state is State.FAILED]
        for one in dead:
            one.state, one.was = State.CANCELLED, State.FAILED
        assert self.store.discard_failed(self.ids(some)) == len(dead)

    @rule(numbers=some, good=st.booleans())
    def review(self, numbers: list[int], good: bool) -> None:
        some = self.pick(numbers)
        seen = [one for one in some if one.state is State.REVIEW]
        for one in seen:
            one.state, one.code = (State.DONE, "") if good else (State.FAILED, "rejected_in_review")
        assert (self.store.approve if good else self.store.reject)(self.ids(some)) == len(seen)

    @rule(numbers=some)
    def deliver(self, numbers: list[int]) -> None:
        some = self.pick(numbers)
        seen = [one for one in some if one.state is State.REVIEW]
        for one in seen:
            one.state = State.DONE
        assert self.store.delivered(dict.fromkeys(self.ids(some), RESULT)) == len(seen)

    @rule(numbers=some)
    def remake(self, numbers: list[int]) -> None:
        some = self.pick(numbers)
        edited = [one.job.edited(script="otra vez", take=one.job.take + 1, template_hash="bbbb") for one in some]
        seen = [(one, changed) for one, changed in zip(some, edited, strict=True) if one.state is State.REVIEW]
        for one, changed in seen:
            one.state, one.attempts, one.lost, one.job = State.READY, 0, 0, changed
        assert self.store.remake(edited) == len(seen)

    @rule(numbers=some)
    def forget(self, numbers: list[int]) -> None:
        """Only the last ones, so that the model may go on counting jobs to know the next sequence number."""
        some = [one for one in self.pick(numbers) if one.state in OPEN or one.state is State.REVIEW]
        assert self.store.forget(self.ids(some)) == 0

    # --- always

    @invariant()
    def agrees(self) -> None:
        if not hasattr(self, "store"):
            return
        counts = dict.fromkeys(State, 0)
        for one in self.jobs.values():
            counts[one.state] += 1
        assert self.store.counts() == counts
        audit(self.store.client)

    @rule()
    def every_record_agrees(self) -> None:
        records = self.store.jobs(limit=1000)
        assert [record.id for record in records] == list(self.jobs)
        for record in records:
            one = self.jobs[record.id]
            assert (record.state, record.attempts, record.epoch) == (one.state, one.attempts, one.epoch)
            assert len(self.store.history(record.id)) == len(one.ends)
            assert record.job.script == one.job.script
            assert record.place == one.place


def check(opened: Callable[[], JobStore], machine: type[StoreMachine], examples: int) -> None:
    machine.open = staticmethod(opened)
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=35,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_in_memory() -> None:
    class InMemory(StoreMachine):
        pass

    check(JobStore.in_memory, InMemory, 15)


@pytest.mark.redis
def test_on_redis(server: RedisServer) -> None:
    class OnRedis(StoreMachine):
        pass

    def fresh() -> JobStore:
        client = connect(server.url)
        client.flushall()
        return JobStore.on(client)

    check(fresh, OnRedis, 15)


def test_on_a_journal_which_can_be_replayed_at_any_time() -> None:
    class OnAJournal(StoreMachine):
        @initialize()
        def start(self) -> None:
            self.folder = Path(tempfile.mkdtemp(prefix="trineo-journal-"))
            self.begin(open_store(None, self.folder))

        @rule()
        def rewrite(self) -> None:
            self.store.compact()

        @rule()
        def replays(self) -> None:
            with closing(open_store(None, self.folder, read_only=True)) as again:
                assert dump(again.client) == dump(self.store.client)

        def teardown(self) -> None:
            if not hasattr(self, "store"):
                return
            try:
                self.replays()
            finally:
                super().teardown()
                shutil.rmtree(self.folder)

    check(JobStore.in_memory, OnAJournal, 10)
