"""Connections for httpcore whose every wait is cut into beats, so that whoever waits can be called away."""

from __future__ import annotations

import queue
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import httpcore

from core.logs.setup import carried
from providers.patience import BEAT_S, watch_now

CONNECT_S = 10.0

_RECORD = 16_384  # what TLS sends in one piece
_Made = TypeVar("_Made")


class PatientBackend(httpcore.NetworkBackend):
    def __init__(self) -> None:
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        return _Stream(
            _beside(lambda: self._plain.connect_tcp(host, port, timeout, local_address, socket_options), _close)
        )


class _Stream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        watch = watch_now()
        patience = time.monotonic() + watch.silence_s
        while True:
            watch.beat()
            try:
                return self._stream.read(max_bytes, timeout=BEAT_S)
            except httpcore.ReadTimeout:
                if time.monotonic() > patience:
                    raise

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """By the socket itself: after a beat it says how much was taken, which httpcore's stream does not."""
        watch = watch_now()
        socket = self._stream.get_extra_info("socket")
        left = memoryview(buffer)
        patience = time.monotonic() + watch.silence_s
        watch.went_out = False
        while left:
            watch.beat()
            try:
                socket.settimeout(BEAT_S)
                taken = socket.send(left[:_RECORD])
            except TimeoutError:
                if time.monotonic() > patience:
                    raise httpcore.WriteTimeout("it takes no more") from None
                continue
            except OSError as error:
                raise httpcore.WriteError(error.strerror or "the connection was cut") from None
            left = left[taken:]
            patience = time.monotonic() + watch.silence_s
        watch.went_out = True

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(_beside(lambda: self._stream.start_tls(ssl_context, server_hostname, CONNECT_S), _close))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _beside(make: Callable[[], _Made], discard: Callable[[_Made], None]) -> _Made:
    """`make` in a thread, with beats meanwhile: looking up a name can't be interrupted, only left behind."""
    watch = watch_now()
    watch.went_out = False
    made: queue.SimpleQueue[tuple[_Made | None, BaseException | None]] = queue.SimpleQueue()
    lock = threading.Lock()
    left_behind = threading.Event()

    def run() -> None:
        try:
            result = make()
        except BaseException as error:  # noqa: BLE001 - goes on in the thread that waits
            made.put((None, error))
            return
        with lock:
            if left_behind.is_set():
                discard(result)
            else:
                made.put((result, None))

    threading.Thread(target=carried(run), name="connect", daemon=True).start()
    while True:
        try:
            result, error = made.get(timeout=BEAT_S)
        except queue.Empty:
            try:
                watch.beat()
            except BaseException:
                with lock:
                    left_behind.set()
                    if not made.empty() and (late := made.get()[0]) is not None:
                        discard(late)
                raise
            continue
        if error is not None:
            raise error
        assert result is not None
        return result


def _close(stream: httpcore.NetworkStream) -> None:
    stream.close()
