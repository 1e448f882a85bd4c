"""A local queue moves to a Redis."""

from __future__ import annotations

from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from core.jobs.connection import connect
from core.jobs.ledger import Account, Amount, Budget, today
from core.jobs.local import JOURNAL, move_queue, open_store
from core.jobs.model import State
from core.jobs.store import JobStore
from tests.redis_server import RedisServer

from .audit import audit
from .conftest import Clock
from .samples import LEASE_S, batch, jobs
from .test_local import worked_on

OF_THE_PLACE: dict[str, Any] = {"due_s": 0, "ended_s": 0, "place": 0}  # other clocks, another queue


@pytest.mark.redis
def test_everything_moves_and_is_worked_on_there(tmp_path: Path, clock: Clock, server: RedisServer) -> None:
    with closing(worked_on(tmp_path, clock)) as local:
        before = local.jobs()
        told = {record.id: len(local.history(record.id)) for record in before}
        [running] = local.ids(state=State.RUNNING)
    connect(server.url).flushall()
    with closing(JobStore.on(connect(server.url))) as store:
        of = batch()
        store.submit(of, first := jobs(of, 2))
        assert move_queue(tmp_path, server.url) == len(before)
        audit(store.client)

        after = store.jobs()[2:]
        assert [record.job for record in after] == [record.job for record in before]
        for old, new in zip(before, after, strict=True):
            if old.id != running:
                assert replace(old, **OF_THE_PLACE) == replace(new, **OF_THE_PLACE)
                assert len(store.history(old.id)) == told[old.id]
            else:
                assert new.state is State.READY
        assert store.parked_for() == {"disk": 1}
        assert [cause.code for cause in store.causes()] == ["bad_text"]

        assert move_queue(tmp_path, server.url) == 0
        order = []
        while claim := store.claim("m/1", lease_s=LEASE_S):
            order.append(claim.job.id)
        assert {one.id for one in first} | {running} <= set(order)
    with closing(open_store(None, tmp_path)) as local:
        assert local.ids() == []
        assert local.batches() == []
    [kept] = tmp_path.glob("queue.moved-*.txt")
    assert kept.stat().st_size > 10 * (tmp_path / JOURNAL).stat().st_size


def test_what_is_spent_and_held_adds_up(clock: Clock) -> None:
    """The budget of a day holds for all that come together, and no call that is settled later leaves a gap in it."""
    with closing(JobStore.in_memory(clock)) as target, ExitStack() as stack:
        for number, of in enumerate((batch(), batch())):
            source = stack.enter_context(closing(JobStore.in_memory(clock)))
            source.submit(of, some := jobs(of, 1))
            for call in ("open", "settled"):
                source.begin_call(f"{call} {number}", "heygen", Amount(usd=1.0), Account(some[0].id, of.id), Budget())
            source.settle_call(f"settled {number}", Amount(usd=1.0))
            target.take_over(source)
            target.take_over(source)  # broken off, it is simply repeated
        spending = target.spent_on_day(today())
        assert (spending.usd, spending.held_usd) == (2.0, 2.0)
        assert spending.providers["heygen"].calls == 2
        for number in range(2):
            assert target.settle_call(f"open {number}", Amount(usd=0.5))
        spending = target.spent_on_day(today())
        assert (spending.usd, spending.held_usd) == (3.0, 0.0)
