"""What a name card adds: films with 3 s of a child's own picture, against those 3 s and films without, in turns."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from benchmarks import rivals
from benchmarks.material import CARD_FROM_S, CARD_S, make_material
from core.jobs.local import open_store
from core.jobs.store import JobStore
from core.media.presets import find_preset


class Studio(Protocol):
    """A running Trineo that makes so many films and answers where they are."""

    def batch(self, films: int) -> list[Path]: ...


Open = Callable[[Path, Path, JobStore, ExitStack], Studio]
"""Opens one on a template's folder, in a folder of its own, on a queue, for as long as the stack lasts."""


def measure(open_studio: Open, preset: str, films: int, rounds: int, workers: int, folder: Path) -> dict[str, float]:
    """Seconds a film: `with card`, `without`, `3 s` alone; and the ratio, round by round, of the first to the rest."""
    material = make_material(folder / "material", find_preset(preset), card=True)
    pieces = folder / "pieces"
    pieces.mkdir(parents=True, exist_ok=True)

    def encode_all() -> None:
        with ThreadPoolExecutor(workers) as pool:
            names = [pieces / f"{number}.mp4" for number in range(films)]
            list(pool.map(lambda name: rivals.stretch(material, CARD_FROM_S, CARD_S, name), names))

    found: dict[str, list[float]] = {}
    with ExitStack() as stack:
        with_card, without = (
            open_studio(
                template, folder / name, stack.enter_context(closing(open_store(None, folder / name / "queue"))), stack
            )
            for name, template in (("card", material.carded), ("plain", material.template))
        )
        for studio in (with_card, without):
            studio.batch(1)  # warms its bank
        for _ in range(rounds):
            alone, plain, own = (
                _cost(work) / films
                for work in (encode_all, lambda: without.batch(films), lambda: with_card.batch(films))
            )
            ratio = own / (alone + plain)
            told = {"with card": own.seconds, "without": plain.seconds, "3 s": alone.seconds, "ratio": ratio.seconds}
            for name, seconds in {**told, "ratio, processor time": ratio.processor_s}.items():
                found.setdefault(name, []).append(seconds)
            print(
                f"with a card {own.seconds:.2f} s, without {plain.seconds:.2f} s, the 3 s alone {alone.seconds:.2f} s: "
                f"{ratio.seconds:.3f} times the sum; {ratio.processor_s:.3f} times by processor time",
                flush=True,
            )
    return {name: statistics.median(seconds) for name, seconds in found.items()}


@dataclass(frozen=True, slots=True)
class _Cost:
    """How long it took, and how much of the processors: the second hardly depends on what else they do."""

    seconds: float
    processor_s: float

    def __add__(self, other: _Cost) -> _Cost:
        return _Cost(self.seconds + other.seconds, self.processor_s + other.processor_s)

    def __truediv__(self, by: _Cost | int) -> _Cost:
        if isinstance(by, int):
            return _Cost(self.seconds / by, self.processor_s / by)
        return _Cost(self.seconds / by.seconds, self.processor_s / by.processor_s)


def _cost(work: Callable[[], object]) -> _Cost:
    started, used = time.monotonic(), os.times()
    work()
    now = os.times()
    return _Cost(time.monotonic() - started, sum(now[:4]) - sum(used[:4]))  # of this process and of its children
