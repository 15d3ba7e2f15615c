"""The provider's codes and what each means here: whose fault it is, and whether time mends it.

Sources: the table of `drivinglicence`'s own page and the older one of all its OCR calls,
https://cloud.tencent.com/document/product/866/17733.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import IntEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from bot.errors import AccountError, PhotoError, ProviderError, RecognitionError, RequestError

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_BODY: Final = 6_000_000
"""Bytes of a whole request that the provider takes ("6MB")."""

ARREARS: Final = "account abnormal,errorno is:2"
"""The message of code 3 that says that the account has to be paid."""


class Code(IntEnum):
    """The `code` of a reply; 0 is success."""

    OK = 0

    BAD_REQUEST = 3  # 错误的请求; with some messages, an account that is out of order
    SIGNATURE_EMPTY = 4  # 签名为空
    SIGNATURE_MALFORMED = 5  # 签名串错误
    SIGNATURE_FOR_ANOTHER = 6  # 签名中的 APPID/Bucket 与操作目标不匹配
    SIGNATURE_ENCODING = 7  # 签名编码失败（内部错误）
    SIGNATURE_DECODING = 8  # 签名解码失败（内部错误）
    SIGNATURE_EXPIRED = 9  # 签名过期
    NO_SUCH_APP_ID = 10  # APPID 不存在
    NO_SUCH_SECRET_ID = 11  # SecretId 不存在
    IDS_DO_NOT_MATCH = 12  # APPID 和 SecretId 不匹配
    REPLAYED = 13  # 重放攻击
    SIGNATURE_WRONG = 14  # 签名校验失败
    TOO_OFTEN = 15  # 操作太频繁，触发频控
    NO_SUCH_BUCKET = 16  # Bucket 不存在
    URL_EMPTY = 17  # url 为空
    NO_PICTURE = 18  # 没有图片或 url
    TOO_MANY_PICTURES = 19  # 图片数过多
    PICTURE_TOO_LARGE = 20  # 图片过大，单个文件最大支持 1MB
    BAD_PARAMETER = 21  # 无效参数
    BODY_TOO_LARGE = 23  # 请求包体过大
    NOT_PERMITTED = 24  # 没有权限
    USED_UP = 25  # 您购买的资源已用完

    AUTHENTICATION_FAILED = 107  # 鉴权服务内部错误
    AUTHENTICATION_UNAVAILABLE = 108  # 鉴权服务不可用
    PACKING_FAILED = 200  # 内部打包失败
    UNPACKING_FAILED = 201  # 内部解包失败
    LINK_FAILED = 202  # 内部链接失败
    TIMED_OUT = 203  # 内部处理超时
    INTERNAL = 213  # 内部错误

    DECODING_FAILED = -1102  # 图片解码失败
    PICTURE_EMPTY = -1300  # 图片为空
    PARAMETER_EMPTY = -1301  # 参数为空
    PARAMETER_TOO_LONG = -1304  # 参数过长
    DOWNLOAD_FAILED = -1308  # 图片下载失败
    NOT_A_PICTURE = -1400  # 非法的图片格式
    DOWNLOAD_BROKEN = -1403  # 图片下载失败
    UNRECOGNISABLE = -1404  # 图片无法识别
    DOWNLOAD_TOO_LARGE = -1408  # ERROR_DOWNLOAD_IMAGE_SIZE_EXCEED
    URL_MALFORMED = -1505  # url 格式不对
    DOWNLOAD_TIMED_OUT = -1506  # 图片下载超时
    DOWNLOAD_UNREACHABLE = -1507  # 无法访问 url 对应的图片服务器
    PICTURE_BLOCKED = -5062  # url 对应的图片已被标注为不良图片，无法访问
    OCR_FAILED = -5103  # OCR 识别失败
    NOT_THIS_DOCUMENT = -5107  # 提供的图片不是身份证
    WRONG_TYPE = -9001  # 请求 type 错误
    RECOGNITION_FAILED = -9002  # 识别失败
    PICTURE_INVALID = -9005  # 图片无效
    PREPROCESSING_FAILED = -9006  # 预处理失败


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a code means here.

    Attributes:
        error: whose fault it is.
        code: our word for it, see `bot.errors`.
        transient: whether the same request may succeed a little later.
        params: values for the sentence.
    """

    error: type[RecognitionError]
    code: str
    transient: bool = False
    params: Mapping[str, int] = field(default_factory=dict)


_REFUSED: Final = Meaning(RequestError, "request-refused")
_KEY: Final = Meaning(AccountError, "key-refused")
_FAILED: Final = Meaning(ProviderError, "provider-failed")
_FAILED_FOR_NOW: Final = Meaning(ProviderError, "provider-failed", transient=True)
_UNREADABLE: Final = Meaning(PhotoError, "unreadable")
_NOT_A_PICTURE: Final = Meaning(PhotoError, "not-a-picture")
_GONE: Final = Meaning(PhotoError, "gone")  # only where the picture was given as a URL

