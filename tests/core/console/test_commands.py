"""The command line as people and scripts meet it: a real process, its output, its exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from core.jobs.model import State
from core.media.probe import probe
from core.render.interfaces import STAGES
from tests.core.console.trineo import HEADER, Trineo

pytestmark = pytest.mark.slow


def test_render_json_keeps_the_contract(trineo: Trineo, tmp_path: Path) -> None:
    sheet = trineo.sheet("lote ñ.csv", "Zoë,ayudaste", "", "D'Angelo,jugaste")
    lines, status, _ = trineo.render(sheet)
    assert status == 0
    *jobs, batch = lines
    assert [list(line) for line in jobs] == [
        ["type", "id", "row", "name", "state", "output", "strategy", "attempts", "error", "seconds"]
    ] * 2
    by_row = {line["row"]: line for line in jobs}
    assert {row: line["name"] for row, line in by_row.items()} == {2: "Zoë", 4: "D'Angelo"}
    for line in jobs:
        assert (line["type"], line["state"], line["strategy"]) == ("job", "done", "voiceover")
        assert (line["attempts"], line["error"]) == (1, None)
        assert list(line["seconds"]) == list(STAGES)
        film = Path(line["output"])
        assert film.parent == trineo.out / "lote ñ"
        video = probe(film).video
        assert video is not None
        assert (video.width, video.height) == (540, 960)
    assert list(batch) == ["type", "total", "done", "failed", "parked", "seconds"]
    assert {**batch, "seconds": 0} == {"type": "batch", "total": 2, "done": 2, "failed": 0, "parked": 0, "seconds": 0}
    assert sorted(file.name for file in trineo.out.rglob("*") if file.is_file()) == [
        "0002-Zoë.mp4",
        "0004-D'Angelo.mp4",
    ]


def test_bad_rows_are_told_and_good_ones_rendered(trineo: Trineo, tmp_path: Path) -> None:
    sheet = trineo.sheet(
        "lote.csv",
        ",ayudaste",
        "Ana,cantaste",
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx,y",
    )
    lines, status, told = trineo.render(sheet, tmp_path / "missing.csv")
    assert status == 2
    assert [(line["row"], line["state"]) for line in lines[:-1]] == [(3, "done")]
    assert "lote.csv, row 2, nombre" in told
    assert "lote.csv, row 4, nombre" in told
    assert "missing.csv" in told
    assert "Traceback" not in told


BAD = {
    "empty": b"",
    "header only": b"nombre,queHizo\n",
    "no name column": b"edad,ciudad\n7,Salta\n",
    "no text": bytes(range(256)) * 40,
    "no required field": HEADER.encode() + b",ayudaste\n",
}


@pytest.mark.parametrize("case", BAD)
def test_bad_files_cost_nothing(trineo: Trineo, tmp_path: Path, case: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(BAD[case])
    lines, status, told = trineo.render(path)
    assert status == 2
    assert [line["type"] for line in lines] == ["batch"]
    assert lines[0]["total"] == 0
    assert "bad.csv" in told
    assert "Traceback" not in told
    assert not trineo.out.exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("render",), "FILES"),
        (("render", "a.csv", "--template", "no-such"), "no-such"),
        (("render", "a.csv", "--preset", "no-such"), "vertical-1080"),
        (("render", "a.csv", "--strategy", "mime"), "mime"),
        (("render", "a.csv", "--workers", "0"), "1 to 64"),
        (("render", "a.csv", "--out", "/dev/null/films"), "/dev/null/films"),
        (("status", "--nonsense"), "--nonsense"),
        (("status", "--redis-url", "http://x"), "redis://"),
    ],
)
def test_wrong_usage_says_what_is_wrong(trineo: Trineo, arguments: tuple[str, ...], words: str) -> None:
    done = trineo(*arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_without_ffmpeg_nothing_is_started(trineo: Trineo, tmp_path: Path) -> None:
    sheet = trineo.sheet("lote.csv", "Ana,cantaste")
    lines, status, told = trineo.render(sheet, IMAGEIO_FFMPEG_EXE=str(tmp_path / "gone"))
    assert (lines, status) == ([], 3)
    assert "FFmpeg" in told
    assert json.loads(trineo("status", "--json").stdout)["batches"] == []


def test_redis_away_is_told_at_once(trineo: Trineo) -> None:
    done = trineo("status", "--redis-url", "redis://user:secret@127.0.0.1:1/0")
    assert done.returncode == 3
    assert "127.0.0.1:1" in done.stderr
    assert "secret" not in done.stderr + done.stdout


def test_check_json_keeps_the_contract(trineo: Trineo, tmp_path: Path) -> None:
    sheet = trineo.sheet("lote.csv", "Ana,cantaste", ",jugaste")
    done = trineo("check", sheet, "--json", "--template", trineo.folder / "tiny", "--out", trineo.out)
    assert done.returncode == 2
    told = json.loads(done.stdout)
    assert list(told) == ["accepted", "refused", "notices"]
    [accepted], [refused] = told["accepted"], told["refused"]
    assert accepted == {
        "file": str(sheet),
        "sheet": "",
        "row": 2,
        "name": "Ana",
        "output": str(trineo.out / "lote" / "0002-Ana.mp4"),
        "warnings": [],
    }
    assert list(refused) == ["file", "sheet", "row", "field", "code", "message", "remedy"]
    assert (refused["row"], refused["field"]) == (3, "nombre")
    assert not trineo.out.exists(), "checking made a folder"


def test_health_and_status_speak_json(trineo: Trineo) -> None:
    health = trineo("health", "--json")
    told = json.loads(health.stdout)
    assert health.returncode == 0, told
    assert told["ok"] is True
    assert {
        "store",
        "ffmpeg",
        "templates",
        "voice espeak",
        "disk space",
        "output folder",
        "clock",
        "queue",
        "workers",
    } == {check["name"] for check in told["checks"]}
    ill = trineo("health", "--json", IMAGEIO_FFMPEG_EXE="/gone")
    assert ill.returncode == 3
    assert {check["name"]: check["light"] for check in json.loads(ill.stdout)["checks"]}["ffmpeg"] == "failing"
    status = json.loads(trineo("status", "--json").stdout)
    assert status["states"] == {str(state): 0 for state in State}


def test_without_a_display_the_window_says_so(trineo: Trineo) -> None:
    environment = dict.fromkeys(("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"), "")
    done = trineo(**environment)
    assert done.returncode == 3
    assert "make demo" in done.stderr


def test_no_name_is_too_much_for_the_terminal(trineo: Trineo) -> None:
    sheet = trineo.sheet("lote.csv", "Zoë 🎅,cantaste")
    plain = trineo("check", sheet, *trineo.order, PYTHONIOENCODING="ascii")
    assert plain.returncode == 0, plain.stderr
    assert "row 2: Zo? ? ? " in plain.stdout
    checked = trineo("check", sheet, *trineo.order, "--json", PYTHONIOENCODING="ascii")
    assert json.loads(checked.stdout)["accepted"][0]["name"] == "Zoë 🎅", "what programs read is UTF-8"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")
@pytest.mark.parametrize(("to", "status"), [("/dev/full", 3), ("closed pipe", 1)])
def test_output_that_can_not_be_written(trineo: Trineo, to: str, status: int) -> None:
    if to == "/dev/full" and not Path(to).exists():
        pytest.skip("no such device here")
    if to == "closed pipe":
        reader, writer = os.pipe()
        os.close(reader)
    else:
        writer = os.open(to, os.O_WRONLY)
    try:
        done = subprocess.run(
            trineo.command("status", "--json"),
            stdout=writer,
            stderr=subprocess.PIPE,
            text=True,
            env=trineo.environment(),
            timeout=60,
            check=False,
        )
    finally:
        os.close(writer)
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr
    assert ("disk is full" in done.stderr) == (status == 3)


def long_sheet(trineo: Trineo, rows: int) -> Path:
    return trineo.sheet("lote.csv", *(f"Ana {n},{'cantaste mucho ' * 20}" for n in range(rows)))


def start(trineo: Trineo, sheet: Path) -> subprocess.Popen[str]:
    """A render of one row after the other, once its first film is there."""
    process = trineo.start("render", sheet, "--json", *trineo.order, "--workers", "1")
    assert process.stdout is not None
    assert json.loads(process.stdout.readline())["state"] == "done"
    return process


def test_an_interrupt_finishes_what_runs_and_keeps_the_rest(trineo: Trineo, tmp_path: Path) -> None:
    process = start(trineo, long_sheet(trineo, 60))
    process.terminate()
    out, told = process.communicate(timeout=60)
    assert process.returncode == 130, told
    batch = json.loads(out.splitlines()[-1])
    assert 1 <= batch["done"] < 60
    states = json.loads(trineo("status", "--json").stdout)["states"]
    assert states["done"] == len(list(trineo.out.rglob("*.mp4"))) >= batch["done"]
    assert states["ready"] == 60 - states["done"]


def test_after_kill_9_the_next_run_finishes_the_queue(trineo: Trineo, tmp_path: Path) -> None:
    process = start(trineo, long_sheet(trineo, 8))
    time.sleep(0.3)
    process.kill()
    process.communicate()
    first = {film.name: film.stat().st_mtime_ns for film in trineo.out.rglob("*.mp4")}
    lines, status, _ = trineo.render(trineo.sheet("more.csv", "Bea,jugaste"))
    assert status == 0
    assert lines[-1]["done"] == 1
    assert len(list((trineo.out / "lote").glob("*.mp4"))) == 8
    assert not list(trineo.out.rglob(".trineo-*"))
    assert len(first) < 8, "it was killed too late to show anything"
