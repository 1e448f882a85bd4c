"""Approved films: moved whole, over nothing, and to the end, wherever the program is killed."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import av
import pytest

from core.desk.delivery import BESIDE, Delivery
from core.errors import EnvironmentFault, StoreAway, UsageError
from core.jobs.local import open_store
from core.jobs.model import Job, Result, State, Strategy
from core.jobs.store import JobStore
from core.paths import ROOT
from core.render.publish import comment, is_film_of, mark
from tests.stand_ins import make_jobs, raises_code

ACROSS = OSError(errno.EXDEV, "Invalid cross-device link")


@pytest.fixture
def store() -> Iterator[JobStore]:
    with closing(JobStore.in_memory()) as store:
        yield store


def finished(store: JobStore, folder: Path, count: int = 1) -> list[Job]:
    """Jobs in review, with films that carry their mark."""
    batch, jobs = make_jobs(count)
    jobs = [job.edited(review=True, output=str(folder / "lote" / f"{job.row:04}.mp4")) for job in jobs]
    store.submit(batch, jobs)
    for job in jobs:
        film = Path(job.output)
        film.parent.mkdir(parents=True, exist_ok=True)
        write_film(film, job)
        claim = store.claim("m/1", lease_s=30)
        assert claim is not None
        store.complete(claim, Result(str(film), Strategy.VOICEOVER, 41.0), review=True)
    return jobs


def write_film(path: Path, job: Job) -> None:
    """As small as a film can be: one picture, and the comment that says whose it is."""
    with av.open(str(path), "w", format="mp4") as container:
        container.metadata["comment"] = mark(job)
        stream = container.add_stream("mpeg4", rate=25)
        stream.width, stream.height, stream.pix_fmt = 16, 16, "yuv420p"
        for frame in (av.VideoFrame(16, 16, "yuv420p"), None):
            container.mux(stream.encode(frame))


def output(store: JobStore, job: Job) -> Path:
    record = store.job(job.id)
    assert record is not None
    assert record.result is not None
    return Path(record.result.output)


def no_links(monkeypatch: pytest.MonkeyPatch, error: OSError = ACROSS) -> None:
    """As if to another disk: the first link fails, the one beside the copy works."""
    link = os.link

    def refuse(source: Path, target: Path) -> None:
        if Path(source).parent != Path(target).parent:
            raise error
        link(source, target)

    monkeypatch.setattr(os, "link", refuse)


def films_in(folder: Path) -> dict[str, str]:
    """Every file's place, and whose film it is; `?` for none of ours."""
    found = [path for path in folder.rglob("*") if path.is_file()]
    return {
        path.relative_to(folder).as_posix(): comment(path).partition(":")[2].partition(":")[0] or "?" for path in found
    }


def test_an_approved_film_goes_beside_the_others(store: JobStore, tmp_path: Path) -> None:
    good, other = finished(store, tmp_path, 2)
    assert Delivery(store, tmp_path / "notes", None).approve([good.id, good.id]) == 1
    assert films_in(tmp_path) == {f"lote/{BESIDE}/0002.mp4": good.id, "lote/0003.mp4": other.id}
    assert output(store, good) == tmp_path / "lote" / BESIDE / "0002.mp4"
    assert store.counts()[State.DONE] == 1
    assert store.ids(state=State.REVIEW) == [other.id]


