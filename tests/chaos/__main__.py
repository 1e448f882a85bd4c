"""`make chaos`: many rounds of everything that can go wrong, and what it came to."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.chaos.arena import Account, Round, durable_redis, small_disk
from tests.conftest import make_tiny_template


def _several(round_: Round, folder: Path) -> Account:
    with durable_redis(folder / "redis") as server:
        return round_.several(server)


def _server_dies(round_: Round, folder: Path) -> Account:
    with durable_redis(folder / "redis") as server:
        return round_.server_dies(server)


def _disk_full(round_: Round, folder: Path) -> Account:
    with small_disk(folder / "disk") as disk:
        return Account(notes=["no small disk could be mounted"]) if disk is None else round_.disk_full(disk)


KINDS: dict[str, Callable[[Round, Path], Account]] = {
    "program killed": lambda round_, _folder: round_.local(),
    "machines killed and stopped": _several,
    "Redis killed": _server_dies,
    "disk full": _disk_full,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="trineo-chaos-"))
    template = make_tiny_template(folder / "tiny")
    totals = {kind: Account() for kind in KINDS}
    started = time.monotonic()
    for number in range(options.rounds):
        kind = list(KINDS)[number % len(KINDS)]
        place = folder / f"{number:04}"
        account = KINDS[kind](Round(place / "round", template, folder / "bank", options.seed + number), place)
        totals[kind] += account
        if not account.clean:
            print(f"round {number} ({kind}): {account}", flush=True)
    for kind, account in totals.items():
        print(f"{kind}: {account}")
    total = sum(totals.values(), Account())
    print(f"{options.rounds} rounds in {time.monotonic() - started:.0f} s: {str(total).splitlines()[0]}")
    return 0 if total.clean else 1


if __name__ == "__main__":
    sys.exit(main())
