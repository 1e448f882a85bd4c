"""What is changed on the Settings page reaches whatever runs, without a restart; films in the making keep their own."""

from __future__ import annotations

import json
import logging
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.jobs.local import open_store
from core.jobs.model import State
from core.jobs.plan import Plan
from core.jobs.store import JobStore
from core.logs.setup import configure_logs
from core.paths import DataFolder, resources
from core.settings.keyring_door import KeyringDoor
from core.settings.keys import KeyStore
from core.settings.running import secrets_of
from core.settings.settings_file import SettingsFile
from core.settings.sources import Sources
from core.studio import Studio
from tests.core.settings.test_keys import FakeKeyring
from tests.gui.workshop import StandInRenderer, make_studio
from tests.redis_server import free_port
from tests.stand_ins import wait_until

SAMPLE = resources() / "samples" / "lote-navidad.csv"
SECRET = "opensesame_4711_Zauberwort"
OpenStudio = Callable[..., Studio]


@pytest.fixture
def renderer() -> StandInRenderer:
    return StandInRenderer(seconds=0.01)


@pytest.fixture
def ring() -> FakeKeyring:
    return FakeKeyring()


@pytest.fixture
def open_studio(tmp_path: Path, renderer: StandInRenderer, ring: FakeKeyring) -> Iterator[OpenStudio]:
    opened: list[Studio] = []

    def open_one(store: JobStore | None = None, **environment: str) -> Studio:
        folder = DataFolder(tmp_path / "data").create()
        file = SettingsFile(folder.settings_file)
        file.change({"output_dir": tmp_path / "films", "workers": 1, "shutdown_timeout_seconds": 5.0})
        keys = KeyStore(folder.keys_file, KeyringDoor(lambda: ring))
        studio = make_studio(
            tmp_path, renderer, store=store, sources=Sources(file, keys, environment=environment)
        ).__enter__()
        opened.append(studio)
        return studio

    yield open_one
    renderer.let_go.set()
    for studio in opened:
        studio.close()


def submit(studio: Studio, plan: Plan | None = None) -> list[str]:
    checked = studio.check([SAMPLE], studio.order())
    studio.submit(checked, plan or Plan())
    return [row.job.name for row in checked.accepted]


def test_more_films_at_once(open_studio: OpenStudio, renderer: StandInRenderer) -> None:
    studio = open_studio()
    names = [row.job.name for row in studio.check([SAMPLE], studio.order()).accepted]
    renderer.stuck_at = dict.fromkeys(names, "sound")
    submit(studio)
    studio.start_workers()
    wait_until(lambda: studio.counts()[State.RUNNING] == 1)
    studio.settings_desk.change("workers", "3")
    wait_until(lambda: studio.counts()[State.RUNNING] == 3)
    renderer.let_go.set()
    wait_until(lambda: studio.counts()[State.DONE] == len(names))


def test_what_the_command_line_asked_for_stays(open_studio: OpenStudio, renderer: StandInRenderer) -> None:
    studio = open_studio()
    names = [row.job.name for row in studio.check([SAMPLE], studio.order()).accepted]
    renderer.stuck_at = dict.fromkeys(names, "sound")
    submit(studio)
    studio.start_workers(2)
    wait_until(lambda: studio.counts()[State.RUNNING] == 2)
    studio.settings_desk.change("max_job_attempts", "5")
    studio.settings_desk.change("workers", "4")
    with pytest.raises(AssertionError):
        wait_until(lambda: studio.counts()[State.RUNNING] > 2, timeout_s=0.5)


def test_films_that_are_queued_from_now_on_go_elsewhere(open_studio: OpenStudio, tmp_path: Path) -> None:
    studio = open_studio()
    submit(studio)
    studio.settings_desk.change("output_dir", str(tmp_path / "elsewhere"))
    studio.settings_desk.change("film_names", "{name}-{row}")
    before = {record.job.output for record in studio.jobs()}
    submit(studio)
    outputs = {record.job.output for record in studio.jobs()}
    assert before <= outputs  # those that wait keep what they were made with
    assert {Path(one).parent for one in outputs - before} == {tmp_path / "elsewhere"}
    [check] = [one for one in studio.health() if one.name == "output folder"]
    assert str(tmp_path / "elsewhere") in str(check.what)


