"""Publication under a crash: a film's name holds a whole film, or nothing."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import EnvironmentFault
from core.paths import ROOT
from core.render.publish import clear_parts, moved_under, part_path, prepare, publish
from core.render.verify import moov_first
from tests.stand_ins import make_jobs, raises_code

CRASHING = """
import sys
from dataclasses import replace
from pathlib import Path
from core.render.publish import part_path, publish
from tests.stand_ins import make_jobs
output, size = Path(sys.argv[1]), int(sys.argv[2])
[job] = make_jobs(1)[1]
for number in range(100_000):
    target = output.with_name(f"{number}.mp4")
    part = part_path(target, f"job{number}", "x")
    with part.open("wb") as file:
        for _ in range(8):
            file.write(bytes([number % 256]) * (size // 8))
    publish(part, replace(job, id=f"job{number}", output=str(target)))
    print(number, flush=True)
"""


@pytest.mark.slow
def test_killed_at_any_moment_no_half_film_has_a_name(tmp_path: Path) -> None:
    size = 400_000
    for round_ in range(6):
        folder = tmp_path / str(round_)
        folder.mkdir()
        process = subprocess.Popen(
            [sys.executable, "-c", CRASHING, str(folder / "film.mp4"), str(size)], cwd=ROOT, stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.02 + 0.013 * round_)
        process.kill()
        told = [int(line) for line in process.stdout.read().split()]
        process.wait()
        process.stdout.close()
        films = sorted(folder.glob("*.mp4"))
        assert films
        assert all(film.stat().st_size == size and len(set(film.read_bytes())) == 1 for film in films)
        assert set(told) <= {int(film.stem) for film in films}, "a film that was told is not there"


def test_two_that_want_one_name_both_get_a_film(tmp_path: Path) -> None:
    output = tmp_path / "film.mp4"
    for job in make_jobs(3)[1]:
        part = part_path(output, job.id, "x")
        part.write_text(job.name[-1])
        publish(part, replace(job, output=str(output)))
    assert {film.name: film.read_text() for film in tmp_path.iterdir()} == {
        "film.mp4": "0",
        "film (2).mp4": "1",
        "film (3).mp4": "2",
    }


def test_only_the_jobs_own_parts_are_cleared(tmp_path: Path) -> None:
    output = tmp_path / "film.mp4"
    for job in ("abc", "abcd"):
        part_path(output, job, "1").write_bytes(b"x")
    clear_parts(output, "abc")
    assert [file.name for file in tmp_path.iterdir()] == [".trineo-abcd-1.part"]


def box(kind: bytes, content: bytes = b"") -> bytes:
    return (8 + len(content)).to_bytes(4, "big") + kind + content


@pytest.mark.parametrize(
    ("boxes", "first"),
    [
        (box(b"ftyp", b"isom") + box(b"moov") + box(b"mdat"), True),
        (box(b"ftyp") + box(b"free", b"1234") + box(b"mdat") + box(b"moov"), False),
        (b"\0\0\0\x01free" + (24).to_bytes(8, "big") + b"12345678" + box(b"moov"), True),
        (box(b"ftyp"), False),
        (b"\0\0\0\0junk", False),
        (b"", False),
    ],
)
def test_moov_first_reads_the_boxes(tmp_path: Path, boxes: bytes, first: bool) -> None:
    (tmp_path / "film.mp4").write_bytes(boxes)
    assert moov_first(tmp_path / "film.mp4") is first


@pytest.mark.parametrize(
    "output",
    ["/mnt/films/lote ñ/0002-Zoë.mp4", "C:\\films\\lote ñ\\0002-Zoë.mp4", "\\\\nas\\films\\lote ñ\\0002-Zoë.mp4"],
)
def test_a_machine_that_keeps_its_own_films_knows_every_systems_paths(tmp_path: Path, output: str) -> None:
    assert moved_under(output, tmp_path) == tmp_path / "lote ñ" / "0002-Zoë.mp4"


@pytest.mark.parametrize(
    ("output", "inside"),
    [
        ("/0002-Ana.mp4", "0002-Ana.mp4"),
        ("C:\\0002-Ana.mp4", "0002-Ana.mp4"),
        ("\\\\nas\\films\\0002-Ana.mp4", "0002-Ana.mp4"),
        ("/films/../0002-Ana.mp4", "0002-Ana.mp4"),
    ],
)
def test_no_senders_path_leads_out_of_the_machines_own_folder(tmp_path: Path, output: str, inside: str) -> None:
    assert moved_under(output, tmp_path) == tmp_path / inside


def test_another_systems_path_is_refused(tmp_path: Path) -> None:
    with raises_code(EnvironmentFault, "output_folder_unusable"):
        prepare(Path("C:\\films\\lote\\0002-Ana.mp4"))
