"""Who may call the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.recognition.drivinglicence.accounts import (
    LONGEST_LIFE,
    SKEW,
    Accounts,
    Caller,
    EngineAccount,
)
from bot.recognition.drivinglicence.codes import Code
from bot.recognition.drivinglicence.refusals import Refusal
from bot.recognition.drivinglicence.signature import seal, sign

if TYPE_CHECKING:
    from collections.abc import Callable

NOW = 1_800_000_000
ONE = EngineAccount("1250000001", "AKIDone", "key one")
TWO = EngineAccount("1250000002", "AKIDtwo", "key two")


def accounts(now: float = NOW) -> Accounts:
    """Two that may call."""
    return Accounts([ONE, TWO], lambda: now)


def plain(e: float = NOW + 30, t: float = NOW, **changed: str) -> str:
    """The text that is signed."""
    fields = {"a": ONE.app_id, "b": "box", "k": ONE.secret_id, "f": ""} | changed
    return "&".join(f"{key}={value}" for key, value in (fields | {"e": e, "t": t, "r": 1}).items())


def refused(work: Callable[[], object]) -> Code:
    """The code with which that ends."""
    with pytest.raises(Refusal) as caught:
        work()
    return caught.value.code


def test_a_signature_says_who_calls() -> None:
    """The account and the bucket that were signed."""
    text = sign(
        TWO.secret_key,
        app_id=TWO.app_id,
        secret_id=TWO.secret_id,
        bucket="box",
        issued=NOW,
        expires=NOW + 1,
        nonce=1,
    )

    assert accounts().caller(text) == Caller(TWO.app_id, "box")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", Code.SIGNATURE_EMPTY),
        ("  ", Code.SIGNATURE_EMPTY),
        ("no base64", Code.SIGNATURE_MALFORMED),
        ("签名", Code.SIGNATURE_MALFORMED),
        ("FCHXdPTEwMDAwMzc5Jms9QUtJRGVRZDBrRU1yM2J4ZjhRckJi==", Code.SIGNATURE_MALFORMED),
        (seal("key two", plain()), Code.SIGNATURE_WRONG),
        (seal("key one", plain(a="1")), Code.NO_SUCH_APP_ID),
        (seal("key one", plain(k="AKIDnone")), Code.NO_SUCH_SECRET_ID),
        (seal("key two", plain(k="AKIDtwo")), Code.IDS_DO_NOT_MATCH),
        (seal("key one", plain(e=0)), Code.SIGNATURE_EXPIRED),
        (seal("key one", plain(e=NOW + LONGEST_LIFE + 1)), Code.SIGNATURE_MALFORMED),
        (seal("key one", plain(f="a-file")), Code.SIGNATURE_FOR_ANOTHER),
    ],
)
def test_each_fault_has_its_code(text: str, code: Code) -> None:
    """As the page lists them; its own sample is no signature."""
    assert refused(lambda: accounts().caller(text)) is code


@pytest.mark.parametrize("late", [-30 - SKEW, -SKEW, 0, SKEW, 30 + SKEW])
def test_clocks_may_differ_a_little(late: int) -> None:
    """Five minutes before the issue and after the end a signature still counts."""
    checked = accounts(NOW + late)
    text = seal("key one", plain())

    if -SKEW <= late <= 30 + SKEW:
        assert checked.caller(text).app_id == ONE.app_id
    else:
        assert refused(lambda: checked.caller(text)) is Code.SIGNATURE_EXPIRED


@pytest.mark.parametrize(
    ("app_id", "bucket", "code"),
    [
        (ONE.app_id, "box", None),
        (ONE.app_id, "", None),
        ("", "box", Code.PARAMETER_EMPTY),
        (TWO.app_id, "box", Code.SIGNATURE_FOR_ANOTHER),
        (ONE.app_id, "another", Code.SIGNATURE_FOR_ANOTHER),
    ],
)
def test_the_body_is_held_against_the_signature(
    app_id: str, bucket: str, code: Code | None
) -> None:
    """A bucket may be left out on either side."""
    caller = Caller(ONE.app_id, "box")

    if code is None:
        caller.check(app_id, bucket)
        Caller(ONE.app_id).check(app_id, "any")
    else:
        assert refused(lambda: caller.check(app_id, bucket)) is code


def test_who_need_not_sign_need_not_say_anything() -> None:
    """An AppID is part of the signature."""
    Caller().check("", "")


def test_an_account_is_whole_and_keeps_its_key() -> None:
    """An empty key would sign for everybody; and a key is no part of a log."""
    with pytest.raises(ValueError, match="secret key"):
        EngineAccount("1", "2", "")
    assert "key one" not in repr(ONE)


@given(st.text(max_size=200))
def test_any_header_is_a_caller_or_a_refusal(text: str) -> None:
    """Nothing that can be sent makes anything else happen."""
    assert refused(lambda: accounts().caller(text)) in {
        Code.SIGNATURE_EMPTY,
        Code.SIGNATURE_MALFORMED,
        Code.SIGNATURE_WRONG,
        Code.NO_SUCH_APP_ID,
    }


@given(st.binary(max_size=200))
def test_any_text_that_was_signed_is_a_caller_or_a_refusal(plain: bytes) -> None:
    """Also where it decodes."""
    text = seal("key one", plain.decode("latin-1"))
    assert refused(lambda: accounts().caller(text)) in {
        Code.SIGNATURE_MALFORMED,
        Code.NO_SUCH_APP_ID,
        Code.NO_SUCH_SECRET_ID,
    }
