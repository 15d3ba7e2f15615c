"""What is asked of the provider, and what its replies say.

Which side of a card is asked for decides what one paid call gives:

- A driving licence is read with `DOUBLE`, which finds by itself whether a photo shows the main
  page, the back or both: a folder that lies open costs one call and gives the file number too.
- A page of a vehicle licence is read by its own side. `DOUBLE` is documented for photos of both
  pages only, so it is the second try where the provider sees another side than was asked for:
  then it reads an open folder, or tells for certain which page the photo shows.

No reply tells how sure the provider is nor where a field stands.
"""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, cast

from bot.errors import PhotoError, ProviderError
from bot.licence.documents import DocumentType, FieldName
from bot.licence.recognition import Field, QualityWarning
from bot.recognition import values
from bot.recognition.tencentcloud import names
from bot.recognition.tencentcloud.codes import error_for, error_for_status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.recognition.tencentcloud.names import Source

VERSION: Final = "2018-11-19"

MAX_PICTURE: Final = 7_000_000 // 4 * 3
"""Bytes of a picture whose base64 is at most 7 MB, the limit of VehicleLicenseOCR."""

LEAST_SIDES: Final = (500, 800)
"""Pixels, short and long, that the provider advises."""


class Side(StrEnum):
    """The provider's `CardSide`."""

    FRONT = "FRONT"
    BACK = "BACK"
    DOUBLE = "DOUBLE"


@dataclass(frozen=True, slots=True)
class Call:
    """How a page is asked for: the action, and the side at first."""

    action: str
    side: Side


CALLS: Final[Mapping[DocumentType, Call]] = MappingProxyType(
    {
        DocumentType.DRIVING_LICENCE: Call("DriverLicenseOCR", Side.DOUBLE),
        DocumentType.VEHICLE_LICENCE: Call("VehicleLicenseOCR", Side.FRONT),
        DocumentType.VEHICLE_LICENCE_BACK: Call("VehicleLicenseOCR", Side.BACK),
    }
)


@dataclass(frozen=True, slots=True)
class Reply:
    """What the provider read, in our words."""

    fields: tuple[Field, ...]
    quality: tuple[QualityWarning, ...]
    request_id: str


_PAGES: Final[Mapping[DocumentType, tuple[tuple[Source, ...], tuple[str, ...]]]] = MappingProxyType(
    {
        DocumentType.VEHICLE_LICENCE: (names.VEHICLE_LICENCE, ("FrontInfo",)),
        DocumentType.VEHICLE_LICENCE_BACK: (
            names.VEHICLE_LICENCE_BACK,
            ("BackInfo", "TractorBackInfo"),
        ),
    }
)
"""The pages of a vehicle licence: their fields, and the parts of a reply that may hold them."""

_ELECTRONIC: Final = "Electronic"
_REQUEST_ID: Final = re.compile(r"[0-9A-Za-z-]{1,64}")

_MESSAGES: Final[Mapping[str, QualityWarning]] = MappingProxyType(
    {
        "WARN_DRIVER_LICENSE_COPY_CARD": QualityWarning.COPY,
        "WARN_DRIVER_LICENSE_SCREENED_CARD": QualityWarning.SCREEN,
        "WARN_DRIVER_LICENSE_REFLECTION": QualityWarning.GLARE,
        "WARN_DRIVER_LICENSE_BLUR": QualityWarning.BLUR,
        "WARN_DRIVER_LICENSE_BORDER_INCOMPLETE": QualityWarning.CUT_OFF,
    }
)
_WARNINGS: Final[Mapping[str, QualityWarning]] = MappingProxyType(
    {
        "-9102": QualityWarning.COPY,
        "-9103": QualityWarning.SCREEN,
        "-9104": QualityWarning.GLARE,
        "-9105": QualityWarning.BLUR,
        # -9106 once warned of a retouched picture and now of a cut one: only its message tells
    }
)


def request(jpeg: bytes, side: Side) -> bytes:
    """The body of a request. A URL is never sent: Telegram's hold the bot's token."""
    # put together by hand: a JSON encoder would look at every character for one to escape
    picture = base64.b64encode(jpeg)
    return b'{"ImageBase64": "%b", "CardSide": "%b"}' % (picture, side.encode("ascii"))


