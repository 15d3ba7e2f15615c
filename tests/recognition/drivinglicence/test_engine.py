"""The engine with the embedded recogniser behind it, and with whatever a caller may send."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.recognition.embedded.engine import EmbeddedRecogniser

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from tests.recognition.drivinglicence.conftest import Engine

SPECIMENS = Path(__file__).parents[2] / "specimens"
APP = {"appid": "1250000001"}


@pytest.fixture
async def embedded(start: Callable[..., Awaitable[Engine]]) -> AsyncIterator[Engine]:
    """An engine that really reads."""
    recogniser = EmbeddedRecogniser(threads=2)
    yield await start(recogniser)
    await recogniser.aclose()


@pytest.mark.accuracy
async def test_a_specimen_is_read(embedded: Engine) -> None:
    """As a form, as JSON, and as the wrong page."""
    name = "dl_clean_006"
    photo = (SPECIMENS / f"{name}.jpg").read_bytes()
    truth = json.loads((SPECIMENS / f"{name}.json").read_text("utf-8"))["fields"]
    image = base64.b64encode(photo).decode()

    form = await embedded.post(data=APP | {"type": "1"}, files={"image": photo})
    packed = await embedded.post(json=APP | {"type": 1, "image": image})
    other = await embedded.post(json=APP | {"type": 0, "image": image})

    items = {item["item"]: item for item in form.json()["data"]["items"]}
    assert items["证号"]["itemstring"] == truth["证号"]["text"]
    assert items["姓名"]["itemstring"] == truth["姓名"]["text"]
    assert all(0 <= item["itemconf"] <= 1 for item in items.values())
    assert packed.json()["data"]["items"] == form.json()["data"]["items"]
    assert other.json()["code"] == -9002
    assert other.json()["data"]["reason"] == "other-page"
    assert other.json()["data"]["seen"] == "driving_licence"


@pytest.mark.accuracy
async def test_a_picture_of_nothing_is_not_read(embedded: Engine, jpeg: bytes) -> None:
    """A good picture without any page fails with the API's code for it."""
    answer = await embedded.post(data=APP | {"type": "0"}, files={"image": jpeg})

    assert (answer.status_code, answer.json()["code"]) == (200, -9002)


headers = st.dictionaries(
    st.sampled_from(["Content-Type", "Authorization", "Origin", "Accept", "Range", "X-Any"]),
    st.one_of(
        st.sampled_from(
            [
                "application/json",
                "multipart/form-data; boundary=b",
                'multipart/form-data; boundary="',
                "application/json; charset=\udcff",
            ]
        ),
        st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=40),
    ).map(lambda text: text.encode("latin-1", "replace").strip()),
)
bodies = st.one_of(
    st.binary(max_size=400),
    st.dictionaries(st.sampled_from(["appid", "type", "image", "url"]), st.integers() | st.text())
    .map(json.dumps)
    .map(str.encode),
    st.builds(
        b'--b\r\nContent-Disposition: form-data; name="%b"; %b\r\n\r\n%b\r\n--b--\r\n'.__mod__,
        st.tuples(st.sampled_from([b"type", b"image"]), st.binary(), st.binary(max_size=50)),
    ),
)


@settings(
    max_examples=150,
    deadline=None,  # other work on this machine is no failure
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # one engine serves them all
)
@given(headers, bodies)
async def test_whatever_is_sent_is_answered(
    served: Engine, headers: dict[str, bytes], body: bytes
) -> None:
    """Never 500, never a traceback, always the shape of the page."""
    names = {name.lower(): value for name, value in headers.items()}
    request: dict[str, Any] = {"headers": names, "content": body}

    answer = await served.post(**request)

    assert answer.status_code in {200, 400, 401, 403}
    assert set(answer.json()) == {"code", "message", "data"}
    assert answer.json()["code"] != 0
