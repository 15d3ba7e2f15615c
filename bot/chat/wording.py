"""Words by which people name a page: in a caption, in a reply, as a command."""

from __future__ import annotations

import re
from typing import Final

from bot.licence.documents import DocumentType

_WORDS: Final = (
    # the back page first: 行驶证副页 names it and not the front
    (
        DocumentType.VEHICLE_LICENCE_BACK,
        re.compile(r"行[驶駛][证證][副背反][页頁面]?|副[页頁]|\bback\b"),
    ),
    (
        DocumentType.DRIVING_LICENCE,
        re.compile(r"[驾駕][驶駛]?[证證照]|[驾駕][驶駛][执執]照|\b(?:driving|driver)"),
    ),
    (DocumentType.VEHICLE_LICENCE, re.compile(r"行[驶駛]?[证證照]|\bvehicle\b")),
)

_ADDRESSEE: Final = re.compile(r"@\w+")  # of a command: /vehicle@some_bot
_BACK_PAGE: Final = re.compile(r"\bback\b")


def named_page(text: str | None) -> DocumentType | None:
    """The one page that a text names; `None` where it names none or several.

    `驾驶证`, `行驶证`, `副页`, their traditional forms and everyday short forms, `driving`,
    `vehicle`, `back`, also as the commands `/driving` and so on.
    """
    rest = _ADDRESSEE.sub(" ", (text or "").casefold())
    english = _BACK_PAGE.search(rest)
    named = []
    for document_type, words in _WORDS:
        rest, count = words.subn(" ", rest)
        if count:
            named.append(document_type)
    if english and named == [DocumentType.VEHICLE_LICENCE_BACK, DocumentType.VEHICLE_LICENCE]:
        return DocumentType.VEHICLE_LICENCE_BACK  # "vehicle licence, back page", unlike 正副页
    return named[0] if len(named) == 1 else None
