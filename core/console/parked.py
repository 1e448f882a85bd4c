"""`app.py parked`: what films wait for, and letting them go on."""

from __future__ import annotations

import json
from collections.abc import Sequence

from core.console.status import DONE
from core.jobs.model import JobRecord, State
from core.studio import Studio

_PAGE = 1000


def parked(studio: Studio, action: str, ids: Sequence[str], *, everything: bool, as_json: bool) -> int:
    """`list`, or `pay-again`: calls that were never answered count as spent and are made anew, for `ids` or all."""
    if action == "list":
        _list(studio, as_json=as_json)
        return DONE
    chosen = [record.id for record in _waiting(studio)] if everything else list(ids)
    resumed = studio.money.pay_again(chosen)
    print(json.dumps({"resumed": resumed}) if as_json else f"{resumed} jobs go on")
    return DONE


def _list(studio: Studio, *, as_json: bool) -> None:
    records = _waiting(studio)
    if as_json:
        print(
            json.dumps(
                [
                    {
                        "id": record.id,
                        "row": record.job.row,
                        "name": record.job.name,
                        "code": record.failure.code,
                        "message": str(record.failure.what),
                        "remedy": str(record.failure.remedy),
                        "waits_for": record.failure.waits_for,
                    }
                    for record in records
                    if record.failure
                ],
                ensure_ascii=False,
            )
        )
        return
    for record in records:
        if record.failure:
            print(
                f"{record.id}  row {record.job.row}  {record.job.name}: {record.failure.what} {record.failure.remedy}"
            )
    print(f"{len(records)} jobs wait")


def _waiting(studio: Studio) -> list[JobRecord]:
    count = studio.counts().get(State.PARKED, 0)
    pages = (studio.jobs(state=State.PARKED, offset=offset, limit=_PAGE) for offset in range(0, count, _PAGE))
    return [record for page in pages for record in page]
