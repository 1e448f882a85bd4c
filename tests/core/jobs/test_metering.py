"""Figures: they add up over machines, outlive a restart and a move, and are counted once."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from core.jobs.connection import connect
from core.jobs.keys import key
from core.jobs.ledger import Account, Amount, Budget
from core.jobs.local import move_queue, open_store
from core.jobs.metering import RING_MINUTES, SEASON_HOURS
from core.jobs.store import JobStore
from tests.redis_server import RedisServer
from tests.stand_ins import make_jobs

from .audit import dump
from .conftest import Clock, Rig


def test_figures_add_up_over_machines(rig: Rig) -> None:
    rig.store.measure({"attempts:done": 2, "hour:films": 2})
    rig.other_machine().measure({"attempts:done": 3, "hour:films": 3, "hour:render_ms": 1500})
    assert rig.store.figures() == {"attempts:done": 5, "hour:films": 5, "hour:render_ms": 1500}
    [hour] = rig.store.hours()
    assert (hour.films, hour.render_s) == (5, 1.5)
    assert 0 <= rig.store.now_s() - hour.start_s < 3700


def test_an_answer_that_got_lost_counts_once(rig: Rig) -> None:
    rig.store.measure({"x": 1}, "token")
    rig.store.measure({"x": 1}, "token")
    rig.store.measure({})
    assert rig.store.figures() == {"x": 1}


def test_money_is_counted_by_the_hour_and_by_provider(rig: Rig) -> None:
    for call, usd in (("c1", 0.25), ("c2", 0.5)):
        rig.store.begin_call(call, "heygen", Amount(usd=1.0), Account("j", "b"), Budget())
        rig.store.settle_call(call, Amount(characters=7, seconds=2.0, usd=usd), keep=True)
        rig.store.settle_call(call, Amount(characters=7, seconds=2.0, usd=usd), keep=True)
    assert rig.store.hours()[-1].usd == 0.75
    now_s = rig.store.now_s()
    minutes = rig.store.steps("minutes", now_s - 120, now_s)
    told = {name: sum(one.of(name) for one in minutes) for name in ("usd:heygen", "chars:heygen", "calls:heygen")}
    assert told == {"usd:heygen": 750_000, "chars:heygen": 14, "calls:heygen": 2}
    assert rig.store.spent_in_all() == {"heygen": Amount(characters=14, seconds=4.0, usd=0.75, calls=2)}


def test_hours_are_kept_for_a_season(tmp_path: Path, clock: Clock) -> None:
    store = JobStore.in_memory(clock)
    first_s = clock.now_s
    for hours in (0, 1, SEASON_HOURS - 1):
        clock.now_s = first_s + 3600 * hours
        store.measure({"hour:films": 1, "hour:failed": 1})
    assert len(store.hours()) == 3
    assert len(store.hours(clock.now_s - 3600)) == 1
    clock.now_s += 3600
    assert store.forget_old_hours() == 0
    clock.now_s += 3600
    assert store.forget_old_hours() == 1
    assert len(store.hours()) == 2
    assert store.figures()["hour:films"] == 3


def test_minutes_are_a_ring_of_two_hours(tmp_path: Path, clock: Clock) -> None:
    store = JobStore.in_memory(clock)
    began_s = clock.now_s = clock.now_s // 60 * 60
    for _ in range(RING_MINUTES + 30):
        store.measure({"hour:films": 1, "stage:speech:3": 2, "attempts:done": 1})
        clock.now_s += 60
    assert store.client.hlen(key("stat:minutes")) == RING_MINUTES
    steps = store.steps("minutes", began_s, clock.now_s)
    assert [one.start_s for one in steps] == [began_s + 60 * n for n in range(30, RING_MINUTES + 30)]
    assert steps[0].figures == {"films": 1, "stage:speech:3": 2, "now:waiting": 0, "now:oldest": 0}
    assert len(store.steps("minutes", clock.now_s - 600, clock.now_s - 300)) == 6
    assert sum(one.of("films") for one in store.steps("hours", began_s, clock.now_s)) == RING_MINUTES + 30


def test_a_clock_that_was_put_back_goes_on(clock: Clock) -> None:
    store = JobStore.in_memory(clock)
    now_s = clock.now_s
    clock.now_s = now_s + RING_MINUTES * 60
    store.measure({"hour:films": 1})
    clock.now_s = now_s
    store.measure({"hour:films": 2})
    assert [one.of("films") for one in store.steps("minutes", now_s, now_s)] == [2]


def test_a_minute_adds_up_within_it(rig: Rig) -> None:
    if rig.clock:
        rig.clock.now_s = rig.clock.now_s // 3600 * 3600
    for _ in range(3):
        rig.store.measure({"hour:films": 2, "machine:taller 2=x": 2, "figure of=none": 1})
    now_s = rig.store.now_s()
    found = rig.store.steps("minutes", now_s - 60, now_s)
    assert sum(one.of("films") for one in found) == 6
    assert sum(one.of("machine:taller_2_x") for one in found) == 6, "a name can't break what is packed"
    assert rig.store.figures()["figure of=none"] == 3


def test_it_is_noted_how_much_waits(rig: Rig) -> None:
    rig.store.submit(*make_jobs(5))
    rig.pass_time(0.05)
    assert rig.store.claim("here/1", lease_s=60) is not None
    rig.store.measure({"hour:films": 1})
    now_s = rig.store.now_s()
    last = rig.store.steps("minutes", now_s - 60, now_s)[-1]
    assert last.of("now:waiting") == 4
    assert 50 <= last.of("now:oldest") < 5000
    assert rig.store.steps("hours", now_s, now_s)[-1].of("now:waiting") == 4


@pytest.mark.parametrize("compacted", [False, True])
def test_they_outlive_the_program(tmp_path: Path, compacted: bool) -> None:
    with closing(open_store(None, tmp_path)) as store:
        store.measure({f"figure {number}": number + 1 for number in range(1200)})
        store.measure({"hour:films": 3})
        if compacted:
            store.compact()
        before = dump(store.client)
    with closing(open_store(None, tmp_path)) as store:
        assert dump(store.client) == before
        assert store.hours()[0].films == 3
        now_s = store.now_s()
        assert sum(one.of("films") for one in store.steps("minutes", now_s - 600, now_s)) == 3


@pytest.mark.redis
def test_they_move_with_the_queue(tmp_path: Path, server: RedisServer) -> None:
    client = connect(server.url)
    client.flushall()
    with closing(JobStore.on(client)) as there:
        there.measure({"hour:films": 1})
        with closing(open_store(None, tmp_path)) as store:
            store.measure({"hour:films": 3, "attempts:done": 3})
            there.take_over(store)
            there.take_over(store)  # broken off, it is repeated
        assert there.figures() == {"hour:films": 4, "attempts:done": 3}
        move_queue(tmp_path, server.url)
        assert sum(hour.films for hour in there.hours()) == 4
        now_s = there.now_s()
        assert sum(one.of("films") for one in there.steps("minutes", now_s - 600, now_s)) == 4


@pytest.mark.redis
def test_a_newer_minute_is_not_overwritten_by_a_moved_one(tmp_path: Path, server: RedisServer, clock: Clock) -> None:
    client = connect(server.url)
    client.flushall()
    with closing(JobStore.on(client)) as there:
        there.measure({"hour:films": 1})
        now_s = there.now_s()
        clock.now_s = now_s - RING_MINUTES * 60
        with closing(open_store(None, tmp_path, clock=clock)) as store:
            store.measure({"hour:films": 5})
            there.take_over(store)
        assert sum(one.of("films") for one in there.steps("minutes", now_s - 60, there.now_s())) == 1
        assert sum(hour.films for hour in there.hours()) == 6
