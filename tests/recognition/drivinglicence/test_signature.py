"""Signatures: the published ones, those of official clients, and forgeries."""

from __future__ import annotations

import base64
import json
import random
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.recognition.drivinglicence.signature import (
    MAX_NONCE,
    MalformedSignature,
    is_genuine,
    parse,
    seal,
    sign,
)

SAMPLES = Path(__file__).parent / "samples"
KEY = "nwOKDouy5JctNOlnere4gkVoOUz5EYAb"  # published in the provider's own example
PUBLISHED = [
    (example["plain"], example["authorization"])
    for example in json.loads((SAMPLES / "signatures.json").read_text("utf-8"))
]
"""The examples of the provider's two pages on signatures: for many uses, with a file, for one."""

CLIENTS = {
    "the page of 2017": "a=1&b=box&k=ID&e=1700003600&t=1700000000&r=7&u=0&f=",
    "the page of 2020, Python, PHP": "a=1&b=box&k=ID&e=1700003600&t=1700000000&r=7&f=",
    "Node.js": "a=1&k=ID&e=1700003600&t=1700000000&r=7&u=0&f=",
    "Java, C++": "a=1&b=box&k=ID&t=1700000000&e=1700003600",
    "a client with fractions": "a=1&b=box&k=ID&e=1700003600.25&t=1700000000.5&r=7&u=0&f=",
}
numbers = st.integers(0, 2**31 - 1)
words = st.text("abcXYZ0189-_", min_size=1, max_size=40)


@pytest.mark.parametrize(("plain", "authorization"), PUBLISHED)
def test_the_published_examples_come_out_byte_for_byte(plain: str, authorization: str) -> None:
    """What the provider shows is what we make, and what we take for genuine."""
    assert seal(KEY, plain) == authorization
    parsed = parse(authorization)
    assert parsed.plain == plain.encode()
    assert is_genuine(parsed, KEY)


def test_a_published_example_says_whose_it_is() -> None:
    """Every field has its name."""
    parsed = parse(PUBLISHED[2][1])
    assert (parsed.app_id, parsed.bucket) == ("1252821871", "tencentyun")
    assert parsed.secret_id == "AKIDgaoOYh2kOmJfWVdH4lpfxScG2zPLPGoK"
    assert (parsed.issued, parsed.expires) == (1436077115, 0)
    assert parsed.file_id == "tencentyunSignTest"


def test_the_official_client_signs_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """`qcloud_image` is the provider's own Python client; its clock and dice are ours here."""
    qcloud_image = pytest.importorskip("qcloud_image")
    dice = random.Random(20201225)  # noqa: S311 - the same cases every time
    for _ in range(400):
        now, life, nonce = dice.randrange(2**32), dice.randint(1, 2**22), dice.randint(0, 10**9 - 1)
        app_id, bucket = str(dice.randrange(10**10)), dice.choice(["", "box", "b-1_2.3"])
        key, secret_id = f"{dice.getrandbits(160):x}", f"AKID{dice.getrandbits(128):x}"
        monkeypatch.setattr(time, "time", lambda now=now: now + 0.75)
        monkeypatch.setattr(random, "randint", lambda *_, nonce=nonce: nonce)
        theirs = qcloud_image.Auth(app_id, secret_id, key).get_sign(bucket, life).decode()
        ours = sign(
            key,
            app_id=app_id,
            secret_id=secret_id,
            bucket=bucket,
            issued=now,
            expires=now + life,
            nonce=nonce,
        )
        assert ours == theirs


@pytest.mark.parametrize("plain", CLIENTS.values(), ids=CLIENTS)
def test_every_official_client_is_understood(plain: str) -> None:
    """They differ in the order of the fields and in what they leave out."""
    parsed = parse(seal("key", plain))
    assert is_genuine(parsed, "key")
    assert (parsed.app_id, parsed.secret_id) == ("1", "ID")
    assert parsed.bucket in {"", "box"}
    assert 3599 < parsed.expires - parsed.issued <= 3600
    assert parsed.file_id == ""