def reply(status: int, body: bytes, document_type: DocumentType) -> Reply:
    """Read an answer.

    Args:
        status: of HTTP; it counts only where the body is no reply of the API.
        body: as it came. The content type is not looked at: the body tells.
        document_type: the page that was asked for.

    Raises:
        RecognitionError: see `codes`; `unintelligible` where it is no answer at all,
            `other-page` or `unreadable` where the page was not read.
    """
    response = _response(status, body)
    error = response.get("Error")
    if error is not None:
        raise error_for(_text(_object(error), "Code"))
    if document_type is DocumentType.DRIVING_LICENCE:
        fields = _flat(response) + _form(response, "DriverLicenseType")
    else:
        fields = _parted(response, document_type) + _form(response, "VehicleLicenseType")
    return Reply(fields, _quality(response), _request_id(response))


def _response(status: int, body: bytes) -> Mapping[str, object]:
    try:
        response = _object(_object(json.loads(body))["Response"])
    except (ValueError, KeyError, RecursionError, ProviderError):
        raise error_for_status(status) from None
    return response


def _flat(response: Mapping[str, object]) -> tuple[Field, ...]:
    """The fields of a driving licence, whichever of its sides were seen."""
    if not any(key in response for source in names.DRIVING_LICENCE for key in source.keys):
        raise _unintelligible()
    fields = _fields(response, names.DRIVING_LICENCE)
    if not fields:
        raise PhotoError("unreadable")
    return fields


def _parted(response: Mapping[str, object], asked: DocumentType) -> tuple[Field, ...]:
    """The fields of one page of a vehicle licence; the other page of an open folder is left."""
    if not any(part in response for _, parts in _PAGES.values() for part in parts):
        raise _unintelligible()
    if fields := _page(response, asked):
        return fields
    for other in _PAGES:
        if other is not asked and _page(response, other):
            raise PhotoError("other-page", seen=other.slug)
    raise PhotoError("unreadable")


def _page(response: Mapping[str, object], page: DocumentType) -> tuple[Field, ...]:
    """The fields in the first part that has any; whatever the other pages are is no matter."""
    sources, parts = _PAGES[page]
    read = (_fields(_part(response, part), sources) for part in parts)
    return next(filter(None, read), ())


def _fields(part: Mapping[str, object], sources: Sequence[Source]) -> tuple[Field, ...]:
    """What holds a text: null and the empty text both mean that nothing was found."""
    found = []
    for source in sources:
        texts = [_text(part, key) for key in source.keys]
        raw = next(filter(None, texts), "")
        value = values.normalise(values.RULES[source.name], raw)
        if value:
            found.append(Field(source.name, value, raw))
    return tuple(found)


def _form(response: Mapping[str, object], key: str) -> tuple[Field, ...]:
    """Whether the licence is an electronic one; of a card that needs no word."""
    if response.get(key) != _ELECTRONIC:
        return ()
    return (Field(FieldName.LICENCE_FORM, "电子", _ELECTRONIC, derived=True),)


def _quality(response: Mapping[str, object]) -> tuple[QualityWarning, ...]:
    """The known warnings, each once."""
    codes, messages = (_list(response.get(f"RecognizeWarn{key}")) for key in ("Code", "Msg"))
    found = {_warning(*pair) for pair in zip_longest(codes, messages)}
    return tuple(warning for warning in QualityWarning if warning in found)


def _warning(code: object, message: object) -> QualityWarning | None:
    """What a warning means: its message decides, and the code where there is none."""
    if isinstance(message, str) and message:
        return _MESSAGES.get(message)
    return _WARNINGS.get(str(code)) if isinstance(code, int | str) else None


def _request_id(response: Mapping[str, object]) -> str:
    found = response.get("RequestId")
    return found if isinstance(found, str) and _REQUEST_ID.fullmatch(found) else ""


def _part(response: Mapping[str, object], name: str) -> Mapping[str, object]:
    found = response.get(name)
    return {} if found is None else _object(found)


def _object(found: object) -> Mapping[str, object]:
    if not isinstance(found, dict):
        raise _unintelligible()
    return cast("dict[str, object]", found)


def _list(found: object) -> list[object]:
    return found if isinstance(found, list) else []


def _text(part: Mapping[str, object], key: str) -> str:
    return values.visible(values.text_of(part.get(key)))


def _unintelligible() -> ProviderError:
    return ProviderError("unintelligible")
