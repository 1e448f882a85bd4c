"""What the dashboard asks: it adds up, is cheap to ask again, and trusts the store's clock alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from core.jobs import ledger
from core.jobs.connection import connect
from core.jobs.ledger import Account, Amount, Budget
from core.jobs.local import open_store
from core.jobs.machines import Machine
from core.jobs.metering import Kind, Step
from core.jobs.model import Result, State, Strategy
from core.jobs.store import JobStore
from core.metrics.history import Span
from core.metrics.meter import Meter
from core.metrics.overview import Observer, Overview
from core.settings.declaration import Settings
from core.storage.looked import Looked
from tests.core.jobs.conftest import Clock
from tests.redis_server import redis_server
from tests.stand_ins import make_jobs

DAY_S = 86_400.0
RESULT = Result("/f.mp4", Strategy.LIPSYNC, 41.0, seconds={"speech": 0.3, "face": 2.0}, notes=("synclabs: lipsync",))


@pytest.fixture
def clock() -> Clock:
    return Clock(1_765_000_000.0)


@pytest.fixture
def store(clock: Clock) -> Iterator[JobStore]:
    with closing(JobStore.in_memory(clock)) as store:
        yield store


def films(store: JobStore, count: int, machine: str = "") -> None:
    meter = Meter(store, machine=machine)
    for _ in range(count):
        meter.ended("done", 4.0, RESULT)
    meter.flush()


def seen(store: JobStore, span: Span, **settings: float) -> Overview:
    return Observer(store, Settings(**settings)).overview(span)  # type: ignore[arg-type]


def test_each_span_has_its_films(store: JobStore, clock: Clock) -> None:
    for age_s, count in ((50 * DAY_S, 1), (20 * 3600, 2), (1800, 4), (0, 8)):
        clock.now_s = 1_765_000_000.0 - age_s
        films(store, count)
    found = {span: seen(store, span).history for span in Span}
    assert {span: one.films for span, one in found.items()} == {Span.HOUR: 12, Span.DAY: 14, Span.SEASON: 15}
    assert all(sum(part.films for part in one.parts) == one.films for one in found.values())
    assert found[Span.DAY].stages["face"].mean_s == pytest.approx(2.0)
    assert found[Span.SEASON].providers == {"synclabs": 15}
    assert seen(store, Span.HOUR).ever == 15


def test_nothing_yet(store: JobStore) -> None:
    found = seen(store, Span.DAY)
    assert (found.ever, found.history.films, found.computers, found.waiting) == (0, 0, (), 0)
    assert found.forecast.done_s is None


def test_asked_again_it_reads_no_season_again(store: JobStore, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    clock.now_s -= 3 * DAY_S
    films(store, 3)
    clock.now_s += 3 * DAY_S
    observer, asked = Observer(store, Settings()), 0
    whole = store.steps

    def steps(kind: Kind, since_s: float, until_s: float) -> list[Step]:
        nonlocal asked
        asked += until_s - since_s > 50 * DAY_S
        return whole(kind, since_s, until_s)

    monkeypatch.setattr(store, "steps", steps)
    assert observer.overview(Span.SEASON).history.films == 3
    films(store, 2)
    assert observer.overview(Span.SEASON).history.films == 5
    assert asked == 1
    clock.now_s += DAY_S
    films(store, 1)
    assert observer.overview(Span.SEASON).history.films == 6, "yesterday is not lost at midnight"
    assert asked == 2


def test_computers_are_told_with_their_programs_together(store: JobStore, clock: Clock) -> None:
    store.register(Machine("taller-1:10", "taller-1", "1", 2))
    store.register(Machine("norte:7", "norte", "1", 4))
    clock.now_s += 300
    store.register(Machine("taller-1:11", "taller-1", "1", 3))
    films(store, 5, machine="taller-1")
    norte, taller = seen(store, Span.HOUR).computers
    assert (taller.name, taller.alive, taller.workers, taller.films, taller.seen_ago_s) == ("taller-1", True, 3, 5, 0.0)
    assert (norte.alive, norte.seen_ago_s, norte.films) == (False, 300.0, 0)


@pytest.mark.redis
def test_a_computers_wrong_clock_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ours is five hours ahead of the server's: only the server's counts."""
    with redis_server(tmp_path) as server, closing(JobStore.on(connect(server.url))) as store:
        monkeypatch.setattr("time.time", lambda: store.now_s() + 5 * 3600)
        store.register(Machine("taller-1:10", "taller-1", "1", 2))
        store.submit(*make_jobs(3))
        films(store, 4, machine="taller-1")
        found = seen(store, Span.HOUR)
        assert found.history.parts[-1].films + found.history.parts[-2].films == 4
        assert found.computers[0].alive
        assert found.computers[0].seen_ago_s < 60
        assert 0 <= found.oldest_s < 60
        assert found.now_s - found.history.parts[-1].start_s < 61


def test_what_was_saved_is_worth_what_the_rest_cost(store: JobStore, clock: Clock) -> None:
    looked = {"speech": Looked(6, 2, 4.0, {"elevenlabs": 500}), "faces": Looked(1, 4, 240.0)}
    Meter(store, lambda: looked).flush()
    for name, call in (
        ("elevenlabs", Amount(characters=1000, usd=0.1)),
        ("heygen", Amount(seconds=40.0, usd=2.0)),
    ):
        store.begin_call(name, name, call, Account("", "b"), Budget())
        store.settle_call(name, call)
    found = seen(store, Span.DAY)
    assert found.saved.characters == 500
    assert found.saved.seconds == pytest.approx(6 * 2.0 + 60.0)
    assert found.saved.usd == pytest.approx(0.05 + 0.5)
    clock.now_s += 2 * DAY_S
    assert seen(store, Span.DAY).saved.characters == 0, "of the span that is looked at"


def test_money_of_today_and_of_what_waits(store: JobStore, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "today", lambda: "2026-12-20")
    monkeypatch.setattr("core.metrics.overview.today", lambda: "2026-12-20")
    films(store, 20)
    spent = Amount(seconds=40.0, usd=2.0)
    store.begin_call("c", "heygen", spent, Account("", "b"), Budget())
    store.settle_call("c", spent)
    store.submit(*make_jobs(30))
    found = seen(store, Span.HOUR, budget_per_day_usd=4.0)
    assert (found.purse.spent, found.purse.left) == (2.0, 2.0)
    assert found.forecast.film_usd == pytest.approx(0.1)
    assert found.forecast.usd == pytest.approx(3.0)
    assert found.forecast.films_in_budget == 20
    assert found.states[State.READY] == found.waiting == 30


def test_it_outlives_the_program(tmp_path: Path) -> None:
    with closing(open_store(None, tmp_path)) as store:
        films(store, 3)
        before = {span: seen(store, span).history for span in Span}
        store.compact()
    with closing(open_store(None, tmp_path, read_only=True)) as store:
        after = {span: seen(store, span).history for span in Span}
    assert [one.films for one in after.values()] == [one.films for one in before.values()] == [3, 3, 3]
    assert after[Span.SEASON].stages == before[Span.SEASON].stages
