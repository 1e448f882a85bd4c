"""Draw the template's clips: `draw.py [intro|message|outro|all] [--preview DIR --frames 0,25,…]`."""

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parent))

from encode import HEIGHT, WIDTH, encode
from intro import Intro
from message import Message
from outro import Outro
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter

HOME = Path(__file__).parent.parent
POSTER_FRAME = 52


class Clip(Protocol):
    frames: int

    def draw(self, painter: QPainter, frame: int) -> None: ...


CLIPS: dict[str, type[Clip]] = {"intro": Intro, "message": Message, "outro": Outro}


def picture(clip: Clip, frame: int) -> QImage:
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    painter.setPen(Qt.PenStyle.NoPen)
    clip.draw(painter, frame)
    painter.end()
    return image


def raw_frames(clip: Clip) -> Iterator[bytes]:
    for frame in range(clip.frames):
        image = picture(clip, frame)
        yield image.constBits().tobytes()


def save_poster(clip: Clip) -> None:
    size = picture(clip, POSTER_FRAME).scaled(
        WIDTH // 2, HEIGHT // 2, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    temporary = HOME / ".poster.part.jpg"
    if not size.save(str(temporary), quality=90):
        raise RuntimeError("the poster could not be written")
    temporary.replace(HOME / "poster.jpg")


def run(name: str, preview: Path | None, frames: list[int]) -> None:
    clip = CLIPS[name]()
    if preview is None:
        encode(raw_frames(clip), HOME / "clips" / f"{name}.mp4")
        if name == "message":
            save_poster(clip)
        return
    preview.mkdir(parents=True, exist_ok=True)
    for frame in frames:
        picture(clip, frame).save(str(preview / f"{name}-{frame:03d}.png"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("clip", nargs="?", default="all", choices=[*CLIPS, "all"])
    parser.add_argument("--preview", type=Path, help="write stills here and no clip")
    parser.add_argument("--frames", default="0", help="which stills, such as 0,25,50")
    chosen = parser.parse_args()
    application = QGuiApplication(sys.argv[:1])
    for name in CLIPS if chosen.clip == "all" else [chosen.clip]:
        run(name, chosen.preview, [int(frame) for frame in chosen.frames.split(",")])
    application.quit()


if __name__ == "__main__":
    main()
