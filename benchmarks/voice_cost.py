"""What a voice that charges by the character is paid for a batch: sentence by sentence, and one call a row.

    python -m benchmarks.voice_cost [--rows 1000] [--language es]

Rows of the default template; what a child did, remembers and wishes for is different in every row, names and places
come as often as they do in life. The voice stands in for ElevenLabs: it charges by its price table, answers at once.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
import wave
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from core.desk.money import Money
from core.jobs.local import open_store
from core.jobs.model import Job
from core.progress import Progress, unwatched
from core.render.audio_cache import AudioCache
from core.render.interfaces import NOBODY, Availability, Cost, Line, Speech
from core.render.speech import SpeechStage
from core.template.library import TemplateLibrary
from core.template.model import Template
from core.template.script import spoken_sections
from providers.prices import by_character, counted

MODEL = "eleven_multilingual_v2"
NAMES = [
    "Sofía",
    "Mateo",
    "Emma",
    "Benicio",
    "Olivia",
    "Bautista",
    "Isabella",
    "Felipe",
    "Mía",
    "Joaquín",
    "Catalina",
    "Thiago",
    "Martina",
    "Santino",
    "Francesca",
    "Lorenzo",
    "Valentina",
    "Benjamín",
    "Delfina",
    "Juan",
    "Lucía",
    "Tomás",
    "Emilia",
    "Pedro",
    "Julieta",
    "Simón",
    "Renata",
    "Bruno",
    "Alma",
    "Ciro",
    "Victoria",
    "Dante",
    "Zoe",
    "Gael",
    "Guadalupe",
    "León",
    "Ámbar",
    "Nicolás",
    "Josefina",
    "Iñaki",
    "Camila",
    "Lautaro",
    "Elena",
    "Facundo",
    "Milagros",
    "Agustín",
    "Antonella",
    "Ignacio",
    "Pilar",
    "Luca",
]
PLACES = [
    "Buenos Aires",
    "Córdoba",
    "Santa Fe",
    "Mendoza",
    "Tucumán",
    "Salta",
    "Entre Ríos",
    "Misiones",
    "Chaco",
    "Corrientes",
    "San Juan",
    "Jujuy",
    "Río Negro",
    "Neuquén",
    "Formosa",
    "Chubut",
    "San Luis",
    "Catamarca",
    "La Rioja",
    "La Pampa",
    "Santa Cruz",
    "Tierra del Fuego",
    "Santiago del Estero",
    "Montevideo",
]
WHO = ("mamá", "papá", "abuela", "abuelo", "tía", "tío", "madrina", "padrino")
DEEDS = ("ayudaste a poner la mesa", "aprendiste a andar en bici", "cuidaste a tu hermanito", "leíste muchos cuentos")
MEMORIES = ("la tarde en que plantaste un limonero", "el día que conociste el mar", "la noche de las luciérnagas")
WISHES = ("una pelota de fútbol", "un telescopio chiquito", "lápices de muchos colores", "un perrito de peluche")


class CountingVoice:
    """Charges as ElevenLabs does; every answer is the same short hum."""

    name = "elevenlabs"

    def __init__(self, hum: Path) -> None:
        self._hum = hum.read_bytes()
        self.bill = Cost()

    def availability(self) -> Availability:
        return Availability(True)

    def voice(self, language: str) -> str:
        return f"santa/{MODEL}/{language}"

    def cost(self, line: Line) -> Cost:
        return by_character(counted(line.text, MODEL), None)

    def speak(self, line: Line, destination: Path, progress: Progress) -> Speech:
        del progress
        destination.write_bytes(self._hum)
        self.bill += self.cost(line)
        return Speech(destination, 0.1, cost=self.cost(line))


def rows(template: Template, count: int, language: str, folder: Path) -> Iterator[Job]:
    chance = random.Random(7)
    often = [1 / (place + 3) for place in range(len(NAMES))]  # a few names are everybody's, most are few children's
    for number in range(count):
        [name] = chance.choices(NAMES, often)
        yield Job(
            id=f"job{number}",
            batch="batch",
            row=number + 2,
            source="benchmark",
            name=name,
            language=language,
            template=template.reference,
            template_hash=template.content_hash,
            output=str(folder / f"{number}.mp4"),
            fields={
                "nombre": name,
                "parentesco": chance.choice(WHO),
                "queHizo": f"{chance.choice(DEEDS)} y sumaste {number} estrellas",
                "recuerdoEspecial": f"{chance.choice(MEMORIES)} con tus {number} amigos",
                "pedidoNocheMagica": f"{chance.choice(WISHES)} con el número {number}",
                "provincia": chance.choice(PLACES),
            },
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1000)
    parser.add_argument("--language", default="es")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="trineo-cost-") as name:
        folder = Path(name)
        voice = CountingVoice(_hum(folder / "hum.wav"))
        templates = TemplateLibrary()
        template = templates.find("noche-magica")
        stage = SpeechStage([voice], AudioCache(folder / "speech", limit_mb=10_000))
        jobs = list(rows(template, options.rows, options.language, folder))
        with closing(open_store(None, folder / "queue")) as store:
            started = time.monotonic()
            told = Money(store, templates, stage).estimate(jobs)
            print(f"estimate, made in {time.monotonic() - started:.1f} s: {told.speech.characters} characters")
        for job in jobs:
            for section in spoken_sections(template, job.language, job.fields):
                stage.speak(section, job.language, NOBODY, unwatched)
    paid, alone = voice.bill, told.one_by_one
    print(f"bill: {paid.characters} characters, {paid.usd:.2f} US$; estimate / bill: {told.speech.usd / paid.usd:.3f}")
    print(f"one call a row: {alone.characters} characters, {alone.usd:.2f} US$")
    print(f"sentence by sentence costs {paid.characters / alone.characters:.1%} of that")


def _hum(path: Path) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 22_050, 0, "NONE", ""))
        file.writeframes(
            b"".join((3000 if n // 50 % 2 else -3000).to_bytes(2, "little", signed=True) for n in range(2205))
        )
    return path


if __name__ == "__main__":
    main()
