"""The stand-ins as a process of their own, as tests with real processes use them."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core.errors import TransientError
from core.paths import ROOT
from core.progress import unwatched
from core.settings.loading import load_settings
from providers.elevenlabs import ElevenLabsVoice
from tests.providers.rigs import LINE, TEXT
from tests.stand_in_services import ALL


@pytest.fixture
def services() -> Iterator[dict[str, Any]]:
    command = [sys.executable, "-m", "tests.stand_in_services", "all"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            told = [json.loads(process.stdout.readline()) for _ in ALL]
            yield {one["name"]: one for one in told}
        finally:
            process.kill()


def ask(address: str, body: dict[str, Any] | None = None, method: str = "GET") -> dict[str, Any]:
    request = urllib.request.Request(address, data=json.dumps(body).encode() if body else None, method=method)
    with urllib.request.urlopen(request, timeout=10) as answer:
        told: dict[str, Any] = json.loads(answer.read())
        return told


def test_one_is_used_misbehaves_and_keeps_count(services: dict[str, Any], tmp_path: Path) -> None:
    assert set(services) == set(ALL)
    mine = services["elevenlabs"]
    voice = ElevenLabsVoice(load_settings(**{name.lower(): value for name, value in mine["settings"].items()}))
    control = f"{mine['address']}/_stand_in"
    voice.speak(LINE, tmp_path / "a.wav", unwatched)
    ask(f"{control}/faults", {"name": "429_rate", "path": "text-to-speech", "times": 1}, "POST")
    with pytest.raises(TransientError):
        voice.speak(LINE, tmp_path / "b.wav", unwatched)
    voice.speak(LINE, tmp_path / "b.wav", unwatched)
    state = ask(f"{control}/state")
    assert state["charged"] == {"characters": 2 * len(TEXT), "creates": 2}
    assert len(state["requests"]) == 3
    voice.close()
