"""What stands about in the snow: pines, a snowman, a lamp."""

import numpy as np
from palette import EMBER, tinted
from season import Season
from shapes import box, ellipse, lock, polygon, smooth, tufted
from sheet import Sheet


def pine(sheet: Sheet, season: Season, x: float, base: float, tall: float, seed: int, tiers: int = 6) -> None:
    rng = np.random.default_rng(seed)
    half = tall * 0.34
    side = -1 if season.light[0] < 0 else 1
    sheet.glaze(
        ellipse(x - side * tall * 0.05, base + 2, half, tall * 0.05), season.middle[0], 0.45, max(4, tall * 0.03)
    )
    trunk = box(x - tall * 0.025, base - tall * 0.1, tall * 0.05, tall * 0.1)
    sheet.paint(trunk, tinted(season.pine, "#3A1C20", 0.5), seed=seed, depth=4, bias=-0.2)
    for k in reversed(range(tiers)):
        v, w = k / tiers, half * (0.24 + 0.76 * (k + 1) / tiers) * rng.uniform(0.9, 1.1)
        y0 = base - tall * (1 - v * 0.84)
        y1 = min(y0 + tall * (0.2 + 0.66 / tiers), base - tall * 0.02)
        sag, mid = tall * 0.02, (y0 + y1) / 2
        tier = smooth(
            [
                (x, y0),
                (x - w * 0.42, mid),
                (x - w, y1),
                (x - w * 0.4, y1 - sag),
                (x, y1 + sag),
                (x + w * 0.45, y1 - sag),
                (x + w, y1),
                (x + w * 0.42, mid),
            ],
            tension=0.3,
        )
        fringe = tufted(tier, max(9, tall * 0.06), max(2, tall * 0.016), seed + k)
        sheet.paint(
            fringe, season.pine, seed=seed + k, depth=tall * 0.08, gain=1.2, bias=-0.12, edge=1.6, wobble=1, angle=80
        )
        cap = smooth([
            (x + side * 2, y0 + 2), (x + side * w * 0.46, mid), (x + side * w * 0.97, y1 - 2),
            (x + side * w * 0.62, y1 - sag * 2.2), (x + side * w * 0.34, mid + sag * 1.4),
            (x - side * w * 0.1, mid - sag),
        ], tension=0.4)  # fmt: skip
        white = tufted(cap, max(10, tall * 0.05), max(1.5, tall * 0.008), seed + 20 + k)
        sheet.paint(
            white, season.roof, seed=seed + 10 + k, depth=max(5, tall * 0.03), gain=1, bias=0.12, edge=1.8, wobble=0.9
        )


def snowman(sheet: Sheet, season: Season, x: float, base: float, scale: float) -> None:
    def at(px: float, py: float) -> tuple[float, float]:
        return x + px * scale, base + py * scale

    side = -1 if season.light[0] < 0 else 1
    sheet.glaze(ellipse(x - side * 30 * scale, base + 2, 70 * scale, 11 * scale), season.near[0], 0.5, 9)
    arms = [
        (lock([at(34 * s, -92), at(62 * s, -112), at(86 * s, -108 - 14 * s)], 6 * scale, 0.8), "#2A1A22", 0.95)
        for s in (-1, 1)
    ]
    sheet.strokes(arms, inside=False)
    for k, (y, r) in enumerate(((-34, 50), (-96, 37), (-148, 27))):
        sheet.paint(
            ellipse(*at(0, y), r * scale, r * scale * 0.94),
            season.roof,
            seed=840 + k,
            depth=r * 0.7,
            gain=1.3,
            bias=0.12,
            wobble=0.6,
            edge=2,
        )
    scarf = smooth(
        [
            at(-30, -126),
            at(0, -116),
            at(31, -126),
            at(30, -112),
            at(12, -106),
            at(22, -66),
            at(6, -64),
            at(0, -104),
            at(-28, -112),
        ]
    )
    sheet.paint(scarf, EMBER, seed=845, depth=8, gain=1.2, bias=0.08)
    hat = smooth(
        [at(-24, -164), at(-17, -206), at(17, -208), at(24, -166), at(40, -160), at(0, -154), at(-40, -158)],
        tension=0.25,
    )
    sheet.paint(hat, ("#080C1A", "#121A30", "#222C4C", "#3E4668", "#6E6E88"), seed=846, depth=12, gain=1.2)
    sheet.paint(
        polygon([at(-20, -176), at(21, -178), at(22, -168), at(-22, -166)]), EMBER, seed=847, depth=5, bias=0.06
    )
    dots = [
        (ellipse(*at(px, py), 3.4 * scale, 3.8 * scale), "#161A2E", 0.95)
        for px, py in ((-9, -154), (9, -154), (1, -102), (1, -84), (0, -50))
    ]
    dots.append((lock([at(0, -148), at(12, -146), at(27, -141)], 10 * scale, 1.0), "#F08A34", 1.0))
    sheet.strokes(dots, inside=False)


def lamp(sheet: Sheet, season: Season, x: float, base: float, tall: float) -> None:
    """A street lamp whose lantern's middle is `tall - 16` above its foot."""
    iron = ("#070B18", "#101830", "#1C2848", "#3A4468", "#8A7A72")
    sheet.glaze(ellipse(x, base + 10, 130, 22), "#FFB45C", 0.55 * season.window_glow, 20)
    sheet.paint(
        polygon([(x - 4, base - tall + 40), (x + 4, base - tall + 40), (x + 6, base), (x - 6, base)]),
        iron,
        seed=861,
        depth=4,
        edge=1,
    )
    sheet.paint(
        smooth([(x - 18, base + 4), (x - 8, base - 16), (x + 8, base - 16), (x + 18, base + 4)]),
        season.roof,
        seed=862,
        depth=8,
        bias=0.16,
    )
    glass = polygon(
        [(x - 22, base - tall - 6), (x + 22, base - tall - 6), (x + 14, base - tall + 42), (x - 14, base - tall + 42)]
    )
    sheet.paint(
        glass,
        (season.window, "#F5A040", "#FFC65C", "#FFE7A8", "#FFF6DC"),
        seed=863,
        depth=12,
        gain=-0.8,
        bias=0.3,
        edge=1,
    )
    bars = [
        (
            lock(
                [(x + dx, base - tall - 6), (x + dx * 0.8, base - tall + 18), (x + dx * 0.64, base - tall + 42)], 4, 1.0
            ),
            iron[1],
            1.0,
        )
        for dx in (-22, 0, 22)
    ]
    sheet.strokes(bars, inside=False)
    sheet.paint(
        smooth(
            [
                (x - 30, base - tall - 4),
                (x - 8, base - tall - 28),
                (x + 8, base - tall - 28),
                (x + 30, base - tall - 4),
            ],
            tension=0.3,
        ),
        iron,
        seed=864,
        depth=8,
    )
    sheet.paint(
        smooth(
            [
                (x - 31, base - tall - 8),
                (x - 14, base - tall - 28),
                (x, base - tall - 38),
                (x + 14, base - tall - 28),
                (x + 31, base - tall - 8),
                (x, base - tall - 16),
            ]
        ),
        season.roof,
        seed=865,
        depth=8,
        bias=0.16,
    )
