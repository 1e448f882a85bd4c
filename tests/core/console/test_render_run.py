"""`render` in this process: what it says when films are held, events are missed, or the store goes away."""

from __future__ import annotations

import json
import os
import signal
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import pytest

from core.console.render import RenderRun
from core.errors import StoreAway
from core.intake.model import Preflight
from core.jobs.model import Job
from core.studio import Studio
from tests.stand_ins import QuickRenderer, wait_until

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def checked(studio: Studio, tmp_path: Path, tiny_folder: Path) -> Preflight:
    sheet = tmp_path / "lote.csv"
    sheet.write_text("nombre,queHizo\nAna,cantaste\nBea,jugaste\n", encoding="utf-8")
    return studio.check([sheet], studio.order(template=str(tiny_folder), preset="draft"))


@pytest.fixture
def renders(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Sets how films are made; as `QuickRenderer`."""

    def set_renderer(*args: Any, **more: Any) -> None:
        monkeypatch.setattr(studio, "_parts", replace(studio._parts, renderer=QuickRenderer(*args, **more)))

    return set_renderer


def run(studio: Studio, checked: Preflight) -> int:
    return RenderRun(studio, as_json=True, workers=1).run(checked)


def told(capsys: Capture) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def away(*_args: object, **_more: object) -> NoReturn:
    raise StoreAway("store_away", "The store is away.")


def test_a_held_film_is_one_that_waits(
    studio: Studio, checked: Preflight, renders: Callable[..., None], capsys: Capture
) -> None:
    def hold_bea(job: Job) -> None:
        if job.name == "Bea":
            studio.hold([job.id])

    renders(hold_bea)
    assert run(studio, checked) == 3
    lines = told(capsys)
    assert {line["name"]: line["state"] for line in lines[:-1]} == {"Ana": "done", "Bea": "held"}
    assert (lines[-1]["done"], lines[-1]["failed"]) == (1, 0)


def test_films_whose_events_are_missed_are_told(
    studio: Studio, checked: Preflight, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setattr(studio.events, "listen", lambda _: lambda: None)
    monkeypatch.setattr(studio, "job", away)  # no question for each job
    assert run(studio, checked) == 0
    assert [line.get("state") for line in told(capsys)] == ["done", "done", None]


def test_the_store_away_at_the_end_keeps_the_batch_line(
    studio: Studio, checked: Preflight, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setattr(studio, "jobs", away)
    assert run(studio, checked) == 0
    assert told(capsys)[-1]["done"] == 2


def test_an_interrupt_while_the_store_is_away(
    studio: Studio,
    checked: Preflight,
    renders: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    capsys: Capture,
) -> None:
    renders(gate=threading.Event())

    def interrupt() -> None:
        wait_until(lambda: studio.working)
        for name in ("counts", "job", "jobs"):
            monkeypatch.setattr(studio, name, away)
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGTERM)

    person = threading.Thread(target=interrupt)
    person.start()
    assert run(studio, checked) == 130
    person.join()
    assert {**told(capsys)[-1], "seconds": 0} == {
        "type": "batch",
        "total": 2,
        "done": 0,
        "failed": 0,
        "parked": 0,
        "seconds": 0,
    }
