"""Whether each recogniser that is set works, tried with a sample: `licence-bot doctor`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.errors import RecognitionError, SettingsError
from bot.licence.documents import DocumentType
from bot.recognition.building import recogniser
from bot.recognition.photo import open_photo
from bot.settings import PREFIX

if TYPE_CHECKING:
    from bot.chat.languages import Language
    from bot.recognition.photo import Photo
    from bot.settings import Settings

SAMPLE: Final = Path(__file__).parent / "playground" / "specimens" / "driving-licence.jpg"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One line on one recogniser."""

    line: str
    healthy: bool


async def examine(settings: Settings, language: Language) -> list[Diagnosis]:
    """Let every provider of the settings read the sample, one call each."""
    sample = await open_photo(SAMPLE.read_bytes())
    return [await _try(name, settings, sample, language) for name in settings.recognition.providers]


async def _try(name: str, settings: Settings, sample: Photo, language: Language) -> Diagnosis:
    try:
        provider = recogniser(name, settings, None)
    except SettingsError as error:
        return Diagnosis(f"{name}: {error}", healthy=False)
    try:
        read = await provider.recognise(sample, DocumentType.DRIVING_LICENCE)
    except RecognitionError as error:
        return Diagnosis(_complaint(name, error, language), healthy=False)
    finally:
        await provider.aclose()
    seconds = f"{read.elapsed:.1f}"
    line = language.plain("doctor-works", provider=name, count=len(read.fields), seconds=seconds)
    return Diagnosis(line, healthy=True)


def _complaint(name: str, error: RecognitionError, language: Language) -> str:
    remedy = f"doctor-{error.code}"
    advice = language.plain(
        remedy if language.knows(remedy) else "doctor-other",
        settings=f"{PREFIX}{name.upper()}__…",
    )
    detail = error.detail or error.code
    return language.plain("doctor-fails", provider=name, detail=detail, advice=advice)
