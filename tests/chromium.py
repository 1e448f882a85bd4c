"""Debian's Chromium, headless, for a test: shows a page of ours with a film, and answers what the page reports."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

ANSWERS_WITHIN_S = 90.0


def executable() -> str:
    """Without Chromium the test is skipped, but in CI that is an error."""
    for name in ("chromium", "chromium-browser"):
        if found := shutil.which(name):
            return found
    message = "chromium is not installed (Debian: apt-get install chromium)"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


def report_of(page: str, film: Path, folder: Path) -> dict[str, Any]:
    """Shows `page`, which finds the film at `/film.mp4` and posts one JSON object to `/report`."""
    program = executable()
    server = _Server(page, film)
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    serving.start()
    options = [
        *("--headless=new", "--no-sandbox", "--disable-gpu", "--mute-audio", "--no-first-run"),
        *("--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update"),
        "--autoplay-policy=no-user-gesture-required",
        f"--user-data-dir={folder / 'chromium'}",
    ]
    browser = subprocess.Popen(
        [program, *options, f"http://127.0.0.1:{server.server_port}/"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        assert server.reported.wait(ANSWERS_WITHIN_S), "Chromium reported nothing"
        return server.report
    finally:
        os.killpg(browser.pid, signal.SIGKILL)  # it and the helpers it has started
        browser.wait()
        server.shutdown()
        server.server_close()
        serving.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, page: str, film: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.page = page.encode()
        self.film = film.read_bytes()
        self.report: dict[str, Any] = {}
        self.reported = threading.Event()


class _Handler(BaseHTTPRequestHandler):
    """Serves parts of a file, which is what makes a player able to seek."""

    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        if self.path == "/film.mp4":
            self._film()
        elif self.path == "/":
            self._send(200, "text/html; charset=utf-8", self.server.page)
        else:
            self._send(404, "text/plain", b"")

    def do_POST(self) -> None:
        self.server.report = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self._send(200, "text/plain", b"")
        self.server.reported.set()

    def _film(self) -> None:
        film = self.server.film
        asked = re.match(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        if not asked:
            self._send(200, "video/mp4", film)
            return
        first, last = int(asked[1]), min(int(asked[2] or len(film) - 1), len(film) - 1)
        self._send(206, "video/mp4", film[first : last + 1], f"bytes {first}-{last}/{len(film)}")

    def _send(self, status: int, kind: str, body: bytes, part: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Accept-Ranges", "bytes")
        if part:
            self.send_header("Content-Range", part)
        self.end_headers()
        try:
            self.wfile.write(body)
        except ConnectionError:
            return  # a player that seeks hangs up

    def log_message(self, *_: object) -> None:
        """The browser's requests are nobody's business."""
