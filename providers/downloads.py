"""Brings a finished clip home from wherever a service put it: without the key, bounded, and only if it plays."""

from __future__ import annotations

import errno
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import av
import av.error
import httpx

from core.errors import JobFault, TransientError
from core.media import pcm
from core.progress import Progress
from core.storage.cache import disk_full
from providers.faults import Service, away, unusable
from providers.patience import Watch, watching
from providers.wire import NoAnswer, NotSent, TooMuch, client, is_loopback, may_be_asked

CLIP_BYTES = 400_000_000
SOUND_BYTES = 20_000_000
_FEWEST_BYTES = 1000
_SILENCE_S = 30.0
_TOTAL_S = 900.0
_HOPS = 4
_BLOCK = 262_144
_LOADED = 0.8  # of the progress; the rest is looking through it


def fetch_clip(
    service: Service, address: str, destination: Path, progress: Progress, *, at_home: str, max_bytes: int = CLIP_BYTES
) -> None:
    """Writes the clip at `address` to `destination`. Raises `TransientError`: to load it again costs nothing.

    `at_home` is the service's own address: one on the internet may not send us to this computer's own ports.
    """
    part = destination.with_name(f"{destination.name}.part")
    try:
        _load(service, address, part, progress, at_home, max_bytes)
        check_clip(service, part, lambda fraction: progress(_LOADED + (1 - _LOADED) * fraction))
        part.replace(destination)
    except OSError as error:
        if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
            raise disk_full(destination.parent) from error
        raise
    finally:
        part.unlink(missing_ok=True)


def fetch_sound(
    service: Service, address: str, destination: Path, progress: Progress, *, at_home: str, max_bytes: int = SOUND_BYTES
) -> None:
    """Writes what is heard at `address` to `destination`, as WAV. Raises `TransientError`. `at_home`: as above."""
    part = destination.with_name(f"{destination.name}.part")
    try:
        _load(service, address, part, progress, at_home, max_bytes)
        pcm.write(destination, [pcm.read(part)])
    except JobFault as error:
        raise unusable(service, "a sample that is no sound") from error
    finally:
        part.unlink(missing_ok=True)


def send_file(
    service: Service, address: str, file: Path, headers: Mapping[str, str], progress: Progress, *, at_home: str
) -> None:
    """PUTs `file` to an address that a service made for it: without the key. Costs nothing. `at_home`: as above."""
    size = file.stat().st_size
    watch = Watch(progress, silence_s=_SILENCE_S, total_s=_TOTAL_S, max_bytes=1_000_000)
    with _named(service), watching(watch), client() as http, file.open("rb") as opened:
        _check_address(service, httpx.URL(address), at_home)

        def pieces() -> Iterator[bytes]:
            while piece := opened.read(_BLOCK):
                yield piece
                watch.fraction = opened.tell() / size

        answer = http.put(address, content=pieces(), headers={**headers, "content-length": str(size)})
    if not 200 <= answer.status_code < 300:
        raise unusable(service, f"its store refused a file (HTTP {answer.status_code})")


def check_clip(service: Service, clip: Path, progress: Progress) -> None:
    """Decodes all of the picture. Raises `TransientError` if it holds none, or is damaged or cut off."""
    frames = 0
    try:
        with av.open(str(clip)) as container:
            if not container.streams.video:
                raise unusable(service, "a file without a picture")
            stream = container.streams.video[0]
            expected = stream.frames
            for _ in container.decode(stream):
                frames += 1
                progress(min(1.0, frames / expected) if expected else 0.5)
    except (av.error.FFmpegError, ValueError) as error:
        reason = error.strerror if isinstance(error, av.error.FFmpegError) else str(error)
        raise unusable(service, "a clip that can't be played", str(reason)) from error
    if not frames or frames < expected - 2:
        raise unusable(service, "a clip that breaks off")


def _load(service: Service, address: str, part: Path, progress: Progress, at_home: str, max_bytes: int) -> None:
    watch = Watch(progress, silence_s=_SILENCE_S, total_s=_TOTAL_S, max_bytes=max_bytes)
    with _named(service), watching(watch), client() as http:
        url = httpx.URL(address)
        for _ in range(_HOPS):
            _check_address(service, url, at_home)
            with http.stream("GET", url) as answer:
                if answer.status_code in (301, 302, 303, 307, 308):
                    url = url.join(answer.headers.get("location", ""))
                    continue
                _write(service, answer, part, watch, max_bytes)
                return
        raise unusable(service, "an address that leads in a circle")


def _check_address(service: Service, url: httpx.URL, at_home: str) -> None:
    if not may_be_asked(url) or (is_loopback(url.host) and not is_loopback(httpx.URL(at_home).host)):
        raise unusable(service, f"an address that is not to be trusted ({url.host or 'none'})")


def _write(service: Service, answer: httpx.Response, part: Path, watch: Watch, max_bytes: int) -> None:
    if answer.status_code != 200:
        raise unusable(service, f"no clip where it should be (HTTP {answer.status_code})")
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind.startswith("text/") or kind in ("application/json", "application/xml"):
        raise unusable(service, f"no clip but {kind}")
    length = int(told) if (told := answer.headers.get("content-length", "")).isdecimal() else 0
    if length > max_bytes:
        raise _too_large(service, max_bytes)
    received = 0
    with part.open("wb") as file:
        for piece in answer.iter_raw(_BLOCK):
            file.write(piece)
            received += len(piece)
            watch.fraction = _LOADED * (received / length if length else 0.5)
    if received < _FEWEST_BYTES:
        raise unusable(service, "an empty clip")


@contextmanager
def _named(service: Service) -> Iterator[None]:
    """What breaks off inside is told by the service's name."""
    try:
        yield
    except TooMuch as error:
        raise unusable(service, error.reason) from error
    except (NotSent, NoAnswer) as error:
        raise away(service, error.reason) from error
    except httpx.InvalidURL as error:
        raise unusable(service, "an address that is none") from error


def _too_large(service: Service, max_bytes: int) -> TransientError:
    return unusable(service, f"it sends more than {max_bytes // 1_000_000} MB")
