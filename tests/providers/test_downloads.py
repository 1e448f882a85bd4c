"""Fetching clips: the way there, what is refused on it, and that a clip must play."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import Cancelled, TransientError
from core.progress import unwatched
from providers import downloads
from providers.downloads import check_clip, fetch_clip, send_file
from providers.heygen_api import service
from tests.stand_in_services import HeyGenStandIn
from tests.stand_in_services.media import film
from tests.stand_in_services.server import Reply, Seen
from tests.stand_ins import raises_code, write_tone

SERVICE = service("heygen")


@pytest.fixture
def stand_in() -> Iterator[HeyGenStandIn]:
    with HeyGenStandIn() as made:
        assert isinstance(made, HeyGenStandIn)
        yield made


def fetch(stand_in: HeyGenStandIn, address: str, folder: Path, *, at_home: str = "") -> Path:
    clip = folder / "clip.mp4"
    fetch_clip(SERVICE, address, clip, unwatched, at_home=at_home or stand_in.address)
    return clip


def sent_on(stand_in: HeyGenStandIn, to: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """An address that sends whoever asks on to another."""
    usual = stand_in.dispatch

    def dispatch(seen: Seen) -> Reply:
        return Reply(302, headers={"location": to}) if seen.path == "/onward" else usual(seen)

    monkeypatch.setattr(stand_in, "dispatch", dispatch)
    return f"{stand_in.address}/onward"


def test_it_may_be_sent_on(stand_in: HeyGenStandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    address = sent_on(stand_in, stand_in.store(film(5), "video/mp4"), monkeypatch)
    assert fetch(stand_in, address, tmp_path).read_bytes() == film(5)
    assert not any("x-api-key" in seen.headers for seen in stand_in.seen)


@pytest.mark.parametrize("to", ["http://192.0.2.1/clip.mp4", "file:///etc/passwd", "/onward", "http://[bad", "data:,x"])
def test_but_not_anywhere(to: str, stand_in: HeyGenStandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with raises_code(TransientError, "provider_answer_unusable"):
        fetch(stand_in, sent_on(stand_in, to, monkeypatch), tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_service_on_the_internet_does_not_send_us_to_this_computer(stand_in: HeyGenStandIn, tmp_path: Path) -> None:
    address = stand_in.store(film(5), "video/mp4")
    with raises_code(TransientError, "provider_answer_unusable"):
        fetch(stand_in, address, tmp_path, at_home="https://api.heygen.com")
    assert not stand_in.seen


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"<html>login</html>" * 200, "text/html"),
        (b'{"error": "expired"}' * 200, "application/json"),
        (b"", "video/mp4"),
        (secrets.token_bytes(100_000), "video/mp4"),
    ],
)
def test_what_is_no_clip(content: bytes, kind: str, stand_in: HeyGenStandIn, tmp_path: Path) -> None:
    with raises_code(TransientError, "provider_answer_unusable"):
        fetch(stand_in, stand_in.store(content, kind), tmp_path)


def test_a_store_that_does_not_say_what_it_is_is_believed_if_it_plays(stand_in: HeyGenStandIn, tmp_path: Path) -> None:
    content = film(5)
    fetch(stand_in, stand_in.store(content, "binary/octet-stream"), tmp_path)
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [content]


def test_a_clip_cut_off_or_without_picture(tmp_path: Path) -> None:
    whole = film(20)
    (tmp_path / "cut.mp4").write_bytes(whole[: len(whole) * 2 // 3])
    write_tone(tmp_path / "sound.wav", 1.0)
    for name in ("cut.mp4", "sound.wav"):
        with raises_code(TransientError, "provider_answer_unusable"):
            check_clip(SERVICE, tmp_path / name, unwatched)


@pytest.mark.parametrize("at", [0.0, 0.5, 0.81])
def test_called_away_it_leaves_nothing(at: float, stand_in: HeyGenStandIn, tmp_path: Path) -> None:
    def stop(fraction: float) -> None:
        if fraction >= at:
            raise Cancelled("cancelled", "Enough.")

    address = stand_in.store(film(40), "video/mp4")
    with pytest.raises(Cancelled):
        fetch_clip(SERVICE, address, tmp_path / "clip.mp4", stop, at_home=stand_in.address)
    assert not list(tmp_path.iterdir())


def test_an_address_that_has_expired(stand_in: HeyGenStandIn, tmp_path: Path) -> None:
    with raises_code(TransientError, "provider_answer_unusable") as caught:
        fetch(stand_in, f"{stand_in.files_address}/gone?signature=secret", tmp_path)
    assert "secret" not in str(caught.value) + caught.value.detail


def test_a_file_is_sent_with_the_headers_it_was_given(stand_in: HeyGenStandIn, tmp_path: Path) -> None:
    file = tmp_path / "a.wav"
    write_tone(file, 1.0)
    told: list[float] = []
    place = f"{stand_in.files_address}/place?x=1"
    send_file(SERVICE, place, file, {"content-type": "audio/wav"}, told.append, at_home=stand_in.address)
    [seen] = stand_in.asked("PUT", "/place")
    assert seen.body == file.read_bytes()
    assert seen.headers["content-type"] == "audio/wav"
    assert "transfer-encoding" not in seen.headers  # stores that sign the length take no other


@pytest.mark.parametrize("at_home", ["https://api.heygen.com", "http://localhost"])
def test_nor_is_a_file_sent_anywhere(at_home: str, stand_in: HeyGenStandIn, tmp_path: Path) -> None:
    file = tmp_path / "a.wav"
    write_tone(file, 0.1)
    place = f"{stand_in.files_address}/place" if "heygen" in at_home else "http://192.0.2.1/place"
    with raises_code(TransientError, "provider_answer_unusable"):
        send_file(SERVICE, place, file, {}, unwatched, at_home=at_home)
    assert not stand_in.seen


def test_the_limit_is_generous_but_there() -> None:
    assert 100_000_000 < downloads.CLIP_BYTES < 2_000_000_000
