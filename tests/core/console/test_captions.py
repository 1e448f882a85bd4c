"""`--captions`: what an order says of them arrives in the films."""

from __future__ import annotations

from pathlib import Path

import av
import pytest

from core.media.caption_track import read_captions
from tests.core.console.trineo import Trineo


@pytest.mark.slow
def test_captions_are_ordered_for_a_batch(trineo: Trineo) -> None:
    sheet = trineo.sheet("lote.csv", "Ana,cantaste")
    done = trineo("render", sheet, "--captions", "soft", *trineo.order)
    assert done.returncode == 0, done.stderr
    [film] = trineo.out.rglob("*.mp4")
    with av.open(str(film)) as container:
        assert "Ana" in " ".join(text for _, _, text in read_captions(container))
    done = trineo("render", sheet, "--captions", "vtt", *trineo.order)
    assert done.returncode == 0, done.stderr
    [beside] = trineo.out.rglob("*.vtt")
    assert "Ana" in beside.read_text(encoding="utf-8")
    assert beside.with_suffix(".mp4").is_file()


def test_a_kind_that_there_is_not_is_refused(trineo: Trineo, tmp_path: Path) -> None:
    done = trineo("render", str(tmp_path / "a.csv"), "--captions", "loud")
    assert done.returncode == 2
    assert "loud" in done.stderr
    assert "burned" in done.stderr
