"""`machines`: who works on a queue, and another chance for one that was set aside."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from types import SimpleNamespace
from typing import Any, cast

import pytest

from core.console.arguments import parse
from core.console.machines import machines
from core.errors import JobFault
from core.jobs.machines import Machine
from core.jobs.model import Failure, Result, Strategy
from core.jobs.store import JobStore
from core.studio import Studio
from tests.stand_ins import make_jobs


@pytest.fixture
def store() -> Iterator[JobStore]:
    """Two machines, of which the north one failed three films in a row that the south one made."""
    with closing(JobStore.in_memory()) as store:
        for name in ("north", "south"):
            store.register(Machine(f"{name}:1", name, "1.0", 2))
        store.submit(*make_jobs(3))
        for _ in range(3):
            claim = store.claim("north:1/1", lease_s=30)
            assert claim is not None
            store.retry(claim, Failure.of(JobFault("x", "No."), "speech"), delay_s=0)
            store.tick()
            again = store.claim("south:1/1", lease_s=30)
            assert again is not None
            store.complete(again, Result("/films/1.mp4", Strategy.VOICEOVER, 1.0))
        yield store


def run(store: JobStore, *arguments: str) -> int:
    options = parse(["machines", *arguments])
    studio = cast(Studio, SimpleNamespace(machines=store.machines, readmit=store.readmit))
    return machines(studio, options.action, options.ids, everything=options.all, as_json=options.json)


def test_who_is_set_aside_is_told(store: JobStore, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(store, "list", "--json") == 0
    told: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    assert [(one["name"], one["set_aside"]) for one in told] == [("north", True), ("south", False)]
    run(store, "list")
    assert "north:1  north, 2 at once: set aside" in capsys.readouterr().out


@pytest.mark.parametrize("which", ["north", "north:1", "--all"])
def test_by_name_by_id_or_all_of_them(store: JobStore, capsys: pytest.CaptureFixture[str], which: str) -> None:
    assert run(store, "readmit", which, "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"readmitted": 1}
    assert not any(one.set_aside for one in store.machines())
    run(store, "readmit", which, "--json")
    assert json.loads(capsys.readouterr().out) == {"readmitted": 0}


def test_nobody_is_readmitted_by_chance(store: JobStore) -> None:
    with pytest.raises(SystemExit):
        run(store, "readmit")
