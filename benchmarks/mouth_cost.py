"""What a talking film costs: beside one with a voice over its loop, from a warm bank, in turns; and from a cold one.

    python -m benchmarks.mouth_cost [--preset NAME] [--rounds N] [--folder DIR]    minutes; the folder's bank is kept

The default template, spoken by the offline voice; the speech is cached, so what is compared is the films. Seconds are
the processor's, of this program and of the FFmpegs it starts, so that what else the machine does counts little.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import tempfile
from contextlib import closing, nullcontext
from pathlib import Path

from core.jobs.model import Job, Result, new_id
from core.logs.setup import configure_logs
from core.render.audio_cache import AudioCache
from core.render.pipeline import Pipeline
from core.render.speech import SpeechStage
from core.template.library import TemplateLibrary
from core.template.segments import SegmentBank
from providers.espeak import EspeakVoice
from providers.faces import Faces
from providers.mouth_bank import MouthBank

SCRIPT = (
    "Soy yo, Papá Noel, y te hablo desde mi casa, en el Polo Norte, al lado del fuego. Me contaron que este año "
    "aprendiste a andar en bicicleta sin rueditas. ¡Qué orgulloso estoy de vos, Benjamín! Y todavía me acuerdo de la "
    "tarde en que plantaste un árbol con tu mamá. Los duendes están trabajando sin parar. Te mando un abrazo enorme."
)


class _Nobody:
    """Watches nothing."""

    def progress(self, stage: str, fraction: float) -> None:
        del stage, fraction

    def before_publish(self) -> None:
        return


class Studio:
    def __init__(self, folder: Path, preset: str, voice: EspeakVoice) -> None:
        self._folder, self._preset = folder, preset
        (folder / "work").mkdir(parents=True, exist_ok=True)
        library = TemplateLibrary()
        self._template = library.find("noche-magica")
        speech, bank = SpeechStage([voice], AudioCache(folder / "speech")), SegmentBank(folder / "bank")
        faces = Faces([], folder / "faces", mouths=MouthBank())
        self._talking = Pipeline(library, speech, bank, folder / "work", faces=faces)
        self._silent = Pipeline(library, speech, bank, folder / "work")

    def film(self, *, talking: bool) -> tuple[Result, float]:
        """The film and the processor's seconds it took."""
        job = Job(
            id=new_id(), batch="benchmark", row=2, source="benchmark", name="Benjamín", language="es",
            template=self._template.reference, template_hash=self._template.content_hash,
            output=str(self._folder / f"{new_id()}.mp4"), fields={"nombre": "Benjamín"}, script=SCRIPT,
            preset=self._preset,
        )  # fmt: skip
        before = _processor_s()
        result = (self._talking if talking else self._silent).render(job, _Nobody())
        return result, _processor_s() - before


def _processor_s() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--preset", default="vertical-1080")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    configure_logs("WARNING", as_json=False, to_stderr=False)
    keep = nullcontext(str(options.folder)) if options.folder else tempfile.TemporaryDirectory()
    with keep as folder, closing(EspeakVoice()) as voice:
        studio = Studio(Path(folder), options.preset, voice)
        _, cold_s = studio.film(talking=True)
        studio.film(talking=False)
        talking, silent = [], []
        for _ in range(options.rounds):
            talking.append(studio.film(talking=True))
            silent.append(studio.film(talking=False))
        result = talking[0][0]
        size = Path(result.output).stat().st_size
        ratios = [one[1] / other[1] for one, other in zip(talking, silent, strict=True)]
        found = {
            "preset": options.preset,
            "film_s": result.duration_s,
            "first_film_processor_s": round(cold_s, 1),
            "talking_processor_s": round(statistics.median(one[1] for one in talking), 2),
            "voice_over_processor_s": round(statistics.median(one[1] for one in silent), 2),
            "ratio_median": round(statistics.median(ratios), 2),
            "ratio_worst": round(max(ratios), 2),
            "megabytes": round(size / 1e6, 2),
            "mbit_s": round(size * 8 / result.duration_s / 1e6, 2),
        }
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
