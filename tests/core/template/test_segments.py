"""The segment bank: each picture encoded once, by one, whole."""

from __future__ import annotations

import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from core.errors import Cancelled, JobFault, TransientError
from core.media import encode as encode_module
from core.media import ffmpeg
from core.media.encode import Cut, Picture, Titled, Transition
from core.media.presets import Preset
from core.media.probe import probe
from core.progress import Progress, unwatched
from core.template import segments
from core.template.segments import SegmentBank
from tests.conftest import TINY
from tests.core.media.drawn import title
from tests.stand_ins import raises_code


@pytest.fixture
def encoded(monkeypatch: pytest.MonkeyPatch) -> list[Picture]:
    """What was really encoded."""
    seen: list[Picture] = []

    def count(picture: Picture, destination: Path, preset: Preset, progress: Progress) -> None:
        seen.append(picture)
        encode_module.encode(picture, destination, preset, progress)

    monkeypatch.setattr(segments, "encode", count)
    return seen


@pytest.fixture
def cut(tiny_folder: Path) -> Cut:
    return Cut(tiny_folder / "clips" / "intro.mp4", ((0, 30),))


def test_many_askers_one_encoding(tmp_path: Path, cut: Cut, encoded: list[Picture]) -> None:
    banks = [SegmentBank(tmp_path), SegmentBank(tmp_path)]
    with ThreadPoolExecutor(6) as pool:
        paths = set(pool.map(lambda n: banks[n % 2].segment(cut, TINY, unwatched), range(12)))
    assert len(paths) == 1
    assert len(encoded) == 1
    video = probe(paths.pop()).video
    assert video is not None
    assert video.frames == 30


def test_what_differs_is_another_segment(tmp_path: Path, cut: Cut, encoded: list[Picture]) -> None:
    bank = SegmentBank(tmp_path)
    other = TINY.model_copy(update={"crf": 30})
    paths = [
        bank.segment(cut, TINY, unwatched),
        bank.segment(Cut(cut.clip, ((0, 29),)), TINY, unwatched),
        bank.segment(cut, other, unwatched),
    ]
    assert len(set(paths)) == 3
    renamed = TINY.model_copy(update={"title": {"en": "Other"}, "audio_kbps": 64})
    assert bank.segment(cut, renamed, unwatched) == paths[0]
    assert len(encoded) == 3


def test_a_segment_of_the_wrong_length_is_thrown_away(tmp_path: Path, cut: Cut) -> None:
    bank = SegmentBank(tmp_path)
    with raises_code(TransientError, "segment_unsound"):
        bank.segment(Cut(cut.clip, ((40, 70),)), TINY, unwatched)
    assert not list(tmp_path.rglob("*.mp4"))


def test_giving_up_leaves_nothing_and_frees_the_others(tmp_path: Path, cut: Cut) -> None:
    bank = SegmentBank(tmp_path)
    begun = threading.Event()

    def stop(_fraction: float) -> None:
        begun.set()
        raise Cancelled("cancelled", "Enough.")

    with pytest.raises(Cancelled):
        bank.segment(cut, TINY, stop)
    assert begun.is_set()
    assert not list(tmp_path.rglob("*.mp4"))
    assert bank.segment(cut, TINY, unwatched).is_file()


def test_a_segment_damaged_on_disk_is_made_again(tmp_path: Path, cut: Cut, encoded: list[Picture]) -> None:
    path = SegmentBank(tmp_path).segment(cut, TINY, unwatched)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2] + b"\0" * (len(whole) - len(whole) // 2))
    assert SegmentBank(tmp_path).segment(cut, TINY, unwatched).read_bytes() == whole
    assert len(encoded) == 2


def damaged(path: Path) -> Path:
    """A clip with a hole in its middle."""
    command = [ffmpeg.executable(), "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=320x240:r=25", "-t", "2"]
    subprocess.run([*command, "-g", "10", str(path)], check=True, capture_output=True)
    rotten = bytearray(path.read_bytes())
    middle = len(rotten) // 2
    rotten[middle : middle + 3000] = bytes(3000)
    path.write_bytes(rotten)
    return path


def test_a_damaged_clip_is_refused_by_its_name(tmp_path: Path, cut: Cut) -> None:
    clip = damaged(tmp_path / "rotten.mp4")
    bad = Cut(clip, ((0, 50),))
    bank = SegmentBank(tmp_path / "bank")
    own = Titled(bad, 50, (title("Ana"),))
    for picture in (bad, Transition(cut, Cut(clip, ((20, 50),))), own):
        with raises_code(JobFault, "clip_damaged") as caught:
            bank.segment(picture, TINY, unwatched)
        assert "rotten.mp4" in str(caught.value)
    assert not list((tmp_path / "bank").rglob("*.mp4"))
    assert bank.segment(Cut(clip, ((0, 10),)), TINY, unwatched).is_file(), "what is before the hole is whole"


def test_a_failure_that_is_not_the_clips_stays_what_it_is(tmp_path: Path, cut: Cut) -> None:
    with raises_code(TransientError, "ffmpeg_failed"):
        SegmentBank(tmp_path).segment(cut, TINY.model_copy(update={"level": "9.9"}), unwatched)


def test_the_bank_is_bounded_but_keeps_what_a_film_uses(tmp_path: Path, cut: Cut) -> None:
    bank = SegmentBank(tmp_path, limit_bytes=1)
    with bank.in_use():
        mine = [bank.segment(Cut(cut.clip, ((n, n + 5),)), TINY, unwatched) for n in range(2)]
        assert all(path.is_file() for path in mine)
    bank.segment(Cut(cut.clip, ((9, 12),)), TINY, unwatched)
    assert bank.usage().files == 1
