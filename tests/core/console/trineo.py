"""Runs app.py as people and scripts do: a real process with a data folder of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from core.paths import ROOT

HEADER = "nombre,queHizo\n"


class Trineo:
    """`folder` holds the template `tiny`, the sheets and the films; the segment bank is shared by all tests."""

    def __init__(self, folder: Path, bank: Path, redis_url: str = "") -> None:
        self.folder = folder
        self.data = folder / "data"
        self.out = folder / "films"
        self.redis = ["--redis-url", redis_url] if redis_url else []
        self.order: list[str | Path] = ["--out", self.out, "--template", folder / "tiny", "--preset", "draft"]
        (self.data / "cache").mkdir(parents=True)
        (self.data / "cache" / "segments").symlink_to(bank, target_is_directory=True)

    def command(self, *arguments: str | Path) -> list[str]:
        own = ["--data-dir", str(self.data), *self.redis]
        return [sys.executable, "-W", "error", str(ROOT / "app.py"), *map(str, arguments), *own]

    def environment(self, **more: str) -> dict[str, str]:
        return {**os.environ, "OUTPUT_DIR": str(self.folder / "videos"), **more}

    def __call__(self, *arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*arguments),
            capture_output=True,
            text=True,
            env=self.environment(**environment),
            cwd=self.folder,
            timeout=170,
            check=False,
        )

    def start(self, *arguments: str | Path, **environment: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self.command(*arguments),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=self.environment(**environment),
            cwd=self.folder,
        )

    def render(self, *files: str | Path, **environment: str) -> tuple[list[dict[str, Any]], int, str]:
        """Lines of `render --json`, exit status, standard error."""
        done = self("render", *files, "--json", *self.order, **environment)
        return [json.loads(line) for line in done.stdout.splitlines()], done.returncode, done.stderr

    def json(self, *arguments: str | Path) -> Any:
        done = self(*arguments, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def states(self) -> dict[str, int]:
        """How many jobs are in each state that has any."""
        return {state: count for state, count in self.json("status")["states"].items() if count}

    def sheet(self, name: str, *rows: str) -> Path:
        path = self.folder / name
        path.write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
        return path
