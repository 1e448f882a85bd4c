"""Makes the corpus: files as customers send them, each with what must come out of it.

    python -m tests.intake.make_corpus [--only NAME]

The files are kept in the repository, so that tests need none of what makes them: LibreOffice (`soffice`), and
XlsxWriter, python-docx and pandas in a virtual environment that is thrown away. Names and texts are invented.

`cases_*.py` beside this say what each file is made of and, as it stands there by hand, what must come out.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from tests.intake.cases import Case, Workshop
from tests.intake.cases_office import OFFICE
from tests.intake.cases_packed import PACKED
from tests.intake.cases_text import TEXTS

CORPUS = Path(__file__).parent / "corpus"
EXPECTED = Path(__file__).parent / "expected"
_LIBRARIES = ("openpyxl==3.1.5", "XlsxWriter==3.3.1", "python-docx==1.2.0", "pandas==3.1.1", "msoffcrypto-tool==6.1.0")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--only", metavar="NAME", help="just the files whose name holds this")
    only = options.parse_args().only
    with tempfile.TemporaryDirectory() as folder:
        workshop = _workshop(Path(folder))
        for case in (*TEXTS, *OFFICE, *PACKED):
            if only is None or only in case.file:
                _make(case, workshop)


def _workshop(folder: Path) -> Workshop:
    venv.create(folder / "libraries", with_pip=True)
    python = folder / "libraries" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    subprocess.run([python, "-m", "pip", "install", "--quiet", *_LIBRARIES], check=True)
    office = shutil.which("soffice")
    if office is None:
        raise SystemExit("soffice is not here: install LibreOffice (Debian: libreoffice-calc-nogui, -writer-nogui)")
    return Workshop(folder, python, Path(office))


def _make(case: Case, workshop: Workshop) -> None:
    made = case.make(workshop)
    target = CORPUS / case.file
    target.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(made, bytes):
        target.write_bytes(made)
    else:
        shutil.copy(made, target)
    sidecar = EXPECTED / f"{case.file}.json"
    sidecar.write_text(json.dumps(case.as_dict(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(case.file, flush=True)


if __name__ == "__main__":
    main()
