"""What a film costs: the bare limit, Trineo, one FFmpeg pass, MoviePy, three encodes; all in one run.

    python -m benchmarks.render            about twenty minutes on two cores; --quick: half a minute
    python -m benchmarks.render --flat     films per second and memory from 10 films to 1,000
    python -m benchmarks.render --card     what a name card of 3 s adds to each film

8 s intro, 28 s of speech over a 20 s loop, 6 s outro, two cross-fades of 0.6 s. Rounds of Trineo and the limit take
turns, so that what else the machine does falls on both. MoviePy gets a virtual environment of its own.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks import rivals
from benchmarks.card import measure
from benchmarks.material import Material, make_material
from core.jobs.local import open_store
from core.jobs.model import Batch, Job, State, new_id
from core.jobs.store import JobStore
from core.logs.setup import configure_logs
from core.media import ffmpeg
from core.media.presets import find_preset
from core.media.probe import film_seconds
from core.progress import Progress
from core.render.audio_cache import AudioCache
from core.render.interfaces import Availability, Cost, Line, Speech
from core.render.pipeline import Pipeline
from core.render.speech import SpeechStage
from core.settings.declaration import Settings
from core.template.library import TemplateLibrary
from core.template.segments import SegmentBank
from core.workers.pool import PoolOptions, WorkerPool
from core.workers.probes import Probes


class RecordedVoice:
    """Says the same for every text: what a service's answer is, without its network."""

    name = "recorded"

    def __init__(self, speech: Path) -> None:
        self._speech = speech

    def availability(self) -> Availability:
        return Availability(True)

    def voice(self, language: str) -> str:
        return language

    def cost(self, line: Line) -> Cost:
        del line
        return Cost()

    def speak(self, line: Line, destination: Path, progress: Progress) -> Speech:
        del line, progress
        shutil.copyfile(self._speech, destination)
        return Speech(destination, 0.0)


class Trineo:
    """The whole job path: queue with its journal, workers, leases, speech, film, check, publication."""

    def __init__(
        self, folder: Path, material: Material, preset: str, store: JobStore, template: Path | None = None
    ) -> None:
        self._folder = folder
        self._preset = preset
        self._store = store
        self._templates = TemplateLibrary()
        self._template = self._templates.find(str(template or material.template))
        (folder / "work").mkdir(parents=True, exist_ok=True)
        speech = SpeechStage([RecordedVoice(material.speech)], AudioCache(folder / "speech"))
        self._pipeline = Pipeline(self._templates, speech, SegmentBank(folder / "bank"), folder / "work")

    @contextmanager
    def working(self, workers: int) -> Iterator[None]:
        probes = Probes(self._folder, self._templates)
        pool = WorkerPool(self._store, self._pipeline, self._templates, probes, PoolOptions.of(Settings(), workers))
        pool.start()
        try:
            yield
        finally:
            pool.stop(10)

    def batch(self, films: int) -> list[Path]:
        """Each film's words are its own: its speech is levelled anew, nothing but the picture is shared."""
        batch = Batch(new_id(), "benchmark", films, time.time())
        jobs = [self._job(batch.id, number) for number in range(films)]
        self._store.submit(batch, jobs)
        while (
            sum((counts := self._store.counts(batch.id)).get(state, 0) for state in (State.DONE, State.FAILED)) < films
        ):
            time.sleep(0.005)
        assert counts[State.DONE] == films, counts
        return [Path(job.output) for job in jobs]

    def _job(self, batch: str, number: int) -> Job:
        return Job(
            id=new_id(),
            batch=batch,
            row=number + 2,
            source="benchmark",
            name=f"Child {number}",
            language="es",
            template=self._template.reference,
            template_hash=self._template.content_hash,
            output=str(self._folder / "films" / batch / f"{number:04}.mp4"),
            fields={"nombre": f"{batch} {number}"},
            preset=self._preset,
        )


@dataclass(frozen=True, slots=True)
class Options:
    films: int
    rounds: int
    workers: int
    preset: str
    moviepy: bool


def compare(options: Options, folder: Path) -> dict[str, float]:
    """Seconds per film of every way. `limit` and `trineo`: in a batch; the others: one film alone."""
    material = make_material(folder / "material", find_preset(options.preset))
    with closing(open_store(None, folder / "queue")) as store:
        trineo = Trineo(folder / "trineo", material, options.preset, store)
        with trineo.working(options.workers):
            [film] = trineo.batch(1)  # warms the bank
            film_s = film_seconds(film)
            print(f"the film lasts {film_s:.2f} s", flush=True)
            wav = folder / "mixed.wav"
            subprocess.run([ffmpeg.executable(), "-v", "error", "-y", "-i", film, "-vn", wav], check=True)
            seconds = _in_turns(options, folder, material, trineo, film, wav)
    alone: dict[str, Callable[[Path], None]] = {
        "one pass": lambda film: rivals.one_pass(material, film, film_s),
        "three encodes": lambda film: rivals.three_encodes(material, film, film_s),
    }
    if options.moviepy:
        python = rivals.moviepy_python(folder / "moviepy")
        alone["moviepy"] = lambda film: rivals.moviepy(python, material, film, film_s)
    for name, make in alone.items():
        film = folder / f"{name.replace(' ', '-')}.mp4"
        seconds[name] = _timed(lambda make=make, film=film: make(film))  # type: ignore[misc]
        assert abs(film_seconds(film) - film_s) < 0.1, (name, film_seconds(film), film_s)
        print(f"{name}: {seconds[name]:.1f} s", flush=True)
    return seconds


