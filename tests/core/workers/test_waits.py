"""What parked jobs wait for, and when it is asked after."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from core.template.library import TemplateLibrary
from core.workers.probes import Probes, Wait


def test_what_a_probe_knows_goes_on_by_itself_and_the_rest_waits_for_a_person(tmp_path: Path) -> None:
    probes = Probes(tmp_path, TemplateLibrary(tmp_path))
    parked = {"disk:/films": 3, "person:call:1": 1, "nobody": 2}
    assert probes.waits(parked, lambda waits_for: float(len(waits_for))) == [
        Wait("disk:/films", 3, by_itself=True, asked_in_s=11.0),
        Wait("person:call:1", 1, by_itself=False),
        Wait("nobody", 2, by_itself=False),
    ]


def test_without_workers_nobody_here_asks(tmp_path: Path) -> None:
    [wait] = Probes(tmp_path, TemplateLibrary(tmp_path)).waits({"ffmpeg": 1}, None)
    assert wait == Wait("ffmpeg", 1, by_itself=True, asked_in_s=None)


def test_another_systems_folder_is_not_found_back_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("core.workers.probes._ENOUGH_BYTES", 0)
    probes = Probes(tmp_path, TemplateLibrary(tmp_path))
    foreign = "C:\\films\\lote" if os.name == "posix" else "films/lote"
    assert [probes.is_back(f"{kind}:{tmp_path}") for kind in ("folder", "disk")] == [True, True]
    assert [probes.is_back(f"{kind}:{foreign}") for kind in ("folder", "disk")] == [False, False]
    assert probes.is_back("disk")