MEANINGS: Final[Mapping[Code, Meaning]] = MappingProxyType(
    {
        Code.BAD_REQUEST: _REFUSED,
        Code.SIGNATURE_EMPTY: _REFUSED,  # we always send one: something on the way dropped it
        Code.SIGNATURE_MALFORMED: _KEY,
        Code.SIGNATURE_FOR_ANOTHER: _KEY,
        Code.SIGNATURE_ENCODING: _FAILED,
        Code.SIGNATURE_DECODING: _FAILED,
        Code.SIGNATURE_EXPIRED: Meaning(AccountError, "clock-wrong"),
        Code.NO_SUCH_APP_ID: _KEY,
        Code.NO_SUCH_SECRET_ID: _KEY,
        Code.IDS_DO_NOT_MATCH: _KEY,
        Code.REPLAYED: _REFUSED,
        Code.SIGNATURE_WRONG: _KEY,
        Code.TOO_OFTEN: Meaning(ProviderError, "busy", transient=True),
        Code.NO_SUCH_BUCKET: _KEY,
        Code.URL_EMPTY: _REFUSED,
        Code.NO_PICTURE: _REFUSED,
        Code.TOO_MANY_PICTURES: _REFUSED,
        Code.PICTURE_TOO_LARGE: _REFUSED,  # photos are made to fit, so it is our fault
        Code.BAD_PARAMETER: _REFUSED,
        Code.BODY_TOO_LARGE: _REFUSED,  # likewise
        Code.NOT_PERMITTED: Meaning(AccountError, "not-permitted"),
        Code.USED_UP: Meaning(AccountError, "quota-used-up"),
        Code.AUTHENTICATION_FAILED: _FAILED_FOR_NOW,
        Code.AUTHENTICATION_UNAVAILABLE: _FAILED_FOR_NOW,
        Code.PACKING_FAILED: _FAILED_FOR_NOW,
        Code.UNPACKING_FAILED: _FAILED_FOR_NOW,
        Code.LINK_FAILED: _FAILED_FOR_NOW,
        Code.TIMED_OUT: _FAILED_FOR_NOW,
        Code.INTERNAL: _FAILED_FOR_NOW,
        Code.DECODING_FAILED: Meaning(PhotoError, "damaged"),
        Code.PICTURE_EMPTY: Meaning(PhotoError, "empty"),
        Code.PARAMETER_EMPTY: _REFUSED,
        Code.PARAMETER_TOO_LONG: _REFUSED,
        Code.DOWNLOAD_FAILED: _GONE,
        Code.NOT_A_PICTURE: _NOT_A_PICTURE,
        Code.DOWNLOAD_BROKEN: _GONE,
        Code.UNRECOGNISABLE: _UNREADABLE,
        Code.DOWNLOAD_TOO_LARGE: Meaning(
            PhotoError, "too-large", params={"megabytes": MAX_BODY // 1_000_000}
        ),
        Code.URL_MALFORMED: _REFUSED,
        Code.DOWNLOAD_TIMED_OUT: _GONE,
        Code.DOWNLOAD_UNREACHABLE: _GONE,
        Code.PICTURE_BLOCKED: _GONE,
        Code.OCR_FAILED: _UNREADABLE,
        Code.NOT_THIS_DOCUMENT: Meaning(PhotoError, "no-licence"),
        Code.WRONG_TYPE: _REFUSED,
        Code.RECOGNITION_FAILED: _UNREADABLE,
        Code.PICTURE_INVALID: _NOT_A_PICTURE,
        Code.PREPROCESSING_FAILED: _UNREADABLE,
    }
)
"""Every code but success."""

_ACCOUNT: Final = re.compile(
    r"account\s+abnormal(\s*,\s*errorno\s+is\s*:\s*(\d{1,9}))?", re.IGNORECASE
)
_UNPAID: Final = "2"
_INTERNAL: Final = range(100, 300)
"""All known codes in here are the provider's own passing troubles."""

_STATUSES: Final[Mapping[int, Meaning]] = MappingProxyType(
    {
        401: _KEY,
        403: Meaning(AccountError, "not-permitted"),
        408: _FAILED_FOR_NOW,
        429: Meaning(ProviderError, "busy", transient=True),
    }
)
_OUR_FAULT: Final = range(400, 500)
_THEIR_FAULT: Final = range(500, 600)


def error_for(code: int, message: str = "") -> RecognitionError:
    """The error of a reply whose code is not 0.

    Args:
        code: the reply's code, known or not.
        message: the reply's message; it decides only what code 3 means.
    """
    account = _ACCOUNT.search(message) if code == Code.BAD_REQUEST else None
    if account:
        word = "in-arrears" if account[2] == _UNPAID else "not-permitted"
        return AccountError(word, detail=str(code))
    meaning = meaning_of(code)
    return meaning.error(
        meaning.code, detail=str(code), transient=meaning.transient, **meaning.params
    )


def error_for_status(status: int) -> RecognitionError:
    """The error of an answer that is none of the API's, judged by its HTTP status alone.

    The API says nothing of statuses; these are what its gateway and ordinary proxies use.
    """
    detail = f"HTTP {status}"
    if status in _STATUSES:
        meaning = _STATUSES[status]
        return meaning.error(meaning.code, detail=detail, transient=meaning.transient)
    if status in _OUR_FAULT:
        return RequestError("request-refused", detail=detail)
    if status in _THEIR_FAULT:
        return ProviderError("provider-failed", detail=detail, transient=True)
    return ProviderError("unintelligible", detail=detail)


def meaning_of(code: int) -> Meaning:
    """What a code means; an unknown one is the provider's failure, passing where its kin are."""
    try:
        return MEANINGS[Code(code)]
    except (KeyError, ValueError):
        return _FAILED_FOR_NOW if code in _INTERNAL else _FAILED
