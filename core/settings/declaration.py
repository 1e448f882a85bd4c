"""Every setting, declared once: its name in the environment, its type, its default, what it means.

A value comes from the environment, else from the keyring (keys) or `settings.toml` in the data folder, else from here:
see `core.settings.sources`. The names are those of docs/settings.md, in upper case in the environment and in lower case
in the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, get_args, get_origin

from pydantic import PrivateAttr, SecretStr
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from core.settings.about import About
from core.settings.making import MakingSettings
from core.settings.providers import ProviderSettings
from core.settings.running import RunningSettings


class Settings(ProviderSettings, RunningSettings, MakingSettings):
    """Read once, at the top, and passed down from there; a change makes new ones (see `core.desk.settings_desk`)."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", allow_inf_nan=False)

    _unreadable: frozenset[str] = PrivateAttr(default=frozenset())

    @property
    def unreadable(self) -> frozenset[str]:
        """Keys that there are, and that the keyring does not give out now: what needs them waits."""
        return self._unreadable

    def without(self, unreadable: frozenset[str]) -> Settings:
        self._unreadable = unreadable
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        del settings_cls, dotenv_settings, file_secret_settings
        return init_settings, env_settings


class Collected(Settings):
    """Made of what is given alone: `core.settings.sources` has looked everywhere already."""

    @classmethod
    def settings_customise_sources(
        cls, settings_cls: type[BaseSettings], init_settings: PydanticBaseSettingsSource, *_: Any, **__: Any
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        del settings_cls
        return (init_settings,)


def collected(values: Mapping[str, Any]) -> Settings:
    """Of these values and the defaults, whatever the environment says. Raises `ValidationError`."""
    return Collected(**values)


@dataclass(frozen=True, slots=True)
class Declared:
    """A setting as it was declared; `key` is its name in the file, `name` that in the environment."""

    key: str
    about: About
    field: FieldInfo

    @property
    def name(self) -> str:
        return self.key.upper()

    @property
    def default(self) -> Any:
        return self.field.get_default(call_default_factory=True)

    @property
    def default_text(self) -> str:
        return as_text(self.default)

    @property
    def types(self) -> tuple[Any, ...]:
        """Of which it may be: `(float, NoneType)`."""
        annotation = self.field.annotation
        found = get_args(annotation)
        return (annotation,) if not found or get_origin(annotation) is Literal else found

    @property
    def choices(self) -> tuple[str, ...]:
        """What it may be, in the words of the environment; empty: much."""
        kinds = self.types
        if bool in kinds:
            return ("", "true", "false") if type(None) in kinds else ("true", "false")
        literal = next((kind for kind in kinds if get_origin(kind) is Literal), None)
        return tuple(map(str, get_args(literal))) if literal is not None else ()

    @property
    def is_switch(self) -> bool:
        return self.types == (bool,)

    @property
    def is_number(self) -> bool:
        return not self.choices and (int in self.types or float in self.types)


@lru_cache(maxsize=1)
def declared() -> Mapping[str, Declared]:
    """All settings by their name in the file, in the order of their groups."""
    found = [
        Declared(key, next(one for one in field.metadata if isinstance(one, About)), field)
        for key, field in Settings.model_fields.items()
    ]
    order = {group: place for place, group in enumerate(type(found[0].about.group))}
    return {one.key: one for one in sorted(found, key=lambda one: order[one.about.group])}


def as_text(value: Any) -> str:
    """A value as it is written in the environment; a key as it is, so not to be shown."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    if isinstance(value, float):
        return f"{value:.10g}"
    return str(value)
