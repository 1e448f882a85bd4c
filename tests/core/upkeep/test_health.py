"""Health: a check that can't be made is a failing check, and the others are made all the same."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from core.errors import EnvironmentFault, RenderError, UsageError
from core.jobs.keys import key
from core.jobs.local import open_store
from core.jobs.machines import Machine
from core.jobs.store import JobStore
from core.render.interfaces import Availability, ServiceState, SpeechProvider
from core.settings.loading import load_settings
from core.template.assets import AssetCheck
from core.template.library import TemplateLibrary
from core.template.model import load_template
from core.upkeep import health
from core.upkeep.health import Check, Inspector, Light
from tests.redis_server import redis_server
from tests.stand_ins import HummingVoice, make_jobs, raises_code


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


@pytest.fixture
def store(tmp_path: Path) -> Iterator[JobStore]:
    with closing(open_store(None, tmp_path / "queue")) as store:
        yield store


class Connected:
    """Services in a certain state; asking one raises `error`, if there is one."""

    def __init__(self, circuit: str = "closed", error: RenderError | None = None, *, free: bool = True) -> None:
        self._state = ServiceState("heygen", circuit, "quota_gone" if circuit != "closed" else "", 10, 3)
        self._error = error
        self._free = free
        self.asked = 0
        self.tools: dict[str, Availability] = {}

    def own_tools(self) -> dict[str, Availability]:
        return self.tools

    def states(self) -> list[ServiceState]:
        return [self._state]

    def ask(self, name: str) -> bool:
        assert name == "heygen"
        self.asked += 1
        if self._error is not None:
            raise self._error
        return self._free


def looked_at(
    store: JobStore,
    tmp_path: Path,
    *,
    services: Connected | None = None,
    voices: Sequence[SpeechProvider] = (),
    installed: Path | None = None,
) -> dict[str, Check]:
    settings = load_settings(output_dir=tmp_path / "films")
    inspector = Inspector(settings, store, TemplateLibrary(installed), voices, tmp_path, services)
    return {one.name: one for one in inspector.inspect()}


def test_all_is_well(store: JobStore, tmp_path: Path, tiny_folder: Path) -> None:
    folder = tiny_folder.parent
    checks = looked_at(store, tmp_path, services=Connected(), voices=[HummingVoice()], installed=folder)
    wrong = {name: str(one.what) for name, one in checks.items() if one.light is not Light.OK and name != "disk space"}
    assert not wrong
    assert set(checks) >= {"store", "ffmpeg", "output folder", "templates", "clock", "workers", "queue"}
    assert set(checks) >= {"disk space", "provider heygen", "voice humming"}


def test_films_that_nobody_makes(store: JobStore, tmp_path: Path) -> None:
    store.submit(*make_jobs(3))
    found = looked_at(store, tmp_path)["queue"]
    assert found.light is Light.WARNING
    assert "3" in str(found.what)
    store.register(Machine("here:1", "here", "1", 2))
    assert looked_at(store, tmp_path)["queue"].light is Light.OK


def test_films_that_wait_for_long(tmp_path: Path) -> None:
    now = [1_700_000_000.0]
    store = JobStore.in_memory(lambda: now[0])
    store.submit(*make_jobs(1))
    now[0] += 7200
    store.register(Machine("here:1", "here", "1", 2))
    checks = looked_at(store, tmp_path)
    assert checks["queue"].light is Light.WARNING
    assert "120" in str(checks["queue"].what)
    assert checks["clock"].light is Light.WARNING


def test_machines_that_are_silent_or_set_aside(tmp_path: Path) -> None:
    now = [1_700_000_000.0]
    store = JobStore.in_memory(lambda: now[0])
    store.register(Machine("old:1", "old pc", "1", 2))
    now[0] += 120
    store.register(Machine("new:1", "new pc", "1", 2))
    silent = looked_at(store, tmp_path)["workers"]
    assert (silent.light, "old pc" in str(silent.what), "new pc" in str(silent.what)) == (Light.WARNING, True, False)
    store.client.hset(key("blame"), "new:1", "3")
    aside = looked_at(store, tmp_path)["workers"]
    assert (aside.light, "new pc" in str(aside.what)) == (Light.WARNING, True)
    assert str(aside.remedy)


def test_providers_are_asked_where_that_is_free(store: JobStore, tmp_path: Path) -> None:
    assert looked_at(store, tmp_path, services=Connected(free=False))["provider heygen"].light is Light.OK
    open_circuit = Connected("open")
    found = looked_at(store, tmp_path, services=open_circuit)["provider heygen"]
    assert (found.light, "quota_gone" in str(found.what), open_circuit.asked) == (Light.WARNING, True, 0)
    refused = Connected(error=EnvironmentFault("key_refused", "The key is wrong.", "Correct it.", waits_for="x"))
    found = looked_at(store, tmp_path, services=refused)["provider heygen"]
    assert (found.light, str(found.remedy)) == (Light.WARNING, "Correct it.")


def test_tools_of_ones_own_have_a_light(store: JobStore, tmp_path: Path) -> None:
    services = Connected()
    assert "provider wav2lip" not in looked_at(store, tmp_path, services=services)
    services.tools = {"wav2lip": Availability(True)}
    assert looked_at(store, tmp_path, services=services)["provider wav2lip"].light is Light.OK
    services.tools = {"wav2lip": Availability(False, "no Python was found that runs it (WAV2LIP_PYTHON)")}
    found = looked_at(store, tmp_path, services=services)["provider wav2lip"]
    assert (found.light, "WAV2LIP_PYTHON" in str(found.what), bool(str(found.remedy))) == (Light.WARNING, True, True)


def test_without_any_voice_nothing_can_be_made(store: JobStore, tmp_path: Path) -> None:
    checks = looked_at(store, tmp_path, voices=[HummingVoice(usable=False)])
    assert checks["voice humming"].light is Light.WARNING
    assert checks["voice"].light is Light.FAILING


def test_a_broken_template_is_found_before_a_batch_starts_and_when_it_changes(
    tiny_folder: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "tiny"
    shutil.copytree(tiny_folder, folder)
    check = AssetCheck()
    check.check(load_template(folder))
    clip = folder / "clips" / "outro.mp4"
    whole = clip.read_bytes()
    for content in (b"", whole[: len(whole) // 2], b"x" * 5000):
        clip.write_bytes(content)
        with raises_code(UsageError, "template_assets_unusable") as caught:
            check.check(load_template(folder))
        assert "outro.mp4" in str(caught.value)
    clip.write_bytes(whole)
    check.check(load_template(folder))
    (folder / "room.wav").write_bytes(b"RIFF")
    with raises_code(UsageError, "template_assets_unusable"):
        check.check(load_template(folder))


@pytest.mark.redis
def test_a_redis_is_looked_at_the_same_way(tmp_path: Path) -> None:
    (tmp_path / "redis").mkdir()
    with redis_server(tmp_path / "redis") as server:
        with closing(open_store(server.url, tmp_path)) as store:
            checks = looked_at(store, tmp_path)
            assert {checks[name].light for name in ("store", "clock", "queue", "workers")} == {Light.OK}
        with closing(open_store(server.url, tmp_path)) as store:
            server.stop()
            checks = looked_at(store, tmp_path)
            assert checks["store"].light is Light.FAILING
            assert checks["ffmpeg"].light is Light.OK
