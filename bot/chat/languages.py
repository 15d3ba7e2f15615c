"""The sentences that people read, in their language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Final

from fluent.runtime import FluentBundle, FluentResource

TAGS: Final = ("en", "zh-Hans", "zh-Hant")
DEFAULT: Final = "en"

_TRADITIONAL: Final = frozenset({"hant", "tw", "hk", "mo"})
_PACKAGE: Final = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Language:
    """One language with its sentences."""

    tag: str
    bundle: FluentBundle

    def say(self, message_id: str, **params: str | int) -> str:
        """A sentence as Telegram HTML; texts among the parameters are escaped.

        Raises:
            LookupError: there is no such sentence.
            ValueError: a parameter that it needs is missing.
        """
        safe = {k: escape(v, quote=False) if isinstance(v, str) else v for k, v in params.items()}
        return self.plain(message_id, **safe)

    def plain(self, message_id: str, **params: str | int) -> str:
        """The same without HTML, for buttons and alerts."""
        message = self.bundle.get_message(message_id)
        if message.value is None:
            raise LookupError(message_id)
        text, errors = self.bundle.format_pattern(message.value, params)
        if errors:
            raise ValueError(f"{self.tag}, {message_id}: {errors[0]}")
        return str(text)

    def knows(self, message_id: str) -> bool:
        """Whether there is such a sentence."""
        return bool(self.bundle.has_message(message_id))


def choose(language_code: str | None) -> str:
    """The tag for an IETF language code as Telegram gives it, e.g. `zh-hans`, `zh-TW`, `de`."""
    language, *subtags = (language_code or "").lower().replace("_", "-").split("-")
    if language != "zh":
        return DEFAULT
    if "hans" in subtags:  # a script that is named wins over a region
        return "zh-Hans"
    return "zh-Hant" if _TRADITIONAL.intersection(subtags) else "zh-Hans"


@cache
def language(tag: str) -> Language:
    """The language with that tag, one of `TAGS`."""
    text = (locales() / tag / "bot.ftl").read_text("utf-8")
    bundle = FluentBundle([tag], use_isolating=False)  # isolation marks would spoil copied values
    bundle.add_resource(FluentResource(text))
    return Language(tag, bundle)


def locales() -> Path:
    """The folder of sentences: inside an installed package, beside it in a checkout."""
    inside = _PACKAGE / "locales"
    return inside if inside.is_dir() else _PACKAGE.parent / "locales"
