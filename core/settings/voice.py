"""The settings of ElevenLabs, which speaks. A part of `Settings`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings

from core.settings.about import About, Group, Kind
from core.settings.pasted import given_or_none, safe_address, without_blanks
from core.text import Text

_GROUP = Group.ELEVENLABS


class VoiceSettings(BaseSettings):
    """Without a key it is not used."""

    elevenlabs_api_key: Annotated[
        SecretStr, About(_GROUP, Text("ElevenLabs key"), Text("The key of your ElevenLabs account."), kind=Kind.KEY)
    ] = SecretStr("")
    papa_noel_voice_id_elevenlabs: Annotated[
        str, About(_GROUP, Text("Santa's voice"), Text("Santa's voice at ElevenLabs, by its id there."))
    ] = ""
    elevenlabs_model: Annotated[
        str, About(_GROUP, Text("Model that speaks"), Text("The ElevenLabs model that speaks."))
    ] = Field(default="eleven_multilingual_v2", min_length=1)
    elevenlabs_speed: Annotated[
        float | None,
        About(_GROUP, Text("Speed"), Text("How fast it speaks, 1 is usual; empty: as set in your account.")),
    ] = Field(default=None, ge=0.7, le=1.2)
    elevenlabs_stability: Annotated[
        float | None,
        About(_GROUP, Text("Evenness"), Text("0 lively to 1 even; empty: as the voice is set in your account.")),
    ] = Field(default=None, ge=0, le=1)
    elevenlabs_similarity: Annotated[
        float | None,
        About(
            _GROUP,
            Text("Likeness"),
            Text("How close to the voice's samples; empty: as set in your account."),
            expert=True,
        ),
    ] = Field(default=None, ge=0, le=1)
    elevenlabs_style: Annotated[
        float | None,
        About(
            _GROUP,
            Text("Manner"),
            Text("How much the voice's manner is exaggerated; empty: as in your account."),
            expert=True,
        ),
    ] = Field(default=None, ge=0, le=1)
    elevenlabs_speaker_boost: Annotated[
        bool | None,
        About(
            _GROUP,
            Text("Closer to the speaker"),
            Text("Closer to the speaker, and slower to make; empty: as set in your account."),
            expert=True,
        ),
    ] = None
    elevenlabs_language: Annotated[
        str,
        About(
            _GROUP,
            Text("Language code"),
            Text("The language code sent to models that take one; empty: the film's."),
            expert=True,
        ),
    ] = ""
    elevenlabs_output_format: Annotated[
        str,
        About(
            _GROUP,
            Text("Sound format"),
            Text("The sound that ElevenLabs sends; mp3_44100_192 and pcm_44100 need a higher plan."),
            expert=True,
            example="mp3_44100_128",
        ),
    ] = Field(default="mp3_44100_128", pattern=r"^(mp3_\d+_\d+|opus_48000_\d+|(pcm|wav)_\d+)$")
    elevenlabs_usd_per_1000: Annotated[
        float | None,
        About(
            _GROUP,
            Text("Your price"),
            Text(
                "What a thousand ElevenLabs characters really costs you, in US dollars; "
                "empty: the table in resources/prices.toml."
            ),
            expert=True,
            unit=Text("US$"),
        ),
    ] = Field(default=None, ge=0)
    elevenlabs_base_url: Annotated[
        str,
        About(
            _GROUP,
            Text("Address"),
            Text("Where ElevenLabs is asked; another address for tests."),
            expert=True,
            example="https://api.elevenlabs.io",
        ),
    ] = "https://api.elevenlabs.io"
    disable_elevenlabs: Annotated[
        bool, About(_GROUP, Text("Switch ElevenLabs off"), Text("Never speak with ElevenLabs."))
    ] = False

    _voice_none = field_validator(
        "elevenlabs_stability",
        "elevenlabs_similarity",
        "elevenlabs_style",
        "elevenlabs_speed",
        "elevenlabs_speaker_boost",
        "elevenlabs_usd_per_1000",
        mode="before",
    )(given_or_none)
    _voice_pasted = field_validator("papa_noel_voice_id_elevenlabs", "elevenlabs_language", mode="after")(
        without_blanks
    )
    _voice_address = field_validator("elevenlabs_base_url", mode="after")(safe_address)
