"""Mouths that are encoded together: each as if it were alone, by one maker, and none half."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import ffmpeg
import pytest

from core.errors import Cancelled
from core.media import encode as encode_module
from core.media.encode import Cut, Mouthed, Patch, encode
from core.media.presets import Preset
from core.progress import Progress, unwatched
from core.template import segments
from core.template.segments import SegmentBank
from tests.conftest import FRAMES, TINY
from tests.core.render.mouth_template import BOX, make_mouthed_template

Together = list[list[Path]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_mouthed_template(tmp_path_factory.mktemp("mouthed") / "tiny")


@pytest.fixture
def mouths(folder: Path) -> list[Mouthed]:
    cut = Cut(folder / "clips" / "message.mp4", ((0, FRAMES["message"]),))
    patches = [Patch(folder / "clips" / f"mouth-{shape}.mp4", BOX[0], BOX[1]) for shape in "ADF"]
    return [Mouthed(cut, (patch,)) for patch in patches]


@pytest.fixture
def together(monkeypatch: pytest.MonkeyPatch) -> Together:
    """What was encoded, by run."""
    runs: Together = []

    def count(pictures: Sequence[tuple[Mouthed, Path]], preset: Preset, progress: Progress) -> None:
        runs.append([picture.patches[0].clip for picture, _ in pictures])
        encode_module.encode_mouths(pictures, preset, progress)

    monkeypatch.setattr(segments, "encode_mouths", count)
    return runs


def test_together_gives_the_same_bytes_as_alone(tmp_path: Path, mouths: list[Mouthed], together: Together) -> None:
    bank = SegmentBank(tmp_path / "bank")
    bank.prepare(mouths, TINY, unwatched)
    assert [len(run) for run in together] == [3]
    for number, picture in enumerate(mouths):
        alone = tmp_path / f"{number}.mp4"
        encode(picture, alone, TINY, unwatched)
        assert bank.has(picture, TINY)
        assert bank.segment(picture, TINY, unwatched).read_bytes() == alone.read_bytes()


def test_what_is_there_is_not_made_again(tmp_path: Path, mouths: list[Mouthed], together: Together) -> None:
    bank = SegmentBank(tmp_path)
    bank.segment(mouths[1], TINY, unwatched)
    bank.prepare(mouths, TINY, unwatched)
    bank.prepare(mouths, TINY, unwatched)
    assert sorted(together[0]) == sorted([mouths[0].patches[0].clip, mouths[2].patches[0].clip])
    assert len(together) == 1


def test_many_who_ask_in_any_order_are_served_by_one(tmp_path: Path, mouths: list[Mouthed], together: Together) -> None:
    banks = [SegmentBank(tmp_path), SegmentBank(tmp_path)]
    with ThreadPoolExecutor(6) as pool:
        orders = [mouths, mouths[::-1], mouths[1:], mouths[:2], mouths[::2], mouths]
        list(pool.map(lambda n: banks[n % 2].prepare(orders[n], TINY, unwatched), range(6)))
    made = [clip for run in together for clip in run]
    assert sorted(made) == sorted(picture.patches[0].clip for picture in mouths)


def test_given_up_leaves_nothing_behind(tmp_path: Path, mouths: list[Mouthed]) -> None:
    def give_up(fraction: float) -> None:
        raise Cancelled("cancelled", "given up")

    bank = SegmentBank(tmp_path)
    with pytest.raises(Cancelled):
        bank.prepare(mouths, TINY, give_up)
    assert not any(bank.has(picture, TINY) for picture in mouths)
    assert [file for file in tmp_path.rglob("*.mp4") if file.is_file()] == []


def test_a_patch_is_set_in_as_if_it_were_laid_over(
    tmp_path: Path, mouths: list[Mouthed], monkeypatch: pytest.MonkeyPatch
) -> None:
    places = [(BOX[0], BOX[1]), (0, 0), (108 - BOX[2], 192 - BOX[3]), (0, 64)]  # also at the frame's edges
    for number, (x, y) in enumerate(places):
        old = mouths[0].patches[0]
        picture = Mouthed(mouths[0].under, (Patch(old.clip, x, y),))
        encode(picture, tmp_path / f"inlaid{number}.mp4", TINY, unwatched)
        with monkeypatch.context() as patched:
            patched.setattr(encode_module, "_inlaid", _overlaid)
            encode(picture, tmp_path / f"over{number}.mp4", TINY, unwatched)
        inlaid, over = (tmp_path / f"{how}{number}.mp4" for how in ("inlaid", "over"))
        assert inlaid.read_bytes() == over.read_bytes(), (x, y)


def _overlaid(below: object, above: object, patch: Patch, ground: object) -> object:
    del ground
    return ffmpeg.filter([below, above], "overlay", x=patch.x, y=patch.y, format="auto", eof_action="pass")
