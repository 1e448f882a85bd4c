"""Starts Debian's redis-server for a test, on loopback, in a folder of its own, and stops just that one."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

STARTS_WITHIN_S = 10.0


@dataclass
class RedisServer:
    """A redis-server that can be killed and started again on the same port and the same files.

    `options` are its command line's, e.g. `("--appendonly", "yes")`. `url` speaks plainly to `port`; for TLS, `tls`
    holds the certificate, its key and the authority, and `url` becomes `rediss://`.
    """

    folder: Path
    options: Sequence[str] = ()
    tls: Tls | None = None
    port: int = 0
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        if self.tls:
            return f"rediss://127.0.0.1:{self.port}/0?ssl_ca_certs={self.tls.authority}"
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        self.port = self.port or free_port()
        ports = ["--port", str(self.port)]
        if self.tls:
            ports = ["--port", "0", "--tls-port", str(self.port), *self.tls.options]
        with (self.folder / "redis.log").open("ab") as log:
            self.process = subprocess.Popen(
                [
                    *(executable(), *ports),
                    *("--bind", "127.0.0.1", "--dir", str(self.folder), "--save", "", "--daemonize", "no"),
                    *self.options,
                ],
                stdout=log,
                stderr=log,
            )
        self._wait()

    def kill(self) -> None:
        """As a power cut would: no time to write anything."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def freeze(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGCONT)

    def log(self) -> str:
        return (self.folder / "redis.log").read_text(errors="replace")

    def _end(self, how: signal.Signals) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.send_signal(how)
            self.process.wait(10)
        self.process = None

    def _wait(self) -> None:
        assert self.process is not None
        deadline = time.monotonic() + STARTS_WITHIN_S
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise RuntimeError(f"redis-server ended at once:\n{self.log()}")
            if "Ready to accept connections" in self.log().rpartition("oO0OoO0OoO0Oo")[2] and self._listens():
                return
            time.sleep(0.02)
        raise RuntimeError(f"redis-server did not start within {STARTS_WITHIN_S} s:\n{self.log()}")

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


@dataclass(frozen=True)
class Tls:
    certificate: Path
    key: Path
    authority: Path

    @property
    def options(self) -> tuple[str, ...]:
        return (
            *("--tls-cert-file", str(self.certificate), "--tls-key-file", str(self.key)),
            *("--tls-ca-cert-file", str(self.authority), "--tls-auth-clients", "no"),
        )


def make_certificate(folder: Path) -> Tls:
    """A certificate for 127.0.0.1 that is its own authority, made with Debian's openssl."""
    certificate, key = folder / "redis.crt", folder / "redis.key"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"),
            *("-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )
    return Tls(certificate, key, authority=certificate)


def executable() -> str:
    """Debian's redis-server. Without it the test is skipped, but in CI that is an error."""
    found = shutil.which("redis-server")
    if found:
        return found
    message = "redis-server is not installed (Debian: apt-get install redis-server)"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def redis_server(folder: Path, *options: str, tls: Tls | None = None) -> Iterator[RedisServer]:
    server = RedisServer(folder, options, tls)
    server.start()
    try:
        yield server
    finally:
        server.stop()
