"""settings.toml: changed a value at a time, whole at every moment, and never written over what can't be read."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from core.errors import UsageError
from core.paths import ROOT
from core.settings.settings_file import SettingsFile
from core.settings.whole_file import held
from tests.stand_ins import raises_code

BY_HAND = """# ours, since 2024
workers = 3  # the old computer has four cores

colour = "red"   # of another program
MAX_JOB_ATTEMPTS = 5
papa_noel_voice_id = "abc"  # Grandfather

[other]
workers = "not ours"
"""


@pytest.fixture
def file(tmp_path: Path) -> SettingsFile:
    return SettingsFile(tmp_path / "settings.toml")


def test_one_that_is_not_there_is_empty_and_is_made(file: SettingsFile) -> None:
    assert file.read() == {}
    file.change({"workers": 2, "output_dir": Path("/srv/Películas"), "log_level": "DEBUG", "budget_per_day_usd": 1.5})
    assert file.read() == {
        "workers": 2,
        "output_dir": str(Path("/srv/Películas")),
        "log_level": "DEBUG",
        "budget_per_day_usd": 1.5,
    }


def test_comments_and_what_is_not_ours_stay(file: SettingsFile) -> None:
    file.path.write_text(BY_HAND, encoding="utf-8")
    file.change({"workers": 4, "max_job_attempts": 2, "stage_stall_seconds": 60.0})
    text = file.path.read_text(encoding="utf-8")
    for kept in ("# ours, since 2024", "# the old computer has four cores", 'colour = "red"   # of another program'):
        assert kept in text
    found = tomllib.loads(text)
    assert found["other"] == {"workers": "not ours"}
    assert (found["workers"], found["max_job_attempts"], found["stage_stall_seconds"]) == (4, 2, 60.0)
    assert "MAX_JOB_ATTEMPTS" not in found


def test_older_names_are_carried_over(file: SettingsFile) -> None:
    file.path.write_text(BY_HAND, encoding="utf-8")
    file.change({"workers": 4})
    found = tomllib.loads(file.path.read_text(encoding="utf-8"))
    assert found["papa_noel_voice_id_elevenlabs"] == "abc"
    assert "papa_noel_voice_id" not in found


def test_an_older_name_beside_the_newer_gives_way(file: SettingsFile) -> None:
    file.path.write_text('papa_noel_voice_id = "old"\npapa_noel_voice_id_elevenlabs = "new"\n', encoding="utf-8")
    file.change({"workers": 4})
    assert file.read()["papa_noel_voice_id_elevenlabs"] == "new"


def test_none_takes_a_value_out(file: SettingsFile) -> None:
    file.path.write_text(BY_HAND, encoding="utf-8")
    file.change({"workers": None, "max_job_attempts": None, "log_level": None})
    assert set(file.read()) == {"colour", "papa_noel_voice_id_elevenlabs", "other"}


@pytest.mark.parametrize("content", [b"workers = \n", b"workers = 3\nworkers = 4\n", b'a = "\xff"\n', b"\x00\x01"])
def test_what_can_not_be_read_is_told_and_left_as_it_is(file: SettingsFile, content: bytes) -> None:
    file.path.write_bytes(content)
    with raises_code(UsageError, "settings_unreadable"):
        file.read()
    with raises_code(UsageError, "settings_unreadable"):
        file.change({"workers": 2})
    assert file.path.read_bytes() == content
    assert [one.name for one in file.path.parent.iterdir() if one.suffix == ".part"] == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such rights")
def test_only_its_owner_can_read_it(file: SettingsFile) -> None:
    file.change({"workers": 2})
    assert file.path.stat().st_mode & 0o777 == 0o600


def test_nothing_is_written_if_nothing_changes(file: SettingsFile) -> None:
    file.path.write_text("workers = 3\n", encoding="utf-8")
    before = file.path.stat().st_mtime_ns
    file.change({"workers": 3, "log_level": None})
    assert file.path.stat().st_mtime_ns == before


def test_a_disk_that_refuses_leaves_what_was_there(file: SettingsFile, monkeypatch: pytest.MonkeyPatch) -> None:
    file.path.write_text("workers = 3\n", encoding="utf-8")

    def full(_number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with raises_code(UsageError, "file_not_written"):
        file.change({"workers": 4})
    assert file.path.read_text(encoding="utf-8") == "workers = 3\n"
    assert [one.name for one in file.path.parent.iterdir() if one.name.endswith(".part")] == []


def test_a_link_stays_one(file: SettingsFile, tmp_path: Path) -> None:
    (tmp_path / "real.toml").write_text("workers = 3\n", encoding="utf-8")
    file.path.symlink_to(tmp_path / "real.toml")
    file.change({"workers": 4})
    assert file.path.is_symlink()
    assert "workers = 4" in (tmp_path / "real.toml").read_text(encoding="utf-8")


def test_one_program_at_a_time(file: SettingsFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.settings.whole_file._PATIENCE_S", 0.1)
    with held(file.path), raises_code(UsageError, "file_in_use"):
        file.change({"workers": 4})


WRITER = """
import sys
from pathlib import Path
from core.settings.settings_file import SettingsFile
file = SettingsFile(Path(sys.argv[1]))
print("ready", flush=True)
number = 0
while True:
    number += 1
    file.change({"workers": number % 60 + 1, "film_names": "x" * 3000})
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kills with SIGKILL")
def test_killed_at_any_moment_it_is_whole(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('colour = "red"\n', encoding="utf-8")
    for round_ in range(6):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(file)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "ready\n"
            with pytest.raises(subprocess.TimeoutExpired):
                writer.wait(0.05 + 0.03 * round_)
            writer.send_signal(signal.SIGKILL)
        found = tomllib.loads(file.read_text(encoding="utf-8"))
        assert found["colour"] == "red"
        assert len(found.get("film_names", "x" * 3000)) == 3000
    SettingsFile(file).change({"workers": 7})  # what the killed ones left behind is in nobody's way
    assert SettingsFile(file).read()["workers"] == 7
