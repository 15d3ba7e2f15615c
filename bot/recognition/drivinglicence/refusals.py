"""What the engine answers when it does not answer with fields: a code, a message, an HTTP status.

The provider's page leaves the HTTP status open, and its SDKs read the body whatever the status
is. Here a negative code, the recogniser's answer to a request that was understood, goes with 200;
the gateway's positive codes go with the status that says the same, so that load balancers and
monitors see what clients see.
"""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path
from traceback import extract_tb
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import structlog

from bot.errors import PhotoError, RecognitionError
from bot.recognition.drivinglicence.admission import FullError
from bot.recognition.drivinglicence.codes import Code
from bot.recognition.drivinglicence.fetching import FetchError

if TYPE_CHECKING:
    from collections.abc import Mapping

_log = structlog.get_logger()

STATUSES: Final[Mapping[Code, HTTPStatus]] = MappingProxyType(
    {
        Code.BAD_REQUEST: HTTPStatus.BAD_REQUEST,
        Code.SIGNATURE_EMPTY: HTTPStatus.UNAUTHORIZED,
        Code.SIGNATURE_MALFORMED: HTTPStatus.UNAUTHORIZED,
        Code.SIGNATURE_FOR_ANOTHER: HTTPStatus.FORBIDDEN,
        Code.SIGNATURE_EXPIRED: HTTPStatus.UNAUTHORIZED,
        Code.NO_SUCH_APP_ID: HTTPStatus.UNAUTHORIZED,
        Code.NO_SUCH_SECRET_ID: HTTPStatus.UNAUTHORIZED,
        Code.IDS_DO_NOT_MATCH: HTTPStatus.UNAUTHORIZED,
        Code.SIGNATURE_WRONG: HTTPStatus.UNAUTHORIZED,
        Code.TOO_OFTEN: HTTPStatus.TOO_MANY_REQUESTS,
        Code.BAD_PARAMETER: HTTPStatus.BAD_REQUEST,
        Code.BODY_TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        Code.NOT_PERMITTED: HTTPStatus.FORBIDDEN,
        Code.TIMED_OUT: HTTPStatus.GATEWAY_TIMEOUT,
        Code.INTERNAL: HTTPStatus.INTERNAL_SERVER_ERROR,
    }
)
"""The HTTP status of each code that is not answered with 200."""

MESSAGES: Final[Mapping[Code, str]] = MappingProxyType(
    {
        Code.BAD_REQUEST: "bad request",
        Code.SIGNATURE_EMPTY: "signature is empty",
        Code.SIGNATURE_MALFORMED: "signature is malformed",
        Code.SIGNATURE_FOR_ANOTHER: "signature is for another appid or bucket",
        Code.SIGNATURE_EXPIRED: "signature is out of its time",
        Code.NO_SUCH_APP_ID: "appid does not exist",
        Code.NO_SUCH_SECRET_ID: "secretid does not exist",
        Code.IDS_DO_NOT_MATCH: "appid and secretid do not match",
        Code.SIGNATURE_WRONG: "signature check failed",
        Code.TOO_OFTEN: "too many requests",
        Code.BAD_PARAMETER: "invalid parameter",
        Code.BODY_TOO_LARGE: "request body is too large",
        Code.NOT_PERMITTED: "not permitted",
        Code.TIMED_OUT: "timed out",
        Code.INTERNAL: "internal error",
        Code.DECODING_FAILED: "SDK_IMAGE_DECODE_FAILED",
        Code.PICTURE_EMPTY: "ERROR_IMAGE_EMPTY",
        Code.PARAMETER_EMPTY: "ERROR_PARAMETER_EMPTY",
        Code.PARAMETER_TOO_LONG: "ERROR_PARAMETER_TOO_LONG",
        Code.DOWNLOAD_FAILED: "ERROR_DOWNLOAD_IMAGE_FAILED",
        Code.WRONG_TYPE: "DLOCR_WRONG_TYPE_INPUT",
        Code.RECOGNITION_FAILED: "DLOCR_RECONG_FAILED",  # spelled so by the provider
        Code.PICTURE_INVALID: "ERROR_IMAGE_INVALID",
    }
)
"""Every code that the engine answers, with the provider's own word where one is known. It has no
buckets, quotas or one-time signatures that could be missing, used up or replayed."""

