"""Reading what is where."""

from __future__ import annotations

import time

from core.jobs.model import State
from core.jobs.store import JobStore

from .samples import LEASE_S, RESULT, batch, jobs


def test_ids_by_batch_state_and_page(store: JobStore) -> None:
    first, second = batch("uno"), batch("dos")
    store.submit(first, a := jobs(first, 3))
    store.submit(second, b := jobs(second, 3))
    names = [one.id for one in (*a, *b)]
    store.hold([names[1], names[4]])
    assert store.ids() == names
    assert store.ids(offset=2, limit=2) == names[2:4]
    assert store.ids(limit=0) == []
    assert store.ids(batch=second.id) == names[3:]
    assert store.ids(batch=second.id, offset=1, limit=1) == names[4:5]
    assert store.ids(state=State.HELD) == [names[1], names[4]]
    assert store.ids(batch=second.id, state=State.HELD) == [names[4]]
    assert store.ids(batch=second.id, state=State.READY, offset=1) == [names[5]]
    assert store.ids(batch="nobody's") == []
    assert [record.id for record in store.jobs(batch=first.id, limit=2)] == names[:2]


def test_counts_name_every_state(store: JobStore) -> None:
    assert store.counts() == dict.fromkeys(State, 0)
    assert store.counts("nobody's") == dict.fromkeys(State, 0)
    of = batch()
    store.submit(of, jobs(of, 3))
    claim = store.claim("m/1", lease_s=LEASE_S)
    assert claim is not None
    store.complete(claim, RESULT)
    expected = dict.fromkeys(State, 0) | {State.DONE: 1, State.READY: 2}
    assert store.counts() == store.counts(of.id) == expected


def test_batches_oldest_first(store: JobStore) -> None:
    made = [batch("uno.csv", 2), batch("dos.csv", 1)]
    for one in made:
        store.submit(one, jobs(one, one.total))
    listed = store.batches()
    assert [(one.id, one.name, one.total) for one in listed] == [(one.id, one.name, one.total) for one in made]
    assert all(one.created_s > 0 for one in listed)


def test_many_ids_are_cheap(store: JobStore) -> None:
    of = batch()
    store.submit(of, jobs(of, 2000))
    began = time.perf_counter()
    assert len(store.ids(batch=of.id, state=State.READY)) == 2000
    assert time.perf_counter() - began < 0.5


def test_where_films_will_stand_is_told_of_very_many_at_once(store: JobStore) -> None:
    of = batch()
    store.submit(of, many := jobs(of, 600))
    claim = store.claim("m/1", lease_s=LEASE_S)
    assert claim is not None
    store.complete(claim, RESULT)
    store.hold([many[1].id])
    told = store.outputs([State.READY, State.RUNNING, State.HELD, State.DELAYED])
    assert told == {one.output for one in many[1:]}
    assert store.outputs([State.DONE]) == {many[0].output}
    assert store.outputs([]) == set()
