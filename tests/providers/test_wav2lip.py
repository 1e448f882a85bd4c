"""Wav2Lip in a checkout: a film of its own folder, its faults named, nothing of it left running."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psutil
import pytest

from core.errors import Cancelled, EnvironmentFault, JobFault, RenderError, TransientError
from core.media.ffmpeg import Limits
from core.media.probe import probe
from core.progress import unwatched
from core.settings.loading import load_settings
from providers.wav2lip import Wav2LipFace
from tests.providers.rigs import SECONDS, make_task
from tests.stand_in_services.wav2lip_checkout import make_checkout
from tests.stand_ins import raises_code, wait_until

Make = Callable[..., Wav2LipFace]


@pytest.fixture
def face(tmp_path: Path) -> Make:
    def make(mode: str = "ok", limits: Limits | None = None) -> Wav2LipFace:
        checkout = make_checkout(tmp_path / "check out" / "Wav2Lip", mode)  # its path may have blanks in it
        configured = load_settings(wav2lip_repo_path=checkout, wav2lip_python=sys.executable)
        return Wav2LipFace(configured, limits) if limits else Wav2LipFace(configured)

    return make


def test_a_clip_is_made(face: Make, tmp_path: Path) -> None:
    told: list[float] = []
    made = tmp_path / "made.mp4"
    face().make(make_task(tmp_path), made, told.append)
    clip = probe(made)
    assert clip.video is not None
    assert clip.audio is not None
    assert clip.audio.duration_s == pytest.approx(SECONDS, abs=0.2)
    assert told == sorted(told)
    assert any(0.1 < fraction < 0.5 for fraction in told)


def test_also_where_the_path_of_what_is_temporary_has_blanks(
    face: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = tmp_path / "a b'; $(touch x) .d"
    odd.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(odd))
    face().make(make_task(tmp_path), tmp_path / "made.mp4", unwatched)
    assert (tmp_path / "made.mp4").is_file()
    assert not list(odd.iterdir())


def test_two_at_once_do_not_meet(face: Make, tmp_path: Path) -> None:
    one, task = face(), make_task(tmp_path)
    with ThreadPoolExecutor(2) as pool:
        films = [tmp_path / "a.mp4", tmp_path / "b.mp4"]
        list(pool.map(lambda film: one.make(task, film, unwatched), films))
    assert all(film.is_file() for film in films)


@pytest.mark.parametrize(
    ("mode", "kind", "code"),
    [
        ("no_face", JobFault, "wav2lip_no_face"),
        ("nan", JobFault, "wav2lip_silence"),
        ("no_film", TransientError, "wav2lip_no_film"),
        ("crash", TransientError, "wav2lip_failed"),
        ("no_module", EnvironmentFault, "wav2lip_unable"),
    ],
)
def test_its_faults(mode: str, kind: type[RenderError], code: str, face: Make, tmp_path: Path) -> None:
    with raises_code(kind, code) as caught:
        face(mode).make(make_task(tmp_path), tmp_path / "made.mp4", unwatched)
    assert type(caught.value) is kind
    assert caught.value.detail
    assert not (tmp_path / "made.mp4").exists()


def children() -> list[psutil.Process]:
    found = []
    for process in psutil.Process().children(recursive=True):
        try:
            line = process.cmdline()
        except psutil.Error:
            continue
        if any("inference.py" in word or "wav2lip-child" in word for word in line):
            found.append(process)
    return found


def test_it_and_its_children_end_with_the_job(face: Make, tmp_path: Path) -> None:
    def stop(_fraction: float) -> None:
        if len(children()) >= 2:
            raise Cancelled("cancelled", "Enough.")

    with pytest.raises(Cancelled):
        face("hang").make(make_task(tmp_path), tmp_path / "made.mp4", stop)
    wait_until(lambda: not children())


def test_one_that_gets_no_further_is_ended(face: Make, tmp_path: Path) -> None:
    with raises_code(TransientError, "wav2lip_stalled"):
        face("hang", Limits(timeout_s=60.0, stall_s=1.0)).make(make_task(tmp_path), tmp_path / "made.mp4", unwatched)
    wait_until(lambda: not children())


def test_a_python_that_can_not_be_started(tmp_path: Path) -> None:
    checkout = make_checkout(tmp_path / "Wav2Lip")
    nothing = tmp_path / "python"
    nothing.write_text("no program")
    nothing.chmod(0o755)
    face = Wav2LipFace(load_settings(wav2lip_repo_path=checkout, wav2lip_python=str(nothing)))
    with raises_code(EnvironmentFault, "wav2lip_unable"):
        face.make(make_task(tmp_path), tmp_path / "made.mp4", unwatched)


def test_why_it_can_not_be_used(tmp_path: Path) -> None:
    checkout = make_checkout(tmp_path / "Wav2Lip")

    def reason(**settings: Any) -> str:
        return Wav2LipFace(load_settings(**settings)).availability().reason

    assert reason(wav2lip_repo_path=checkout) == ""
    assert "WAV2LIP_REPO_PATH" in reason(wav2lip_repo_path=None)
    assert "WAV2LIP_REPO_PATH" in reason(wav2lip_repo_path=tmp_path)
    assert "WAV2LIP_CHECKPOINT" in reason(wav2lip_repo_path=checkout, wav2lip_checkpoint="none.pth")
    assert "WAV2LIP_PYTHON" in reason(wav2lip_repo_path=checkout, wav2lip_python="no-such-python")
    assert "DISABLE_WAV2LIP" in reason(wav2lip_repo_path=checkout, disable_wav2lip=True)


def test_its_own_python_comes_first(tmp_path: Path) -> None:
    checkout = make_checkout(tmp_path / "Wav2Lip")
    own = checkout / ".venv" / "bin" / "python"
    own.parent.mkdir(parents=True)
    own.symlink_to(sys.executable)
    face = Wav2LipFace(load_settings(wav2lip_repo_path=checkout))
    assert face._python() == str(own)
    assert face.cost(make_task(tmp_path)).usd == 0
    assert face.look() == "wav2lip_gan.pth/0 10 0 0/1"