CODES: Final[Mapping[str, Code]] = MappingProxyType(
    {
        "empty": Code.PICTURE_EMPTY,
        "not-a-picture": Code.DECODING_FAILED,
        "damaged": Code.DECODING_FAILED,
        "too-large": Code.PICTURE_INVALID,
        "too-many-pixels": Code.PICTURE_INVALID,
        "too-small": Code.PICTURE_INVALID,
        "animated": Code.PICTURE_INVALID,
        "pdf": Code.PICTURE_INVALID,
        "busy": Code.TOO_OFTEN,
        "too-slow": Code.TIMED_OUT,
    }
)
"""The code for each word of a `RecognitionError` that has one of its own. Every other `PhotoError`
is `RECOGNITION_FAILED`, and every other error our fault, `INTERNAL`."""

_TELLING: Final = frozenset(
    {Code.DECODING_FAILED, Code.PICTURE_INVALID, Code.RECOGNITION_FAILED, Code.TIMED_OUT}
)
"""Codes under which more than one thing falls."""


class Refusal(Exception):  # noqa: N818 - the engine refuses; nothing here is broken
    """An answer without fields.

    Args:
        code: the code of the answer.
        status: the HTTP status, where it is not the one of the code.
        retry_after: whole seconds after which another try makes sense.
        data: what stands in `data` beside the session.
    """

    def __init__(
        self,
        code: Code,
        *,
        status: HTTPStatus | None = None,
        retry_after: int | None = None,
        data: Mapping[str, str | int] | None = None,
    ) -> None:
        super().__init__(MESSAGES[code])
        self.code = code
        self.status = status or STATUSES.get(code, HTTPStatus.OK)
        self.retry_after = retry_after
        self._data = data or {}

    def reply(self, session_id: str) -> dict[str, Any]:
        """The JSON body."""
        data = {"session_id": session_id, **self._data}
        return {"code": int(self.code), "message": MESSAGES[self.code], "data": data}

    def headers(self) -> dict[str, str]:
        """When to come back; and a request that was not heard out leaves no room for another."""
        headers = {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}
        if self.status == HTTPStatus.REQUEST_TIMEOUT:
            headers["Connection"] = "close"
        return headers


def refusal_of(error: Exception, session_id: str, pause: int = 1) -> Refusal:
    """The answer to whatever went wrong, which is logged here: in words, never with a value.

    Where one code of the protocol covers several words of ours, `data.reason` holds the word
    beside its parameters, e.g. `"reason": "other-page", "seen": "vehicle_licence"`; clients that
    know nothing of it pass it over.

    Args:
        error: what happened.
        session_id: the session of the answer.
        pause: seconds after which the engine will probably have room.
    """
    match error:
        case Refusal():
            refusal, why = error, str(error)
        case FullError():
            refusal, why = Refusal(Code.TOO_OFTEN, retry_after=error.pause), "full"
        case FetchError():
            refusal, why = Refusal(Code.DOWNLOAD_FAILED), str(error)
        case RecognitionError():
            refusal, why = _refusal_for(error, pause), error.code
        case _:
            refusal, why = Refusal(Code.INTERNAL), f"{type(error).__name__} {_place(error)}"
    log = _log.error if refusal.code is Code.INTERNAL else _log.info
    log("request refused", code=int(refusal.code), why=why, session=session_id)
    return refusal


def _refusal_for(error: RecognitionError, pause: int) -> Refusal:
    fallback = Code.RECOGNITION_FAILED if isinstance(error, PhotoError) else Code.INTERNAL
    code = CODES.get(error.code, fallback)
    return Refusal(
        code,
        retry_after=pause if code is Code.TOO_OFTEN else None,
        data={**error.params, "reason": error.code} if code in _TELLING else None,
    )


def _place(error: Exception) -> str:
    frame = extract_tb(error.__traceback__)[-1]
    return f"{Path(frame.filename).name}:{frame.lineno}"
