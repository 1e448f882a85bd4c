"""Every transition, frame by frame: what is seen is what the timeline promises."""

from __future__ import annotations

import subprocess
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
import pytest

from core.media import ffmpeg
from core.media.encode import Cut, Kind, Transition, encode
from core.progress import unwatched
from tests.conftest import TINY, make_clip

FRAMES = 10
BEFORE, AFTER = 60, 160  # the grey of each clip's frame 0; frame n is n brighter


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clips")
    make_clip(folder / "before.mp4", 20, BEFORE)
    make_clip(folder / "after.mp4", 20, AFTER)
    for name, grey in (("before", BEFORE), ("after", AFTER)):
        _with_alpha(folder / f"{name}.mov", grey, ["prores_ks", "-profile:v", "4444", "-pix_fmt", "yuva444p10le"])
        webm = ["libvpx-vp9", "-lossless", "1", "-pix_fmt", "yuva420p", "-auto-alt-ref", "0"]
        _with_alpha(folder / f"{name}.webm", grey, webm)
    return folder


def _with_alpha(path: Path, grey: int, codec: list[str]) -> None:
    """Frame n is plain grey `grey` + n, its left half transparent."""
    command = [ffmpeg.executable(), "-v", "error", "-f", "lavfi", "-i", "color=black:s=108x192:r=25"]
    command += ["-vf", f"format=yuva444p,geq=lum='{grey}+N':cb=128:cr=128:a='255*gte(X,54)'", "-frames:v", "20"]
    subprocess.run([*command, "-c:v", *codec, str(path)], check=True, capture_output=True)


def seen(tmp_path: Path, transition: Transition) -> list[npt.NDArray[np.float64]]:
    """Brightness (as in the file, 16 is black) of each column of each frame."""
    encode(transition, tmp_path / "t.mp4", TINY, unwatched)
    with av.open(str(tmp_path / "t.mp4")) as container:
        frames = [frame.to_ndarray(format="yuv420p")[:192, :108] for frame in container.decode(video=0)]
    assert len(frames) == transition.frames
    return [frame.mean(axis=0) for frame in frames]


def made(
    folder: Path, kind: Kind, *, before: str = "before.mp4", after: str = "after.mp4", color: str = "000000"
) -> Transition:
    return Transition(Cut(folder / before, ((5, 15),)), Cut(folder / after, ((0, FRAMES),)), kind, color)


def goes(n: int) -> int:
    return BEFORE + 5 + n


def comes(n: int) -> int:
    return AFTER + n


def test_dissolve(folder: Path, tmp_path: Path) -> None:
    for n, columns in enumerate(seen(tmp_path, made(folder, "dissolve"))):
        assert columns == pytest.approx(goes(n) + (comes(n) - goes(n)) * n / FRAMES, abs=1.5)


@pytest.mark.parametrize(("color", "luma"), [("000000", 16), ("ffffff", 235)])
def test_dip(folder: Path, tmp_path: Path, color: str, luma: int) -> None:
    for n, columns in enumerate(seen(tmp_path, made(folder, "dip", color=color))):
        grey, share = (goes(n), n / 5) if n < 5 else (comes(n), (10 - n) / 5)
        assert columns == pytest.approx(grey + (luma - grey) * share, abs=2.5), n


@pytest.mark.parametrize("kind", ["wipe-left", "wipe-right"])
def test_wipe_sideways(folder: Path, tmp_path: Path, kind: Kind) -> None:
    for n, columns in enumerate(seen(tmp_path, made(folder, kind))):
        new = round(108 * n / FRAMES)
        shown = columns if kind == "wipe-right" else columns[::-1]
        assert shown[: max(0, new - 4)] == pytest.approx(comes(n), abs=2)
        assert shown[new + 4 :] == pytest.approx(goes(n), abs=2)


@pytest.mark.parametrize("kind", ["wipe-up", "wipe-down"])
def test_wipe_up_and_down(folder: Path, tmp_path: Path, kind: Kind) -> None:
    for n, columns in enumerate(seen(tmp_path, made(folder, kind))):
        meant = goes(n) + (comes(n) - goes(n)) * n / FRAMES
        assert columns.mean() == pytest.approx(meant, abs=3)


@pytest.mark.parametrize("ending", ["mov", "webm"])
def test_the_clip_that_comes_lies_over_its_neighbour(folder: Path, tmp_path: Path, ending: str) -> None:
    for n, columns in enumerate(seen(tmp_path, made(folder, "alpha-in", after=f"after.{ending}"))):
        assert columns[:50] == pytest.approx(goes(n), abs=2)
        assert columns[58:] == pytest.approx(comes(n), abs=2)


@pytest.mark.parametrize("ending", ["mov", "webm"])
def test_the_clip_that_goes_lies_over_its_neighbour(folder: Path, tmp_path: Path, ending: str) -> None:
    for n, columns in enumerate(seen(tmp_path, made(folder, "alpha-out", before=f"before.{ending}"))):
        assert columns[:50] == pytest.approx(comes(n), abs=2)
        assert columns[58:] == pytest.approx(goes(n), abs=2)


@pytest.mark.parametrize("ending", ["mov", "webm"])
def test_alone_what_is_transparent_is_black(folder: Path, tmp_path: Path, ending: str) -> None:
    encode(Cut(folder / f"after.{ending}", ((0, 5),)), tmp_path / "cut.mp4", TINY, unwatched)
    with av.open(str(tmp_path / "cut.mp4")) as container:
        for n, frame in enumerate(container.decode(video=0)):
            columns = frame.to_ndarray(format="yuv420p")[:192, :108].mean(axis=0)
            assert columns[:50] == pytest.approx(16, abs=2)
            assert columns[58:] == pytest.approx(comes(n), abs=2)
