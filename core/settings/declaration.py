"""Every setting, declared once: its name in the environment, its type, its default, what it means.

A value comes from the environment, else from `settings.toml` in the data folder, else from here. The
names are those of docs/settings.md, in upper case in the environment and in lower case in the file.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from core.errors import UsageError
from core.paths import default_output_dir
from core.settings.providers import ProviderSettings
from core.settings.running import RunningSettings


def _default_workers() -> int:
    return max(1, min(8, os.cpu_count() or 1))


class Settings(ProviderSettings, RunningSettings):
    """Read with `load_settings`, once, at the top; passed down from there."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore")

    redis_url: SecretStr = Field(
        default=SecretStr(""),
        description="The Redis that machines share; empty: this computer's own queue.",
    )
    output_dir: Path = Field(default_factory=default_output_dir, description="The folder films go to.")
    film_names: str = Field(
        default="{batch}/{row:04}-{name}",
        description="How films are named in OUTPUT_DIR: folders and a name, with places for what a row says.",
    )
    workers: int = Field(default_factory=_default_workers, ge=1, le=64, description="How many films are made at once.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="The least serious line that is logged."
    )
    use_json_logging: bool = Field(default=False, description="Log one JSON object a line.")
    max_job_attempts: int = Field(
        default=3, ge=1, le=20, description="How often a film is tried before it goes to Failed."
    )
    job_lock_timeout_seconds: float = Field(
        default=20.0,
        ge=2,
        le=3600,
        description="How long a worker that went silent keeps its job before another may take it.",
    )
    shutdown_timeout_seconds: float = Field(
        default=300.0, ge=0, le=3600, description="How long a film in the making is waited for on closing."
    )
    stage_timeout_seconds: float = Field(
        default=1800.0, ge=1, description="The longest that one stage of a film may take."
    )
    stage_stall_seconds: float = Field(
        default=120.0, ge=1, description="How long a stage may show no progress before it is ended."
    )
    films_per_machine: bool = Field(
        default=False,
        description="Keep the films that this computer makes in its own OUTPUT_DIR, not where the sender wants them.",
    )
    delivery_dir: Path | None = Field(
        default=None, description="The folder approved films are moved to; empty: the folder aprobados, beside them."
    )
    audio_cache_dir: Path | None = Field(
        default=None, description="The folder that spoken lines are kept in; empty: in the data folder."
    )
    audio_cache_max_size_mb: int = Field(
        default=1000, ge=1, description="How much the spoken lines that are kept may take, in MB (10⁶ bytes)."
    )
    speak_by_sentence: bool = Field(
        default=True, description="Speak each sentence on its own, so that what films share is paid for once."
    )
    budget_per_day_usd: float | None = Field(
        default=None, ge=0, description="The most that services may cost on one day, in US dollars; empty: no limit."
    )
    budget_per_batch_usd: float | None = Field(
        default=None, ge=0, description="The most that services may cost for one batch, in US dollars; empty: no limit."
    )
    pay_again_up_to_usd: float = Field(
        default=0.0,
        ge=0,
        description="A call that costs at most this and was never answered is made again without asking a person.",
    )
    disable_espeak: bool = Field(default=False, description="Never use the offline voice.")
    disable_mouth_bank: bool = Field(default=False, description="Never move the template's own mouths.")

    @field_validator("delivery_dir", "audio_cache_dir", "budget_per_day_usd", "budget_per_batch_usd", mode="before")
    @classmethod
    def _none_given(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        del dotenv_settings, file_secret_settings
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def load_settings(file: Path | None = None, **overrides: Any) -> Settings:
    """The settings as they stand: `overrides` (from the command line), environment, `file`, defaults.

    Raises `UsageError` that names the setting, where it must be put right and what it may be.
    """

    class FromFile(Settings):
        model_config = SettingsConfigDict(toml_file=file)

    try:
        return FromFile(**{name: value for name, value in overrides.items() if value is not None})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(
            "settings_unreadable",
            "The settings file {file} can't be read: {reason}.",
            "Correct that line, or rename the file to start with the defaults.",
            file=str(file),
            reason=str(error) if isinstance(error, tomllib.TOMLDecodeError) else "it is not UTF-8 text",
        ) from error
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = ".".join(str(part) for part in first["loc"])
        raise UsageError(
            "setting_invalid",
            "The setting {name} can't be used: {reason}.",
            "Correct it in the environment or in {file}.",
            name=name.upper(),
            reason=str(first["msg"]),
            file=str(file or "the settings file"),
        ) from error
