"""Draw the template's clips: `draw.py [intro|message|mouths|outro|all] [--preview DIR --frames 0,25,…]`."""

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
from message import MOUTH_BOX, Message
from mouth import SHAPES
from outro import Outro
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter

HOME = Path(__file__).parent.parent
POSTER_FRAME = 52


class Clip(Protocol):
    frames: int

    def draw(self, painter: QPainter, frame: int) -> None: ...


CLIPS: dict[str, type[Clip]] = {"intro": Intro, "message": Message, "outro": Outro}


Box = tuple[int, int, int, int]
WHOLE: Box = (0, 0, WIDTH, HEIGHT)


def picture(clip: Clip, frame: int, part: Box = WHOLE) -> QImage:
    """The frame, or what lies in `part` of it: the same pixels, so that it can be laid on it again."""
    x, y, width, height = part
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    painter.translate(-x, -y)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    painter.setPen(Qt.PenStyle.NoPen)
    clip.draw(painter, frame)
    painter.end()
    return image


def raw_frames(clip: Clip, part: Box = WHOLE) -> Iterator[bytes]:
    for frame in range(clip.frames):
        image = picture(clip, frame, part)
        yield image.constBits().tobytes()


def draw_mouths() -> None:
    """Each shape's part of the message, frame by frame; at rest it is the message itself."""
    clip = Message()
    for name, shape in SHAPES.items():
        if name != "X":
            clip.mouth = shape
            encode(raw_frames(clip, MOUTH_BOX), HOME / "clips" / f"mouth-{name}.mp4", MOUTH_BOX[2:])


def save_poster(clip: Clip) -> None:
    size = picture(clip, POSTER_FRAME).scaled(
        WIDTH // 2, HEIGHT // 2, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    temporary = HOME / ".poster.part.jpg"
    if not size.save(str(temporary), quality=90):
        raise RuntimeError("the poster could not be written")
    temporary.replace(HOME / "poster.jpg")


def run(name: str, preview: Path | None, frames: list[int]) -> None:
    if name == "mouths":
        if preview is None:
            draw_mouths()
        return
    clip = CLIPS[name]()
    if preview is None:
        encode(raw_frames(clip), HOME / "clips" / f"{name}.mp4", read_often=name == "message")
        if name == "message":
            save_poster(clip)
        return
    preview.mkdir(parents=True, exist_ok=True)
    for frame in frames:
        picture(clip, frame).save(str(preview / f"{name}-{frame:03d}.png"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("clip", nargs="?", default="all", choices=[*CLIPS, "mouths", "all"])
    parser.add_argument("--preview", type=Path, help="write stills here and no clip")
    parser.add_argument("--frames", default="0", help="which stills, such as 0,25,50")
    chosen = parser.parse_args()
    application = QGuiApplication(sys.argv[:1])
    for name in [*CLIPS, "mouths"] if chosen.clip == "all" else [chosen.clip]:
        run(name, chosen.preview, [int(frame) for frame in chosen.frames.split(",")])
    application.quit()


if __name__ == "__main__":
    main()