def _in_turns(
    options: Options, folder: Path, material: Material, trineo: Trineo, film: Path, wav: Path
) -> dict[str, float]:
    copies = folder / "limit"
    copies.mkdir(exist_ok=True)

    def limit_batch() -> None:
        with ThreadPoolExecutor(options.workers) as pool:
            names = [copies / f"{number}.mp4" for number in range(options.films)]
            list(pool.map(lambda name: rivals.limit(film, wav, material, name), names))

    limits, ours = [], []
    for _ in range(options.rounds):
        limits.append(_timed(limit_batch) / options.films)
        ours.append(_timed(lambda: trineo.batch(options.films)) / options.films)
        print(f"limit {limits[-1]:.3f} s, Trineo {ours[-1]:.3f} s: {ours[-1] / limits[-1]:.2f} times", flush=True)
    ratio = statistics.median(mine / bare for mine, bare in zip(ours, limits, strict=True))
    return {"limit": statistics.median(limits), "trineo": statistics.median(ours), "trineo/limit": ratio}


def _timed(work: Callable[[], object]) -> float:
    started = time.monotonic()
    work()
    return time.monotonic() - started


def flat(options: Options, folder: Path) -> list[dict[str, float]]:
    """Batches that grow: what a film costs, and how much memory the program holds after each."""
    material = make_material(folder / "material", find_preset(options.preset))
    found = []
    with closing(open_store(None, folder / "queue")) as store:
        trineo = Trineo(folder / "trineo", material, options.preset, store)
        with trineo.working(options.workers):
            trineo.batch(2)
            for films in (10, 100, 1000):
                if films > options.films:
                    break
                seconds = _timed(lambda films=films: shutil.rmtree(trineo.batch(films)[0].parent))  # type: ignore[misc]
                memory = psutil.Process().memory_info().rss / 1e6
                found.append({"films": films, "seconds a film": seconds / films, "MB": memory})
                print(found[-1], flush=True)
    return found


def card(options: Options, folder: Path) -> dict[str, float]:
    material = Material(folder / "material", find_preset(options.preset))

    def opened(template: Path, own: Path, store: JobStore, stack: ExitStack) -> Trineo:
        trineo = Trineo(own, material, options.preset, store, template)
        stack.enter_context(trineo.working(options.workers))
        return trineo

    return measure(opened, options.preset, options.films, options.rounds, options.workers, folder)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="small films, few of them, no MoviePy")
    parser.add_argument("--flat", action="store_true", help="only: cost and memory as batches grow")
    parser.add_argument("--card", action="store_true", help="only: films with a name card, and without")
    parser.add_argument("--films", type=int, help="films in a batch (20; with --flat at most 1000)")
    parser.add_argument("--rounds", type=int, help="rounds of the limit and Trineo in turn (5)")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--no-moviepy", action="store_true")
    parser.add_argument("--folder", type=Path, help="kept afterwards, MoviePy too; without: a temporary one")
    parser.add_argument("--json", action="store_true", help="figures on the last line")
    given = parser.parse_args(arguments)
    options = Options(
        films=given.films or (4 if given.quick or given.card else 1000 if given.flat else 20),
        rounds=given.rounds or (2 if given.quick else 5),
        workers=given.workers,
        preset="draft" if given.quick else "vertical-1080",
        moviepy=not (given.quick or given.no_moviepy),
    )
    with tempfile.TemporaryDirectory(prefix="trineo-benchmark-") as temporary:
        folder: Path = (given.folder or Path(temporary)).absolute()
        folder.mkdir(parents=True, exist_ok=True)
        configure_logs("WARNING", folder=folder / "logs", as_json=False, to_stderr=False)
        what = flat if given.flat else card if given.card else compare
        figures = what(options, folder)
    if isinstance(figures, dict) and "trineo" in figures:
        ours = figures["trineo"]
        for name in figures:
            if name not in ("limit", "trineo", "trineo/limit"):
                print(f"{name}: {figures[name] / ours:.0f} times Trineo's {ours:.3f} s")
    if given.json:
        print(json.dumps(figures))


if __name__ == "__main__":
    main()
