"""Each line is paid for once: whoever is killed, however many want it, whatever the network loses."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from core.errors import AnswerLost, Cancelled, EnvironmentFault, JobFault, StoreAway, TransientError
from core.jobs.connection import connect
from core.jobs.ledger import Amount, Budget, today
from core.jobs.store import JobStore, NamedLock
from core.progress import unwatched
from core.render.interfaces import Line, Payer, Speech
from providers.breaker import Breaker
from providers.gate import Gate, Slots
from providers.paid_voice import PaidVoice
from providers.terms import Terms, is_within_budget
from tests.providers.stand_ins import CostlyVoice
from tests.redis_server import redis_server
from tests.stand_ins import raises_code

LINE = Line("Hola, Ana.", "es", payer=Payer("job1", "batch1"))
SHARED = Line("¡Feliz Navidad!", "es", shared=True, payer=Payer("job1", "batch1"))
Speak = Callable[..., Speech]


class Killed(BaseException):
    """The program ends right here: nothing after it runs but what `finally` would do in a thread that is stopped."""


@pytest.fixture
def store() -> Iterator[JobStore]:
    with closing(JobStore.in_memory()) as made:
        yield made


@pytest.fixture
def paid(store: JobStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., PaidVoice]:
    monkeypatch.setattr("providers.gate.delay_s", lambda tried: 0.0)

    def make(voice: CostlyVoice, terms: Terms | None = None, store: JobStore = store, place: str = "a") -> PaidVoice:
        gate = Gate(Breaker(voice.name), Slots(store, voice.name, 3))
        return PaidVoice(voice, store, gate, terms or Terms(), tmp_path / place)

    return make


def speak(voice: PaidVoice, tmp_path: Path, line: Line = LINE) -> Speech:
    return voice.speak(line, tmp_path / "said.wav", unwatched)


def test_it_is_counted_once_and_kept(paid: Callable[..., PaidVoice], store: JobStore, tmp_path: Path) -> None:
    voice = CostlyVoice()
    first, second = speak(paid(voice), tmp_path), speak(paid(voice), tmp_path)
    assert voice.spoken == ["Hola, Ana."]
    assert (first.cost.characters, second.cost.characters) == (10, 0)
    assert second.characters == first.characters != ()
    for spending in (store.spent_on_day(today()), store.spent_on_batch("batch1"), store.spent_on_job("job1")):
        assert spending.usd == pytest.approx(0.01)
        assert spending.held_usd == 0
        assert spending.providers["costly"].characters == 10


def test_another_take_is_another_line(paid: Callable[..., PaidVoice], tmp_path: Path) -> None:
    voice = CostlyVoice()
    for take in (0, 1, 1):
        speak(paid(voice), tmp_path, Line("Hola, Ana.", "es", take=take))
    assert len(voice.spoken) == 2


def test_what_was_refused_costs_nothing(paid: Callable[..., PaidVoice], store: JobStore, tmp_path: Path) -> None:
    def refuse() -> None:
        raise JobFault("provider_refused", "No.")

    with raises_code(JobFault, "provider_refused"):
        speak(paid(CostlyVoice(refuse)), tmp_path)
    assert store.spent_on_day(today()).usd == store.spent_on_day(today()).held_usd == 0
    speak(paid(CostlyVoice()), tmp_path)


def test_a_lost_answer_waits_for_a_person(paid: Callable[..., PaidVoice], store: JobStore, tmp_path: Path) -> None:
    def lose() -> None:
        raise AnswerLost("provider_answer_lost", "Lost.", waits_for="person:costly")

    voice = CostlyVoice(lose)
    for _ in range(2):
        with raises_code(AnswerLost, "provider_answer_lost") as caught:
            speak(paid(voice), tmp_path)
    assert len(voice.spoken) == 1
    assert isinstance(caught.value, AnswerLost)
    kind, _, call_id = caught.value.waits_for.partition("person:call:")
    assert kind == ""
    assert store.spent_on_day(today()).held_usd == pytest.approx(0.01)
    store.give_up_call(call_id)  # a person says: again
    voice.trouble = lambda: None
    speak(paid(voice), tmp_path)
    assert store.spent_on_day(today()).usd == pytest.approx(0.02)


def test_what_costs_little_is_simply_asked_again(
    paid: Callable[..., PaidVoice], store: JobStore, tmp_path: Path
) -> None:
    losses = [AnswerLost("provider_answer_lost", "Lost.", waits_for="person:costly")]

    def lose_once() -> None:
        if losses:
            raise losses.pop()

    voice = CostlyVoice(lose_once)
    speak(paid(voice, Terms(pay_again_usd=0.05)), tmp_path)
    assert len(voice.spoken) == 2
    assert store.spent_on_day(today()).usd == pytest.approx(0.02)


def test_killed_while_it_asks_nobody_asks_again_unasked(
    paid: Callable[..., PaidVoice], store: JobStore, tmp_path: Path
) -> None:
    def die() -> None:
        raise Killed

    voice = CostlyVoice(die)
    with pytest.raises(Killed):
        speak(paid(voice), tmp_path)
    with raises_code(AnswerLost, "provider_answer_lost"):
        speak(paid(voice), tmp_path)
    assert len(voice.spoken) == 1


def test_killed_before_it_is_settled_the_answer_is_there(
    paid: Callable[..., PaidVoice], store: JobStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object, **__: object) -> bool:
        raise Killed

    voice = CostlyVoice()
    with monkeypatch.context() as patched:
        patched.setattr(store, "settle_call", die)
        with pytest.raises(Killed):
            speak(paid(voice), tmp_path)
    assert store.spent_on_day(today()).held_usd > 0
    speak(paid(voice), tmp_path)
    assert len(voice.spoken) == 1
    assert store.spent_on_day(today()).usd == pytest.approx(0.01)
    assert store.spent_on_day(today()).held_usd == 0


def test_cancelled_it_is_counted_all_the_same(paid: Callable[..., PaidVoice], store: JobStore, tmp_path: Path) -> None:
    def stop() -> None:
        raise Cancelled("cancelled", "Enough.")

    with pytest.raises(Cancelled):
        speak(paid(CostlyVoice(stop)), tmp_path)
    assert store.spent_on_job("job1").usd == pytest.approx(0.01)
    speak(paid(CostlyVoice()), tmp_path)  # nothing stands in the way of another film with this line


@pytest.mark.parametrize("budget", [Budget(day_usd=0.025), Budget(batch_usd=0.025)])
def test_it_stops_before_the_budget_is_passed(
    paid: Callable[..., PaidVoice], store: JobStore, tmp_path: Path, budget: Budget
) -> None:
    voice = paid(CostlyVoice(), Terms(budget))
    for text in ("Hola, Ana.", "Hola, Eva."):
        speak(voice, tmp_path, Line(text, "es", payer=Payer("job1", "batch1")))
    with pytest.raises(EnvironmentFault) as caught:
        speak(voice, tmp_path, Line("Hola, Leo.", "es", payer=Payer("job2", "batch1")))
    assert isinstance(caught.value, EnvironmentFault)
    which = caught.value.waits_for.removeprefix("budget:")
    assert which in (f"day:{today()}", "batch:batch1")
    assert is_within_budget(store, budget, which)  # a shorter line would still do
    assert not is_within_budget(store, Budget(day_usd=0.02, batch_usd=0.02), which)
    assert is_within_budget(store, Budget(), which)
    assert is_within_budget(store, Budget(day_usd=0.0), "day:2020-01-01")


def test_faults_that_pass_are_tried_again_and_cost_nothing(
    paid: Callable[..., PaidVoice], store: JobStore, tmp_path: Path
) -> None:
    faults = [TransientError("provider_down", "Down.")] * 2

    def fail() -> None:
        if faults:
            raise faults.pop()

    voice = CostlyVoice(fail)
    speak(paid(voice), tmp_path)
    assert len(voice.spoken) == 3
    assert store.spent_on_day(today()).providers["costly"].calls == 1


@pytest.mark.redis
def test_machines_that_want_the_same_at_once_pay_once(
    paid: Callable[..., PaidVoice], tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with redis_server(tmp_path_factory.mktemp("redis")) as server:
        stores = [JobStore.on(connect(server.url)) for _ in range(4)]
        voices = [CostlyVoice() for _ in stores]
        machines = [
            paid(voice, None, store, f"machine{n}") for n, (voice, store) in enumerate(zip(voices, stores, strict=True))
        ]

        def on(machine: PaidVoice) -> Speech:
            return machine.speak(LINE, tmp_path / f"{id(machine)}.wav", unwatched)

        with ThreadPoolExecutor(4) as pool:
            said = list(pool.map(on, machines))
        assert sum(len(voice.spoken) for voice in voices) == 1
        assert len({speech.path.read_bytes() for speech in said}) == 1
        assert len({speech.characters for speech in said}) == 1

        machines[0].speak(SHARED, tmp_path / "s0.wav", unwatched)  # shared words are there for all, also later
        machines[1].speak(SHARED, tmp_path / "s1.wav", unwatched)
        assert sum(len(voice.spoken) for voice in voices) == 2
        assert stores[0].spent_on_day(today()).providers["costly"].calls == 2
        for store in stores:
            store.close()


@pytest.mark.redis
def test_who_waits_finds_the_answer_however_slowly_it_is_settled(
    paid: Callable[..., PaidVoice],
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Between the answer and its being written down, the other one must not take the call for a lost one."""
    settle = JobStore.settle_call

    def slowly(store: JobStore, call_id: str, spent: Amount, *, keep: bool = False) -> bool:
        time.sleep(0.8)  # who waits looks every 0.3 s
        return settle(store, call_id, spent, keep=keep)

    monkeypatch.setattr(JobStore, "settle_call", slowly)
    with redis_server(tmp_path_factory.mktemp("redis")) as server, ExitStack() as open_stores:
        stores = [open_stores.enter_context(closing(JobStore.on(connect(server.url)))) for _ in range(2)]
        voices = [CostlyVoice(lambda: time.sleep(0.2)) for _ in stores]
        machines = [
            paid(voice, None, store, f"machine{id(store)}") for voice, store in zip(voices, stores, strict=True)
        ]
        with ThreadPoolExecutor(2) as pool:
            said = list(pool.map(lambda one: one.speak(LINE, tmp_path / f"{id(one)}.wav", unwatched), machines))
        assert sum(len(voice.spoken) for voice in voices) == 1
        assert said[0].path.read_bytes() == said[1].path.read_bytes()


def test_a_store_that_goes_away_right_after_loses_no_answer(
    paid: Callable[..., PaidVoice], store: JobStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> bool:
        raise StoreAway("redis_away", "Away.")

    voice = CostlyVoice()
    monkeypatch.setattr(JobStore, "is_shared", True)
    monkeypatch.setattr(NamedLock, "release", away)
    monkeypatch.setattr(store, "is_wanted", away)
    speak(paid(voice), tmp_path)
    assert voice.spoken == ["Hola, Ana."]
    assert store.spent_on_day(today()).held_usd == 0


def test_no_call_is_left_open(paid: Callable[..., PaidVoice], store: JobStore, tmp_path: Path) -> None:
    speak(paid(CostlyVoice()), tmp_path)
    assert store.client.zcard("{trineo}:calls") == 0
