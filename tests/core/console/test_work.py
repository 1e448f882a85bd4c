"""`worker --drain` in this process: it ends, and says what is left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from core.console.work import work
from core.errors import EnvironmentFault, StoreAway
from core.jobs.model import Job, State
from core.studio import Studio
from tests.stand_ins import QuickRenderer, make_jobs


def test_drain_goes_on_while_the_store_is_away_or_full(
    studio: Studio, known_hash: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_voice(_job: Job) -> None:
        raise EnvironmentFault("no_voice", "No voice.", waits_for="provider:voice")

    answers: Iterator[Exception | int] = iter(
        (StoreAway("store_away", "Away."), EnvironmentFault("disk_full", "Full.", waits_for="disk"), 0)
    )

    def resume_parked() -> int:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(studio, "_parts", replace(studio._parts, renderer=QuickRenderer(no_voice)))
    monkeypatch.setattr(studio, "resume_parked", resume_parked)
    studio.store.submit(*make_jobs(1, template_hash=known_hash))
    assert work(studio, workers=1, drain=True) == 3
    assert next(answers, None) is None, "it did not ask again"


def test_drain_leaves_what_no_template_here_is_for(
    studio: Studio, known_hash: str, capsys: pytest.CaptureFixture[str]
) -> None:
    studio.store.submit(*make_jobs(2, template_hash=known_hash))
    studio.store.submit(*make_jobs(2, template_hash="f" * 64))
    assert work(studio, workers=1, drain=True) == 3
    assert "does not have: tiny." in capsys.readouterr().err
    counts = studio.counts()
    assert (counts[State.DONE], counts[State.READY]) == (2, 2)


@pytest.fixture
def known_hash(studio: Studio) -> str:
    """Of a template that is here."""
    return studio.templates()[0].content_hash
