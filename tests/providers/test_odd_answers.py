"""Whatever JSON a service answers, with whatever state: it ends as one of our errors, or as what it should be."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import RenderError
from core.progress import unwatched
from core.render.interfaces import RemoteStatus
from providers.faults import redacted
from tests.providers.rigs import Rig, rig
from tests.stand_in_services.server import Reply, Seen

NAMES = ["data", "status", "error", "code", "detail", "message", "id", "video_id", "lipsync_id", "jobs", "results"]
NAMES += ["raw", "url", "video_url", "outputUrl", "errorCode", "statusCode", "generationId", "asset_id", "upload_url"]
NAMES += ["public_url", "audio_base64", "alignment", "characters", "failure_code", "upload_headers", "outputDuration"]
WORDS = ["completed", "COMPLETED", "failed", "FAILED", "queued", "PENDING", "processing", "quota_exceeded", "", "x"]
values = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 500) | st.floats() | st.sampled_from(WORDS) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=12,
)
answers = st.builds(
    lambda status, told: Reply(status, json.dumps(told).encode()),
    st.sampled_from([200, 201, 202, 204, 300, 400, 401, 404, 409, 418, 422, 429, 451, 500, 502, 599]),
    values,
)


@pytest.fixture(scope="module", params=["elevenlabs", "heygen", "heygen_lipsync", "higgsfield", "synclabs"])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    with rig(request.param, tmp_path_factory.mktemp("odd")) as made:
        made.pay(unwatched)  # what is uploaded once is uploaded
        yield made


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answer=answers)
def test_odd_answers(made: Rig, answer: Reply, monkeypatch: pytest.MonkeyPatch) -> None:
    def answered(seen: Seen) -> Reply:
        return answer

    with monkeypatch.context() as patched:
        patched.setattr(made.service, "answer", answered)
        with suppress(RenderError):
            assert made.pay(unwatched)
        with suppress(RenderError):
            status = made.face.status("an/odd?id") if made.asked else RemoteStatus(True)
            assert isinstance(status, RemoteStatus)
            assert status.finished or not status.url


@pytest.fixture(scope="module", params=["heygen", "higgsfield"])
def uploading(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    with rig(request.param, tmp_path_factory.mktemp("odd"), papa_noel_avatar_id="") as made:
        yield made


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=st.dictionaries(st.sampled_from(["upload_url", "public_url", "upload_headers", "data"]), values))
def test_odd_answers_to_an_upload(uploading: Rig, told: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is uploaded ever, so that it is tried each time."""
    place = f"{uploading.service.files_address}/x"
    told = {name: place if name.endswith("url") and value == "x" else value for name, value in told.items()}
    with monkeypatch.context() as patched:
        patched.setattr(uploading.service, "answer", lambda seen: Reply(200, json.dumps(told).encode()))
        patched.setattr("providers.uploads._KEPT_S", 0.0)
        with suppress(RenderError):
            uploading.pay(unwatched)


@pytest.mark.parametrize("body", [b"[" * 100_000, b"\xff\xfe\x00", b'{"a": 1' + b"0" * 9000 + b"}", b"null"])
def test_answers_made_to_do_harm(body: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("elevenlabs", "heygen"):
        with rig(name, tmp_path) as made:
            monkeypatch.setattr(made.service, "answer", lambda seen: Reply(200, body))
            with pytest.raises(RenderError):
                made.pay(unwatched)


@pytest.mark.parametrize(
    "echoed", ["Sofía", "sofia", "SOFÍA", "Sof&iacute;a", "Sofi\u0301a", "<b>Sofía</b>", "«Sofía»", "Al y Sofía"]
)
def test_a_name_is_redacted_however_it_comes_back(echoed: str) -> None:
    told = redacted(f"The text {echoed} is not valid", ["Hola, Sofía y Al."]).lower()
    assert "sof" not in told
    assert "al " not in told
    assert told.startswith("the text …") or told.startswith("the text «")
    assert told.endswith("is not valid")
