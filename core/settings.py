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


def _default_workers() -> int:
    return max(1, min(8, os.cpu_count() or 1))


class Settings(BaseSettings):
    """Read with `load_settings`, once, at the top; passed down from there."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore")

    redis_url: SecretStr = Field(
        default=SecretStr(""),
        description="The Redis that machines share; empty: this computer's own queue.",
    )
    output_dir: Path = Field(default_factory=default_output_dir, description="The folder films go to.")
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
    disable_espeak: bool = Field(default=False, description="Never use the offline voice.")

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
