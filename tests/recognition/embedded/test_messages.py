"""What crosses between the bot and a worker."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from bot.licence.documents import DocumentType, FieldName
from bot.licence.recognition import Box, Field
from bot.recognition.embedded.messages import (
    HEAD,
    Answer,
    Done,
    Failed,
    Refused,
    Request,
    packed,
    receive,
    unpacked,
)
from bot.recognition.photo import Photo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedWriter, FileIO

READ = Field(FieldName.NAME, "张三", "张三", 0.9, Box(1, 2, 3, 4))


@pytest.fixture
def pipe() -> Iterator[tuple[FileIO, BufferedWriter]]:
    """Both ends of one."""
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb", buffering=0) as reader, os.fdopen(writing, "wb") as writer:
        yield reader, writer


def test_a_request_is_pixels_and_sizes() -> None:
    """Neither the file nor its metadata cross, only what is looked at."""
    photo = Photo(Image.new("RGB", (3, 2), (1, 2, 3)), 30, 20)
    request = Request.about(photo, DocumentType.DRIVING_LICENCE)
    assert request == Request(bytes((1, 2, 3)) * 6, (3, 2), (30, 20), DocumentType.DRIVING_LICENCE)


def test_a_request_hides_its_pixels() -> None:
    """Whatever prints it prints no photo."""
    assert "pixels" not in repr(Request(b"secret", (2, 1), (2, 1), None))


def test_requests_arrive_one_by_one(pipe: tuple[FileIO, BufferedWriter]) -> None:
    """As they were sent, and then comes the end."""
    reader, writer = pipe
    sent = [Request(bytes(999), (333, 1), (333, 1), page) for page in (None, *DocumentType)]
    for request in sent:
        writer.write(packed(request))
    writer.close()
    assert [receive(reader) for _ in sent] == sent
    with pytest.raises(EOFError):
        receive(reader)


def test_half_a_request_is_the_end(pipe: tuple[FileIO, BufferedWriter]) -> None:
    """The bot died while it sent."""
    reader, writer = pipe
    writer.write(packed(Request(bytes(999), (333, 1), (333, 1), None))[:-1])
    writer.close()
    with pytest.raises(EOFError):
        receive(reader)


@pytest.mark.parametrize(
    "answer",
    [
        Done((READ,)),
        Done(page=DocumentType.VEHICLE_LICENCE),
        Refused("other-page", {"seen": "vehicle_licence"}),
        Failed("KeyError", "pose.py:1"),
    ],
)
def test_answers_arrive_as_they_were(answer: Answer) -> None:
    """After their length come they themselves."""
    message = packed(answer)
    assert HEAD.unpack(message[: HEAD.size]) == (len(message) - HEAD.size,)
    assert unpacked(message[HEAD.size :]) == answer
