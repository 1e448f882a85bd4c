"""FFmpeg's progress, read from lines that FFmpeg 9.0 really wrote."""

from __future__ import annotations

from core.media.progress import FfmpegProgress, ProgressParser

CAPTURED = """\
frame=2
fps=0.00
stream_0_0_q=28.0
bitrate=N/A
total_size=N/A
out_time_us=N/A
out_time_ms=N/A
out_time=N/A
dup_frames=0
drop_frames=0
speed=N/A
progress=continue
frame=26
fps=0.00
stream_0_0_q=28.0
bitrate= 812.4kbits/s
total_size=97488
out_time_us=960000
out_time_ms=960000
out_time=00:00:00.960000
dup_frames=0
drop_frames=0
speed= 2.4x
progress=continue
frame=30
fps=0.00
stream_0_0_q=-1.0
out_time_us=1120000
out_time_ms=1120000
out_time=00:00:01.120000
speed=2.62x
progress=end
"""


def read(text: str) -> list[FfmpegProgress]:
    parser = ProgressParser()
    return [told for line in text.splitlines(keepends=True) if (told := parser.feed(line)) is not None]


def test_one_progress_a_block() -> None:
    assert read(CAPTURED) == [
        FfmpegProgress(0.0, 2, ended=False),
        FfmpegProgress(0.96, 26, ended=False),
        FfmpegProgress(1.12, 30, ended=True),
    ]


def test_time_never_runs_back() -> None:
    told = read(
        "out_time_us=-23220\nprogress=continue\nout_time_us=500000\nprogress=continue\nout_time_us=N/A\nprogress=end\n"
    )
    assert [one.out_time_s for one in told] == [0.0, 0.5, 0.5]


def test_other_lines_are_passed_over() -> None:
    assert read("Press [q] to stop\n\n=\nframe\nout_time_us=abc\nprogress=continue\n") == [
        FfmpegProgress(0.0, 0, ended=False)
    ]


def test_carriage_returns_of_windows_do_no_harm() -> None:
    assert read("out_time_us=40000\r\nframe=1\r\nprogress=end\r\n") == [FfmpegProgress(0.04, 1, ended=True)]
