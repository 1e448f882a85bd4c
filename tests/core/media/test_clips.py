"""Clips as studios and phones deliver them: each becomes house picture, or is refused by its name."""

from __future__ import annotations

import subprocess
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
import pytest

from core.errors import JobFault
from core.media import ffmpeg
from core.media.clip import clip_info
from core.media.encode import Cut, encode
from core.progress import unwatched
from tests.conftest import TINY, make_clip
from tests.stand_ins import raises_code


def make(path: Path, *arguments: str) -> Path:
    subprocess.run([ffmpeg.executable(), "-v", "error", "-y", *arguments, str(path)], check=True, capture_output=True)
    return path


def lavfi(source: str) -> list[str]:
    return ["-f", "lavfi", "-i", source]


def house(clip: Path, tmp_path: Path) -> npt.NDArray[np.uint8]:
    """All its frames as (n, rows, columns) of brightness, checked to be as many as were promised."""
    frames = clip_info(clip).frames_at(TINY.fps)
    encode(Cut(clip, ((0, frames),)), tmp_path / "house.mp4", TINY, unwatched)
    with av.open(str(tmp_path / "house.mp4")) as container:
        shown = [frame.to_ndarray(format="yuv420p")[:192, :108] for frame in container.decode(video=0)]
    assert len(shown) == frames
    return np.array(shown)


def test_rates_of_all_kinds(tmp_path: Path) -> None:
    for number, rate in enumerate(("24000/1001", "24", "30000/1001", "30", "50", "60", "12")):
        clip = make(tmp_path / f"{number}.mp4", *lavfi(f"testsrc2=s=64x64:r={rate}"), "-t", "2")
        assert len(house(clip, tmp_path)) == pytest.approx(50, abs=2)


def test_a_variable_rate_keeps_its_time(tmp_path: Path) -> None:
    """One second at 30 frames, then one at 10, as phones do in the dark; brighter with time."""
    timing = "setpts='if(lt(N,30),N/30,1+(N-30)/10)/TB'"
    grey = "geq=lum='if(lt(N,30),40+N*100/30,140+(N-30)*10)':cb=128:cr=128"
    source = lavfi("color=black:s=64x64:r=90")
    filters = ["-vf", f"format=yuv420p,{grey},settb=1/9000,{timing}", "-frames:v", "40"]
    clip = make(tmp_path / "vfr.mp4", *source, *filters, "-fps_mode", "vfr", "-enc_time_base", "1/9000", "-qp", "0")
    info = clip_info(clip)
    assert not info.steady
    shown = house(clip, tmp_path)
    assert len(shown) == pytest.approx(50, abs=3)
    for n in (10, 24, 30, 40):
        assert shown[n].mean() == pytest.approx(40 + n * 4, abs=9)


def test_odd_sizes_and_shapes_are_covered(tmp_path: Path) -> None:
    for number, size in enumerate(("101x57", "57x101", "333x333", "2001x301")):
        clip = make(tmp_path / f"{number}.mkv", *lavfi(f"color=gray:s={size}:r=25"), "-t", "0.2", "-c:v", "ffv1")
        shown = house(clip, tmp_path)
        assert shown.min() > 100, "there are bars"


def test_a_phones_rotation_is_applied(tmp_path: Path) -> None:
    """Stored lying, its upper half white when held upright."""
    lying = "color=black:s=192x108:r=25,drawbox=x=96:w=96:h=108:c=white:t=fill"
    stored = make(tmp_path / "stored.mp4", *lavfi(lying), "-t", "0.2", "-qp", "0")
    turned = make(tmp_path / "turned.mp4", "-display_rotation:v:0", "90", "-i", str(stored), "-c", "copy")
    assert clip_info(turned).rotation in (90, 270)
    shown = house(turned, tmp_path)
    assert shown[:, 4:90].mean() == pytest.approx(235, abs=3)
    assert shown[:, 102:].mean() == pytest.approx(16, abs=3)


@pytest.mark.parametrize(("transfer", "name"), [("smpte2084", "PQ"), ("arib-std-b67", "HLG")])
def test_hdr_is_brought_down_to_what_screens_show(tmp_path: Path, transfer: str, name: str) -> None:
    tags = f"setparams=color_primaries=bt2020:color_trc={transfer}:colorspace=bt2020nc:range=tv"
    source = lavfi(f"gradients=s=108x192:r=25:c0=black:c1=white:x0=0:y0=0:x1=0:y1=191:n=2,format=yuv420p10le,{tags}")
    clip = make(tmp_path / "hdr.mp4", *source, "-t", "0.2", "-c:v", "libx265", "-x265-params", "log-level=none")
    assert clip_info(clip).hdr == name
    rows = house(clip, tmp_path)[2].mean(axis=1)
    assert rows.max() > 150, "it is left dark"
    assert rows.max() <= 236


def test_every_pixel_format_becomes_the_films(tmp_path: Path) -> None:
    for pixel_format in ("yuv422p10le", "yuv444p", "gbrp", "gray"):
        clip = make(tmp_path / f"{pixel_format}.mkv", *lavfi("color=0x808080:s=64x64:r=25"), "-t", "0.2")
        clip = make(tmp_path / f"x{pixel_format}.mkv", "-i", str(clip), "-c:v", "ffv1", "-pix_fmt", pixel_format)
        assert house(clip, tmp_path).mean() == pytest.approx(126, abs=4)


def cut_short(path: Path, share: float) -> Path:
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    return path


def test_a_clip_that_breaks_off_is_refused_by_name(tmp_path: Path) -> None:
    noisy = [*lavfi("testsrc2=s=320x240:r=25"), "-t", "2"]
    fast = cut_short(make(tmp_path / "fast.mp4", *noisy, "-movflags", "+faststart"), 0.6)
    webm = cut_short(make(tmp_path / "net.webm", *noisy, "-c:v", "libvpx", "-b:v", "1M"), 0.6)
    for clip in (fast, webm):
        with raises_code(JobFault, "clip_truncated") as caught:
            clip_info(clip)
        assert clip.name in str(caught.value)
    late = cut_short(make(tmp_path / "late.mp4", *noisy), 0.6)
    with raises_code(JobFault, "media_unreadable") as caught:
        clip_info(late)
    assert "late.mp4" in str(caught.value)


def test_what_holds_no_frame_is_refused_by_name(tmp_path: Path) -> None:
    sound = make(tmp_path / "sound.mp4", *lavfi("sine=d=1"))
    with raises_code(JobFault, "clip_without_picture") as caught:
        clip_info(sound)
    assert "sound.mp4" in str(caught.value)
    clip = tmp_path / "clip.mp4"
    make_clip(clip, 5, 40)
    empty = make(tmp_path / "empty.mkv", "-i", str(clip), "-frames:v", "0", "-c", "copy")
    (tmp_path / "nothing.mp4").write_bytes(b"")
    for path in (empty, tmp_path / "nothing.mp4", tmp_path / "absent.mp4"):
        with pytest.raises(JobFault) as refused:
            clip_info(path)
        assert refused.value.code in ("media_unreadable", "clip_without_picture", "clip_missing")
        assert path.name in str(refused.value)


def test_one_frame_is_a_clip(tmp_path: Path) -> None:
    clip = tmp_path / "one.mp4"
    make_clip(clip, 1, 40)
    assert clip_info(clip).frames_at(25) == 1
