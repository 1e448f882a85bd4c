"""The soak, for some seconds: everything it does happens, nothing is lost, and after it nothing is left running."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from core.media.presets import Preset
from core.template.model import Template
from tests.soak.soaking import Sample, Soak, Soaked


@pytest.mark.slow
@pytest.mark.usefixtures("tiny_preset")
def test_a_short_soak(tmp_path: Path, tiny_template: Template, tiny_preset: Preset) -> None:
    threads = threading.active_count()
    soaked = Soak(tmp_path, tiny_template).run(0.5, restart_every_s=14.0)
    assert soaked.films > 0
    assert soaked.restarts >= 2
    assert soaked.cleanings >= 1
    assert soaked.lost == 0
    assert soaked.samples
    assert soaked.table()
    assert threading.active_count() <= threads


def test_what_grows_is_not_flat() -> None:
    steady = Soaked([Sample(n, 100_000_000, 10, 30, 5_000_000) for n in range(40)])
    assert steady.is_flat()
    for growing in ("rss", "threads", "files", "disk"):
        values = {"rss": 100_000_000, "threads": 10, "files": 30, "disk": 50_000_000}
        leaking = Soaked([Sample(n, **{**values, growing: values[growing] * (1 + n // 8)}) for n in range(40)])
        assert not leaking.is_flat(), growing
