"""A studio's own mouths: every mistake in them is found before a film is made."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest

from core.media.encode import Cut, Mouthed, Patch
from core.media.mouths import SHAPES
from core.progress import unwatched
from core.template.check import check_template
from core.template.check_mouths import mouth_mistakes
from core.template.library import TemplateLibrary
from core.template.segments import SegmentBank
from tests.conftest import GREYS as LOOP_GREYS
from tests.conftest import TINY, make_clip
from tests.core.render.mouth_template import BOX, GREYS, make_mouth, make_mouthed_template


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One whose mouths are nothing but pieces of the loop: nothing is wrong with it."""
    made = make_mouthed_template(tmp_path / "tiny")
    for shape in GREYS:
        make_mouth(made / "clips" / f"mouth-{shape}.mp4", 60, LOOP_GREYS["message"])
    return made


def found(folder: Path) -> list[tuple[str, str]]:
    return [(one.where, one.code) for one in check_template(folder, TINY) if one.mistake]


def mouth(folder: Path, shape: str) -> Path:
    return folder / "clips" / f"mouth-{shape}.mp4"


def test_mouths_cut_from_the_loop_are_right(folder: Path) -> None:
    assert found(folder) == []


def test_one_that_would_be_seen_as_a_box_is_found(folder: Path) -> None:
    make_mouth(mouth(folder, "C"), 60, LOOP_GREYS["message"] + 20)
    assert found(folder) == [("clips/mouth-C.mp4", "mouth_seen_as_box")]


def test_one_that_is_a_frame_late_is_found_by_its_edge_only_if_it_can_be_seen(folder: Path) -> None:
    make_mouth(mouth(folder, "C"), 60, LOOP_GREYS["message"] + 1)
    assert found(folder) == []


def test_wrong_length_and_wrong_size_are_found_together(folder: Path) -> None:
    make_mouth(mouth(folder, "A"), 50, 90)
    make_mouth(mouth(folder, "B"), 60, 90, size="100x160")
    make_mouth(mouth(folder, "D"), 60, 90, size=f"{BOX[2]}x{BOX[3]}")
    mouth(folder, "D").write_bytes(mouth(folder, "D").read_bytes()[:900])
    mistakes = found(folder)
    assert ("clips/mouth-A.mp4", "mouth_length") in mistakes
    assert ("clips/mouth-B.mp4", "mouth_outside") in mistakes
    assert "clips/mouth-D.mp4" in {where for where, _ in mistakes}


def test_another_rate_is_another_length(folder: Path) -> None:
    mouth(folder, "A").unlink()
    make_clip(mouth(folder, "A"), 60, 90, size=f"{BOX[2]}x{BOX[3]}", rate=30)
    assert ("clips/mouth-A.mp4", "mouth_length") in found(folder)


def test_a_missing_shape_and_a_section_that_does_not_loop_are_found(folder: Path) -> None:
    toml = folder / "template.toml"
    text = toml.read_text(encoding="utf-8")
    toml.write_text(text.replace('E = "clips/mouth-E.mp4"\n', "").replace("loop = true\n", ""), encoding="utf-8")
    told = " ".join(str(one.what) for one in check_template(folder, TINY))
    assert "mouth E is missing" in told
    assert "only a section that loops can have mouths" in told


def test_an_odd_place_is_a_mistake(folder: Path) -> None:
    toml = folder / "template.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace(f"x = {BOX[0]}\n", "x = 21\n"), encoding="utf-8")
    assert found(folder)[0] == ("template.toml", "template_invalid")


def test_the_default_templates_mouths_lie_on_their_loop() -> None:
    template = TemplateLibrary().find("noche-magica")
    section = template.message
    assert section.mouths is not None
    assert {shape for shape in SHAPES if section.mouths.clip(shape) is not None} == set(SHAPES) - {"X"}
    assert list(mouth_mistakes(template, TINY)) == []
    together = sum(template.path(asset).stat().st_size for asset in template.assets if asset.startswith("clips/"))
    assert together <= 40_000_000


def test_a_patch_cut_from_the_loop_gives_the_loop(folder: Path, tmp_path: Path) -> None:
    bank = SegmentBank(tmp_path / "bank")
    loop = Cut(folder / "clips" / "message.mp4", ((0, 60),))
    patch = Patch(mouth(folder, "A"), BOX[0], BOX[1])
    plain, laid = (bank.segment(Mouthed(loop, patches), TINY, unwatched) for patches in ((), (patch,)))
    assert np.abs(frames(plain) - frames(laid)).max() <= 3


def frames(segment: Path) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    with av.open(str(segment)) as container:
        decoded = [frame.to_ndarray(format="gray").astype(np.float64) for frame in container.decode(video=0)]
    return np.stack(decoded)
