"""What lies at a service already: one sending, whoever asks for it, as long as it is believed."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from core.errors import Cancelled
from core.progress import unwatched
from providers import uploads as module
from providers.uploads import Uploads


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "clip.mp4"
    path.write_bytes(b"clip" * 1000)
    return path


def test_threads_that_want_the_same_send_it_once(tmp_path: Path, file: Path) -> None:
    sent: list[int] = []
    folder = tmp_path / "uploads"

    def send() -> str:
        sent.append(1)
        time.sleep(0.1)
        return f"place-{len(sent)}"

    with ThreadPoolExecutor(4) as pool:
        places = list(pool.map(lambda _: Uploads(folder).place("s", "a", file, send, unwatched), range(8)))
    assert places == ["place-1"] * 8


def test_another_service_account_or_content_is_another_place(tmp_path: Path, file: Path) -> None:
    uploads = Uploads(tmp_path / "uploads")
    count = iter(range(9))

    def send() -> str:
        return str(next(count))

    assert uploads.place("s", "a", file, send, unwatched) == "0"
    assert uploads.place("t", "a", file, send, unwatched) == "1"
    assert uploads.place("s", "b", file, send, unwatched) == "2"
    file.write_bytes(b"other")
    assert uploads.place("s", "a", file, send, unwatched) == "3"
    assert all("a" not in path.read_text() or "place" in path.read_text() for path in uploads._folder.glob("*.json"))


def test_it_is_not_believed_for_ever(tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    uploads = Uploads(tmp_path / "uploads")
    assert uploads.place("s", "a", file, lambda: "old", unwatched) == "old"
    monkeypatch.setattr(module, "_KEPT_S", 0.0)
    assert uploads.place("s", "a", file, lambda: "new", unwatched) == "new"
    assert uploads.forget_old() == 1
    assert not list((tmp_path / "uploads").iterdir())


@pytest.mark.parametrize("torn", ["", "{", '{"place": "x"}', '{"place": "x", "at": "soon"}', "[]"])
def test_a_damaged_record_is_none(tmp_path: Path, file: Path, torn: str) -> None:
    uploads = Uploads(tmp_path / "uploads")
    uploads.place("s", "a", file, lambda: "first", unwatched)
    [record] = (tmp_path / "uploads").glob("*.json")
    record.write_text(torn)
    assert uploads.place("s", "a", file, lambda: "second", unwatched) == "second"


def test_what_fails_leaves_nothing(tmp_path: Path, file: Path) -> None:
    uploads = Uploads(tmp_path / "uploads")

    def fail() -> str:
        raise Cancelled("cancelled", "Enough.")

    with pytest.raises(Cancelled):
        uploads.place("s", "a", file, fail, unwatched)
    assert uploads.place("s", "a", file, lambda: "place", unwatched) == "place"


def test_whoever_waits_for_another_can_be_called_away(tmp_path: Path, file: Path) -> None:
    uploads = Uploads(tmp_path / "uploads")
    sending, go_on = threading.Event(), threading.Event()

    def slow() -> str:
        sending.set()
        go_on.wait(20)
        return "place"

    other = threading.Thread(target=uploads.place, args=("s", "a", file, slow, unwatched))
    other.start()
    sending.wait(5)

    def stop(_fraction: float) -> None:
        raise Cancelled("cancelled", "Enough.")

    with pytest.raises(Cancelled):
        uploads.place("s", "a", file, slow, stop)
    go_on.set()
    other.join()
