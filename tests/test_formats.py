"""What the value of a setting has to look like."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from bot.formats import (
    KEY_BYTES,
    DatabaseUrl,
    HookSecret,
    HookUrl,
    Key,
    PlainUrl,
    SafeUrl,
    Token,
    key_of,
)

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"


def accepts(form: Any, value: str) -> bool:  # noqa: ANN401 - an annotation
    """Whether a setting of that form takes a value."""
    try:
        TypeAdapter(form).validate_python(value)
    except ValidationError:
        return False
    return True


@given(st.binary(min_size=KEY_BYTES, max_size=KEY_BYTES), st.sampled_from([True, False]))
def test_a_key_is_read_in_either_alphabet(key: bytes, urlsafe: bool) -> None:
    """With the white space that a file leaves around it."""
    encode = base64.urlsafe_b64encode if urlsafe else base64.b64encode
    text = encode(key).decode()
    assert key_of(f" {text}\n") == key
    assert accepts(Key, text)


@given(st.binary(max_size=80).filter(lambda key: len(key) != KEY_BYTES))
def test_a_key_has_its_length(key: bytes) -> None:
    """A shorter one is weaker, and a longer one is none."""
    with pytest.raises(ValueError, match="32 random bytes"):
        key_of(base64.b64encode(key).decode())


@given(st.text())
def test_no_text_stirs_up_anything_else(text: str) -> None:
    """Whatever stands in a setting, it is taken, or refused in words."""
    for form in (Key, Token, DatabaseUrl, HookSecret, HookUrl, SafeUrl, PlainUrl):
        accepts(form, text)


@given(st.integers(1, 10**12), st.text(LETTERS, min_size=30, max_size=60))
def test_a_token_is_a_number_and_letters(bot: int, secret: str) -> None:
    """As @BotFather gives them out; with anything around, it was copied badly."""
    assert accepts(Token, f"{bot}:{secret}")
    for copied in (
        f"{bot}:{secret[:29]}",
        f"{bot}{secret}",
        f"{bot}:{secret} ",
        f"bot{bot}:{secret}",
    ):
        assert not accepts(Token, copied)


@pytest.mark.parametrize(
    ("url", "taken"),
    [
        ("sqlite:///bot.db", True),
        ("sqlite:////data/bot.db", True),
        ("postgresql://bot:secret@database/bot", True),
        ("postgres://database/bot", True),
        ("sqlite://bot.db", False),
        ("sqlite:///", False),
        ("sqlite:bot.db", False),
        ("postgresql://", False),
        ("postgresql+psycopg://database/bot", False),
        ("mysql://database/bot", False),
        ("/data/bot.db", False),
        ("", False),
    ],
)
def test_a_database_is_one_of_two(url: str, taken: bool) -> None:
    """Its name says which."""
    assert accepts(DatabaseUrl, url) == taken


@pytest.mark.parametrize(
    ("url", "plain", "safe", "hook"),
    [
        ("https://bot.example.org/telegram", True, True, True),
        ("https://bot.example.org/telegram?x=1", True, True, False),
        ("https://bot.example.org/telegram#x", True, True, False),
        ("http://proxy:8780/ocr/drivinglicence", True, True, True),
        ("http://engine.photos.svc/", True, True, True),
        ("http://bot.example.org/", True, False, False),
        ("http://8.8.8.8/", True, False, False),
        ("https://somebody@bot.example.org/", False, False, False),
        ("https://somebody:secret@bot.example.org/", False, False, False),
        ("ftp://bot.example.org/", False, False, False),
        ("bot.example.org", False, False, False),
    ],
)
def test_an_address_is_safe_to_use(url: str, plain: bool, safe: bool, hook: bool) -> None:
    """No password in it; nothing in the clear beyond a private network; room for our own path."""
    assert (accepts(PlainUrl, url), accepts(SafeUrl, url), accepts(HookUrl, url)) == (
        plain,
        safe,
        hook,
    )


@given(st.text(LETTERS, min_size=16, max_size=256))
def test_a_secret_goes_into_a_header(secret: str) -> None:
    """Telegram's letters, and enough of them."""
    assert accepts(HookSecret, secret)
    for other in (secret[:15], secret * 17, f"{secret[:100]}é", f"{secret[:100]} ", f"{secret}\n"):
        assert not accepts(HookSecret, other)
