"""A chain of FFmpeg's sound filters, run in this process: starting FFmpeg takes longer than filtering a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import av
import av.error
import numpy as np
from av.filter import Graph

from core.media import pcm
from core.media.pcm import Samples

Filter = tuple[str, str]
"""A filter's name and its arguments, as in a filter graph."""


def filtered(source: Path, chain: Sequence[Filter]) -> Samples:
    """The sound of `source`, one channel at 48 kHz, after `chain`. Raises `JobFault`: no sound."""
    try:
        parts = list(_frames(source, [*chain, ("aformat", "sample_fmts=fltp:sample_rates=48000:channel_layouts=mono")]))
    except (av.error.FFmpegError, ValueError) as error:
        reason = error.strerror if isinstance(error, av.error.FFmpegError) else error
        raise pcm.unreadable(source, str(reason)) from error
    return np.concatenate([np.zeros((1, 0), np.float32), *parts], axis=1)


def _frames(source: Path, chain: Sequence[Filter]) -> Iterator[Samples]:
    with av.open(str(source)) as container:
        graph = Graph()
        first = last = graph.add_abuffer(template=container.streams.audio[0])
        for name, arguments in [*chain, ("abuffersink", "")]:
            node = graph.add(name, arguments)
            last.link_to(node)
            last = node
        graph.configure()
        for frame in container.decode(audio=0):
            first.push(frame)
            yield from _ready(graph)
        first.push(None)
        yield from _ready(graph)


def _ready(graph: Graph) -> Iterator[Samples]:
    while True:
        try:
            frame = graph.pull()
        except (BlockingIOError, EOFError):
            return
        assert isinstance(frame, av.AudioFrame)
        yield frame.to_ndarray().astype(np.float32, copy=False)
