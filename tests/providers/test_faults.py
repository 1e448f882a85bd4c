"""Each service through each fault: it ends as the table says, at once, paid once, and nothing tells a key or a text."""

from __future__ import annotations

import gc
import logging
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import AnswerLost, Cancelled, EnvironmentFault, JobFault, RenderError, TransientError
from core.progress import unwatched
from core.render.interfaces import RemoteStatus
from providers import downloads, elevenlabs, heygen_api, higgsfield, synclabs
from providers.http import Bounds
from tests.providers.fault_table import ASKED, LOADED, PAID, PROVIDERS
from tests.providers.rigs import SECRETS, TEXT, Rig, rig

FACES = PROVIDERS[1:]


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds that a test can wait for. The real ones differ in nothing but their numbers."""
    short = Bounds(silence_s=1.5, total_s=30.0, max_bytes=3_000_000)
    for module, names in (
        (elevenlabs, ("_BOUNDS",)),
        (heygen_api, ("_CREATING", "_ASKING")),
        (higgsfield, ("_CREATING", "_ASKING")),
        (synclabs, ("_CREATING", "_ASKING")),
    ):
        for name in names:
            monkeypatch.setattr(module, name, short)
    monkeypatch.setattr(downloads, "_SILENCE_S", 1.5)


@pytest.fixture
def the_log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    with caplog.at_level(logging.DEBUG):
        yield caplog


def kind(error: RenderError) -> str:
    """As the table writes it."""
    if isinstance(error, EnvironmentFault):
        waits_for_person = error.waits_for.startswith("person:")
        assert waits_for_person or not isinstance(error, AnswerLost)
        name = "person" if waits_for_person else "environment"
    else:
        name = {TransientError: "transient", JobFault: "job"}[type(error)]
    return f"{name} `{error.code}`"


def told(error: BaseException, log: pytest.LogCaptureFixture) -> str:
    """All that anybody could read of it, in exceptions, their chain and the log."""
    parts = ["".join(traceback.format_exception(error)), log.text]
    one: BaseException | None = error
    while one is not None:
        values = vars(one) if hasattr(one, "__dict__") else {}
        parts += [repr(one), str(one), repr(one.args), repr(values)]
        one = one.__cause__ or one.__context__
    return "\n".join(parts)


def assert_silent(text: str) -> None:
    for private in (*SECRETS, TEXT, "Sofía", "Remedios", "Sof\\u00eda", "signature="):
        assert private not in text


def failing(made: Rig, log: pytest.LogCaptureFixture) -> RenderError:
    with pytest.raises(RenderError) as caught:
        made.pay(unwatched)
    assert_silent(told(caught.value, log))
    return caught.value


@pytest.mark.parametrize("fault", PAID)
@pytest.mark.parametrize("name", PROVIDERS)
def test_a_paid_call(name: str, fault: str, tmp_path: Path, the_log: pytest.LogCaptureFixture) -> None:
    with rig(name, tmp_path) as made:
        made.service.misbehave(fault, method="POST", path=made.paid)
        error = failing(made, the_log)
        assert kind(error) == PAID[fault][PROVIDERS.index(name)]
        assert made.payments() == 1
        assert repr(made.provider).find(SECRETS[0]) == -1
        assert not (tmp_path / "line.wav").exists()
        made.service.behave()
        made.pay(unwatched)  # the same provider goes on


@pytest.mark.parametrize("fault", ASKED)
@pytest.mark.parametrize("name", FACES)
def test_asking_how_far_it_is(name: str, fault: str, tmp_path: Path, the_log: pytest.LogCaptureFixture) -> None:
    with rig(name, tmp_path) as made:
        remote_id = str(made.pay(unwatched))
        made.service.misbehave(fault, method="GET", path=made.asked)
        with pytest.raises(RenderError) as caught:
            made.face.status(remote_id)
        assert kind(caught.value) == ASKED[fault]
        assert_silent(told(caught.value, the_log))
        made.service.behave()
        while not made.face.status(remote_id).finished:
            pass
        assert made.payments() == 1


@pytest.mark.parametrize("fault", LOADED)
def test_loading_the_clip(
    fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, the_log: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(downloads.fetch_clip, "__kwdefaults__", {"max_bytes": 5_000_000})
    with rig("heygen", tmp_path) as made:
        status = made.finished()
        made.service.misbehave(fault, method="GET", path="signature")
        with pytest.raises(RenderError) as caught:
            made.face.fetch(status, tmp_path / "clip.mp4", unwatched)
        assert kind(caught.value) == LOADED[fault]
        assert_silent(told(caught.value, the_log))
        assert not list(tmp_path.glob("clip*"))
        made.service.behave()
        made.face.fetch(status, tmp_path / "clip.mp4", unwatched)
        assert made.payments() == 1


@pytest.mark.parametrize("name", FACES)
def test_a_state_that_never_ends_is_no_error_but_never_done(name: str, tmp_path: Path) -> None:
    """Whoever waits sets the time limit (`core` does); asking goes on as long as it is asked."""
    with rig(name, tmp_path) as made:
        remote_id = str(made.pay(unwatched))
        made.service.misbehave("never_ends", method="GET", path=made.asked)
        assert [made.face.status(remote_id).finished for _ in range(5)] == [False] * 5


def test_two_gigabytes_are_not_held_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads.fetch_clip, "__kwdefaults__", {"max_bytes": 20_000_000})
    with rig("heygen", tmp_path) as made:
        status = made.finished()
        made.service.misbehave("huge", method="GET", path="signature")
        largest = 0

        def look(_fraction: float) -> None:
            nonlocal largest
            part = tmp_path / "clip.mp4.part"
            largest = max(largest, part.stat().st_size if part.exists() else 0)

        with pytest.raises(TransientError):
            made.face.fetch(status, tmp_path / "clip.mp4", look)
        gc.collect()
        assert largest <= 20_000_000
        assert not list(tmp_path.glob("clip*"))


@pytest.mark.parametrize("name", PROVIDERS)
def test_cancelling_while_it_hangs(name: str, tmp_path: Path) -> None:
    with rig(name, tmp_path) as made:
        made.pay(unwatched)  # what is loaded once is loaded
        made.service.misbehave("hang", method="POST", path=made.paid)
        before = made.payments()

        def stop(_fraction: float) -> None:
            if made.payments() > before:  # it has arrived and is not answered
                raise Cancelled("cancelled", "Enough.")

        with pytest.raises(Cancelled):
            made.pay(stop)


@pytest.mark.parametrize("value", ["0", "1.5", "120", "99999999", "Wed, 21 Oct 2015 07:28:00 GMT", "soon"])
@pytest.mark.parametrize("name", PROVIDERS)
def test_retry_after_is_heard(name: str, value: str, tmp_path: Path) -> None:
    expected = {"0": 0.0, "1.5": 1.5, "120": 120.0, "99999999": 3600.0, "soon": None}.get(value, 0.0)
    with rig(name, tmp_path) as made:
        made.service.misbehave("429_rate", method="POST", path=made.paid, retry_after=value)
        with pytest.raises(TransientError) as caught:
            made.pay(unwatched)
        assert caught.value.retry_after_s == expected
        if expected is not None:
            assert [limits.retry_after_s for limits in made.limits if limits.retry_after_s is not None] == [expected]


@pytest.mark.parametrize("name", FACES)
def test_a_job_that_the_service_gives_up(name: str, tmp_path: Path) -> None:
    with rig(name, tmp_path) as made:
        made.service.jobs.outcome = "FAILED" if name == "synclabs" else "failed"  # type: ignore[attr-defined]
        status = made.finished()
        assert isinstance(status, RemoteStatus)
        assert isinstance(status.failure, TransientError)
        assert status.failure.code == "provider_gave_up"
