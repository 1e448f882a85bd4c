"""What a terminal does to a program, and what names from a sheet do to a terminal."""

from __future__ import annotations

import signal
from dataclasses import replace

import pytest

from core.console.display import Display
from core.console.interrupts import Interrupts
from core.console.reports import report_status
from core.events import JobProgress
from core.jobs.model import Batch
from core.studio import Studio
from tests.stand_ins import make_jobs


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="no nohup here")
def test_under_nohup_the_terminal_may_go() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        interrupts = Interrupts()
        with interrupts.counted():
            signal.raise_signal(signal.SIGHUP)
            assert interrupts.count == 0
            signal.raise_signal(signal.SIGTERM)
            assert interrupts.count == 1
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


def test_a_name_is_no_markup_to_the_bars(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "120")
    batch, [job] = make_jobs(1)
    display = Display({job.id: replace(job, name="Ana [/x]")})
    with display:
        display.progress(JobProgress(job.id, batch.id, "speech", 0.5))
    assert "Ana [/x]" in capsys.readouterr().err


def test_a_batch_name_is_no_markup(studio: Studio, capsys: pytest.CaptureFixture[str]) -> None:
    batch, jobs = make_jobs(1)
    studio.store.submit(Batch(batch.id, "lote [/x]", 1), jobs)
    assert report_status(studio, as_json=False) == 0
    assert "lote [/x]" in capsys.readouterr().out
