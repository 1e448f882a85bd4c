"""How names are said, changed in jobs that wait; on every backend, and after a restart."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from core.jobs.local import open_store
from core.jobs.model import Job, State
from core.jobs.store import JobStore

from .conftest import Rig
from .samples import batch, jobs
from .test_operating import one_in_each_state


def respelled(store: JobStore, ids: list[str]) -> list[Job]:
    return [record.job.edited(respelled={"Íñigo": "Iñigo"}) for record in store.records(ids)]


def test_only_what_waits(rig: Rig) -> None:
    ids = one_in_each_state(rig.store)
    assert rig.store.respell(respelled(rig.store, list(ids.values()))) == 4
    changed = {state for state, one in ids.items() for record in rig.store.records([one]) if record.job.respelled}
    assert changed == {State.READY, State.DELAYED, State.PARKED, State.HELD}
    assert {record.state for record in rig.store.records(list(ids.values()))} == set(State)


def test_many_keep_their_order_and_nobody_is_made_up(store: JobStore) -> None:
    of = batch()
    store.submit(of, some := jobs(of, 260))
    stranger = jobs(of, 1)
    assert store.respell([one.edited(respelled={"a": "b"}) for one in (*some, *stranger)]) == 260
    assert store.ids(batch=of.id) == [one.id for one in some]


def test_a_restart_keeps_it(tmp_path: Path) -> None:
    of = batch()
    with closing(open_store(None, tmp_path)) as store:
        store.submit(of, some := jobs(of, 2))
        store.respell(respelled(store, [some[0].id]))
    with closing(open_store(None, tmp_path)) as store:
        assert [record.job.respelled for record in store.records([one.id for one in some])] == [{"Íñigo": "Iñigo"}, {}]
