"""A line is made once, keeps what is known of it, and survives damage to the index."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from core.errors import TransientError
from core.progress import unwatched
from core.render.audio_cache import AudioCache, Made
from core.render.audio_index import AudioIndex, Entry
from core.render.spoken import Timing
from tests.stand_ins import raises_code, write_tone

KEY = AudioCache.key("Hola.", "voz/modelo", "elevenlabs", "es")


def making(seconds: float = 0.5, calls: list[Path] | None = None) -> Callable[[Path], Made]:
    def make(part: Path) -> Made:
        if calls is not None:
            calls.append(part)
        write_tone(part, seconds)
        return Made("elevenlabs", seconds, (Timing("H", 0.0, 0.1),), (Timing("o", 0.1, 0.2),), 5)

    return make


def test_the_key_is_an_md5_of_text_voice_and_provider() -> None:
    assert len(KEY) == len(hashlib.md5(b"", usedforsecurity=False).hexdigest())
    others = [
        AudioCache.key("Hola!", "voz/modelo", "elevenlabs", "es"),
        AudioCache.key("Hola.", "voz/otro", "elevenlabs", "es"),
        AudioCache.key("Hola.", "voz/modelo", "espeak", "es"),
        AudioCache.key("Hola.", "voz/modelo", "elevenlabs", "en"),
        AudioCache.key("Hola.", "voz/modelo", "elevenlabs", "es", take=1),
    ]
    assert len({KEY, *others}) == 6


def test_a_line_is_made_once_and_remembers_its_timing(tmp_path: Path) -> None:
    calls: list[Path] = []
    first = AudioCache(tmp_path).get(KEY, making(calls=calls), unwatched)
    second = AudioCache(tmp_path).get(KEY, making(calls=calls), unwatched)
    assert first == second
    assert second.characters == (Timing("H", 0.0, 0.1),)
    assert second.phonemes == (Timing("o", 0.1, 0.2),)
    assert len(calls) == 1


def test_many_threads_pay_once(tmp_path: Path) -> None:
    calls: list[Path] = []
    cache, ready = AudioCache(tmp_path), threading.Barrier(8)

    def ask(_: int) -> Path:
        ready.wait()
        return cache.get(KEY, making(calls=calls), unwatched).path

    with ThreadPoolExecutor(8) as pool:
        paths = set(pool.map(ask, range(8)))
    assert len(paths) == len(calls) == 1


def test_what_fails_leaves_nothing(tmp_path: Path) -> None:
    def half(part: Path) -> Made:
        part.write_bytes(b"RIFF half of it")
        raise TransientError("voice_failed", "Half a line.")

    cache = AudioCache(tmp_path)
    with raises_code(TransientError, "voice_failed"):
        cache.get(KEY, half, unwatched)
    assert not cache.has(KEY)
    assert cache.usage().files == 0
    assert cache.characters() == {}


@pytest.mark.parametrize("damage", [b"", b"\x00\xff not json", b'{"key": "half', b"[1]\n", b'{"key":"a"}\n', None])
def test_a_damaged_index_is_made_again_from_the_files(tmp_path: Path, damage: bytes | None) -> None:
    cache = AudioCache(tmp_path)
    cache.get(KEY, making(), unwatched)
    index = tmp_path / "index.json"
    before = index.read_bytes()
    if damage is None:
        index.unlink()
    elif damage:
        index.write_bytes(before + damage)
    assert cache.characters() == {"elevenlabs": 5}
    assert json.loads(index.read_bytes().splitlines()[0])["key"] == KEY


def test_no_word_is_in_the_index(tmp_path: Path) -> None:
    AudioCache(tmp_path).get(KEY, making(), unwatched)
    assert set(json.loads((tmp_path / "index.json").read_text())) == {
        "key",
        "provider",
        "seconds",
        "characters",
        "bytes",
        "made",
    }


def test_what_is_thrown_out_leaves_the_index(tmp_path: Path) -> None:
    cache = AudioCache(tmp_path, limit_mb=1)
    for number in range(15):  # each about 96 kB
        cache.get(AudioCache.key(str(number), "v", "p", "es"), making(1.0), unwatched)
    assert cache.usage().bytes <= 1_000_000
    assert cache.characters()["elevenlabs"] == 5 * cache.usage().files < 75
    assert cache.clear().files > 0
    assert cache.characters() == {}


def test_an_index_with_much_that_is_gone_is_tidied(tmp_path: Path) -> None:
    index = AudioIndex(tmp_path / "index.json", list)
    for number in range(600):
        index.add(Entry(f"k{number}", "p", 1.0, 3, 10, 0.0))
        index.remove([f"k{number}"])
    index.add(Entry("kept", "p", 1.0, 3, 10, 0.0))
    assert list(index.entries()) == ["kept"]
    assert len((tmp_path / "index.json").read_bytes().splitlines()) == 1
    assert list(index.entries()) == ["kept"]


def test_two_programs_write_one_index(tmp_path: Path) -> None:
    indexes = [AudioIndex(tmp_path / "index.json", list) for _ in range(4)]

    def add(number: int) -> None:
        indexes[number % 4].add(Entry(f"k{number}", "p", 1.0, 3, 10, 0.0))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(200)))
    assert len(indexes[0].entries()) == 200


def test_what_was_removed_behind_its_back_goes_out_of_the_index(tmp_path: Path) -> None:
    cache = AudioCache(tmp_path / "speech")
    assert cache.trim().files == 0
    assert not (tmp_path / "speech").exists()
    kept = AudioCache.key("Chau.", "voz", "elevenlabs", "es")
    for key in (KEY, kept):
        cache.get(key, making(), unwatched)
    cache.get(KEY, making(), unwatched).path.unlink()
    cache.trim()
    assert set(AudioIndex(tmp_path / "speech" / "index.json", list).entries()) == {kept}
    assert cache.characters() == {"elevenlabs": 5}


def test_what_need_not_be_spoken_again_is_counted(tmp_path: Path) -> None:
    """Also by a program that did not make it; what is made for the first time spares nobody anything."""
    first = AudioCache(tmp_path)
    first.get(KEY, making(), unwatched)
    assert first.lookups().spared == {}
    second = AudioCache(tmp_path)
    for _ in range(3):
        line = second.get(KEY, making(), unwatched)
    assert second.lookups().there == 3
    assert second.lookups().spared == {line.provider: 3 * line.paid}
    assert line.paid > 0
