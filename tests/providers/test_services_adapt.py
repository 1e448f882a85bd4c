"""Services whose settings are changed while films are made: the next film uses them, this one keeps its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pydantic import SecretStr

from core.errors import EnvironmentFault
from core.jobs.ledger import Account, Amount, Budget, Call, today
from core.jobs.model import Strategy
from core.jobs.store import JobStore
from core.render.audio_cache import AudioCache
from core.render.speech import SpeechStage
from core.settings.declaration import Settings
from providers.services import Services
from tests.stand_ins import raises_code

CONNECTED = {"elevenlabs_api_key": SecretStr("k1"), "papa_noel_voice_id_elevenlabs": "v1"}


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with closing(JobStore.in_memory()) as store, closing(Services(Settings(), store, tmp_path)) as made:
        yield made


@pytest.fixture
def speech(services: Services, tmp_path: Path) -> SpeechStage:
    return SpeechStage(services.voices, AudioCache(tmp_path / "speech"))


def test_a_voice_that_was_connected_speaks_the_next_film(services: Services, speech: SpeechStage) -> None:
    with speech.in_use():
        assert speech.provider().name == "espeak"
        services.adapt(Settings.model_validate(CONNECTED))
        assert speech.provider().name == "espeak"  # the film that is being made keeps its voice
    with speech.in_use():
        assert speech.provider().name == "elevenlabs"
    assert [state.name for state in services.states()] == ["elevenlabs"]
    assert services.waiting == 2
    services.adapt(Settings())
    with speech.in_use():
        assert speech.provider().name == "espeak"


def test_a_voice_that_was_chosen_is_the_next_films(services: Services) -> None:
    services.adapt(Settings.model_validate(CONNECTED))
    before = services.voices[0].voice("es")
    services.adapt(Settings.model_validate({**CONNECTED, "papa_noel_voice_id_elevenlabs": "v2"}))
    assert services.voices[0].voice("es") != before
    assert services.voices[0].voice("es").startswith("v2/")


def test_faces_too(services: Services) -> None:
    assert not services.faces.speaks_first(Strategy.AUTO)
    with services.faces.in_use():
        services.adapt(
            Settings.model_validate({"heygen_api_key": SecretStr("k"), "papa_noel_voice_id_heygen": "v", **CONNECTED})
        )
        assert not services.faces.speaks_first(Strategy.AUTO)
    assert services.faces.speaks_first(Strategy.AUTO)
    services.adapt(Settings(disable_mouth_bank=True))
    assert not services.faces.moves_mouths()


def test_what_has_nothing_to_do_with_services_leaves_them_alone(services: Services) -> None:
    services.adapt(Settings.model_validate(CONNECTED))
    voice = services.voices[0]
    services.adapt(Settings.model_validate({**CONNECTED, "workers": 3}))
    assert services.voices[0] is voice


def test_a_raised_budget_counts_for_the_next_call_and_lets_parked_films_go_on(tmp_path: Path) -> None:
    day = f"day:{today()}"
    with closing(JobStore.in_memory()) as store:
        settings = Settings.model_validate({**CONNECTED, "budget_per_day_usd": 1.0})
        with closing(Services(settings, store, tmp_path)) as services:
            call = store.begin_call("c1", "elevenlabs", Amount(usd=1.0), Account("j", "b"), Budget())
            assert isinstance(call, Call)
            store.settle_call("c1", Amount(usd=1.0))
            assert not services.probes()["budget"](day)
            services.adapt(Settings.model_validate({**CONNECTED, "budget_per_day_usd": 2.0}))
            assert services.probes()["budget"](day)


def test_a_key_that_the_keyring_keeps_to_itself_is_waited_for(services: Services, speech: SpeechStage) -> None:
    """Nobody's films are spoken by the offline voice because a keyring is locked."""
    services.adapt(Settings().without(frozenset({"elevenlabs_api_key"})))
    with raises_code(EnvironmentFault, "no_voice"):
        speech.provider()
    assert not services.probes()["provider"]("speech")
    services.adapt(Settings.model_validate(CONNECTED))
    assert speech.provider().name == "elevenlabs"
    assert services.probes()["provider"]("speech")


def test_the_offline_voice_is_switched_off_and_on(services: Services, speech: SpeechStage) -> None:
    services.adapt(Settings(disable_espeak=True))
    with raises_code(EnvironmentFault, "no_voice"):
        speech.provider()
    services.adapt(Settings())
    assert speech.provider() is services.offline
