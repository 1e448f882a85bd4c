"""Files made once: by one of many, whole or not at all."""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from core.cache import MadeOnce, content_key
from core.errors import Cancelled
from core.paths import ROOT
from core.progress import unwatched


def test_keys_depend_on_content_alone() -> None:
    assert content_key({"a": 1, "b": [1, 2]}) == content_key({"b": [1, 2], "a": 1})
    assert len({content_key(recipe) for recipe in (1, "1", [1], ["1"], {"1": 1}, None, "ñ", "n\u0303")}) == 8


def test_many_ask_one_makes(tmp_path: Path) -> None:
    made = []

    def make(part: Path) -> None:
        made.append(part)
        time.sleep(0.1)
        part.write_text("content")

    with ThreadPoolExecutor(8) as pool:
        paths = set(pool.map(lambda _: MadeOnce(tmp_path, ".txt").get("ab12", make, unwatched), range(16)))
    assert [path.read_text() for path in paths] == ["content"]
    assert len(made) == 1


def test_what_fails_leaves_nothing(tmp_path: Path) -> None:
    def fail(part: Path) -> None:
        part.write_text("half")
        raise RuntimeError("stumbled")

    with pytest.raises(RuntimeError, match="stumbled"):
        MadeOnce(tmp_path, ".txt").get("ab12", fail, unwatched)
    assert not list(tmp_path.rglob("*.txt"))


HOLDER = """
import sys, time
from pathlib import Path
from core.cache import MadeOnce
from core.progress import unwatched
def make(part):
    part.write_text("half")
    print("making", flush=True)
    time.sleep(60)
MadeOnce(Path(sys.argv[1]), ".txt").get("ab12", make, unwatched)
"""


@pytest.mark.slow
def test_another_process_is_waited_for_and_its_death_noticed(tmp_path: Path) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE)
    assert holder.stdout is not None
    holder.stdout.readline()
    waited = []

    def waiting(_fraction: float) -> None:
        waited.append(1)
        if len(waited) == 3:
            raise Cancelled("cancelled", "Enough.")

    with pytest.raises(Cancelled):
        MadeOnce(tmp_path, ".txt").get("ab12", lambda part: None, waiting)
    holder.kill()
    holder.wait()
    holder.stdout.close()
    path = MadeOnce(tmp_path, ".txt").get("ab12", lambda part: part.write_text("whole") and None, unwatched)
    assert path.read_text() == "whole"
