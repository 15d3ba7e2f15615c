"""How a better photo is taken: what is wrong with one becomes sentences. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.licence.recognition import QualityWarning

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.chat.languages import Language
    from bot.errors import BotError
    from bot.licence.documents import DocumentType
    from bot.licence.legibility import Legibility


def request(language: Language, document_type: DocumentType, legibility: Legibility) -> str:
    """Ask for another photo: how little could be read, why, and what to do.

    Args:
        language: the person's.
        document_type: the page that was read.
        legibility: how much of it.
    """
    page = language.plain(f"page-{document_type.slug}".replace("_", "-"))
    told = language.say("guidance", sure=legibility.sure, printed=legibility.printed, page=page)
    advice = list(_advice(language, legibility.reasons)) or [language.say("guidance-unclear")]
    return "\n".join((told, *advice, "", language.say("guidance-next")))


def failure(language: Language, error: BotError) -> str:
    """The sentence for an error; where a photo's fault was measured, it says which and what to do.

    What every other error says of a good photo in general, gives way to what is wrong with this.
    """
    why = error.params.get("why")
    told = f"error-{error.code}-why"
    if why not in set(QualityWarning) or not language.knows(told):
        return language.say(f"error-{error.code}", **error.params)
    return "\n".join((language.say(told), *_advice(language, [QualityWarning(why)])))


def _advice(language: Language, reasons: Iterable[QualityWarning]) -> Iterable[str]:
    return (language.say(f"finding-quality-{reason}".replace("_", "-")) for reason in reasons)
