"""A job's story tells what happened and nothing of the child."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from pydantic import SecretStr

from core.jobs.model import Failure
from core.jobs.store import JobStore
from core.paths import DataFolder
from core.settings.declaration import Settings
from core.storage.caches import Caches
from core.text import Text
from core.upkeep.forgetting import forms
from core.upkeep.running import Running
from tests.stand_ins import make_jobs

KEY = "sk_0123456789abcdef-xyz"
NAME = "Zoë Ñandú"
DEED = "escondiste el camión"


def test_it_tells_the_history_and_the_log_and_no_name(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data").create()
    settings = Settings(elevenlabs_api_key=SecretStr(KEY), output_dir=tmp_path / "films")
    with closing(JobStore.in_memory()) as store:
        batch, [job, other] = make_jobs(2)
        job = job.edited(name=NAME, fields={"nombre": NAME, "queHizo": DEED}, respelled={NAME: "Soi Ñandu"})
        store.submit(batch, [job, other])
        claim = store.claim("mill/1", lease_s=30)
        assert claim is not None
        what = Text("{name} is too long", {"name": NAME})
        store.fail(
            claim, Failure("JobFault", "too_long", what, Text(""), "speech", detail=f"{DEED}\nexit status 3 {KEY}")
        )
        (folder.logs / "trineo.log").write_text(
            f'{{"message": "attempt ended {NAME}", "job": "{job.id}", "timestamp": "2026-01-01T00:00:00Z"}}\n'
            f'{{"message": "of another", "job": "{other.id}"}}\n',
            encoding="utf-8",
        )
        running = Running(settings, folder, store, Caches({}))
        told = running.story(job.id)
        assert running.story("nobody") == ""
    for part in (job.id, batch.id, "state failed", "mill/1", "JobFault too_long in speech", "exit status 3"):
        assert part in told
    assert "attempt ended" in told
    assert "of another" not in told
    for word in (NAME, "Ñandú", "Zoë", "Soi", DEED, KEY, str(tmp_path)):
        assert not [form for form in forms(word) if form in told.encode()]
