"""Cleanup: what is old and ours goes; what is in use, somebody else's, or behind a link stays."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from filelock import FileLock

from core.errors import StoreAway
from core.jobs.ledger import Account, Amount, Budget
from core.jobs.local import open_store
from core.jobs.machines import Machine
from core.jobs.model import Job, Result, State, Strategy
from core.jobs.store import JobStore
from core.paths import DataFolder
from core.progress import unwatched
from core.render import publish
from core.settings.declaration import Settings
from core.storage.cache import MadeOnce, Usage, content_key
from core.storage.caches import Caches
from core.storage.looked import Looked
from core.storage.traces import Traces, taken
from core.upkeep.cleanup import Janitor, Schedule, clean_when_due
from tests.redis_server import redis_server
from tests.stand_ins import make_jobs

HOUR_S = 3600.0
JOB = "018f2a7c9b1d4e5f6a7b"


class Clock:
    """The store's time, which a test moves on."""

    def __init__(self) -> None:
        self.now_s = time.time()

    def __call__(self) -> float:
        return self.now_s


class Place:
    """A data folder with a store and a janitor."""

    def __init__(self, root: Path, clock: Clock | None = None, **settings: object) -> None:
        self.folder = DataFolder(root / "data").create()
        self.films = root / "films"
        self.films.mkdir(exist_ok=True)
        self.settings = Settings(output_dir=self.films, **settings)  # type: ignore[arg-type]
        self.clock = clock or Clock()
        self.store = open_store(None, self.folder.queue, clock=self.clock)
        self.traces = Traces(self.folder.traces)
        self.caches = Caches({})
        self.janitor = self.made(self.store)

    def made(self, store: JobStore) -> Janitor:
        return Janitor(self.settings, self.folder, store, self.caches, self.traces)

    def clean(self, *, dry_run: bool = False) -> dict[str, int]:
        return {kind: one.count for kind, one in self.janitor.clean(dry_run=dry_run).items() if one.count}


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path)
    with closing(made.store):
        yield made


def old(path: Path, hours: float = 30.0, content: bytes = b"x" * 10) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    when = time.time() - hours * HOUR_S
    os.utime(path, (when, when))
    return path


def end(store: JobStore, jobs: list[Job], **result: object) -> None:
    for _ in jobs:
        claim = store.claim("m/1", lease_s=30)
        assert claim is not None
        store.complete(claim, Result(claim.job.output, Strategy.VOICEOVER, 1.0, **result))  # type: ignore[arg-type]


def test_what_killed_programs_left_goes(place: Place) -> None:
    work, cache = place.folder.work, place.folder.cache
    gone = [
        old(work / f"{JOB}-0011aabb.m4a"),
        old(work / "trineo-ab_cd123" / "inside" / "voice.wav"),
        old(cache / "segments" / "ab" / f"{'ab' * 20}.0011aabb.part.mp4"),
        old(cache / "speech" / "ab" / f"{'ab' * 16}.0011aabb.part.voice.wav"),
        old(place.films / "lote" / f".trineo-{JOB}-0011aabb.part"),
        old(place.folder.queue / "queue.damaged-20260101-101010.txt", hours=200),
        old(place.folder.logs / "trineo.log.3", hours=200),
    ]
    folder = work / "trineo-ab_cd123"
    for inside in (folder / "inside", folder):
        os.utime(inside, (0, 0))
    before = place.clean(dry_run=True)
    assert all(path.exists() for path in gone)
    assert place.clean() == before == {"temporary files": 6, "logs": 1}
    assert not [path for path in gone if path.exists()]
    assert not folder.exists()
    assert place.clean() == {}


