"""Health: a check that can't be made is a failing check, and the others are made all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from core import health
from core.health import Inspector, Light
from core.jobs.local import open_store
from core.jobs.store import JobStore
from core.settings import load_settings
from core.template.library import TemplateLibrary


def test_a_folder_that_may_not_be_entered_is_one_failing_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(folder: Path) -> int:
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr(health, "free_bytes", refuse)
    store: JobStore = open_store(None, tmp_path)
    try:
        settings = load_settings(output_dir=tmp_path / "films")
        checks = {one.name: one for one in Inspector(settings, store, TemplateLibrary(), [], tmp_path).inspect()}
    finally:
        store.close()
    assert checks["disk space"].light is Light.FAILING
    assert str(tmp_path / "films") in str(checks["disk space"].what)
    assert str(checks["disk space"].remedy)
    assert checks["output folder"].light is Light.OK
