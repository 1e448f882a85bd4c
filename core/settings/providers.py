"""The settings of outside services: a part of `Settings`, and declared only here."""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import AliasChoices, Field, SecretStr, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings


def _is_this_computer(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


_PRICE = "What {} really costs you, in US dollars; empty: the table in resources/prices.toml."


class ProviderSettings(BaseSettings):
    """A service without its key is not used. `*_BASE_URL` is https, or http on this computer."""

    elevenlabs_api_key: SecretStr = Field(default=SecretStr(""), description="The key of your ElevenLabs account.")
    papa_noel_voice_id_elevenlabs: str = Field(
        default="",
        validation_alias=AliasChoices("papa_noel_voice_id_elevenlabs", "papa_noel_voice_id"),
        description="Santa's voice at ElevenLabs, by its id there.",
    )
    elevenlabs_model: str = Field(
        default="eleven_multilingual_v2", min_length=1, description="The ElevenLabs model that speaks."
    )
    elevenlabs_language: str = Field(
        default="", description="The language code sent to models that take one; empty: the film's."
    )
    elevenlabs_output_format: str = Field(
        default="mp3_44100_128",
        pattern=r"^(mp3_\d+_\d+|opus_48000_\d+|(pcm|wav)_\d+)$",
        description="The sound that ElevenLabs sends; mp3_44100_192 and pcm_44100 need a higher plan.",
    )
    elevenlabs_stability: float | None = Field(
        default=None, ge=0, le=1, description="0 lively to 1 even; empty: as the voice is set in your account."
    )
    elevenlabs_similarity: float | None = Field(
        default=None, ge=0, le=1, description="How close to the voice's samples; empty: as set in your account."
    )
    elevenlabs_style: float | None = Field(
        default=None, ge=0, le=1, description="How much the voice's manner is exaggerated; empty: as in your account."
    )
    elevenlabs_speed: float | None = Field(
        default=None, ge=0.7, le=1.2, description="How fast it speaks, 1 is usual; empty: as set in your account."
    )
    elevenlabs_speaker_boost: bool | None = Field(
        default=None, description="Closer to the speaker, and slower to make; empty: as set in your account."
    )
    elevenlabs_base_url: str = Field(
        default="https://api.elevenlabs.io", description="Where ElevenLabs is asked; another address for tests."
    )
    elevenlabs_usd_per_1000: float | None = Field(
        default=None, ge=0, description=_PRICE.format("a thousand ElevenLabs characters")
    )
    disable_elevenlabs: bool = Field(default=False, description="Never speak with ElevenLabs.")

    heygen_api_key: SecretStr = Field(default=SecretStr(""), description="The key of your HeyGen account.")
    papa_noel_avatar_id: str = Field(
        default="", description="Santa at HeyGen, by his avatar's id; empty: the template's picture is brought to life."
    )
    papa_noel_voice_id_heygen: str = Field(
        default="", description="Santa's voice at HeyGen; empty: the film's own voice is sent there."
    )
    heygen_resolution: Literal["720p", "1080p", "4k"] = Field(
        default="1080p", description="How large HeyGen's clips are."
    )
    heygen_lipsync_mode: Literal["speed", "precision"] = Field(
        default="precision", description="Whether HeyGen's lip-sync is quick or careful."
    )
    heygen_base_url: str = Field(
        default="https://api.heygen.com", description="Where HeyGen is asked; another address for tests."
    )
    heygen_usd_per_second: float | None = Field(
        default=None, ge=0, description=_PRICE.format("a second of a HeyGen avatar")
    )
    heygen_lipsync_usd_per_second: float | None = Field(
        default=None, ge=0, description=_PRICE.format("a second of HeyGen's lip-sync")
    )
    disable_heygen: bool = Field(default=False, description="Never make the message with a HeyGen avatar.")
    disable_heygen_lipsync: bool = Field(default=False, description="Never use HeyGen's lip-sync.")

    higgsfield_api_key_id: str = Field(default="", description="The first half of your Higgsfield key: its id.")
    higgsfield_api_key_secret: SecretStr = Field(
        default=SecretStr(""), description="The second half of your Higgsfield key: its secret."
    )
    higgsfield_path: str = Field(
        default="/v1/speak/higgsfield",
        pattern=r"^/\S*$",
        description="The path that makes talking clips at Higgsfield.",
    )
    higgsfield_status_path: str = Field(
        default="/v1/job-sets/{id}",
        pattern=r"^/[^\s{}]*\{id\}[^\s{}]*$",
        description="The path that tells how far a clip is; {id} stands for its id.",
    )
    higgsfield_model: str = Field(
        default="", description="The model named in the request, for paths that take one; empty: none."
    )
    higgsfield_prompt: str = Field(
        default="Santa Claus speaks warmly to the camera",
        max_length=500,
        description="What Higgsfield is told to show. The child's name is not sent.",
    )
    higgsfield_quality: Literal["mid", "high"] = Field(default="high", description="How good Higgsfield's clips are.")
    higgsfield_takes_keys: bool = Field(
        default=False,
        description="Whether HIGGSFIELD_PATH honours idempotency keys; if not, a lost answer waits for a person.",
    )
    higgsfield_base_url: str = Field(
        default="https://api.higgsfield.ai", description="Where Higgsfield is asked; older pages say platform."
    )
    higgsfield_usd_per_second: float | None = Field(
        default=None, ge=0, description=_PRICE.format("a second of a Higgsfield clip")
    )
    disable_higgsfield: bool = Field(default=False, description="Never make the message with Higgsfield.")

    synclabs_api_key: SecretStr = Field(default=SecretStr(""), description="The key of your Sync Labs account.")
    synclabs_model: str = Field(default="lipsync-2", min_length=1, description="The Sync Labs model.")
    synclabs_sync_mode: Literal["bounce", "loop", "cut_off", "silence", "remap"] = Field(
        default="loop", description="What Sync Labs does when the clip is shorter than the speech."
    )
    synclabs_max_seconds: float = Field(
        default=300.0, gt=0, description="The longest message your Sync Labs plan allows."
    )
    synclabs_base_url: str = Field(
        default="https://api.sync.so", description="Where Sync Labs is asked; another address for tests."
    )
    synclabs_usd_per_second: float | None = Field(
        default=None, ge=0, description=_PRICE.format("a second of a Sync Labs clip")
    )
    disable_synclabs: bool = Field(default=False, description="Never use Sync Labs.")

    wav2lip_repo_path: Path | None = Field(
        default=None, description="The folder of your own Wav2Lip checkout; empty: none."
    )
    wav2lip_checkpoint: str = Field(
        default="checkpoints/wav2lip_gan.pth", min_length=1, description="The Wav2Lip model file, seen from there."
    )
    wav2lip_python: str = Field(
        default="", description="The Python that runs Wav2Lip; empty: that of a .venv in its folder, else python3."
    )
    wav2lip_pads: str = Field(
        default="0 10 0 0",
        pattern=r"^\d{1,3} \d{1,3} \d{1,3} \d{1,3}$",
        description="Room left around the face: above, below, left, right, in pixels.",
    )
    wav2lip_resize_factor: int = Field(
        default=1, ge=1, le=8, description="Shrinks the picture for Wav2Lip: quicker, in less memory, less sharp."
    )
    disable_wav2lip: bool = Field(default=False, description="Never use Wav2Lip.")

    @field_validator(
        "elevenlabs_stability",
        "elevenlabs_similarity",
        "elevenlabs_style",
        "elevenlabs_speed",
        "elevenlabs_speaker_boost",
        "elevenlabs_usd_per_1000",
        "heygen_usd_per_second",
        "heygen_lipsync_usd_per_second",
        "higgsfield_usd_per_second",
        "synclabs_usd_per_second",
        "wav2lip_repo_path",
        mode="before",
    )
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return None if isinstance(value, str) and not value.strip() else value

    @field_validator(
        "papa_noel_voice_id_elevenlabs",
        "papa_noel_avatar_id",
        "papa_noel_voice_id_heygen",
        "higgsfield_api_key_id",
        "elevenlabs_language",
        mode="after",
    )
    @classmethod
    def _pasted(cls, value: str) -> str:
        return "".join(value.split())

    @field_validator("elevenlabs_base_url", "heygen_base_url", "higgsfield_base_url", "synclabs_base_url", mode="after")
    @classmethod
    def _safe_address(cls, value: str) -> str:
        address = urlsplit(value.strip())
        host = address.hostname or ""
        if not host or not (address.scheme == "https" or (address.scheme == "http" and _is_this_computer(host))):
            raise PydanticCustomError(
                "address", "it must start with https:// (http:// only for an address on this computer)"
            )
        if address.username or address.query or address.fragment:
            raise PydanticCustomError("address", "it must be a plain address, without a login or a question mark")
        return value.strip().rstrip("/")