@pytest.mark.parametrize("other_disk", [False, True])
def test_or_to_the_delivery_folder(
    store: JobStore, tmp_path: Path, other_disk: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = finished(store, tmp_path / "films", 2)
    if other_disk:
        no_links(monkeypatch)
    assert Delivery(store, tmp_path / "notes", tmp_path / "usb").approve([job.id for job in jobs]) == 2
    assert films_in(tmp_path) == {"usb/lote/0002.mp4": jobs[0].id, "usb/lote/0003.mp4": jobs[1].id}


def test_a_disk_without_links_at_all(store: JobStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    [job] = finished(store, tmp_path / "films")

    def refuse(source: Path, target: Path) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    Delivery(store, tmp_path / "notes", tmp_path / "usb").approve([job.id])
    assert films_in(tmp_path) == {"usb/lote/0002.mp4": job.id}


@pytest.mark.parametrize("other_disk", [False, True])
def test_what_is_there_is_never_overwritten(
    store: JobStore, tmp_path: Path, other_disk: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    [job] = finished(store, tmp_path / "films")
    if other_disk:
        no_links(monkeypatch)
    (tmp_path / "usb" / "lote").mkdir(parents=True)
    (tmp_path / "usb" / "lote" / "0002.mp4").write_text("last year's")
    Delivery(store, tmp_path / "notes", tmp_path / "usb").approve([job.id])
    assert films_in(tmp_path) == {"usb/lote/0002.mp4": "?", "usb/lote/0002 (2).mp4": job.id}
    assert output(store, job).name == "0002 (2).mp4"


def test_a_film_that_is_gone_is_told_and_stays_in_review(store: JobStore, tmp_path: Path) -> None:
    jobs = finished(store, tmp_path, 2)
    Path(jobs[0].output).unlink()
    delivery = Delivery(store, tmp_path / "notes", None)
    with raises_code(UsageError, "film_not_here"):
        delivery.approve([jobs[0].id])
    assert delivery.approve([jobs[1].id]) == 1
    assert store.counts()[State.REVIEW] == 1
    assert not list((tmp_path / "notes").iterdir())


def test_a_folder_that_cannot_be_written(store: JobStore, tmp_path: Path) -> None:
    [job] = finished(store, tmp_path)
    (tmp_path / "usb").write_text("a file where a folder should be")
    delivery = Delivery(store, tmp_path / "notes", tmp_path / "usb")
    with raises_code(EnvironmentFault, "output_folder_unusable"):
        delivery.approve([job.id])
    assert store.counts()[State.REVIEW] == 1
    assert Path(job.output).exists()
    assert delivery.resume() == 0, "nobody wants it delivered at the next start"


def test_a_full_disk_leaves_no_half_film(store: JobStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    [job] = finished(store, tmp_path / "films")
    no_links(monkeypatch)

    def full(source: Path, target: Path) -> None:
        target.write_text("Chi")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    with raises_code(EnvironmentFault, "disk_full"):
        Delivery(store, tmp_path / "notes", tmp_path / "usb").approve([job.id])
    assert films_in(tmp_path) == {"films/lote/0002.mp4": job.id}


def test_a_store_that_goes_away_in_between(store: JobStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    [job] = finished(store, tmp_path)
    delivery = Delivery(store, tmp_path / "notes", None)
    delivered = store.delivered

    def away(results: object) -> int:
        raise StoreAway("store_away", "Away.")

    monkeypatch.setattr(store, "delivered", away)
    with raises_code(StoreAway, "store_away"):
        delivery.approve([job.id])
    assert Path(job.output).exists(), "the film stays where the record says"
    monkeypatch.setattr(store, "delivered", delivered)
    assert delivery.approve([job.id]) == 1
    assert films_in(tmp_path) == {f"lote/{BESIDE}/0002.mp4": job.id}


def test_made_again_instead_takes_a_half_done_delivery_back(
    store: JobStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [job] = finished(store, tmp_path)
    delivery = Delivery(store, tmp_path / "notes", None)
    monkeypatch.setattr(store, "delivered", lambda _: (_ for _ in ()).throw(StoreAway("store_away", "Away.")))
    with raises_code(StoreAway, "store_away"):
        delivery.approve([job.id])
    delivery.take_back(job)
    assert films_in(tmp_path) == {"lote/0002.mp4": job.id}
    assert delivery.resume() == 0


DYING = """
import os, sys
from contextlib import closing
from pathlib import Path
from core.desk import delivery as module
from core.desk.delivery import Delivery
from core.jobs.local import open_store
from core.render import placing

root, where, other_disk = Path(sys.argv[1]), sys.argv[2], sys.argv[3] == "True"
link = os.link
def across(source, target):
    if other_disk and Path(source).parent != Path(target).parent:
        raise OSError(18, "Invalid cross-device link")
    link(source, target)
placing.os.link = across
def die(*_, **__): os._exit(9)
store = open_store(None, root / "queue")
if where == "copied":
    placing._take = die
elif where == "placed":
    store.delivered = die
elif where == "noted":
    module.place = die
elif where == "recorded":
    delivered = store.delivered
    def then_die(results):
        delivered(results)
        os._exit(9)
    store.delivered = then_die
Delivery(store, root / "notes", root / "usb").approve([sys.argv[4]])
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("where", "other_disk"),
    [(where, disk) for where in ("noted", "placed", "recorded") for disk in (False, True)] + [("copied", True)],
)
def test_killed_in_between_it_is_finished_at_the_next_start(tmp_path: Path, where: str, other_disk: bool) -> None:
    with closing(open_store(None, tmp_path / "queue")) as store:
        [job] = finished(store, tmp_path / "films")
    arguments = [str(tmp_path), where, str(other_disk), job.id]
    done = subprocess.run([sys.executable, "-c", DYING, *arguments], cwd=ROOT, check=False)
    assert done.returncode == 9
    with closing(open_store(None, tmp_path / "queue")) as store:
        assert is_film_of(output(store, job), job), "a whole film is where the record says, at any moment"
        delivery = Delivery(store, tmp_path / "notes", tmp_path / "usb")
        if where == "copied":
            assert list((tmp_path / "usb" / "lote").glob(".trineo-*.part"))
        assert delivery.resume() == 1
        assert store.counts()[State.DONE] == 1
        assert output(store, job) == tmp_path / "usb" / "lote" / "0002.mp4"
        assert films_in(tmp_path / "usb") == {"lote/0002.mp4": job.id}
        assert delivery.resume() == 0
        assert not films_in(tmp_path / "films")


def test_a_damaged_note_keeps_nobody_from_working(store: JobStore, tmp_path: Path) -> None:
    [one, other] = finished(store, tmp_path, 2)
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / f"{one.id}.json").write_bytes(b"\0" * 40)
    (notes / "x.json").write_text("[]")
    delivery = Delivery(store, notes, tmp_path / "delivered")
    assert delivery.resume() == 0
    assert delivery.approve([one.id, other.id]) == 2
    assert store.counts()[State.DONE] == 2


def test_a_disk_that_takes_no_note_is_told(store: JobStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    [job] = finished(store, tmp_path)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("core.desk.delivery.os.fsync", full)
    with raises_code(EnvironmentFault, "disk_full"):
        Delivery(store, tmp_path / "notes", tmp_path / "delivered").approve([job.id])
    assert store.counts()[State.REVIEW] == 1
