"""The same village in two lights: night for the opening, dawn for the end."""

from dataclasses import dataclass

from palette import PINE, SKY, SNOW, Ramp, tinted


@dataclass(frozen=True)
class Season:
    sky: Ramp
    far: Ramp
    middle: Ramp
    near: Ramp
    fore: Ramp
    walls: tuple[Ramp, ...]
    roof: Ramp
    pine: Ramp
    window: str
    window_glow: float
    light: tuple[float, float]
    stars: float


MOONLIT = Season(
    sky=SKY,
    far=("#131F40", "#1B2C55", "#294170", "#3F5E90", "#6E90B8"),
    middle=("#16223F", "#22355E", "#3A5683", "#6685AE", "#A9C1DA"),
    near=("#141F3C", "#223661", "#3F5C8B", "#7191BA", "#BFD3E6"),
    fore=("#0D1630", "#1A2A50", "#2E4877", "#5878A6", "#A8C0DA"),
    walls=(
        ("#121830", "#202544", "#38355A", "#5E4E66", "#8A6C70"),
        ("#15142A", "#2C1C34", "#502A3A", "#7C4040", "#A8644C"),
        ("#0E1A2C", "#173042", "#26485A", "#40676E", "#6C8C86"),
    ),
    roof=tinted(SNOW, "#5878B0", 0.18),
    pine=PINE,
    window="#FFC65C",
    window_glow=1.0,
    light=(-0.55, -0.78),
    stars=1.0,
)

DAWN = Season(
    sky=("#4F6BAE", "#8393CA", "#CBA3BA", "#F8B890", "#FFE0A8"),
    far=("#4A5C90", "#6A7BAA", "#9A9CBE", "#D4B3B8", "#FFD3B0"),
    middle=("#4C6094", "#7088B6", "#A5B4D0", "#E3D3D2", "#FFE9CC"),
    near=("#43588C", "#6A85B6", "#A6BAD8", "#E6DDDE", "#FFF0D8"),
    fore=("#33477A", "#5672A6", "#93ABD0", "#DAD9E2", "#FFEBD2"),
    walls=(
        ("#3A3A62", "#5E5078", "#94727E", "#CE9C84", "#F4CDA0"),
        ("#3A2442", "#6A3848", "#A4564C", "#D8845C", "#F6BC84"),
        ("#22405A", "#356274", "#5C8A8C", "#9CB4A0", "#DCD6B0"),
    ),
    roof=("#50669C", "#7F97C2", "#B4C2DC", "#F0DFD8", "#FFF4E0"),
    pine=("#10283A", "#1C4450", "#33665C", "#5E8C62", "#B0B878"),
    window="#FFD47C",
    window_glow=0.5,
    light=(0.78, -0.5),
    stars=0.12,
)
