"""Paid calls: written down before they are made, counted when they end, held to budgets, never forgotten."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from core.jobs.connection import connect
from core.jobs.ledger import Account, Amount, Budget, BudgetSpent, Call, CallState, today
from core.jobs.local import move_queue, open_store
from core.jobs.store import JobStore
from tests.redis_server import RedisServer

from .audit import dump
from .conftest import Rig

ACCOUNT = Account("job1", "batch1")
ESTIMATE = Amount(characters=100, seconds=28.0, usd=0.5)
NO_LIMIT = Budget()


def begin(
    store: JobStore, call: str = "c1", budget: Budget = NO_LIMIT, account: Account = ACCOUNT
) -> Call | BudgetSpent:
    return store.begin_call(call, "heygen", ESTIMATE, account, budget)


def begun(store: JobStore, call: str = "c1") -> Call:
    found = begin(store, call)
    assert isinstance(found, Call)
    return found


def test_a_call_is_begun_once(rig: Rig) -> None:
    first = begun(rig.store)
    second = begun(rig.other_machine())
    assert (first.state, second.state) == (CallState.NEW, CallState.BEGUN)
    assert first.idempotency_key == second.idempotency_key != ""
    assert second.begun_s > 0


def test_a_lost_reply_is_asked_for_again(rig: Rig) -> None:
    for _ in range(2):
        found = rig.store.begin_call("c1", "heygen", ESTIMATE, ACCOUNT, NO_LIMIT, "mine")
        assert isinstance(found, Call)
        assert (found.state, found.idempotency_key) == (CallState.NEW, "mine")
    assert rig.store.spent_on_day(today()).held_usd == 0.5
    assert begun(rig.store).state is CallState.BEGUN


def test_the_services_id_is_remembered(rig: Rig) -> None:
    call = begun(rig.store)
    assert rig.store.call_created(call, "video-17")
    assert rig.store.call("c1") == Call(
        "c1", CallState.CREATED, call.idempotency_key, "video-17", begun(rig.store).begun_s
    )
    stranger = Call("c1", CallState.NEW, "another key")
    assert not rig.store.call_created(stranger, "video-18")
    assert not rig.store.call_created(Call("c2", CallState.NEW, "k"), "video-18")


def test_what_was_spent_is_counted_once(rig: Rig) -> None:
    begun(rig.store)
    assert rig.store.spent_on_day(today()).held_usd == 0.5
    spent = Amount(characters=90, seconds=27.5, usd=0.45)
    assert rig.store.settle_call("c1", spent, keep=True)
    assert not rig.store.settle_call("c1", spent, keep=True)
    for told in (
        rig.store.spent_on_day(today()),
        rig.store.spent_on_batch("batch1"),
        rig.store.spent_on_job("job1"),
    ):
        assert (told.usd, told.held_usd) == (0.45, 0.0)
        assert told.providers == {"heygen": spent}
    assert begun(rig.store).state is CallState.SETTLED
    assert not rig.store.settle_call("c1", Amount(calls=0))  # forgotten, and nothing is counted again
    assert begun(rig.store).state is CallState.NEW
    assert rig.store.spent_on_job("job1").usd == 0.45


def test_what_cost_nothing_counts_nothing(rig: Rig) -> None:
    begun(rig.store)
    assert rig.store.settle_call("c1", Amount(calls=0))
    assert rig.store.spent_on_day(today()).providers == {}
    assert rig.store.spent_on_day(today()).held_usd == 0
    assert begun(rig.store).state is CallState.NEW


def test_an_answer_that_never_came_is_a_persons_to_decide(rig: Rig) -> None:
    call = begun(rig.store)
    rig.store.call_lost("c1")
    again = begun(rig.store)
    assert (again.state, again.idempotency_key) == (CallState.LOST, call.idempotency_key)
    assert rig.store.spent_on_day(today()).held_usd == 0.5
    assert rig.store.give_up_call("c1")
    assert rig.store.spent_on_day(today()).usd == 0.5  # it may have been charged
    assert not rig.store.give_up_call("c1")
    assert begun(rig.store).state is CallState.NEW


@pytest.mark.parametrize(("budget", "which"), [(Budget(day_usd=1.2), "day"), (Budget(batch_usd=1.0), "batch")])
def test_a_budget_holds_with_what_runs_counted_in(rig: Rig, budget: Budget, which: str) -> None:
    assert isinstance(begin(rig.store, "c1", budget), Call)
    assert isinstance(begin(rig.store, "c2", budget), Call)
    assert begin(rig.store, "c3", budget) == BudgetSpent(which)
    assert rig.store.call("c3") is None
    rig.store.settle_call("c1", Amount(usd=0.0))
    assert isinstance(begin(rig.store, "c3", budget), Call)


def test_a_batchs_budget_is_its_own(rig: Rig) -> None:
    budget = Budget(batch_usd=0.5)
    assert isinstance(begin(rig.store, "c1", budget), Call)
    assert isinstance(begin(rig.store, "c2", budget, Account("job2", "batch2")), Call)
    assert begin(rig.store, "c3", budget) == BudgetSpent("batch")


def test_it_outlives_the_program(tmp_path: Path) -> None:
    for compacted in (False, True):
        folder = tmp_path / str(compacted)
        with closing(open_store(None, folder)) as store:
            call = begun(store)
            store.call_created(call, "video-17")
            begun(store, "c2")
            store.settle_call("c2", Amount(characters=3, usd=0.25))
            if compacted:
                store.compact()
            before = dump(store.client)
        with closing(open_store(None, folder)) as store:
            assert dump(store.client) == before
            assert begun(store).remote_id == "video-17"


@pytest.mark.redis
def test_it_moves_with_the_queue(tmp_path: Path, server: RedisServer) -> None:
    with closing(open_store(None, tmp_path)) as store:
        store.call_created(begun(store), "video-17")
        begun(store, "c2")
        store.settle_call("c2", Amount(usd=0.25))
    connect(server.url).flushall()
    move_queue(tmp_path, server.url)
    with closing(open_store(server.url, tmp_path / "none")) as store:
        assert begun(store).remote_id == "video-17"
        assert store.spent_on_batch("batch1").usd == 0.25
