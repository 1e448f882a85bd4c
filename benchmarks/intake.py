"""How fast and how lean files become jobs, against bare reads of the same files.

    python -m benchmarks.intake [--rows N] [--rounds N] [--write FILE]

Writes a CSV and an XLSX of N rows (10,000) of invented children, then reads them in turns, in a fresh process each
time: Trineo's whole preflight (reading, columns, checks, jobs, films' names), the readers alone, openpyxl and csv bare,
and pandas in a virtual environment that is thrown away. Memory is what Python allocates beyond what was there before:
the peak while reading, and what the jobs take once made.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import statistics
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import openpyxl

ROOT = Path(__file__).resolve().parent.parent
HEADER = ("Idioma", "Nombre", "Parentesco", "Qué hizo", "Recuerdo especial", "Pedido", "Provincia")
NAMES = ("Sofía", "Iñaki", "Valentina", "Benjamín", "Martina", "Zoë", "Joaquín", "Olivia", "Emma", "Łukasz", "Amelie")
SURNAMES = ("Paz", "Sosa", "Ríos", "Roux", "Acuña", "Luna", "Vera", "Ferro", "Ibarra", "Quiroga", "Molina", "Ñañez")
PROVINCES = ("Córdoba", "Salta", "Jujuy", "Mendoza", "Neuquén", "Chubut", "Formosa", "Misiones")
TEXT = """
ayudaste a tu hermano con la tarea y ordenaste los juguetes sin que nadie te lo pidiera una tarde de lluvia en la que
bailamos todos en la cocina con la abuela que se reía tanto una bicicleta roja con canasto para pasear al perro
"""

# Each prints seconds, peak bytes, bytes kept. Memory is measured in a run of its own: tracing slows everything down.
_MEASURE = """
import gc, json, sys, time, tracemalloc
path, memory = sys.argv[1], sys.argv[2] == "memory"
{prepare}
gc.collect()
if memory:
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
start, worked = time.perf_counter(), time.process_time()
kept = {read}
seconds, work = time.perf_counter() - start, time.process_time() - worked
size, peak = 0, 0
if memory:
    peak = tracemalloc.get_traced_memory()[1] - before
    gc.collect()
    size = tracemalloc.get_traced_memory()[0] - before
print(json.dumps([seconds, work, peak, size]))
"""
_PREFLIGHT = """
from pathlib import Path
from core.intake.model import Order
from core.intake.preflight import preflight
from core.intake.words import load_word_lists
from core.template.model import load_template
from core.paths import resources
order = Order(load_template(resources() / "templates" / "noche-magica"), Path("/nowhere"))
words = load_word_lists(resources() / "words")
warm = preflight([Path(path).with_name("warm" + Path(path).suffix)], order, taken=lambda film: False, words=words)
def check():
    found = preflight([Path(path)], order, taken=lambda film: False, words=words)
    assert not found.refused, found.refused[:3]
    return found.accepted
"""
_READERS = """
from pathlib import Path
from core.intake.fields import Vocabulary
from core.intake.model import Hints, Source
from core.intake.readers import reader_for
from core.template.model import load_template
from core.paths import resources
vocabulary = Vocabulary(load_template(resources() / "templates" / "noche-magica"))
hints = Hints("es", vocabulary.is_title, vocabulary.is_script)
file = Path(path)
"""
_OPENPYXL = """
import openpyxl
def bare():
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    return [row for row in book.worksheets[0].iter_rows(values_only=True)]
"""
_CSV = """
import csv
def bare():
    with open(path, encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream, delimiter=";"))
