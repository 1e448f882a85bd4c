"""The settings of Wav2Lip, which runs on this computer. A part of `Settings`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings

from core.settings.about import About, Group, Kind
from core.settings.pasted import given_or_none
from core.text import Text


class Wav2LipSettings(BaseSettings):
    """Without its folder it is not used."""

    wav2lip_repo_path: Annotated[
        Path | None,
        About(
            Group.WAV2LIP,
            Text("Folder of Wav2Lip"),
            Text("The folder of your own Wav2Lip checkout; empty: none."),
            kind=Kind.FOLDER,
        ),
    ] = None
    wav2lip_checkpoint: Annotated[
        str, About(Group.WAV2LIP, Text("Model file"), Text("The Wav2Lip model file, seen from there."))
    ] = Field(default="checkpoints/wav2lip_gan.pth", min_length=1)
    wav2lip_python: Annotated[
        str,
        About(
            Group.WAV2LIP,
            Text("Its Python"),
            Text("The Python that runs Wav2Lip; empty: that of a .venv in its folder, else python3."),
            expert=True,
        ),
    ] = ""
    wav2lip_pads: Annotated[
        str,
        About(
            Group.WAV2LIP,
            Text("Room around the face"),
            Text("Room left around the face: above, below, left, right, in pixels."),
            expert=True,
            example="0 10 0 0",
        ),
    ] = Field(default="0 10 0 0", pattern=r"^\d{1,3} \d{1,3} \d{1,3} \d{1,3}$")
    wav2lip_resize_factor: Annotated[
        int,
        About(
            Group.WAV2LIP,
            Text("Shrink the picture"),
            Text("Shrinks the picture for Wav2Lip: quicker, in less memory, less sharp."),
            expert=True,
        ),
    ] = Field(default=1, ge=1, le=8)
    disable_wav2lip: Annotated[bool, About(Group.WAV2LIP, Text("Switch Wav2Lip off"), Text("Never use Wav2Lip."))] = (
        False
    )

    _wav2lip_none = field_validator("wav2lip_repo_path", mode="before")(given_or_none)
