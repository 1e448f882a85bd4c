"""How much of a template's picture survives encoding: VMAF of its shared segments against their scaled source.

python -m benchmarks.quality                     the default template and preset, every frame; a few minutes
python -m benchmarks.quality --every 5           every fifth frame
python -m benchmarks.quality --preset master --template DIR
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import ffmpeg

from core.logs.setup import configure_logs
from core.media.clip import clip_info
from core.media.encode import Cut, encode
from core.media.encoder import usable
from core.media.ffmpeg import Limits, run
from core.media.house import house_picture
from core.media.presets import Preset, find_preset
from core.progress import unwatched
from core.template.library import TemplateLibrary

_ENOUGH = 95.0


@dataclass(frozen=True, slots=True)
class Score:
    """VMAF of one section's picture, and what a second of it takes, in kbit."""

    section: str
    frames: int
    mean: float
    lowest: float
    kbps: float


def score(section: str, clip: Path, preset: Preset, every: int, folder: Path) -> Score:
    """Encodes the whole clip as the bank does and compares each frame with what went into the encoder."""
    frames = clip_info(clip).frames_at(preset.fps)
    segment = folder / f"{section}.mp4"
    encode(Cut(clip, ((0, frames),)), segment, preset, unwatched)
    log = folder / f"{section}.json"
    seen = ffmpeg.input(str(segment)).video.filter("setpts", "PTS-STARTPTS").filter("settb", "AVTB")
    source = ffmpeg.input(str(clip)).video.filter("fps", preset.fps)
    meant = house_picture(source, preset, clip_info(clip)).filter("setpts", "PTS-STARTPTS").filter("settb", "AVTB")
    compared = ffmpeg.filter(
        [seen, meant], "libvmaf", log_fmt="json", log_path=log.as_posix(), n_threads=2, n_subsample=every, shortest=1
    )
    output = compared.output("-", f="null")
    run(output, duration_s=frames / preset.fps, progress=unwatched, limits=Limits(3600, 600))
    found = [frame["metrics"]["vmaf"] for frame in json.loads(log.read_text(encoding="utf-8"))["frames"]]
    assert len(found) == -(-frames // every), (len(found), frames)
    kbps = segment.stat().st_size * 8 / 1000 / (frames / preset.fps)
    return Score(section, len(found), statistics.fmean(found), min(found), kbps)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--template", default="noche-magica", metavar="NAME|DIR")
    parser.add_argument("--preset", default="vertical-1080")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="look at every Nth frame")
    parser.add_argument("--json", action="store_true", help="figures on the last line")
    given = parser.parse_args(arguments)
    template = TemplateLibrary().find(given.template)
    preset = usable(find_preset(given.preset))
    with tempfile.TemporaryDirectory(prefix="trineo-quality-") as temporary:
        folder = Path(temporary)
        configure_logs("WARNING", folder=folder / "logs", as_json=False, to_stderr=False)
        scores = []
        for section in template.sections:
            started = time.monotonic()
            one = score(section.name, template.path(section.clip), preset, given.every, folder)
            scores.append(one)
            print(
                f"{one.section}: VMAF {one.mean:.2f}, lowest frame {one.lowest:.2f}, {one.frames} frames, "
                f"{one.kbps:.0f} kbit/s ({time.monotonic() - started:.0f} s)",
                flush=True,
            )
    worst = min(scores, key=lambda one: one.mean)
    verdict = "enough" if worst.mean >= _ENOUGH else f"below {_ENOUGH:.0f}"
    print(f"{given.preset}: {worst.section} is the lowest with {worst.mean:.2f}: {verdict}")
    if given.json:
        print(json.dumps({one.section: {"mean": one.mean, "lowest": one.lowest, "kbps": one.kbps} for one in scores}))


if __name__ == "__main__":
    main()
