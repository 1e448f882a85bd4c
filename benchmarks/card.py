"""What a name card adds: films with 3 s of a child's own picture, against those 3 s and films without, in turns."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
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

    found: dict[str, list[float]] = {"with card": [], "without": [], "3 s": [], "ratio": []}
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
            alone = _timed(encode_all) / films
            plain = _timed(lambda: without.batch(films)) / films
            own = _timed(lambda: with_card.batch(films)) / films
            for name, seconds in zip(found, (own, plain, alone, own / (alone + plain)), strict=True):
                found[name].append(seconds)
            print(
                f"with a card {own:.2f} s, without {plain:.2f} s, the 3 s alone {alone:.2f} s: "
                f"{own / (alone + plain):.3f} times the sum",
                flush=True,
            )
    return {name: statistics.median(seconds) for name, seconds in found.items()}


def _timed(work: Callable[[], object]) -> float:
    started = time.monotonic()
    work()
    return time.monotonic() - started
