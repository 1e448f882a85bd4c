"""Programs killed at each point of a paid call: one create per film, whatever. `make chaos-paid` does fifty rounds."""

from __future__ import annotations

import argparse
import contextlib
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import make_tiny_template
from tests.core.console.trineo import Trineo
from tests.stand_in_services.heygen import HeyGenStandIn
from tests.stand_in_services.server import StandIn
from tests.stand_in_services.settings import settings_for
from tests.stand_ins import wait_until

FILMS = 2
_CREATE, _LOOK, _FILE = r"^/v3/videos$", r"^/v3/videos/", r"\?signature="


@dataclass(frozen=True, slots=True)
class Point:
    """When the program is killed: when `reached` says so, after up to `delay_s`.

    `hang`: the method and path of a request whose answer never comes.
    """

    reached: Callable[[StandIn], bool]
    delay_s: float = 0.05
    hang: tuple[str, str] | None = None


POINTS = {
    "before create": Point(lambda service: bool(service.asked("POST", r"^/v3/assets"))),
    "during create": Point(lambda service: bool(service.asked("POST", _CREATE)), hang=("POST", _CREATE)),
    "after create": Point(lambda service: bool(service.asked("POST", _CREATE)), delay_s=0.5),
    "while polling": Point(lambda service: len(service.asked("GET", _LOOK)) > 1, delay_s=1.0),
    "while downloading": Point(
        lambda service: any(seen.door == "files" and seen.method == "GET" for seen in service.seen),
        hang=("GET", "signature"),
    ),
}


@dataclass(slots=True)
class Outcome:
    """Of one round. `films` and `creates` should both be FILMS, `status` 0."""

    films: int
    creates: int
    status: int
    told: str

    @property
    def clean(self) -> bool:
        return (self.films, self.creates, self.status) == (FILMS, FILMS, 0)


def one_round(trineo: Trineo, service: HeyGenStandIn, point: Point, delay_s: float) -> Outcome:
    """Renders on an avatar that the stand-in makes, kills the program at `point`, and lets the next one finish."""
    environment = settings_for(service)
    sheet = trineo.sheet("lote.csv", *(f"Ana{number},ayudaste" for number in range(FILMS)))
    if point.hang:
        service.misbehave("hang", method=point.hang[0], path=point.hang[1], times=1)
    process = trineo.start("render", sheet, "--strategy", "avatar", "--json", *trineo.order, **environment)
    try:
        wait_until(lambda: point.reached(service) or process.poll() is not None, 60)
        time.sleep(delay_s)
    finally:
        process.kill()
        process.communicate()
    service.behave()
    drained = trineo("worker", "--drain", **environment)
    films = [film for film in trineo.out.rglob("*.mp4") if not film.name.startswith(".")]
    return Outcome(len(films), service.charged["creates"], drained.returncode, drained.stderr[-2000:])


@contextlib.contextmanager
def service_in_a_hurry() -> Iterator[HeyGenStandIn]:
    with HeyGenStandIn() as service:
        service.jobs.polls = 3
        yield service


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="trineo-paid-"))
    chance = random.Random(options.seed)
    (folder / "bank").mkdir()
    template = make_tiny_template(folder / "tiny")
    told: Counter[str] = Counter()
    started = time.monotonic()
    for number in range(options.rounds):
        name = list(POINTS)[number % len(POINTS)]
        place = folder / f"{number:04}"
        place.mkdir()
        (place / "tiny").symlink_to(template, target_is_directory=True)
        with service_in_a_hurry() as service:
            point = POINTS[name]
            outcome = one_round(Trineo(place, folder / "bank"), service, point, chance.uniform(0, point.delay_s))
        told["clean" if outcome.clean else "not clean"] += 1
        told["films"] += outcome.films
        told["creates"] += outcome.creates
        if not outcome.clean:
            print(f"round {number} ({name}): {outcome}", flush=True)
    seconds = time.monotonic() - started
    print(f"{options.rounds} rounds in {seconds:.0f} s: {told['films']} films, {told['creates']} creates, {dict(told)}")
    shutil.rmtree(folder)
    return 1 if told["not clean"] else 0


if __name__ == "__main__":
    sys.exit(main())