@given(
    words,
    st.fixed_dictionaries(
        {
            "app_id": words,
            "secret_id": words,
            "bucket": words | st.just(""),
            "issued": numbers,
            "expires": numbers,
            "nonce": st.integers(0, MAX_NONCE),
        }
    ),
)
def test_what_is_signed_is_read_back(key: str, said: dict[str, Any]) -> None:
    """Signing and parsing are each other's inverse."""
    parsed = parse(sign(key, **said))
    assert is_genuine(parsed, key)
    assert {name: getattr(parsed, name) for name in said if name != "nonce"} == {
        name: value for name, value in said.items() if name != "nonce"
    }
    assert parsed.fields["r"] == str(said["nonce"])
    assert parsed.file_id == ""


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_a_changed_byte_is_noticed(place: int, change: int) -> None:
    """Neither the digest nor the text can be changed without the key."""
    sealed = bytearray(base64.b64decode(PUBLISHED[0][1]))
    sealed[place % len(sealed)] ^= change
    try:
        parsed = parse(base64.b64encode(sealed).decode())
    except MalformedSignature:
        return
    assert not is_genuine(parsed, KEY)


def test_another_key_is_noticed() -> None:
    """A signature of somebody else's is none of ours."""
    assert not is_genuine(parse(PUBLISHED[0][1]), KEY[::-1])


def test_blanks_around_a_header_are_no_matter() -> None:
    """Proxies leave them there."""
    assert parse(f" {PUBLISHED[0][1]}\t").app_id == "1252821871"


@pytest.mark.parametrize(
    "authorization",
    [
        "",
        "FCHXdPTEwMDAwMzc5Jms9QUtJRGVRZDBrRU1yM2J4ZjhRckJi==",  # the page's own illustration
        "签名",
        "Bearer abc",
        PUBLISHED[0][1][:-3],  # cut off
        PUBLISHED[0][1].replace("/", "_"),  # the url-safe alphabet is another one
        PUBLISHED[0][1].replace("p2Y5", "p2!Y5"),
        base64.b64encode(b"0" * 12).decode(),
        base64.b64encode(b"0" * 20).decode(),
        base64.b64encode(b"0" * 20 + b"a=1&k=2&e=3&t=\xff").decode(),
        seal("key", "k=ID&e=1700003600&t=1700000000"),
        seal("key", "a=&k=ID&e=1700003600&t=1700000000"),
        seal("key", "a=1&e=1700003600&t=1700000000"),
        seal("key", "a=1&k=ID&t=1700000000"),
        seal("key", "a=1&k=ID&e=1700003600"),
        seal("key", "a=1&k=ID&e=soon&t=1700000000"),
        seal("key", "a=1&k=ID&e=-1&t=1700000000"),
        seal("key", "a=1&k=ID&e=1e9&t=1700000000"),
        seal("key", "a=1&k=ID&e=٣&t=1700000000"),
        seal("key", "a=1&k=ID&e=inf&t=1700000000"),
        seal("key", "a=1&k=ID&e=1700003600&t=1700000000&a=2"),
    ],
)
def test_what_is_no_signature_is_refused(authorization: str) -> None:
    """With one error and no other, whose message repeats nothing of it."""
    with pytest.raises(MalformedSignature) as refused:
        parse(authorization)
    assert str(refused.value) in {
        "not base64 of a digest and a text",
        "a field is missing",
        "a field stands twice",
        "a time is no number of seconds",
    }
    assert refused.value.__suppress_context__ or refused.value.__context__ is None


@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda b: base64.b64encode(b).decode()))
def test_nothing_else_is_ever_raised(authorization: str) -> None:
    """Whatever stands in the header."""
    try:
        parsed = parse(authorization)
    except MalformedSignature:
        return
    assert parsed.expires >= 0
