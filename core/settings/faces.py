"""The settings of the services that make Santa talk: HeyGen, Higgsfield, Sync Labs. A part of `Settings`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings

from core.settings.about import About, Group, Kind
from core.settings.pasted import given_or_none, safe_address, without_blanks
from core.text import Text


class FaceSettings(BaseSettings):
    """A service without its key is not used."""

    heygen_api_key: Annotated[
        SecretStr, About(Group.HEYGEN, Text("HeyGen key"), Text("The key of your HeyGen account."), kind=Kind.KEY)
    ] = SecretStr("")
    papa_noel_avatar_id: Annotated[
        str,
        About(
            Group.HEYGEN,
            Text("Santa's avatar"),
            Text("Santa at HeyGen, by his avatar's id; empty: the template's picture is brought to life."),
        ),
    ] = ""
    papa_noel_voice_id_heygen: Annotated[
        str,
        About(
            Group.HEYGEN,
            Text("Santa's voice at HeyGen"),
            Text("Santa's voice at HeyGen; empty: the film's own voice is sent there."),
        ),
    ] = ""
    heygen_resolution: Annotated[
        Literal["720p", "1080p", "4k"],
        About(Group.HEYGEN, Text("Size of clips"), Text("How large HeyGen's clips are.")),
    ] = "1080p"
    heygen_lipsync_mode: Annotated[
        Literal["speed", "precision"],
        About(
            Group.HEYGEN,
            Text("Lip-sync"),
            Text("Whether HeyGen's lip-sync is quick or careful."),
            words={"speed": Text("Quick"), "precision": Text("Careful")},
        ),
    ] = "precision"
    heygen_usd_per_second: Annotated[
        float | None,
        About(
            Group.HEYGEN,
            Text("Your price for a second of avatar"),
            Text(
                "What a second of a HeyGen avatar really costs you, in US dollars; "
                "empty: the table in resources/prices.toml."
            ),
            expert=True,
            unit=Text("US$"),
        ),
    ] = Field(default=None, ge=0)
    heygen_lipsync_usd_per_second: Annotated[
        float | None,
        About(
            Group.HEYGEN,
            Text("Your price for a second of lip-sync"),
            Text(
                "What a second of HeyGen's lip-sync really costs you, in US dollars; "
                "empty: the table in resources/prices.toml."
            ),
            expert=True,
            unit=Text("US$"),
        ),
    ] = Field(default=None, ge=0)
    heygen_base_url: Annotated[
        str,
        About(
            Group.HEYGEN,
            Text("Address"),
            Text("Where HeyGen is asked; another address for tests."),
            expert=True,
            example="https://api.heygen.com",
        ),
    ] = "https://api.heygen.com"
    disable_heygen: Annotated[
        bool, About(Group.HEYGEN, Text("Switch the avatar off"), Text("Never make the message with a HeyGen avatar."))
    ] = False
    disable_heygen_lipsync: Annotated[
        bool, About(Group.HEYGEN, Text("Switch its lip-sync off"), Text("Never use HeyGen's lip-sync."))
    ] = False

    higgsfield_api_key_id: Annotated[
        str,
        About(
            Group.HIGGSFIELD,
            Text("Higgsfield key: id"),
            Text("The first half of your Higgsfield key: its id."),
            kind=Kind.KEY,
        ),
    ] = Field(default="", repr=False)
    higgsfield_api_key_secret: Annotated[
        SecretStr,
        About(
            Group.HIGGSFIELD,
            Text("Higgsfield key: secret"),
            Text("The second half of your Higgsfield key: its secret."),
            kind=Kind.KEY,
        ),
    ] = SecretStr("")
    higgsfield_quality: Annotated[
        Literal["mid", "high"],
        About(
            Group.HIGGSFIELD,
            Text("Quality"),
            Text("How good Higgsfield's clips are."),
            words={"mid": Text("Medium"), "high": Text("High")},
        ),
    ] = "high"
    higgsfield_prompt: Annotated[
        str,
        About(
            Group.HIGGSFIELD,
            Text("What it shows"),
            Text("What Higgsfield is told to show. The child's name is not sent."),
        ),
    ] = Field(default="Santa Claus speaks warmly to the camera", max_length=500)
    higgsfield_model: Annotated[
        str,
        About(
            Group.HIGGSFIELD,
            Text("Model"),
            Text("The model named in the request, for paths that take one; empty: none."),
            expert=True,
        ),
    ] = ""
    higgsfield_path: Annotated[
        str,
        About(
            Group.HIGGSFIELD,
            Text("Path for clips"),
            Text("The path that makes talking clips at Higgsfield."),
            expert=True,
            example="/v1/speak/higgsfield",
        ),
    ] = Field(default="/v1/speak/higgsfield", pattern=r"^/\S*$")
    higgsfield_status_path: Annotated[
        str,
        About(
            Group.HIGGSFIELD,
            Text("Path for progress"),
            Text("The path that tells how far a clip is; {id} stands for its id."),
            expert=True,
            example="/v1/job-sets/{id}",
        ),
    ] = Field(default="/v1/job-sets/{id}", pattern=r"^/[^\s{}]*\{id\}[^\s{}]*$")
    higgsfield_takes_keys: Annotated[
        bool,
        About(
            Group.HIGGSFIELD,
            Text("Knows repeated requests"),
            Text("Whether HIGGSFIELD_PATH honours idempotency keys; if not, a lost answer waits for a person."),
            expert=True,
        ),
    ] = False
    higgsfield_usd_per_second: Annotated[
        float | None,
        About(
            Group.HIGGSFIELD,
            Text("Your price for a second"),
            Text(
                "What a second of a Higgsfield clip really costs you, in US dollars; "
                "empty: the table in resources/prices.toml."
            ),
            expert=True,
            unit=Text("US$"),
        ),
    ] = Field(default=None, ge=0)
    higgsfield_base_url: Annotated[
        str,
        About(
            Group.HIGGSFIELD,
            Text("Address"),
            Text("Where Higgsfield is asked; older pages say platform."),
            expert=True,
            example="https://api.higgsfield.ai",
        ),
    ] = "https://api.higgsfield.ai"
    disable_higgsfield: Annotated[
        bool, About(Group.HIGGSFIELD, Text("Switch Higgsfield off"), Text("Never make the message with Higgsfield."))
    ] = False

    synclabs_api_key: Annotated[
        SecretStr,
        About(Group.SYNCLABS, Text("Sync Labs key"), Text("The key of your Sync Labs account."), kind=Kind.KEY),
    ] = SecretStr("")
    synclabs_model: Annotated[str, About(Group.SYNCLABS, Text("Model"), Text("The Sync Labs model."))] = Field(
        default="lipsync-2", min_length=1
    )
    synclabs_sync_mode: Annotated[
        Literal["bounce", "loop", "cut_off", "silence", "remap"],
        About(
            Group.SYNCLABS,
            Text("When the clip is too short"),
            Text("What Sync Labs does when the clip is shorter than the speech."),
            expert=True,
            words={
                "bounce": Text("Plays it back and forth (bounce)"),
                "loop": Text("Begins it again (loop)"),
                "cut_off": Text("Cuts the speech off (cut_off)"),
                "silence": Text("Lets the rest be silent (silence)"),
                "remap": Text("Slows it down (remap)"),
            },
        ),
    ] = "loop"
    synclabs_max_seconds: Annotated[
        float,
        About(
            Group.SYNCLABS,
            Text("Longest message"),
            Text("The longest message your Sync Labs plan allows."),
            unit=Text("seconds"),
        ),
    ] = Field(default=300.0, gt=0)
    synclabs_usd_per_second: Annotated[
        float | None,
        About(
            Group.SYNCLABS,
            Text("Your price for a second"),
            Text(
                "What a second of a Sync Labs clip really costs you, in US dollars; "
                "empty: the table in resources/prices.toml."
            ),
            expert=True,
            unit=Text("US$"),
        ),
    ] = Field(default=None, ge=0)
    synclabs_base_url: Annotated[
        str,
        About(
            Group.SYNCLABS,
            Text("Address"),
            Text("Where Sync Labs is asked; another address for tests."),
            expert=True,
            example="https://api.sync.so",
        ),
    ] = "https://api.sync.so"
    disable_synclabs: Annotated[
        bool, About(Group.SYNCLABS, Text("Switch Sync Labs off"), Text("Never use Sync Labs."))
    ] = False

    _face_none = field_validator(
        "heygen_usd_per_second",
        "heygen_lipsync_usd_per_second",
        "higgsfield_usd_per_second",
        "synclabs_usd_per_second",
        mode="before",
    )(given_or_none)
    _face_pasted = field_validator(
        "papa_noel_avatar_id", "papa_noel_voice_id_heygen", "higgsfield_api_key_id", mode="after"
    )(without_blanks)
    _face_address = field_validator("heygen_base_url", "higgsfield_base_url", "synclabs_base_url", mode="after")(
        safe_address
    )
