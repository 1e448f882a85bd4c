"""The estimate of how long Santa speaks, against the offline voice."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.intake.spoken import SpokenLength, seconds
from core.paths import resources
from core.render.interfaces import Line
from core.template.model import Template
from providers.espeak import EspeakVoice

# None of these was among the texts that the paces were fitted on.
TEXTS = {
    "es": [
        "Querido Bruno, este año me contaron que aprendiste a atarte los cordones, que ayudaste a poner la mesa todas "
        "las noches, y que le leíste un cuento a tu primita. ¡Qué grande estás! Seguí así, campeón.",
        "Para Navidad pediste 2 autos, 1 camión de bomberos y 24 lápices. Ya anoté todo en mi lista, número 1987.",
        "En la terraza de tu casa vi luces de colores. Los renos también las vieron; se pusieron muy contentos, "
        "porque así es más fácil encontrar el camino entre las nubes cuando llueve.",
    ],
    "en": [
        "Dear Ruby, this year I heard that you learned to tie your shoes, that you set the table every single night, "
        "and that you read your little cousin a story. How you have grown! Keep it up, champion.",
        "For Christmas you asked for 2 cars, 1 fire engine and 24 pencils. I have it all on my list, number 1987.",
        "On the roof of your house I saw lights of many colours. The reindeer saw them too; they were so happy, "
        "because it is easier to find the way between the clouds when it rains.",
    ],
}


@pytest.fixture(scope="module")
def voice() -> Iterator[EspeakVoice]:
    voice = EspeakVoice()
    yield voice
    voice.close()


@pytest.mark.parametrize("language", sorted(TEXTS))
def test_the_estimate_is_near_what_the_offline_voice_needs(voice: EspeakVoice, language: str, tmp_path: Path) -> None:
    for number, text in enumerate(TEXTS[language]):
        spoken = voice.speak(Line(text, language), tmp_path / f"{number}.wav", lambda _: None).duration_s
        assert seconds(text, language) == pytest.approx(spoken, rel=0.12)


def test_a_whole_film_is_its_lines_with_the_fields_in_them(template: Template) -> None:
    lengths = SpokenLength(template)
    name = lengths.seconds("es", {"nombre": "Ana"}, "")
    assert 20 < name < 60
    more = lengths.seconds("es", {"nombre": "Ana", "queHizo": "x" * 100}, "")
    assert 9 < more - name < 16, "the field, and the line that asks for it"
    assert lengths.seconds("es", {"nombre": "Ana" * 10}, "") - name == pytest.approx(3 * seconds("Ana" * 9, "es"))
    script = lengths.seconds("es", {"nombre": "Ana"}, "Hola.")
    assert script < 10, "a whole script takes the place of the message, and the intro stays"


def test_no_limit_no_estimate(template: Template) -> None:
    free = template.model_copy(update={"max_spoken_s": None})
    assert SpokenLength(free).beyond("es", {"nombre": "x" * 100_000}, "") == 0


def test_the_default_templates_limit_is_its_own() -> None:
    text = (resources() / "templates/noche-magica/template.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text)["max_spoken_s"] >= 180


def test_a_syllable_of_chinese_takes_longer_than_a_letter() -> None:
    assert seconds("美咲さん", "es") == pytest.approx(seconds("x" * 12, "es"))
