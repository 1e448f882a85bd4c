"""The whole program, put together as app.py does: a change reaches its log, its caches and its services."""

from __future__ import annotations

import argparse
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring

from core.console.arguments import parse
from core.logs.setup import configure_logs
from core.paths import DataFolder
from core.render.pipeline import Pipeline
from core.settings.declaration import Settings
from core.studio import Studio
from providers.assembly import open_studio

SECRET = "opensesame_4711_Zauberwort"


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nobody's environment, and nobody's keyring."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]
    yield
    keyring.set_keyring(before)
    configure_logs("INFO", as_json=False, to_stderr=False)


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "data").create()


@pytest.fixture
def options(folder: DataFolder) -> argparse.Namespace:
    return parse(["render", "x.csv", "--data-dir", str(folder.root)])


@pytest.fixture
def studio(folder: DataFolder, options: argparse.Namespace, monkeypatch: pytest.MonkeyPatch) -> Iterator[Studio]:
    import tempfile

    monkeypatch.setattr(tempfile, "tempdir", None)  # the program sets its own
    with open_studio(options, folder) as opened:
        yield opened


def last_line(folder: DataFolder) -> str:
    return (folder.logs / "trineo.log").read_text(encoding="utf-8").splitlines()[-1]


def test_the_log_follows(studio: Studio, folder: DataFolder) -> None:
    logging.getLogger("core.x").debug("before")
    studio.settings_desk.change("log_level", "DEBUG")
    logging.getLogger("core.x").debug("after")
    assert "after" in last_line(folder)
    assert "before" not in (folder.logs / "trineo.log").read_text(encoding="utf-8")
    studio.settings_desk.change("use_json_logging", "true")
    logging.getLogger("x").warning("for machines")
    assert json.loads(last_line(folder))["message"] == "for machines"


def test_a_key_is_known_to_the_log_from_the_moment_it_is_entered(studio: Studio, folder: DataFolder) -> None:
    studio.settings_desk.change("heygen_api_key", SECRET)
    logging.getLogger("a.library").warning("asked with %s", SECRET)
    assert "asked with" in last_line(folder)
    assert SECRET not in (folder.logs / "trineo.log").read_text(encoding="utf-8")
    assert SECRET in folder.keys_file.read_text(encoding="utf-8")  # there is no keyring here


def test_what_makes_films_follows(studio: Studio, tmp_path: Path) -> None:
    pipeline = studio._parts.renderer
    assert isinstance(pipeline, Pipeline)
    desk = studio.settings_desk
    desk.change("workers", "7")
    desk.change("output_dir", str(tmp_path / "films"))
    desk.change("films_per_machine", "true")
    desk.change("speak_by_sentence", "false")
    desk.change("audio_cache_max_size_mb", "33")
    assert pipeline._encoders.places == 7
    assert pipeline._own_films == tmp_path / "films"
    assert pipeline._speech.by_sentence is False
    assert studio.caches.usage()["speech"].limit_bytes == 33_000_000


def test_a_service_is_connected_by_its_key(studio: Studio) -> None:
    assert studio.services() == []
    studio.settings_desk.change("elevenlabs_api_key", SECRET)
    assert [one.name for one in studio.services()] == ["elevenlabs"]
    studio.settings_desk.change("elevenlabs_api_key", "")
    assert studio.services() == []


def test_what_was_changed_is_there_after_a_restart(
    folder: DataFolder, options: argparse.Namespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tempfile

    monkeypatch.setattr(tempfile, "tempdir", None)
    with open_studio(options, folder) as studio:
        studio.settings_desk.change("max_job_attempts", "5")
        studio.settings_desk.change("synclabs_api_key", SECRET)
    with open_studio(options, folder) as studio:
        assert studio.settings.max_job_attempts == 5
        assert [one.name for one in studio.services()] == ["synclabs"]
        assert not studio.settings_desk.entry("max_job_attempts").waits


def test_misspelt_names_are_told_on_the_terminal(
    folder: DataFolder,
    options: argparse.Namespace,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    import tempfile

    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setenv("MAX_JOB_ATEMPTS", "4")
    with open_studio(options, folder):
        pass
    out, err = capsys.readouterr()
    assert "Did you mean MAX_JOB_ATTEMPTS?" in err
    assert out == ""
