"""Whether each recogniser that is set works, tried with a sample: `licence-bot doctor`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from bot.errors import AccountError, RecognitionError, RequestError, SettingsError
from bot.licence.documents import DocumentType
from bot.recognition.building import recogniser
from bot.recognition.photo import open_photo
from bot.settings import PREFIX, DrivingLicence, TencentCloud, variable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.chat.languages import Language
    from bot.recognition.photo import Photo
    from bot.settings import Settings

SAMPLE: Final = Path(__file__).parent / "playground" / "specimens" / "driving-licence.jpg"

_ADDRESSES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        name: (variable(name, setting), str(group.model_fields[setting].default))
        for name, group, setting in (
            ("drivinglicence", DrivingLicence, "url"),
            ("tencentcloud", TencentCloud, "endpoint"),
        )
    }
)
"""The setting of each provider's address, and what stands there as a rule."""

_BAD_REQUEST: Final = "3"
"""What an engine of our own answers on every other path, and the provider for no known cause."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One line on one recogniser.

    Attributes:
        line: what works, or what to mend.
        exit_code: 0 where it works, 1 where it fails, 2 where a setting is missing or wrong.
    """

    line: str
    exit_code: int


async def examine(settings: Settings, language: Language) -> list[Diagnosis]:
    """Let every provider of the settings read the sample, one call each."""
    sample = await open_photo(SAMPLE.read_bytes())
    return [await _try(name, settings, sample, language) for name in settings.recognition.providers]


async def _try(name: str, settings: Settings, sample: Photo, language: Language) -> Diagnosis:
    try:
        provider = recogniser(name, settings, None)
    except SettingsError as error:
        return Diagnosis(f"{name}: {error}", 2)
    try:
        read = await provider.recognise(sample, DocumentType.DRIVING_LICENCE)
    except RecognitionError as error:
        return Diagnosis(_complaint(name, error, language), 1)
    finally:
        await provider.aclose()
    seconds = f"{read.elapsed:.1f}"
    line = language.plain("doctor-works", provider=name, count=len(read.fields), seconds=seconds)
    return Diagnosis(line, 0)


def _complaint(name: str, error: RecognitionError, language: Language) -> str:
    detail = error.detail or error.code
    advice = _advice(name, error, language)
    return language.plain("doctor-fails", provider=name, detail=detail, advice=advice)


def _advice(name: str, error: RecognitionError, language: Language) -> str:
    if name in _ADDRESSES and _is_somebody_else(error):
        setting, example = _ADDRESSES[name]
        return language.plain("doctor-address", setting=setting, example=example)
    remedy = f"doctor-{error.code}"
    settings = f"{PREFIX}{name.upper()}__…"
    return language.plain(remedy if language.knows(remedy) else "doctor-other", settings=settings)


def _is_somebody_else(error: RecognitionError) -> bool:
    """Whether what answers at the address seems not to be the service, or not on that path."""
    if error.code == "unintelligible":
        return True
    if not isinstance(error, RequestError | AccountError):
        return False
    return error.detail.startswith("HTTP ") or error.detail == _BAD_REQUEST
