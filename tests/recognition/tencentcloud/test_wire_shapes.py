"""Replies of odd shapes."""

from __future__ import annotations

import json

import pytest

from bot.errors import PhotoError, ProviderError
from bot.licence.documents import DocumentType
from bot.recognition.tencentcloud import wire
from tests.recognition.tencentcloud.conftest import sample, shown

DRIVING = DocumentType.DRIVING_LICENCE
VEHICLE = DocumentType.VEHICLE_LICENCE
BACK = DocumentType.VEHICLE_LICENCE_BACK
ODD = [5, 0.5, True, [], ["x"], {}, {"x": []}, "", "x"]


def read(response: dict[str, object], page: DocumentType) -> dict[str, str]:
    """What a reply says of a page, by the names of fields."""
    return shown(wire.reply(200, json.dumps({"Response": response}).encode(), page).fields)


@pytest.mark.parametrize("odd", [None, *ODD])
def test_what_is_unknown_is_passed_over_whatever_its_shape(odd: object) -> None:
    """A key of tomorrow takes nothing from those of today, wherever it stands."""
    page = {"PlateNo": "沪AA1234", "Tomorrow": odd}
    reply: dict[str, object] = {"FrontInfo": page, "BackInfo": page, "Tomorrow": odd, "Name": odd}
    assert read(reply, VEHICLE) == read(reply, BACK) == {"plate_number": "沪AA1234"}
    assert read({"Name": "李明", "Tomorrow": odd, "FrontInfo": odd}, DRIVING) == {"name": "李明"}


@pytest.mark.parametrize("odd", ODD)
def test_the_shape_of_another_page_is_no_matter(odd: object) -> None:
    """Only the page that was asked for has to be one."""
    page = {"PlateNo": "沪AA1234"}
    other: object = {"PlateNo": odd, "Record": odd}
    for rest in (odd, other):
        front: dict[str, object] = {"FrontInfo": page, "BackInfo": rest, "TractorBackInfo": rest}
        back: dict[str, object] = {"BackInfo": page, "FrontInfo": rest, "TractorBackInfo": rest}
        assert read(front, VEHICLE) == read(back, BACK) == {"plate_number": "沪AA1234"}


@pytest.mark.parametrize("odd", [None, *ODD])
def test_what_is_no_text_of_the_page_takes_no_field_away(odd: object) -> None:
    """Warnings and the form of the licence say nothing where they are odd."""
    rest = dict.fromkeys(("RecognizeWarnCode", "RecognizeWarnMsg", "VehicleLicenseType"), odd)
    body = {"Response": {"FrontInfo": {"PlateNo": "沪AA1234"}, "Error": None} | rest}
    reply = wire.reply(200, json.dumps(body).encode(), VEHICLE)
    assert (shown(reply.fields), reply.quality) == ({"plate_number": "沪AA1234"}, ())


def test_a_number_is_read_as_its_text() -> None:
    """It says what was printed, only without its quotes; a nought is no empty text."""
    back = {"AllowNum": 5, "FileNo": 440681681182, "Marks": 0, "TotalMass": 1.5}
    assert read({"BackInfo": back}, BACK) == {
        "file_number": "440681681182",
        "seating_capacity": "5人",
        "gross_mass": "1.5",
        "remarks": "0",
    }


def test_a_number_for_a_code_is_one() -> None:
    """An error is the provider's, however it writes it."""
    with pytest.raises(ProviderError) as caught:
        read({"Error": {"Code": 5}}, VEHICLE)
    assert (caught.value.code, caught.value.detail) == ("provider-failed", "5")


def test_null_the_empty_text_and_dashes_are_told_apart() -> None:
    """The first two were not found; dashes were, and say that there is nothing."""
    back = {"TotalMass": None, "CurbWeight": "", "LoadQuality": "--", "TotalQuasiMass": "—"}
    assert read({"BackInfo": back}, BACK) == {"rated_load": "--", "towed_mass": "--"}
    with pytest.raises(PhotoError) as caught:
        read({"BackInfo": {"TotalMass": None, "CurbWeight": ""}}, BACK)
    assert caught.value.code == "unreadable"


WHOLE = json.dumps(sample("vehicle-front")).encode()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe\xfa",
        b"<html><body>502 Bad Gateway</body></html>",
        WHOLE[: len(WHOLE) // 2],
        b"null",
        b"[]",
        b'"Response"',
        b"{}",
        b'{"Response": null}',
        b'{"Response": {}}',
        b'{"Response": {"RequestId": "x"}}',
        b'{"Response": {"Error": "no"}}',
        b'{"Response": {"Error": {"Code": ["5"]}}}',
        b'{"Response": {"FrontInfo": []}}',
        b'{"Response": {"FrontInfo": {"Owner": ["a"]}}}',
        b'{"Response": {"FrontInfo": {"Owner": true}}}',
        b'{"Response": {"FrontInfo": "", "BackInfo": "", "Name": []}}',
        b'{"Response": {"Name": {"a": 1}, "BackInfo": 1}}',
        b"[" * 100_000,
        b"1" * 10_000,
    ],
)
@pytest.mark.parametrize("page", DocumentType)
def test_an_answer_that_is_none_is_unintelligible(body: bytes, page: DocumentType) -> None:
    """HTML, half an answer, wrong types: the provider is at fault, and may do better later."""
    with pytest.raises(ProviderError) as caught:
        wire.reply(200, body, page)
    assert caught.value.code == "unintelligible"


def test_a_gateways_page_is_judged_by_its_status() -> None:
    """An answer in HTML from something on the way tells by its status whether it is full."""
    with pytest.raises(ProviderError) as caught:
        wire.reply(429, b"<html>slow down</html>", VEHICLE)
    assert (caught.value.code, caught.value.detail) == ("busy", "HTTP 429")
