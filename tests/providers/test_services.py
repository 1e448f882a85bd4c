"""What the settings connect, in its order, and how parked films find out that it is back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from pydantic import SecretStr

from core.jobs.ledger import Account, Amount, Budget, Call, today
from core.jobs.model import Strategy
from core.jobs.store import JobStore
from core.settings.declaration import Settings
from providers.paid_voice import PaidVoice
from providers.services import Services
from tests.stand_in_services.heygen import HeyGenStandIn
from tests.stand_in_services.settings import settings_for

KEYS = {
    "elevenlabs_api_key": SecretStr("k1"),
    "papa_noel_voice_id_elevenlabs": "v1",
    "heygen_api_key": SecretStr("k2"),
    "higgsfield_api_key_id": "id3",
    "higgsfield_api_key_secret": SecretStr("k3"),
    "synclabs_api_key": SecretStr("k4"),
}
Connect = Callable[..., Services]


@pytest.fixture
def connect(tmp_path: Path) -> Iterator[Connect]:
    with ExitStack() as stack:
        store = stack.enter_context(closing(JobStore.in_memory()))

        def make(**settings: object) -> Services:
            return stack.enter_context(closing(Services(Settings.model_validate(settings), store, tmp_path)))

        yield make


def test_what_a_person_decided_lets_films_go_on(tmp_path: Path) -> None:
    """Also those that were parked for it a moment too late, and where its answer came to another machine after all."""
    with closing(JobStore.in_memory()) as store, closing(Services(Settings(), store, tmp_path)) as services:
        is_back = services.probes()["person"]
        call = store.begin_call("c1", "heygen", Amount(usd=0.5), Account("job1", "batch1"), Budget())
        assert isinstance(call, Call)
        store.call_lost("c1")
        assert not is_back("call:c1")
        store.give_up_call("c1")
        assert is_back("call:c1")
        assert not is_back("heygen")  # no call is known: somebody has to look


def names(services: Services) -> list[str]:
    return [state.name for state in services.states()]


def test_without_keys_only_the_offline_voice_speaks(connect: Connect) -> None:
    services = connect()
    assert [voice.name for voice in services.voices] == ["espeak"]
    assert names(services) == []
    assert services.waiting == 0
    assert not services.faces.speaks_first(Strategy.AUTO)


def test_each_key_connects_its_service(connect: Connect) -> None:
    services = connect(**KEYS)
    assert [voice.name for voice in services.voices] == ["elevenlabs"]
    assert isinstance(services.voices[0], PaidVoice)
    assert names(services) == ["elevenlabs", "heygen", "higgsfield", "synclabs", "heygen_lipsync"]
    assert services.waiting == 16  # of their 25 slots


@pytest.mark.parametrize("name", ["elevenlabs", "heygen", "higgsfield", "synclabs", "heygen_lipsync"])
def test_each_can_be_switched_off(connect: Connect, name: str) -> None:
    assert name not in names(connect(**KEYS, **{f"disable_{name}": True}))


def test_a_face_that_has_a_voice_of_its_own_speaks(connect: Connect) -> None:
    assert connect(**KEYS, papa_noel_voice_id_heygen="v2").faces.speaks_first(Strategy.AUTO)
    assert not connect(**KEYS).faces.speaks_first(Strategy.AUTO)


def test_a_voice_without_an_id_is_not_replaced_unasked(connect: Connect) -> None:
    [voice] = connect(elevenlabs_api_key=SecretStr("k1")).voices
    assert not voice.availability().usable
    assert "PAPA_NOEL_VOICE_ID" in voice.availability().reason


def test_parked_films_go_on_when_it_is_back(connect: Connect) -> None:
    with HeyGenStandIn() as heygen:
        told = {name.lower(): value for name, value in settings_for(heygen).items()}
        services = connect(**{**KEYS, **told}, budget_per_day_usd=1.0)
        back = services.probes()
        assert back["provider"]("heygen")  # it was asked
        heygen.misbehave("401")
        assert not back["provider"]("heygen")
        heygen.behave()
        assert not back["provider"]("heygen")  # and is not asked again at once
    assert back["provider"]("speech")
    assert connect().probes()["provider"]("espeak")
    assert not back["provider"]("unheard of")
    assert back["strategy"]("avatar")  # Higgsfield's
    assert back["strategy"]("lipsync")
    assert back["budget"](f"day:{today()}")
    assert not connect(budget_per_day_usd=0.0).probes()["budget"](f"day:{today()}")


def test_one_that_is_left_alone_is_not_back(connect: Connect) -> None:
    services = connect(heygen_api_key=SecretStr("k2"), disable_heygen_lipsync=True)
    gate = services._gates["heygen"]
    gate.breaker.faulted("provider_key_refused", for_sure=True)
    assert not services.probes()["provider"]("heygen")
    assert not services.probes()["strategy"]("avatar")
    [state] = services.states()
    assert (state.circuit, state.reason) == ("open", "provider_key_refused")


def test_without_faces_no_strategy_above_the_loop_is_back(connect: Connect) -> None:
    probes = connect().probes()
    assert not probes["strategy"]("avatar")
    assert not probes["strategy"]("lipsync")
