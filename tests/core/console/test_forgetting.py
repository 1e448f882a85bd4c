"""Forgetting, proved: every byte that the program has written is searched for the child's name and texts."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import redis

from core.upkeep.forgetting import forms
from tests.core.console.trineo import Trineo
from tests.redis_server import RedisServer, redis_server

NAME = "Zoë Ñandú-Quiroga"
DEED = "escondiste el camión de bomberos debajo de la cama"
WORDS = (NAME, "Quiroga", DEED, "bomberos", "Supe que escondiste")


def looked_for() -> list[bytes]:
    found = [form for word in WORDS for form in forms(word)]
    found += [form for word in WORDS for form in forms(word.upper())]
    found += [quote(NAME).encode(), NAME.replace("ë", "e").replace("Ñ", "N").replace("ú", "u").encode()]
    return list(dict.fromkeys(found))


def written(folder: Path, but: set[Path]) -> Iterator[tuple[str, bytes]]:
    """Every file's name and content, and what is inside zips; links are followed."""
    for file in folder.rglob("*"):
        if any(file == one or one in file.parents for one in but):
            continue
        yield str(file), file.name.encode("utf-8", "surrogateescape")
        if file.is_file():
            yield str(file), file.read_bytes()
            if zipfile.is_zipfile(file):
                with zipfile.ZipFile(file) as bundle:
                    yield from ((f"{file}:{name}", bundle.read(name)) for name in bundle.namelist())


def in_redis(client: Any) -> Iterator[tuple[str, bytes]]:
    readers: dict[str, Any] = {
        "string": client.get,
        "hash": client.hgetall,
        "set": client.smembers,
        "zset": lambda name: client.zrange(name, 0, -1, withscores=True),
        "stream": client.xrange,
    }
    for name in client.keys("*"):
        kind = client.type(name).decode()
        yield name.decode(), name + repr(readers[kind](name)).encode()
        value = readers[kind](name)
        for part in value.items() if kind == "hash" else [(value, b"")]:
            yield name.decode(), b"".join(one for one in part if isinstance(one, bytes))


def traces_of_the_child(places: Iterator[tuple[str, bytes]]) -> list[str]:
    wanted = looked_for()
    return sorted({f"{where}: {word!r}" for where, content in places for word in wanted if word in content})


def of_the_child(trineo: Trineo, client: Any | None, sheet: Path) -> list[str]:
    found = traces_of_the_child(written(trineo.folder, {sheet}))
    return found + (traces_of_the_child(in_redis(client)) if client is not None else [])


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    with redis_server(tmp_path_factory.mktemp("redis")) as running:
        yield running


@pytest.mark.slow
@pytest.mark.parametrize("where", ["local", pytest.param("redis", marks=pytest.mark.redis)])
def test_a_forgotten_child_is_nowhere(
    where: str, request: pytest.FixtureRequest, trineo: Trineo, tmp_path: Path, tiny_folder: Path
) -> None:
    client = None
    if where == "redis":
        url = request.getfixturevalue("server").url
        client = redis.Redis.from_url(url)
        (tmp_path / "bank").mkdir()
        trineo = Trineo(tmp_path / "there", tmp_path / "bank", url)
        (tmp_path / "there" / "tiny").symlink_to(tiny_folder, target_is_directory=True)
    sheet = trineo.sheet("lote.csv", "Ana,cantaste", f"{NAME},{DEED}")
    lines, status, _ = trineo.render(sheet, LOG_LEVEL="DEBUG")
    assert status == 0, lines
    film = next(Path(line["output"]) for line in lines if line.get("name") == NAME)
    kept = next(Path(line["output"]) for line in lines if line.get("name") == "Ana")
    trineo.json("submit", sheet, *trineo.order)  # and once more, waiting
    assert of_the_child(trineo, client, sheet)
    speech = trineo.data / "cache" / "speech"
    pieces = len(list(speech.rglob("*.wav")))

    told = trineo.json("forget", "--name", NAME.upper(), "--dry-run")
    assert (told["jobs"], told["films_kept"]) == (2, [str(film)])
    assert film.exists()
    told = trineo.json("forget", "--name", NAME, "--films")
    assert (told["jobs"], told["films"]["count"], told["still_running"]) == (2, 1, 0)
    assert told["pieces"]["count"] > 0
    assert not film.exists()
    assert kept.exists()
    assert 0 < len(list(speech.rglob("*.wav"))) == pieces - sum(1 for _ in range(told["pieces"]["count"]))

    support = trineo.folder / "help.zip"
    assert trineo("support", support).returncode == 0
    assert of_the_child(trineo, client, sheet) == []
    with zipfile.ZipFile(support) as bundle:
        assert {"health.json", "metrics.json", "settings.json", "versions.json"} <= set(bundle.namelist())
        everything = b"".join(bundle.read(name) for name in bundle.namelist())
    assert str(trineo.folder).encode() not in everything
    assert trineo.json("forget", "--name", NAME)["jobs"] == 0
    assert trineo.states() == {"done": 1, "ready": 1}


def test_a_batch_is_forgotten_by_its_name(trineo: Trineo) -> None:
    sheet = trineo.sheet("lote.csv", "Ana,cantaste", f"{NAME},{DEED}")
    trineo.json("submit", sheet, *trineo.order)
    assert trineo("forget", "--json").returncode == 2, "everything is never meant by chance"
    assert trineo.json("forget", "--batch", "lote")["jobs"] == 2
    assert trineo.states() == {}
    assert of_the_child(trineo, None, sheet) == []


def test_the_figures_outlive_everything(trineo: Trineo) -> None:
    lines, status, _ = trineo.render(trineo.sheet("lote.csv", "Ana,cantaste"))
    assert status == 0, lines
    told = trineo.json("metrics")
    assert (told["films"], told["failed"], told["success_rate"]) == (1, 0, 1.0)
    assert told["stages"]["speech"]["count"] == told["stages"]["all"]["count"] == 1
    assert told["hours"][0]["films"] == 1
    assert "trineo_films_total" in trineo("metrics", "--prometheus").stdout
    assert "1 made" in trineo("metrics").stdout
    cleaned = trineo.json("cleanup", "--dry-run")
    assert cleaned["dry_run"] is True
    assert {one["count"] for one in cleaned["removed"].values()} == {0}
    assert trineo("cleanup").returncode == 0
    log = (trineo.data / "logs" / "trineo.log").read_text(encoding="utf-8")
    assert "Ana" not in log
