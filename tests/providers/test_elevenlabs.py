"""ElevenLabs by its real SDK against the stand-in: what is asked, what comes of it, what it cost."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core.errors import AnswerLost, EnvironmentFault, JobFault
from core.media.audio import wav_seconds
from core.paths import ROOT
from core.progress import unwatched
from core.render.interfaces import Line
from providers.elevenlabs import ElevenLabsVoice
from tests.providers.rigs import LINE, TEXT, Rig, rig, settings
from tests.stand_in_services import ElevenLabsStandIn, elevenlabs
from tests.stand_in_services.media import seconds_of
from tests.stand_ins import raises_code


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Rig]:
    with rig("elevenlabs", tmp_path) as made:
        yield made


def asked(service: Any) -> tuple[str, dict[str, Any]]:
    [seen] = service.asked("POST", "text-to-speech")
    return seen.path, seen.json


def speak(service: ElevenLabsStandIn, destination: Path, line: Line = LINE, **more: Any) -> Any:
    voice = ElevenLabsVoice(settings(service, **more))
    try:
        return voice.speak(line, destination, unwatched)
    finally:
        voice.close()


def test_a_line_is_spoken(made: Rig, tmp_path: Path) -> None:
    speech = made.provider.speak(LINE, tmp_path / "line.wav", unwatched)
    assert speech.duration_s == pytest.approx(seconds_of(TEXT), abs=0.1)
    assert speech.duration_s == pytest.approx(wav_seconds(tmp_path / "line.wav"))
    assert "".join(one.what for one in speech.characters) == TEXT
    assert speech.characters[-1].end_s == pytest.approx(seconds_of(TEXT), abs=0.01)
    assert speech.cost.characters == len(TEXT) == made.service.charged["characters"]
    assert speech.cost.usd == pytest.approx(len(TEXT) * 0.10 / 1000)
    assert [file.name for file in tmp_path.iterdir()] == ["line.wav"]


def test_exactly_what_is_asked(made: Rig) -> None:
    made.pay(unwatched)
    path, told = asked(made.service)
    assert path == f"/v1/text-to-speech/{elevenlabs.VOICE}/with-timestamps?output_format=mp3_44100_128"
    assert told == {
        "text": TEXT,
        "model_id": "eleven_multilingual_v2",
        "previous_text": "Jo, jo, jo.",
        "next_text": "Chau, Sofía.",
    }
    [seen] = made.service.asked("POST", "text-to-speech")
    assert seen.headers["xi-api-key"] == elevenlabs.KEY
    assert [(one.current, one.maximum) for one in made.limits] == [(1, 5)]


def test_what_a_model_does_not_take_is_not_sent(tmp_path: Path) -> None:
    with ElevenLabsStandIn() as service:
        assert isinstance(service, ElevenLabsStandIn)
        speak(service, tmp_path / "a.wav", elevenlabs_model="eleven_v3")
        told = service.asked("POST", "")[-1].json
        assert "previous_text" not in told
        assert "next_text" not in told
        assert told["language_code"] == "es"
        speak(service, tmp_path / "b.wav", elevenlabs_model="eleven_flash_v2_5", elevenlabs_language="es-AR")
        assert service.asked("POST", "")[-1].json["language_code"] == "es-AR"


def test_a_cheaper_model_costs_half(tmp_path: Path) -> None:
    with ElevenLabsStandIn() as service:
        assert isinstance(service, ElevenLabsStandIn)
        voice = ElevenLabsVoice(settings(service, elevenlabs_model="eleven_flash_v2_5"))
        estimate = voice.cost(LINE)
        assert estimate == voice.speak(LINE, tmp_path / "line.wav", unwatched).cost
        assert estimate.characters == service.charged["characters"] == -(-len(TEXT) // 2)
        priced = ElevenLabsVoice(settings(service, elevenlabs_usd_per_1000=1.0))
        assert priced.cost(LINE).usd == pytest.approx(len(TEXT) / 1000)


def test_the_manner_is_sent_and_is_part_of_the_voice(tmp_path: Path) -> None:
    manner: dict[str, Any] = {"elevenlabs_stability": 0.4, "elevenlabs_style": 0.2, "elevenlabs_speed": 0.9}
    with ElevenLabsStandIn() as service:
        assert isinstance(service, ElevenLabsStandIn)
        speak(service, tmp_path / "line.wav", **manner, elevenlabs_speaker_boost=True)
        told = service.asked("POST", "")[-1].json["voice_settings"]
        assert told == {"stability": 0.4, "style": 0.2, "speed": 0.9, "use_speaker_boost": True}
        plain, other = (ElevenLabsVoice(settings(service, **more)).voice("es") for more in ({}, manner))
        assert plain != other


@pytest.mark.parametrize("output_format", ["mp3_22050_32", "mp3_44100_192", "wav_24000", "pcm_44100", "opus_48000_64"])
def test_every_kind_of_sound(output_format: str, tmp_path: Path) -> None:
    with ElevenLabsStandIn() as service:
        assert isinstance(service, ElevenLabsStandIn)
        speech = speak(service, tmp_path / "line.wav", elevenlabs_output_format=output_format)
        assert speech.duration_s == pytest.approx(seconds_of(TEXT), abs=0.15)


def test_a_line_wanted_anew_is_made_anew(made: Rig, tmp_path: Path) -> None:
    made.provider.speak(Line("Hola.", "es", take=2), tmp_path / "line.wav", unwatched)
    assert made.service.asked("POST", "")[-1].json["seed"] == 2


def test_a_text_that_says_what_an_error_is_called_changes_nothing(made: Rig, tmp_path: Path) -> None:
    made.service.misbehave("402", method="POST")
    with raises_code(EnvironmentFault, "provider_credit_used_up") as caught:
        made.provider.speak(Line("quota_exceeded payment_required", "es"), tmp_path / "line.wav", unwatched)
    assert "quota" not in caught.value.detail


def test_a_text_that_is_too_long_is_not_even_sent(made: Rig, tmp_path: Path) -> None:
    with raises_code(JobFault, "speech_too_long"):
        made.provider.speak(Line("a" * 10_001, "es"), tmp_path / "line.wav", unwatched)
    assert not made.service.seen


def test_a_key_pasted_with_its_line_end_works(tmp_path: Path) -> None:
    with ElevenLabsStandIn() as service:
        assert isinstance(service, ElevenLabsStandIn)
        speak(service, tmp_path / "line.wav", elevenlabs_api_key=f" {elevenlabs.KEY}\r\n")


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ({"disable_elevenlabs": True}, "DISABLE_ELEVENLABS"),
        ({"elevenlabs_api_key": " "}, "ELEVENLABS_API_KEY"),
        ({"elevenlabs_api_key": "ключ"}, "ELEVENLABS_API_KEY"),
        ({"papa_noel_voice_id_elevenlabs": ""}, "PAPA_NOEL_VOICE_ID_ELEVENLABS"),
    ],
)
def test_why_it_can_not_be_used(more: dict[str, Any], named: str) -> None:
    with ElevenLabsStandIn() as service:
        availability = ElevenLabsVoice(settings(service, **more)).availability()
        assert not availability.usable
        assert named in availability.reason
        assert ElevenLabsVoice(settings(service)).availability().usable
        assert not service.seen


def test_the_older_name_of_the_voice_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PAPA_NOEL_VOICE_ID_ELEVENLABS", raising=False)
    monkeypatch.setenv("PAPA_NOEL_VOICE_ID", "older")
    with ElevenLabsStandIn() as service:
        configured = settings(service, papa_noel_voice_id_elevenlabs=None)
        assert configured.papa_noel_voice_id_elevenlabs == "older"


def test_the_account(made: Rig) -> None:
    account = made.provider.account
    voices = account.voices()
    assert len(voices) == len({voice.id for voice in voices}) == 151
    assert voices[0].name == "Papá Noel"
    assert len(made.service.asked("GET", "/v2/voices")) == 2
    assert [model.id for model in account.models()] == ["eleven_multilingual_v2"]
    made.pay(unwatched)
    assert account.subscription().used == len(TEXT)
    made.provider.probe()


def test_the_probe_finds_that_the_credit_is_used_up(made: Rig) -> None:
    made.service.quota = 0  # type: ignore[attr-defined]
    made.service.charged["characters"] = 1
    made.service.quota = 1  # type: ignore[attr-defined]
    with raises_code(EnvironmentFault, "provider_credit_used_up"):
        made.provider.probe()


@pytest.mark.parametrize("body", [b"[]", b"7", b'"x"', b'{"audio_base64": 7}', b'{"audio_base64": "%%%"}', b"{"])
def test_answers_of_an_unknown_shape(body: bytes, made: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.stand_in_services.server import Reply

    monkeypatch.setattr(made.service, "answer", lambda seen: Reply(200, body))
    with raises_code(AnswerLost, "provider_answer_lost"):
        made.pay(unwatched)
    assert made.payments() == 1


def test_times_that_do_not_fit_are_left_out(made: Rig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.stand_in_services import elevenlabs as module

    monkeypatch.setattr(
        module,
        "alignment",
        lambda text: {
            "characters": list(text),
            "character_start_times_seconds": [9.0] * len(text),
            "character_end_times_seconds": [1.0] * len(text),
        },
    )
    assert made.provider.speak(LINE, tmp_path / "line.wav", unwatched).characters == ()


def test_the_sdk_is_loaded_only_when_it_speaks() -> None:
    code = "import sys, providers.elevenlabs, providers.elevenlabs_account; print('elevenlabs' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"