def test_approved_films_go_to_the_new_folder(open_studio: OpenStudio, tmp_path: Path) -> None:
    studio = open_studio()
    submit(studio, Plan(review_every=1))
    studio.start_workers()
    wait_until(lambda: studio.counts()[State.REVIEW] == 6)
    studio.settings_desk.change("delivery_dir", str(tmp_path / "delivered"))
    [record, *_] = [one for one in studio.jobs() if one.state is State.REVIEW]
    studio.review.approve([record.id])
    found = studio.store.job(record.id)
    assert found is not None
    assert found.result is not None
    assert Path(found.result.output).is_relative_to(tmp_path / "delivered")


def test_cleaning_goes_by_the_new_ages(open_studio: OpenStudio) -> None:
    studio = open_studio()
    submit(studio)
    studio.start_workers()
    wait_until(lambda: studio.counts()[State.DONE] == 6)
    assert studio.running.clean(dry_run=True)["scripts"].count == 0
    studio.settings_desk.change("scripts_max_age_days", "0")
    wait_until(lambda: studio.running.clean(dry_run=True)["scripts"].count == 6)


def test_the_figures_are_served_on_the_new_port(open_studio: OpenStudio) -> None:
    studio = open_studio()
    studio.start_workers()
    port = free_port()
    studio.settings_desk.change("metrics_port", str(port))
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as answer:
        assert b"trineo" in answer.read()
    studio.settings_desk.change("metrics_port", "")
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5)


def test_others_find_the_settings_of_now(open_studio: OpenStudio) -> None:
    studio = open_studio()
    studio.settings_desk.change("elevenlabs_api_key", SECRET)
    studio.settings_desk.change("papa_noel_voice_id_elevenlabs", "v1")
    assert studio.settings.elevenlabs_api_key.get_secret_value() == SECRET
    assert studio.connections.chosen_voice() == "v1"


@pytest.mark.parametrize("where", ["keyring", "file"])
def test_a_key_is_found_nowhere_but_where_it_is_kept(
    open_studio: OpenStudio, tmp_path: Path, ring: FakeKeyring, where: str
) -> None:
    """Not in a log, the journal, the support bundle, the store, the settings, nor in what is handed on."""
    if where == "file":
        ring.trouble = RuntimeError(f"locked: {SECRET}")
    data = DataFolder(tmp_path / "data").create()
    studio = open_studio(open_store(None, data.queue))
    configure_logs("DEBUG", as_json=True, folder=data.logs, to_stderr=False, secrets=secrets_of(studio.settings))
    try:
        for key in ("elevenlabs_api_key", "heygen_api_key", "higgsfield_api_key_id", "higgsfield_api_key_secret"):
            studio.settings_desk.change(key, SECRET)
        studio.settings_desk.change("redis_url", f"redis://user:{SECRET}@queue.example.com:6379/0")
        configure_logs("DEBUG", as_json=True, folder=data.logs, to_stderr=False, secrets=secrets_of(studio.settings))
        logging.getLogger("a.library").warning("asked with %s", SECRET)
        submit(studio)
        studio.start_workers()
        wait_until(lambda: studio.counts()[State.DONE] == 6)
        studio.settings_desk.hand_on(tmp_path / "out.env")
        studio.running.support(tmp_path / "support.zip", studio.health)
        studio.stop_workers()
        told = [json.dumps([str(one) for one in studio.connections.all()]), repr(studio.settings_desk.entries())]
        told += [repr(studio.settings), repr(studio.settings_desk.notices)]
        shown = repr(told)
    finally:
        configure_logs("INFO", as_json=False, to_stderr=False)
    assert SECRET not in shown
    holding = {path.name for path in tmp_path.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()}
    assert holding == ({"keys.json"} if where == "file" else set())
    assert _in_zip(tmp_path / "support.zip", SECRET) == []
    assert (tmp_path / "data" / "logs" / "trineo.log").stat().st_size > 0
    assert set(ring.kept.values()) == (
        set() if where == "file" else {SECRET, f"redis://user:{SECRET}@queue.example.com:6379/0"}
    )


def _in_zip(file: Path, words: str) -> list[str]:
    import zipfile

    with zipfile.ZipFile(file) as bundle:
        assert bundle.namelist()
        return [name for name in bundle.namelist() if words.encode() in bundle.read(name)]