def test_what_is_new_or_not_ours_stays(place: Place) -> None:
    work, films = place.folder.work, place.films
    kept = [
        old(work / f"{JOB}-0011aabb.m4a", hours=23),
        old(work / "notes.txt"),
        old(work / "mine" / f"{JOB}-0011aabb.m4a"),
        old(work / "trineo-my-own-folder" / "x"),
        old(films / "0001-Ana.mp4"),
        old(films / ".trineo-thing.part"),
        old(films / "lote" / f"trineo-{JOB}-0011aabb.part"),
        old(place.folder.cache / "speech" / "ab" / f"{'ab' * 16}.wav"),
        old(place.folder.cache / "index.json"),
        old(place.folder.queue / "queue.journal.mine", hours=2000),
        old(place.folder.logs / "other.log.1", hours=2000),
    ]
    place.clean()
    assert [path for path in kept if not path.exists()] == []


def test_nothing_goes_through_a_link(place: Place, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    targets = [
        old(outside / f"{JOB}-0011aabb.m4a"),
        old(outside / f".trineo-{JOB}-0011aabb.part"),
        old(outside / "ab" / f"{'ab' * 20}.0011aabb.part.mp4"),
        old(outside / "trineo-ab_cd123" / "precious"),
    ]
    work = place.folder.work
    (work / f"{JOB}-0011aabb.m4a").symlink_to(targets[0])
    (work / "trineo-ab_cd123").symlink_to(outside / "trineo-ab_cd123", target_is_directory=True)
    (place.films / "linked").symlink_to(outside, target_is_directory=True)
    (place.films / f".trineo-{JOB}-22222222.part").symlink_to(targets[1])
    (place.folder.cache / "segments").symlink_to(outside, target_is_directory=True)
    inside = work / "trineo-zz_cd123"
    old(inside / "own")
    (inside / "link").symlink_to(outside, target_is_directory=True)
    for path in (inside / "link", inside):
        os.utime(path, (0, 0), follow_symlinks=False)
    hard = work / f"{JOB}-33333333.m4a"
    os.link(targets[0], hard)
    place.clean()
    assert [path for path in targets if not path.exists()] == []
    assert hard.exists()
    assert not inside.exists(), "a folder of ours goes with the links in it, but not what they lead to"


def test_the_films_folder_may_be_a_link_to_another_disk(tmp_path: Path) -> None:
    place = Place(tmp_path)
    with closing(place.store):
        real = tmp_path / "disk"
        real.mkdir()
        place.films.rmdir()
        place.films.symlink_to(real, target_is_directory=True)
        left = old(real / f".trineo-{JOB}-0011aabb.part")
        place.clean()
        assert left.exists(), "never through a link, not even this one"


def test_files_of_a_running_film_stay(place: Place) -> None:
    batch, jobs = make_jobs(2)
    place.store.submit(batch, jobs)
    claim = place.store.claim("m/1", lease_s=30)
    assert claim is not None
    running, waiting = claim.job.id, next(job.id for job in jobs if job.id != claim.job.id)
    held = [
        old(place.folder.work / f"{running}-0011aabb.m4a"),
        old(place.films / f".trineo-{running}-0011aabb.part"),
    ]
    left = old(place.folder.work / f"{waiting}-0011aabb.m4a")
    part = old(place.folder.cache / "x" / "ab" / f"{'ab' * 20}.0011aabb.part.mp4")
    with FileLock(part.with_name(f"{'ab' * 20}.lock")):
        assert place.clean() == {"temporary files": 1}
    assert all(path.exists() for path in [*held, part])
    assert not left.exists()


def test_ended_jobs_go_after_a_while_and_failed_ones_stay(place: Place) -> None:
    first, done = make_jobs(3)
    place.store.submit(first, done)
    end(place.store, done)
    second, waiting = make_jobs(2)
    place.store.submit(second, waiting)
    place.clock.now_s += 167 * HOUR_S
    assert place.clean(dry_run=True) == {}
    place.clock.now_s += 2 * HOUR_S
    assert place.clean(dry_run=True) == {"jobs": 3}
    assert place.store.counts()[State.DONE] == 3
    assert place.clean() == {"jobs": 3}
    assert place.store.counts()[State.READY] == 2
    journal = (place.folder.queue / "queue.journal").read_text(encoding="utf-8")
    assert first.id not in journal
    assert second.id in journal


def test_settled_calls_and_silent_machines_go(place: Place) -> None:
    store = place.store
    store.register(Machine("old:1", "old", "1", 1))
    for call, keep in (("c1", True), ("c2", True)):
        store.begin_call(call, "heygen", Amount(usd=1.0), Account("j", "gone-batch"), Budget())
        if call == "c1":
            store.settle_call(call, Amount(usd=0.5), keep=keep)
    place.clock.now_s += 169 * HOUR_S
    store.register(Machine("new:1", "new", "1", 1))
    assert place.clean(dry_run=True) == {"calls": 4, "machines": 1}
    assert place.clean() == {"calls": 4, "machines": 1}
    assert store.call("c1") is None
    assert [one.machine.id for one in store.machines()] == ["new:1"]
    assert store.call("c2") is None
    assert store.spent_in_all()["heygen"].usd == 1.5, "nobody will ever settle it: it counts as spent"
    assert place.clean() == {}


def test_what_never_came_whole_into_the_queue_is_thrown_out_after_a_day(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("core.jobs.submission._head", die)  # asked for when it is admitted
    with pytest.raises(KeyboardInterrupt):
        place.store.submit(*make_jobs(120))
    place.clean()
    assert place.store.client.keys("*incoming*")
    place.clock.now_s += 25 * HOUR_S
    place.clean()
    assert not place.store.client.keys("*incoming*")
    assert not place.store.client.keys("*job:*")


def film_of(place: Place, job: Job) -> Path:
    """A film with the job's mark, as the pipeline leaves one."""
    import av
    import numpy as np

    film = Path(job.output)
    with av.open(str(film), "w", options={"movflags": "use_metadata_tags"}) as container:
        container.metadata["comment"] = publish.mark(job)
        stream = container.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        frame = av.VideoFrame.from_ndarray(np.zeros((96, 64), np.uint8), format="yuv420p")
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            container.mux(packet)
    assert publish.is_film_of(film, job)
    return film


def test_scripts_and_films_are_kept_for_as_long_as_is_set(tmp_path: Path) -> None:
    place = Place(tmp_path, scripts_max_age_days=10, films_max_age_days=20, jobs_max_age_hours=48)
    with closing(place.store):
        batch, jobs = make_jobs(2)
        jobs = [job.edited(output=str(place.films / f"{job.row}.mp4"), captions="srt") for job in jobs]
        place.store.submit(batch, jobs)
        end(place.store, jobs)
        films = [film_of(place, job) for job in jobs]
        films[1].unlink()
        films[1].write_bytes(b"somebody else's")
        films[0].with_suffix(".srt").write_text("1")
        assert place.clean() == {}
        place.clock.now_s += 11 * 24 * HOUR_S
        assert place.clean(dry_run=True) == {"scripts": 2}
        assert place.clean() == {"scripts": 2}
        first = place.store.jobs()[0]
        assert (first.job.name, dict(first.job.fields), first.job.script) == ("—", {}, "")
        assert b"Child 0" not in (place.folder.queue / "queue.journal").read_bytes()
        place.clock.now_s += 10 * 24 * HOUR_S
        assert place.clean() == {"films": 1, "jobs": 2}
        assert [film.exists() for film in films] == [False, True]
        assert not films[0].with_suffix(".srt").exists()


def test_caches_are_brought_to_their_size(place: Place) -> None:
    made = MadeOnce(place.folder.cache / "speech", ".wav", limit_bytes=10_000)
    for number in range(9):
        made.get(content_key([number]), _write_1000, unwatched)
    for seal in place.folder.cache.rglob("*.seal"):
        os.utime(seal, (0, 0))
    smaller = MadeOnce(place.folder.cache / "speech", ".wav", limit_bytes=5_000)
    place.caches = Caches({"speech": _Cache(smaller)})
    place.janitor = place.made(place.store)
    assert place.clean(dry_run=True) == {"caches": 1}
    assert place.clean() == {"caches": 4}
    assert smaller.usage().bytes == 5_000


def _write_1000(part: Path) -> None:
    part.write_bytes(b"x" * 1000)


class _Cache:
    def __init__(self, made: MadeOnce) -> None:
        self._made = made
        self.usage, self.clear, self.trim = made.usage, made.clear, made.trim

    def lookups(self) -> Looked:
        return self._made.lookups()


def test_personal_pieces_go_with_their_job(place: Place) -> None:
    batch, jobs = make_jobs(2)
    place.store.submit(batch, jobs)
    own, both = (old(place.folder.cache / "speech" / key[:2] / f"{key}.wav") for key in ("ab" * 16, "cd" * 16))
    seal = old(own.with_suffix(".seal"))
    for job, pieces in ((jobs[0], [own, both]), (jobs[1], [both])):
        with place.traces.of(batch.id, job.id):
            for piece in pieces:
                taken(piece)
    end(place.store, jobs)
    assert place.clean() == {}
    assert place.janitor.remove_pieces({jobs[0].id}).count == 1
    assert not own.exists()
    assert not seal.exists()
    assert both.exists()
    place.store.forget([job.id for job in jobs])
    assert place.clean() == {}, "a queue that was changed for another one is no reason yet"
    for file in place.folder.traces.iterdir():
        os.utime(file, (0, 0))
    assert place.clean() == {"pieces": 1}
    assert not both.exists()
    assert not list(place.folder.traces.iterdir())


def test_a_trace_never_leads_out_of_the_caches(place: Place, tmp_path: Path) -> None:
    precious = [old(tmp_path / "ab" / "precious.wav"), old(tmp_path / f"{'ab' * 16}.wav")]
    link = place.folder.cache / "ab" / f"{'ab' * 16}.wav"
    link.parent.mkdir()
    link.symlink_to(precious[0])
    with place.traces.of("b", "j"):
        for path in (*precious, link):
            taken(path)
    assert place.janitor.remove_pieces({"j"}).count == 0
    assert all(path.exists() for path in (*precious, link))


@pytest.mark.redis
def test_one_machine_at_a_time(tmp_path: Path) -> None:
    (tmp_path / "redis").mkdir()
    place = Place(tmp_path)
    with (
        redis_server(tmp_path / "redis") as server,
        closing(place.store),
        closing(open_store(server.url, tmp_path)) as one,
        closing(open_store(server.url, tmp_path)) as other,
    ):
        batch, jobs = make_jobs(2)
        one.submit(batch, jobs)
        lock = other.lock("cleanup", lease_s=30)
        assert lock.acquire()
        assert "jobs" not in place.made(one).clean(), "another machine is at it"
        lock.release()
        assert place.made(one).clean()["jobs"].count == 0
        one.note_forgotten([jobs[0].id])
        assert other.forgotten([job.id for job in jobs]) == {jobs[0].id}
        assert other.unknown([jobs[0].id, "nobody"]) == {"nobody"}


def test_it_comes_round_by_itself(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    stamp = place.folder.root / "cleaned"
    schedule = Schedule(stamp, 6.0)
    assert clean_when_due(place.janitor, schedule)
    assert not clean_when_due(place.janitor, schedule)
    os.utime(stamp, (time.time() - 7 * HOUR_S,) * 2)
    with monkeypatch.context() as away:

        def clean(*, dry_run: bool = False) -> dict[str, Usage]:
            raise StoreAway("redis_away", "away")

        away.setattr(place.janitor, "clean", clean)
        assert not clean_when_due(place.janitor, schedule)
    assert clean_when_due(place.janitor, schedule)
    assert not Schedule(place.folder.root / "never", 0.0).is_due()
    assert threading.active_count() < 20