"""


@dataclass(frozen=True, slots=True)
class Way:
    name: str
    prepare: str
    read: str
    pandas: bool = False

    def code(self) -> str:
        return _MEASURE.format(prepare=self.prepare, read=self.read)


WAYS = {
    ".csv": (
        Way("Trineo, whole preflight", _PREFLIGHT, "check()"),
        Way("Trineo's reader alone", _READERS, "reader_for(file)(Source(file, file.read_bytes), hints)"),
        Way("csv, bare", _CSV, "bare()"),
        Way("pandas", "import pandas", "pandas.read_csv(path, sep=';', dtype=str)", pandas=True),
    ),
    ".xlsx": (
        Way("Trineo, whole preflight", _PREFLIGHT, "check()"),
        Way("Trineo's reader alone", _READERS, "reader_for(file)(Source(file, file.read_bytes), hints)"),
        Way("openpyxl, bare (read-only, values)", _OPENPYXL, "bare()"),
        Way("pandas (openpyxl engine)", "import pandas", "pandas.read_excel(path, dtype=str)", pandas=True),
    ),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """`work_s` is the processor's time, which what else the machine does disturbs least."""

    way: str
    seconds: tuple[float, ...]
    work_s: tuple[float, ...]
    peak: int
    kept: int


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=10_000)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--no-pandas", action="store_true")
    options.add_argument("--write", type=Path, metavar="FILE", help="also write the tables there")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        pandas = None if asked.no_pandas else _pandas_python(place / "pandas")
        _write_files(place, asked.rows)
        report = "\n".join(_report(place, ending, asked.rounds, asked.rows, pandas) for ending in WAYS)
    print(report)
    if asked.write:
        asked.write.write_text(report + "\n", encoding="utf-8")


def _rows(count: int) -> Iterator[list[str]]:
    chance = random.Random(1)

    def words(least: int, most: int) -> str:
        return " ".join(chance.choices(TEXT.split(), k=chance.randint(least, most)))

    for number in range(count):
        name = f"{chance.choice(NAMES)} {chance.choice(SURNAMES)} {number}"
        yield ["es", name, "mamá", words(8, 20), words(8, 20), words(4, 12), chance.choice(PROVINCES)]


def _write_files(place: Path, count: int) -> None:
    for name, rows in (("rows", count), ("warm", 20)):
        with (place / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, delimiter=";").writerows([HEADER, *_rows(rows)])
        book = openpyxl.Workbook()  # not write-only: so the texts are in a table of their own, as Excel keeps them
        sheet = book.worksheets[0]
        for cells in (HEADER, *_rows(rows)):
            sheet.append(cells)
        book.save(place / f"{name}.xlsx")


def _pandas_python(folder: Path) -> Path:
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    subprocess.run([python, "-m", "pip", "install", "--quiet", "pandas==3.1.1", "openpyxl==3.1.5"], check=True)
    return python


def _report(place: Path, ending: str, rounds: int, rows: int, pandas: Path | None) -> str:
    ways = [way for way in WAYS[ending] if pandas or not way.pandas]
    timed: dict[str, list[Sequence[float]]] = {way.name: [] for way in ways}
    for _ in range(rounds):
        for way in ways:  # in turns: whatever else the machine does falls on each of them
            timed[way.name].append(_run(way, place / f"rows{ending}", "time", pandas))
    figures = []
    for way in ways:
        *_, peak, kept = _run(way, place / f"rows{ending}", "memory", pandas)
        seconds, work_s = (tuple(one[which] for one in timed[way.name]) for which in (0, 1))
        figures.append(Figure(way.name, seconds, work_s, round(peak), round(kept)))
    return _table(ending, rows, figures)


def _run(way: Way, file: Path, what: str, pandas: Path | None) -> Sequence[float]:
    python = pandas if way.pandas and pandas else Path(sys.executable)
    answer = subprocess.run(
        [python, "-c", way.code(), file, what], check=False, capture_output=True, text=True, cwd=ROOT
    )
    if answer.returncode:
        raise SystemExit(answer.stderr)
    measured: list[float] = json.loads(answer.stdout)
    return measured


def _table(ending: str, rows: int, figures: Sequence[Figure]) -> str:
    first = figures[0]
    lines = [
        f"{rows:,} rows of {ending}:",
        "",
        "| | s, median | processor s, median | fastest – slowest | Trineo takes | peak, MB | kept, MB | peak ÷ kept |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for one in figures:
        ratio = statistics.median(a / b for a, b in zip(first.work_s, one.work_s, strict=True))
        lines.append(
            f"| {one.way} | {statistics.median(one.seconds):.2f} | {statistics.median(one.work_s):.2f} "
            f"| {min(one.work_s):.2f} – {max(one.work_s):.2f} | {ratio:.2f}× "
            f"| {one.peak / 1e6:.1f} | {one.kept / 1e6:.1f} | {one.peak / max(1, one.kept):.2f} |"
        )
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    main()
