"""The order of the queue, and when it may begin."""

from __future__ import annotations

from core.events import JobChanged
from core.jobs.model import State
from core.jobs.store import JobStore

from .conftest import Rig
from .samples import LEASE_S, batch, jobs
from .test_claiming import order
from .test_operating import one_in_each_state, running, state


def test_between_two_others(store: JobStore) -> None:
    of = batch()
    store.submit(of, some := jobs(of, 5))
    ids = [one.id for one in some]
    assert store.arrange([ids[4], ids[3]], ids[0], ids[1]) == 2
    assert order(store) == [ids[n] for n in (0, 4, 3, 1, 2)]


def test_at_either_end(store: JobStore) -> None:
    of = batch()
    store.submit(of, some := jobs(of, 4))
    ids = [one.id for one in some]
    assert store.arrange([ids[2]], behind=ids[0]) == 1
    assert store.arrange([ids[0]], before=ids[3]) == 1
    assert order(store) == [ids[n] for n in (2, 1, 3, 0)]


def test_a_held_job_keeps_its_new_place(store: JobStore) -> None:
    of = batch()
    store.submit(of, some := jobs(of, 3), held=True)
    ids = [one.id for one in some]
    store.arrange([ids[2]], ids[0], ids[1])
    store.resume(ids)
    assert order(store) == [ids[n] for n in (0, 2, 1)]


def test_what_has_ended_has_no_place(store: JobStore) -> None:
    ids = one_in_each_state(store)
    ended = [ids[where] for where in (State.DONE, State.FAILED, State.CANCELLED, State.REVIEW)]
    assert store.arrange(ended, behind=ids[State.READY]) == 0


def test_two_that_are_not_in_this_order(store: JobStore) -> None:
    of = batch()
    store.submit(of, some := jobs(of, 3))
    ids = [one.id for one in some]
    assert store.arrange([ids[2]], ids[1], ids[0]) == -1
    assert store.arrange([ids[2]]) == -1
    assert order(store) == ids


def test_no_room_is_said_and_more_of_them_find_it(store: JobStore) -> None:
    of = batch()
    store.submit(of, some := jobs(of, 60, priority=1000))
    ids = [one.id for one in some]
    wanted = [ids[1]]
    for moved in ids[40:]:
        if store.arrange([moved], ids[0], wanted[0]) == -1:
            break
        wanted.insert(0, moved)
    wanted = [moved, *wanted, *ids[2:20]]
    assert store.arrange(wanted, ids[0], ids[20]) == len(wanted)
    assert order(store)[: len(wanted) + 1] == [ids[0], *wanted]


def test_watchers_are_told_of_another_order(store: JobStore) -> None:
    of = batch()
    store.submit(of, some := jobs(of, 3))
    ids = [one.id for one in some]
    place, _ = store.events(None, block_s=0)
    store.arrange([ids[2]], ids[0], ids[1])
    store.move_to_front([ids[1]])
    store.prioritise([ids[0]], 3)
    _, told = store.events(place, block_s=1)
    assert told == [JobChanged(ids[n], of.id, State.READY) for n in (2, 1, 0)]
    places = {record.id: record.place for record in store.jobs()}
    assert sorted(ids, key=lambda one: places[one]) == [ids[n] for n in (0, 1, 2)]


def test_what_is_held_while_the_running_one_ends(store: JobStore) -> None:
    claim = running(store)
    of = batch()
    store.submit(of, some := jobs(of, 2))
    assert store.hold_waiting([claim.job.id, *(one.id for one in some)]) == 2
    assert state(store, claim.job.id) is State.RUNNING
    assert store.progress(claim, "speech", 0.1) is False
    assert store.claim("m/1", lease_s=LEASE_S) is None


def test_a_start_at_a_time(rig: Rig) -> None:
    store = rig.store
    of = batch()
    store.submit(of, some := jobs(of, 2), held=True)
    now_s = rig.clock() if rig.clock else store.jobs()[0].submitted_s
    assert store.schedule([one.id for one in some], now_s + 0.3) == 2
    assert store.claim("m/1", lease_s=LEASE_S) is None
    [first, _] = store.jobs()
    assert (first.state, first.attempts) == (State.DELAYED, 0)
    assert abs(first.due_s - now_s - 0.3) < 0.002
    rig.pass_time(0.3)
    assert store.tick().due == 2
    assert order(store) == [one.id for one in some]


def test_at_once_after_all(store: JobStore) -> None:
    of = batch()
    store.submit(of, some := jobs(of, 2), held=True)
    ids = [one.id for one in some]
    store.schedule(ids, 40_000_000_000)
    assert store.schedule(ids, 0) == 2
    assert store.schedule(ids, 0) == 0
    assert order(store) == ids
