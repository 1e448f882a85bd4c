"""Files made once: by one of many, whole or not at all."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from core.errors import Cancelled, EnvironmentFault
from core.paths import ROOT
from core.progress import unwatched
from core.storage.cache import MadeOnce, Usage, content_key
from tests.stand_ins import raises_code


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


def test_a_full_disk_parks_the_job(tmp_path: Path) -> None:
    def fill(part: Path) -> None:
        part.write_text("half")
        raise OSError(errno.ENOSPC, "No space left on device")

    with raises_code(EnvironmentFault, "disk_full"):
        MadeOnce(tmp_path, ".txt").get("ab12", fill, unwatched)
    assert not list(tmp_path.rglob("*.txt"))


HOLDER = """
import sys, time
from pathlib import Path
from core.storage.cache import MadeOnce
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
    path = put(MadeOnce(tmp_path, ".txt"), "ab12")
    assert path.read_bytes() == b"x" * 1000


def test_who_waits_sees_the_others_file_grow(tmp_path: Path) -> None:
    seen: list[float] = []
    grow, done = threading.Event(), threading.Event()

    def make(part: Path) -> None:
        part.write_bytes(b"x" * 1000)
        grow.wait(10)
        part.write_bytes(b"x" * 1_000_000)
        done.wait(10)

    def waiting(fraction: float) -> None:
        seen.append(fraction)
        (done if len(seen) > 2 else grow).set()

    with ThreadPoolExecutor(1) as pool:
        maker = pool.submit(MadeOnce(tmp_path, ".bin").get, "ab12", make, unwatched)
        while not list(tmp_path.rglob("*.part.bin")):
            time.sleep(0.01)
        MadeOnce(tmp_path, ".bin").get("ab12", fail, waiting)
        maker.result()
    assert 0 < seen[0] < seen[-1] < 1


def put(cache: MadeOnce, key: str, size: int = 1000) -> Path:
    def make(part: Path) -> None:
        part.write_bytes(b"x" * size)

    return cache.get(key, make, unwatched)


def fail(part: Path) -> None:
    raise AssertionError(f"{part} was made again")


@pytest.mark.parametrize("how", ["cut", "changed", "emptied", "seal lost", "seal changed"])
def test_what_was_damaged_on_disk_is_made_again(tmp_path: Path, how: str) -> None:
    path = put(MadeOnce(tmp_path, ".bin"), "ab12")
    seal = path.with_suffix(".seal")
    match how:
        case "cut":
            path.write_bytes(b"x" * 999)
        case "changed":
            path.write_bytes(b"x" * 500 + b"y" + b"x" * 499)
        case "emptied":
            path.write_bytes(b"")
        case "seal lost":
            seal.unlink()
        case "seal changed":
            seal.write_bytes(b"\xff\xfe")
    made = []
    again = MadeOnce(tmp_path, ".bin").get("ab12", lambda part: made.append(part.write_bytes(b"x" * 1000)), unwatched)
    assert again.read_bytes() == b"x" * 1000
    assert len(made) == 1
    assert MadeOnce(tmp_path, ".bin").get("ab12", fail, unwatched) == path


def test_damage_under_a_running_program_is_noticed_too(tmp_path: Path) -> None:
    cache = MadeOnce(tmp_path, ".bin")
    path = put(cache, "ab12")
    path.write_bytes(b"z")
    assert put(cache, "ab12").read_bytes() == b"x" * 1000


def test_a_full_cache_lets_go_of_what_was_not_used_for_longest(tmp_path: Path) -> None:
    cache = MadeOnce(tmp_path, ".bin", limit_bytes=4500)
    paths = [put(cache, f"{n}{n}") for n in range(4)]
    old_ns = time.time_ns() - 10**12
    for age, path in enumerate(paths):  # the first was used last
        os.utime(path.with_suffix(".seal"), ns=(old_ns - age * 10**9, old_ns - age * 10**9))
    put(cache, "99")
    left = sorted(file.stem for file in tmp_path.rglob("*.bin"))
    assert left == ["00", "11", "22", "99"]
    assert not paths[3].with_suffix(".seal").exists()
    assert cache.usage() == Usage(4, 4000, 4500)


def test_what_is_in_use_stays_however_full_it_is(tmp_path: Path) -> None:
    cache = MadeOnce(tmp_path, ".bin", limit_bytes=1500)
    with cache.in_use():
        mine = [put(cache, f"{n}{n}") for n in range(3)]
        with ThreadPoolExecutor(1) as pool:
            pool.submit(put, cache, "aa").result()
        assert all(path.exists() for path in mine)
        assert cache.clear().files == 1
        assert all(path.exists() for path in mine)
    assert cache.clear().files == 3
    assert cache.usage().files == 0


def test_what_another_process_used_lately_stays(tmp_path: Path) -> None:
    theirs = put(MadeOnce(tmp_path, ".bin"), "ab12")
    cache = MadeOnce(tmp_path, ".bin", limit_bytes=1500)
    put(cache, "cd34")
    put(cache, "ef56")
    assert theirs.exists()
    assert not cache.path("cd34").exists()
    assert cache.clear(even_if_others_use_it=True).files == 2


def test_use_is_remembered_on_disk(tmp_path: Path) -> None:
    path = put(MadeOnce(tmp_path, ".bin"), "ab12")
    os.utime(path.with_suffix(".seal"), ns=(1, 1))
    put(MadeOnce(tmp_path, ".bin"), "ab12")
    assert path.with_suffix(".seal").stat().st_mtime > 1e9


def test_it_counts_what_was_there_what_was_made_and_how_long_that_took(tmp_path: Path) -> None:
    def slowly(part: Path) -> None:
        time.sleep(0.05)
        part.write_text("content")

    cache = MadeOnce(tmp_path, ".txt")
    for key in ("ab12", "cd34", "ab12", "ab12"):
        cache.get(key, slowly, unwatched)
    looked = cache.lookups()
    assert (looked.there, looked.made) == (2, 2)
    assert looked.making_s >= 0.1
    both = looked + looked
    assert (both.there, both.made, both.making_s) == (4, 4, 2 * looked.making_s)
