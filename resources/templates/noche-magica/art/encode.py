"""Frames go raw into FFmpeg, and a finished file takes its place at once."""

import subprocess
from collections.abc import Iterable
from pathlib import Path

import imageio_ffmpeg

FPS = 25
WIDTH, HEIGHT = 1080, 1920
CRF = 14
FILTERS = (
    "scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd+full_chroma_int,format=yuv420p,"
    "setparams=colorspace=bt709:color_primaries=bt709:color_trc=bt709:range=tv"
)


def _command(target: Path, size: tuple[int, int], entropy: str) -> list[str]:
    source = ["-f", "rawvideo", "-pix_fmt", "bgra", "-s", f"{size[0]}x{size[1]}", "-r", str(FPS), "-i", "-"]
    tags = ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"]
    return [
        imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-loglevel", "error", *source,
        "-vf", FILTERS,
        "-an", "-c:v", "libx264", "-preset", "slow", "-crf", str(CRF), "-g", "50", "-coder", entropy, *tags,
        "-map_metadata", "-1", "-fflags", "+bitexact", "-movflags", "+faststart", str(target),
    ]  # fmt: skip


def encode(
    frames: Iterable[bytes], target: Path, size: tuple[int, int] = (WIDTH, HEIGHT), *, read_often: bool = False
) -> None:
    """`read_often`: a clip that is decoded for every mouth is coded so that this is cheap, for a seventh more bytes."""
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.stem}.part{target.suffix}")
    command = _command(temporary, size, "vlc" if read_often else "cabac")
    process = subprocess.Popen(command, stdin=subprocess.PIPE)
    assert process.stdin is not None
    try:
        for frame in frames:
            process.stdin.write(frame)
    finally:
        process.stdin.close()
        code = process.wait()
    if code:
        temporary.unlink(missing_ok=True)
        raise RuntimeError(f"FFmpeg ended with {code} for {target.name}")
    temporary.replace(target)
