"""What help is asked for with holds nothing about a child, and no key."""

from __future__ import annotations

import json
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from pydantic import SecretStr

from core.errors import StoreAway, UsageError
from core.jobs.local import open_store
from core.jobs.model import Failure
from core.paths import DataFolder
from core.settings.declaration import Settings
from core.text import Text
from core.upkeep.forgetting import forms
from core.upkeep.support import write_support
from tests.stand_ins import make_jobs, raises_code

KEY = "sk_0123456789abcdef-xyz"
NAME = "Zoë Ñandú"


def test_it_helps_and_tells_nothing(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data").create()
    (folder.logs / "trineo.log").write_text(
        f'{{"message": "attempt ended", "seconds": 1.5}}\nGET https://x/?api_key={KEY}\nmade /f/0001-{NAME}.mp4\n',
        encoding="utf-8",
    )
    settings = Settings(
        elevenlabs_api_key=SecretStr(KEY),
        redis_url=SecretStr("redis://u:hidden-word@h:1/0"),
        output_dir=tmp_path / NAME,
        metrics_port=9100,
    )

    def away() -> None:
        raise StoreAway("redis_away", "away")

    with closing(open_store(None, folder.queue)) as store:
        batch, jobs = make_jobs(1)
        store.submit(batch, [jobs[0].edited(name=NAME, fields={"nombre": NAME})])
        claim = store.claim("m/1", lease_s=30)
        assert claim is not None
        store.fail(claim, Failure("JobFault", "too_long", Text(f"{NAME} is too long"), Text(""), detail=NAME))
        file = tmp_path / "help.zip"
        names = write_support(file, settings, folder, store, {"metrics": away, "health": lambda: [{"check": "store"}]})
        with raises_code(UsageError, "support_not_written"):
            write_support(file, settings, folder, store, {})
        with raises_code(UsageError, "support_not_written"):
            write_support(tmp_path / "no" / "such.zip", settings, folder, store, {})
    with zipfile.ZipFile(file) as bundle:
        parts = {name: bundle.read(name) for name in names}
    everything = b"".join(parts.values())
    for word in (KEY, NAME, "hidden-word", str(tmp_path)):
        assert not [form for form in forms(word) if form in everything]
    told = json.loads(parts["settings.json"])
    assert told["ELEVENLABS_API_KEY_GIVEN"] == "[key]" or told["ELEVENLABS_API_KEY_GIVEN"] is True
    assert told["METRICS_PORT"] == 9100
    assert json.loads(parts["causes.json"]) == [{"code": "too_long", "count": 1}]
    assert json.loads(parts["metrics.json"]) == {"not told": "redis_away"}
    assert b"attempt ended" in parts["logs/trineo.log"]
    assert b"trineo" in parts["versions.json"]


@pytest.mark.parametrize("word", ["Zoë", "a\nb", '"quoted"'])
def test_the_forms_of_a_word(word: str) -> None:
    found = forms(word)
    assert word.encode() in found
    assert json.dumps(word)[1:-1].encode() in found
    assert word.encode("utf-16-le") in found
