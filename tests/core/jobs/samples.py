"""Jobs, failures and results to put into a store."""

from __future__ import annotations

from itertools import count
from typing import Any

from core.jobs.model import Batch, Failure, Job, Result, Strategy
from core.text import Text

LEASE_S = 30.0
RESULT = Result("/films/1.mp4", Strategy.LIPSYNC, 41.2, poster="/films/1.jpg", seconds={"speech": 0.4})

_numbers = count(1)


def batch(name: str = "hoja.xlsx", total: int = 0) -> Batch:
    return Batch(f"batch-{next(_numbers):06d}", name, total)


def jobs(of: Batch, how_many: int, *, template: str = "aaaa", **settings: Any) -> list[Job]:
    return [job(of, row, template=template, **settings) for row in range(2, how_many + 2)]


def job(of: Batch, row: int = 2, *, template: str = "aaaa", **settings: Any) -> Job:
    values: dict[str, Any] = {
        "source": "hoja.xlsx",
        "name": f"Íñigo {row}",
        "language": "es",
        "output": f"/films/{row}.mp4",
        "fields": {"nombre": f"Íñigo {row}", "queHizo": "aprendió a “leer” 🎄\ty a nadar\n"},
    }
    return Job(
        id=f"job-{next(_numbers):08d}",
        batch=of.id,
        row=row,
        template="noche-magica",
        template_hash=template,
        **values | settings,
    )


def transient(code: str = "provider_busy") -> Failure:
    return Failure(
        "TransientError", code, Text("{name} is busy.", {"name": "HeyGen"}), Text("Wait."), "speech", retry_after_s=2.0
    )


def missing(waits_for: str = "disk") -> Failure:
    return Failure("EnvironmentFault", "gone", Text("It is gone."), Text("Bring it."), waits_for=waits_for)


def fault(code: str = "bad_text") -> Failure:
    return Failure("JobFault", code, Text("This can't be spoken."), Text("Edit it."), "speech", detail="stderr\ttail\n")
