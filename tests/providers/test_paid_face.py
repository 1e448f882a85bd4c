"""A clip is made, and paid for, once: whatever is killed, lost or cancelled in between."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from filelock import FileLock

from core.errors import AnswerLost, Cancelled, EnvironmentFault, JobFault, RenderError, StoreAway, TransientError
from core.jobs.model import Strategy
from core.jobs.store import JobStore
from core.progress import unwatched
from core.render.interfaces import Availability, FaceTask, Payer
from providers.breaker import Breaker
from providers.faces import Faces
from providers.gate import Gate, Slots
from providers.paid_face import PaidFace
from providers.terms import Terms
from tests.providers.stand_ins import LocalStandIn, Service, StandInFace
from tests.stand_ins import raises_code

A, L, V, AUTO = Strategy.AVATAR, Strategy.LIPSYNC, Strategy.VOICEOVER, Strategy.AUTO
LOST = AnswerLost("provider_answer_lost", "Lost.", waits_for="person:standin")
DOWN = TransientError("provider_down", "Down.")


class Killed(BaseException):
    """The program ends right here."""


@pytest.fixture
def store() -> Iterator[JobStore]:
    with closing(JobStore.in_memory()) as made:
        yield made


@pytest.fixture
def clip(tiny_folder: Path) -> Path:
    return next((tiny_folder / "clips").glob("*.mp4"), None) or next(tiny_folder.glob("*.mp4"))


@pytest.fixture
def task(tmp_path: Path, clip: Path) -> FaceTask:
    still = tmp_path / "still.jpg"
    still.write_bytes(b"a picture")
    return FaceTask("id1", "Hola, Ana.", "es", 0.4, tmp_path / "s.wav", clip, still, 90, 160, Payer("job1", "batch1"))


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_FIRST_LOOK_S", "_LATER_LOOK_S"):
        monkeypatch.setattr(f"providers.paid_face.{name}", 0.001)
    monkeypatch.setattr("providers.gate.delay_s", lambda tried: 0.0)


MakeFaces = Callable[..., Faces]


@pytest.fixture
def faces(store: JobStore, tmp_path: Path, quick: None) -> MakeFaces:
    def make(*those: StandInFace | LocalStandIn, terms: Terms | None = None, patience_s: float = 60.0) -> Faces:
        def paid(face: StandInFace) -> PaidFace:
            gate = Gate(Breaker(face.name), Slots(store, face.name, 2))
            return PaidFace(face, store, gate, terms or Terms(), patience_s=patience_s)

        return Faces([paid(one) if isinstance(one, StandInFace) else one for one in those], tmp_path / "faces")

    return make


def ask(faces: Faces, task: FaceTask, wanted: Strategy = A) -> tuple[str, list[str]]:
    notes: list[str] = []
    made = faces.make(wanted, lambda speaks: task, notes, unwatched)
    return (made.provider if made else ""), notes


def test_it_is_made_once_and_kept(faces: MakeFaces, clip: Path, task: FaceTask, store: JobStore) -> None:
    face = StandInFace(Service(), clip)
    assert ask(faces(face), task) == ("standin", [])
    assert ask(faces(face), task) == ("standin", [])
    assert len(face.service.jobs) == len(face.tasks) == 1
    spending = store.spent_on_job("job1")
    assert spending.usd == pytest.approx(0.4)
    assert spending.held_usd == 0.0
    assert spending.providers["standin"].seconds == 10


@pytest.mark.parametrize("step", ["create", "created", "status", "fetch"])
def test_killed_anywhere_it_is_made_once(
    faces: MakeFaces, clip: Path, task: FaceTask, store: JobStore, step: str
) -> None:
    face = StandInFace(Service(), clip)
    face.faults[step] = [Killed()]
    with pytest.raises(Killed):
        ask(faces(face), task)
    assert ask(faces(face), task)[0] == "standin"
    assert len(face.service.jobs) == 1
    assert store.spent_on_job("job1").usd == pytest.approx(0.4)


def test_killed_before_the_clip_is_in_place_it_is_fetched_again(
    faces: MakeFaces, clip: Path, task: FaceTask, store: JobStore, tmp_path: Path
) -> None:
    face = StandInFace(Service(), clip)
    ask(faces(face), task)
    for file in (tmp_path / "faces").rglob("*.mp4"):
        file.unlink()
    ask(faces(face), task)
    assert len(face.service.jobs) == 1
    assert store.spent_on_job("job1").usd == pytest.approx(0.4)


@pytest.mark.parametrize("told", ["begin_call", "call_created", "settle_call"])
def test_a_store_that_is_away_is_told_when_it_is_back(
    faces: MakeFaces, clip: Path, task: FaceTask, store: JobStore, monkeypatch: pytest.MonkeyPatch, told: str
) -> None:
    really, away = getattr(store, told), [StoreAway("store_away", "Away.")] * 2

    def tell(*args: object, **more: object) -> object:
        if away:
            raise away.pop()
        return really(*args, **more)

    monkeypatch.setattr(store, told, tell)
    face = StandInFace(Service(keyed=False), clip)
    assert ask(faces(face), task)[0] == "standin"
    assert len(face.service.jobs) == 1
    assert store.spent_on_job("job1").usd == pytest.approx(0.4)


def test_a_lost_answer_is_asked_for_with_the_same_key(faces: MakeFaces, clip: Path, task: FaceTask) -> None:
    face = StandInFace(Service(), clip)
    face.faults["created"] = [LOST, LOST]
    assert ask(faces(face), task)[0] == "standin"
    assert len(face.service.jobs) == 1
    assert len(face.tasks) == 3


def test_without_keys_a_lost_answer_waits_for_a_person(
    faces: MakeFaces, clip: Path, task: FaceTask, store: JobStore
) -> None:
    face = StandInFace(Service(keyed=False), clip)
    face.faults["created"] = [LOST]
    for _ in range(2):
        with raises_code(AnswerLost, "provider_answer_lost") as caught:
            ask(faces(face), task, AUTO)  # nothing simpler, as long as it is open
    assert len(face.service.jobs) == 1
    assert isinstance(caught.value, AnswerLost)
    store.give_up_call(caught.value.waits_for.removeprefix("person:call:"))
    assert ask(faces(face), task)[0] == "standin"
    assert len(face.service.jobs) == 2


def test_after_the_keys_window_it_waits_for_a_person(faces: MakeFaces, clip: Path, task: FaceTask) -> None:
    face = StandInFace(Service(), clip)
    face.faults["created"] = [Killed()]
    with pytest.raises(Killed):
        ask(faces(face), task)
    face.key_window_s = 0.0
    with raises_code(AnswerLost, "provider_answer_lost"):
        ask(faces(face), task)
    assert len(face.service.jobs) == 1


@pytest.mark.parametrize("hours_off", [-30, 30])
def test_no_computers_clock_decides_whether_it_is_paid_again(
    faces: MakeFaces, clip: Path, task: FaceTask, monkeypatch: pytest.MonkeyPatch, hours_off: int
) -> None:
    face = StandInFace(Service(), clip)
    face.faults["status"] = [Killed()]
    with pytest.raises(Killed):
        ask(faces(face), task)
    wrong = time.time() + hours_off * 3600
    monkeypatch.setattr("time.time", lambda: wrong)  # the store has the clock of before
    assert ask(faces(face), task)[0] == "standin"
    assert len(face.service.jobs) == 1
    assert not face.service.cancelled


def test_one_that_the_service_forgot_is_made_anew_when_a_person_says_so(
    faces: MakeFaces, clip: Path, task: FaceTask, store: JobStore
) -> None:
    face = StandInFace(Service(), clip)
    face.faults["status"] = [EnvironmentFault("provider_forgot", "Forgotten.", waits_for="person:standin")]
    with raises_code(EnvironmentFault, "provider_forgot") as caught:
        ask(faces(face), task, AUTO)
    assert isinstance(caught.value, EnvironmentFault)
    assert store.give_up_call(caught.value.waits_for.removeprefix("person:call:"))
    assert ask(faces(face), task)[0] == "standin"
    assert len(face.service.jobs) == 2


@pytest.mark.parametrize("after", ["create", "status", "fetch"])
def test_cancelled_it_is_cancelled_there_and_counted(
    faces: MakeFaces, clip: Path, task: FaceTask, store: JobStore, after: str
) -> None:
    face = StandInFace(Service(), clip)
    face.faults[after] = [Cancelled("cancelled", "Enough.")]
    with pytest.raises(Cancelled):
        ask(faces(face), task)
    assert len(face.service.cancelled) == (after != "create")
    # Stopped before the service began it costs nothing; else it is taken for spent.
    assert store.spent_on_job("job1").usd == pytest.approx(0.0 if after == "status" else 0.5)
    assert store.spent_on_job("job1").held_usd == 0
    assert store.call("id1") is None


def test_trouble_while_asking_after_it_is_endured(faces: MakeFaces, clip: Path, task: FaceTask) -> None:
    face = StandInFace(Service(), clip)
    face.faults["status"] = [DOWN] * 6
    assert ask(faces(face), task)[0] == "standin"
    assert len(face.service.jobs) == 1


@pytest.mark.parametrize("fault", [JobFault("provider_refused", "No."), EnvironmentFault("k", "No.", waits_for="p")])
def test_what_cannot_be_asked_after_is_not_forgotten(
    faces: MakeFaces, clip: Path, task: FaceTask, fault: RenderError
) -> None:
    face = StandInFace(Service(), clip)
    face.faults["status"] = [fault]
    with pytest.raises(type(fault)):
        ask(faces(face), task, AUTO)
    assert ask(faces(face), task)[0] == "standin"
    assert len(face.service.jobs) == 1


def test_one_that_never_ends_is_not_made_again(faces: MakeFaces, clip: Path, task: FaceTask) -> None:
    face = StandInFace(Service(looks=10**9), clip)
    for _ in range(2):
        with raises_code(TransientError, "provider_too_slow"):
            ask(faces(face, patience_s=0.05), task, AUTO)  # nothing simpler: it is being made
    assert len(face.service.jobs) == 1


@pytest.mark.parametrize("final", [JobFault("provider_refused", "No."), TransientError("provider_gave_up", "No.")])
def test_one_that_failed_there_may_be_made_anew(
    faces: MakeFaces, clip: Path, task: FaceTask, store: JobStore, final: RenderError
) -> None:
    face = StandInFace(Service(), clip)
    face.failures = [final]
    if isinstance(final, JobFault):
        with raises_code(JobFault, "provider_refused"):
            ask(faces(face), task)
    assert ask(faces(face), task)[0] == "standin"
    assert len(face.service.jobs) == 2
    assert store.spent_on_job("job1").usd == pytest.approx(0.4)


def test_who_wants_the_clip_that_another_film_has_made_is_not_taken_for_stuck(
    faces: MakeFaces, clip: Path, task: FaceTask
) -> None:
    """Minutes go by at the service, and nothing grows on the disk."""
    face = StandInFace(Service(), clip)
    made = faces(face)
    shown: list[float] = []

    def watching(fraction: float) -> None:
        shown.append(fraction)
        if len(shown) > 3:
            raise Cancelled("cancelled", "Seen enough.")

    path = made._made.path(made._call_id(made._able.faces[0], task))
    path.parent.mkdir(parents=True)
    with FileLock(path.with_suffix(".lock")), pytest.raises(Cancelled):  # the other film's
        made.make(A, lambda speaks: task, [], watching)
    assert shown == sorted(set(shown)), "it rises and rises"
    assert not face.tasks


def test_the_ladder_is_gone_down_and_each_step_told(faces: MakeFaces, clip: Path, task: FaceTask) -> None:
    off, unfit, broken, refused = (StandInFace(Service(), clip, name=name) for name in ("off", "unfit", "down", "no"))
    off.usable = Availability(False, "no credit left")
    unfit.unfit_because = "at most 15 seconds"
    broken.faults["create"] = [DOWN] * 4
    refused.faults["create"] = [JobFault("provider_refused", "No.")]
    local = LocalStandIn(clip)
    provider, notes = ask(faces(off, unfit, broken, refused, local), task, AUTO)
    assert provider == "local"
    assert notes == ["off: no credit left", "unfit: at most 15 seconds", "down: provider_down", "no: provider_refused"]


def test_at_the_foot_of_the_ladder_is_the_loop(faces: MakeFaces, clip: Path, task: FaceTask) -> None:
    local = LocalStandIn(clip, fault=JobFault("face_not_found", "No face."))
    assert ask(faces(local), task, AUTO) == ("", ["local: face_not_found"])
    with raises_code(JobFault, "face_not_found"):
        ask(faces(local), task, L)
    with raises_code(EnvironmentFault, "strategy_unavailable"):
        ask(faces(local), task, A)  # a lip-sync is less than the batch allows


def test_what_may_pass_is_told_before_what_does_not(faces: MakeFaces, clip: Path, task: FaceTask) -> None:
    refused, broken = StandInFace(Service(), clip, name="no"), StandInFace(Service(), clip, name="down")
    refused.faults["create"] = [JobFault("provider_refused", "No.")]
    broken.faults["create"] = [DOWN] * 4
    with raises_code(TransientError, "provider_down"):
        ask(faces(refused, broken), task)


def test_a_clip_that_is_too_short_is_not_taken(faces: MakeFaces, clip: Path, task: FaceTask) -> None:
    face = StandInFace(Service(), clip)
    with raises_code(JobFault, "face_too_short"):
        ask(faces(face), dataclasses.replace(task, seconds=100.0))


def test_a_face_that_speaks_is_asked_before_our_voice(faces: MakeFaces, clip: Path) -> None:
    speaking, silent = StandInFace(Service(), clip, name="a", speaks=True), StandInFace(Service(), clip, name="b")
    assert faces(speaking, silent).speaks_first(AUTO)
    assert not faces(silent, speaking).speaks_first(AUTO)
    speaking.usable = Availability(False, "off")
    assert not faces(speaking, silent).speaks_first(AUTO)
    assert not faces().speaks_first(AUTO)
