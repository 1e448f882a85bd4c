"""`make soak`: half an hour of jobs, faults, cleaning and restarts; memory, threads, open files and disk stay flat."""

from __future__ import annotations

import argparse
import json
import logging
import sys
import tempfile
from dataclasses import asdict
from functools import cache
from pathlib import Path

from core.logs.setup import configure_logs
from core.media import presets
from core.template.model import load_template
from tests.conftest import TINY, make_tiny_template
from tests.soak.soaking import Soak


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--samples", type=Path, help="write every sample to this file, as JSON")
    options = parser.parse_args()
    known = {**presets.presets(), "tiny": TINY}
    presets.presets = cache(lambda: known)
    with tempfile.TemporaryDirectory(prefix="trineo-soak-") as name:
        folder = Path(name)
        configure_logs("WARNING", as_json=False, folder=folder / "logs", to_stderr=False)
        logging.getLogger().setLevel("WARNING")
        template = load_template(make_tiny_template(folder / "tiny"))
        soaked = Soak(folder, template, options.seed).run(options.minutes)
    print(soaked.table())
    if options.samples is not None:
        options.samples.write_text(json.dumps([asdict(sample) for sample in soaked.samples]), encoding="utf-8")
    flat = soaked.is_flat() and soaked.lost == 0
    print("flat" if flat else "NOT FLAT")
    return 0 if flat else 1


if __name__ == "__main__":
    sys.exit(main())
