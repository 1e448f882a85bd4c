"""A program with a real window, on an X server that shows it to nobody."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from core.paths import ROOT

_PACKAGES = {"Xvfb": "xvfb", "xdotool": "xdotool"}


def needed(program: str) -> str:
    """Where it is; without it the test is skipped, and fails in CI."""
    found = shutil.which(program)
    if found is None:
        if os.environ.get("CI"):
            pytest.fail(f"{program} is not installed (Debian: apt-get install {_PACKAGES[program]})")
        pytest.skip(f"{program} is not installed")
    return found


def run_in_window(module: str, *arguments: str, timeout_s: float = 150) -> subprocess.CompletedProcess[str]:
    """Runs a module of the tests in a process of its own, since Qt takes one platform for life."""
    xvfb = needed("Xvfb")
    read_end, write_end = os.pipe()
    server = subprocess.Popen(
        [xvfb, "-displayfd", str(write_end), "-screen", "0", "1280x860x24", "-nolisten", "tcp"],
        pass_fds=[write_end],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write_end)
    try:
        with os.fdopen(read_end) as answer:
            display = answer.readline().strip()
        environment = {k: v for k, v in os.environ.items() if k not in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY")}
        return subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT,
            env={**environment, "DISPLAY": f":{display}", "QT_QPA_PLATFORM": "xcb"},
            capture_output=True,
            text=True,
            timeout=timeout_s,
            check=False,
        )
    finally:
        server.terminate()
        server.wait()
