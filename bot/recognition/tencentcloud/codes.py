"""The provider's error codes and what each means here: whose fault it is.

The messages beside them are for people and change; nothing reads them (API 3.0, "返回结果").
Sources: https://cloud.tencent.com/document/api/866/33528 and the error codes of the official SDK.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.errors import AccountError, PhotoError, ProviderError, RecognitionError, RequestError

if TYPE_CHECKING:
    from collections.abc import Mapping

WRONG_SIDE: Final = "FailedOperation.LicenseCardSideError"
"""The photo does not show the side that was asked for."""


class _Meaning(NamedTuple):
    """Whose fault it is, our word for it, and whether the same call may succeed a little later."""

    error: type[RecognitionError]
    word: str
    transient: bool = False


_NOT_THIS_PAGE: Final = _Meaning(PhotoError, "not-this-page")
_SEVERAL: Final = _Meaning(PhotoError, "several-pages")
_NO_LICENCE: Final = _Meaning(PhotoError, "no-licence")
_DAMAGED: Final = _Meaning(PhotoError, "damaged")
_KEY: Final = _Meaning(AccountError, "key-refused")
_CLOCK: Final = _Meaning(AccountError, "clock-wrong")
_NOT_PERMITTED: Final = _Meaning(AccountError, "not-permitted")
_ARREARS: Final = _Meaning(AccountError, "in-arrears")
_USED_UP: Final = _Meaning(AccountError, "quota-used-up")
_REFUSED: Final = _Meaning(RequestError, "request-refused")
_BUSY: Final = _Meaning(ProviderError, "busy", transient=True)
_FAILED: Final = _Meaning(ProviderError, "provider-failed", transient=True)
_UNKNOWN: Final = _Meaning(ProviderError, "provider-failed")
_UNINTELLIGIBLE: Final = _Meaning(ProviderError, "unintelligible")

MEANINGS: Final[Mapping[str, _Meaning]] = MappingProxyType(
    {
        # the wrong picture
        WRONG_SIDE: _NOT_THIS_PAGE,  # CardSide 与正副页不符
        "FailedOperation.CardSideError": _NOT_THIS_PAGE,
        "FailedOperation.NoDriverLicenseError": _NOT_THIS_PAGE,  # 非驾驶证
        "FailedOperation.NoVehicleLicenseError": _NOT_THIS_PAGE,  # 非行驶证
        "FailedOperation.LicenseMultiCardError": _SEVERAL,  # 同面两张以上
        "FailedOperation.MultiCardError": _SEVERAL,
        "FailedOperation.ImageNoText": _NO_LICENCE,
        "FailedOperation.ImageNoSpecifiedCard": _NO_LICENCE,
        # the picture as a file
        "FailedOperation.ImageBlur": _Meaning(PhotoError, "unreadable"),
        "FailedOperation.EmptyImageError": _Meaning(PhotoError, "empty"),
        "FailedOperation.ImageDecodeFailed": _DAMAGED,
        "FailedOperation.FileDecodeFailed": _DAMAGED,
        "FailedOperation.UnKnowFileTypeError": _Meaning(PhotoError, "not-a-picture"),
        "InvalidParameter.EngineImageDecodeFailed": _DAMAGED,
        "FailedOperation.DownLoadError": _REFUSED,  # no URL is ever sent
        "FailedOperation.ImageSizeTooLarge": _REFUSED,  # photos are made to fit: our fault
        "LimitExceeded.TooLargeFileError": _REFUSED,  # likewise
        "RequestSizeLimitExceeded": _REFUSED,  # likewise
        # the engine
        "FailedOperation": _FAILED,
        "FailedOperation.OcrFailed": _FAILED,
        "FailedOperation.DetectFailed": _FAILED,
        "FailedOperation.EngineRecognizeTimeout": _FAILED,
        "FailedOperation.UnKnowError": _FAILED,
        "FailedOperation.WarningServiceFailed": _FAILED,
        "FailedOperation.ResponseParseFailed": _FAILED,
        # the account
        "FailedOperation.UnOpenError": _NOT_PERMITTED,  # 服务未开通
        "FailedOperation.ArrearsError": _ARREARS,
        "FailedOperation.CountLimitError": _USED_UP,  # 今日次数达到限制
        "ResourceUnavailable.InArrears": _ARREARS,
        "ResourceUnavailable.ResourcePackageRunOut": _USED_UP,
        "ResourcesSoldOut.ChargeStatusException": _ARREARS,  # 计费状态异常
        "LimitExceeded": _USED_UP,  # 超过配额限制
        # the parameters
        "InvalidParameter": _REFUSED,
        "InvalidParameter.ConfigFormatError": _REFUSED,
        "InvalidParameterValue": _REFUSED,
        "InvalidParameterValue.InvalidParameterValueLimit": _REFUSED,
        "MissingParameter": _REFUSED,
        "UnknownParameter": _REFUSED,
        "InvalidAction": _REFUSED,
        "InvalidRequest": _REFUSED,
        "NoSuchProduct": _REFUSED,
        "NoSuchVersion": _REFUSED,
        "ActionOffline": _REFUSED,
        "UnsupportedOperation": _REFUSED,
        "UnsupportedProtocol": _REFUSED,
        "UnsupportedRegion": _REFUSED,
        # the key and its rights
        "AuthFailure": _KEY,
        "AuthFailure.InvalidAuthorization": _KEY,
        "AuthFailure.InvalidSecretId": _KEY,
        "AuthFailure.MFAFailure": _KEY,
        "AuthFailure.SecretIdNotFound": _KEY,
        "AuthFailure.SignatureExpire": _CLOCK,  # more than five minutes off
        "AuthFailure.SignatureFailure": _KEY,
        "AuthFailure.TokenFailure": _KEY,
        "AuthFailure.UnauthorizedOperation": _NOT_PERMITTED,
        "UnauthorizedOperation": _NOT_PERMITTED,
        "OperationDenied": _NOT_PERMITTED,
        "IpInBlacklist": _NOT_PERMITTED,
        "IpNotInWhitelist": _NOT_PERMITTED,
        # too many at once
        "RequestLimitExceeded": _BUSY,
        "RequestLimitExceeded.IPLimitExceeded": _BUSY,
        "RequestLimitExceeded.UinLimitExceeded": _BUSY,
        "RequestLimitExceeded.GlobalRegionUinLimitExceeded": _BUSY,
        # an outage
        "InternalError": _FAILED,
        "ServiceUnavailable": _FAILED,
        "ResourceUnavailable": _FAILED,
        "ResourceInsufficient": _FAILED,
    }
)
"""Codes, and their first halves for those whose second one is not known."""

_CODE: Final = re.compile(r"[A-Za-z0-9_]+(\.[A-Za-z0-9_]+)*")
_LONGEST: Final = 100

_STATUSES: Final[Mapping[int, _Meaning]] = MappingProxyType(
    {408: _FAILED, 413: _REFUSED, 429: _BUSY}
)
_THEIR_FAULT: Final = range(500, 600)


def error_for(code: str) -> RecognitionError:
    """The error of a reply with that code; one that nobody knows is the provider's failure."""
    known = code if code in MEANINGS else code.partition(".")[0]
    plain = len(code) <= _LONGEST and _CODE.fullmatch(code)
    return _error(MEANINGS.get(known, _UNKNOWN), code if plain else "")


def error_for_status(status: int) -> RecognitionError:
    """The error of an answer that is none of the API's, judged by its HTTP status alone.

    The API answers 200 to whatever it processed, failures too: another status comes from
    something on the way, so that it tells nothing of the key.
    """
    otherwise = _FAILED if status in _THEIR_FAULT else _UNINTELLIGIBLE
    return _error(_STATUSES.get(status, otherwise), f"HTTP {status}")


def _error(meaning: _Meaning, detail: str) -> RecognitionError:
    return meaning.error(meaning.word, detail=detail, transient=meaning.transient)
