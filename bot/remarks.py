"""What is said of a wrong setting, in its owner's words: pydantic's own speak to programmers."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import ErrorDetails

_LIST: Final = 'a list as JSON, e.g. ["embedded"]'
_WHOLE: Final = "a whole number"
_NUMBER: Final = "a number"
_ADDRESS: Final = "an address that begins with http:// or https://"
_GROUP: Final = "several settings as JSON, or each as a variable of its own"

_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "bool_parsing": "true or false",
        "dict_type": _GROUP,
        "extra_forbidden": "there is no such setting",
        "finite_number": _NUMBER,
        "float_parsing": _NUMBER,
        "greater_than": "more than {gt:g}",
        "greater_than_equal": "{ge:g} or more",
        "int_from_float": _WHOLE,
        "int_parsing": _WHOLE,
        "less_than_equal": "{le:g} or less",
        "literal_error": "one of {expected}",
        "model_type": _GROUP,
        "too_short": 'one or more, e.g. ["embedded"]',
        "tuple_type": _LIST,
        "url_parsing": _ADDRESS,
        "url_scheme": _ADDRESS,
        "zoneinfo_str": "a time zone such as Asia/Shanghai",
    }
)
"""What a setting has to be, by the kind of pydantic's complaint and with the values it gives."""


def remark(error: ErrorDetails) -> str:
    """What the setting has to be; never what it was, which may be a secret."""
    words = _WORDS.get(error["type"])
    if words is None:
        return error["msg"].removeprefix("Value error, ")
    return words.format(**error.get("ctx", {})).replace("'", "")
