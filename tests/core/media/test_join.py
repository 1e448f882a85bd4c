"""Encoding and joining, frame by frame: what comes out is what was cut, in its place."""

from __future__ import annotations

from pathlib import Path

import av
import pytest

from core.errors import JobFault
from core.media.encode import Cut, Transition, encode
from core.media.mix import mix
from core.media.mux import Piece, join
from core.media.probe import probe
from core.progress import unwatched
from tests.conftest import TINY, make_clip
from tests.stand_ins import raises_code


def greys(film: Path) -> list[float]:
    """The mean brightness of each frame."""
    with av.open(str(film)) as container:
        return [float(frame.to_ndarray(format="gray").mean()) for frame in container.decode(video=0)]


def rounded(film: Path) -> list[int]:
    return [round(grey) for grey in greys(film)]


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("clip") / "clip.mp4"
    make_clip(path, 60, 40)
    return path


def seen(first: int, end: int) -> list[int]:
    """What `gray` shows for the clip's frames: full range, where the file holds limited range."""
    return [round((40 + n - 16) * 255 / 219) for n in range(first, end)]


def close(found: list[int], meant: list[int]) -> bool:
    return len(found) == len(meant) and all(abs(a - b) <= 1 for a, b in zip(found, meant, strict=True))


@pytest.mark.parametrize(
    "spans", [((0, 60),), ((0, 1),), ((13, 41),), ((59, 60),), ((50, 60), (0, 7)), ((1, 60), (0, 1))]
)
def test_a_cut_holds_exactly_its_frames(clip: Path, tmp_path: Path, spans: tuple[tuple[int, int], ...]) -> None:
    cut = Cut(clip, spans)
    encode(cut, tmp_path / "cut.mp4", TINY, unwatched)
    meant = [grey for first, end in spans for grey in seen(first, end)]
    assert close(rounded(tmp_path / "cut.mp4"), meant)


def test_a_dissolve_goes_from_one_to_the_other(clip: Path, tmp_path: Path) -> None:
    dissolve = Transition(Cut(clip, ((0, 10),)), Cut(clip, ((55, 60), (0, 5))))
    encode(dissolve, tmp_path / "dissolve.mp4", TINY, unwatched)
    before, after = seen(0, 10), seen(55, 60) + seen(0, 5)
    meant = [round(a + (b - a) * n / 10) for n, (a, b) in enumerate(zip(before, after, strict=True))]
    assert all(abs(a - b) <= 2 for a, b in zip(rounded(tmp_path / "dissolve.mp4"), meant, strict=True))


def test_all_segments_share_what_joining_needs(clip: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.mp4"
    make_clip(other, 40, 100, size="320x180", rate=30)
    pictures = [Cut(clip, ((0, 1),)), Cut(clip, ((3, 60),)), Cut(other, ((0, 30),))]
    pictures_infos = []
    for number, picture in enumerate(pictures):
        encode(picture, tmp_path / f"{number}.mp4", TINY, unwatched)
        pictures_infos.append(probe(tmp_path / f"{number}.mp4").video)
    assert all(info is not None for info in pictures_infos)
    facts = {
        (i.extradata, i.width, i.height, i.pix_fmt, i.frame_rate, i.color, i.profile)
        for i in pictures_infos
        if i is not None
    }
    assert len(facts) == 1
    assert facts.pop()[5] == (1, 1, 1, 1)


def test_joined_pieces_keep_every_frame_in_its_place(clip: Path, tmp_path: Path) -> None:
    loop, end = tmp_path / "loop.mp4", tmp_path / "end.mp4"
    encode(Cut(clip, ((0, 60),)), loop, TINY, unwatched)
    encode(Cut(clip, ((7, 20),)), end, TINY, unwatched)
    pieces = [Piece(loop, 60), Piece(loop, 25), Piece(end, 13), Piece(loop, 50)]
    frames = sum(piece.frames for piece in pieces)
    mix([], frames / 25, 64, tmp_path / "sound.m4a", unwatched)

    joined = join(pieces, tmp_path / "sound.m4a", tmp_path / "film.mp4", unwatched, comment="trineo:x")

    assert joined.frames == frames
    assert close(rounded(tmp_path / "film.mp4"), seen(0, 60) + seen(0, 25) + seen(7, 20) + seen(0, 50))
    with av.open(str(tmp_path / "film.mp4")) as film:
        times = [frame.pts for frame in film.decode(video=0)]
        assert times == [512 * n for n in range(frames)]
        assert film.metadata["comment"] == "trineo:x"
    info = probe(tmp_path / "film.mp4")
    assert info.audio is not None
    assert info.audio.duration_s == pytest.approx(frames / 25, abs=0.04)


def test_a_clip_of_another_rate_is_shown_at_the_films(tmp_path: Path) -> None:
    clip = tmp_path / "thirty.mp4"
    make_clip(clip, 60, 40, rate=30)
    encode(Cut(clip, ((0, 50),)), tmp_path / "cut.mp4", TINY, unwatched)
    assert len(greys(tmp_path / "cut.mp4")) == 50


@pytest.mark.parametrize("content", [b"", b"no film at all", b"\0\0\0\x18ftypmp42" + b"\0" * 40])
def test_what_is_no_film_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "clip.mp4"
    path.write_bytes(content)
    with raises_code(JobFault, "media_unreadable") as caught:
        probe(path)
    assert "clip.mp4" in str(caught.value)
