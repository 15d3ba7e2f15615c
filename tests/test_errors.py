"""What can go wrong, and by whose fault."""

from __future__ import annotations

import pytest

from bot.errors import (
    AccountError,
    BotError,
    PhotoError,
    ProviderError,
    RecognitionError,
    RequestError,
    TransferError,
)


def test_an_unknown_code_is_a_mistake_of_ours() -> None:
    """Every code has a sentence, so that none may be made up on the way."""
    with pytest.raises(ValueError, match="no-such-code"):
        PhotoError("no-such-code")


def test_the_fault_is_the_class() -> None:
    """Who can mend it is decided by an except clause."""
    assert issubclass(PhotoError, RecognitionError)
    assert issubclass(ProviderError, RecognitionError)
    assert not issubclass(TransferError, RecognitionError)


def test_codes_are_unique() -> None:
    """A code in a log names one thing."""
    kinds: list[type[BotError]] = [
        AccountError,
        PhotoError,
        ProviderError,
        RequestError,
        TransferError,
    ]
    codes = [code for kind in kinds for code in kind.codes]
    assert len(codes) == len(set(codes))
