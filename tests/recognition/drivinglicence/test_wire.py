"""Requests and replies as bytes."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.errors import AccountError, PhotoError, ProviderError, RecognitionError, RequestError
from bot.licence.documents import DocumentType, FieldName
from bot.licence.recognition import Box, Field, QualityWarning, Recognition
from bot.recognition.drivinglicence.wire import (
    Form,
    Reply,
    compose_reply,
    parse_reply,
    picture_request,
    url_request,
)

FRONT, DRIVING, BACK = DocumentType
SAMPLES = Path(__file__).parent / "samples"
JPEG = b"\xff\xd8\xff\xe0 not really\r\n--boundary\x00"


def sample(name: str) -> bytes:
    """A reply in the shape of a real one."""
    return (SAMPLES / f"{name}.json").read_bytes()


def body(**changes: object) -> bytes:
    """A reply with one name on it, as far as nothing else is said."""
    items = [{"item": "姓名", "itemstring": "张三"}]
    reply = {"code": 0, "message": "OK", "data": {"session_id": "1", "items": items}}
    return json.dumps(reply | changes).encode()


def refusal(content: bytes, status: int = 200) -> RecognitionError:
    """How such a reply is taken."""
    with pytest.raises(RecognitionError) as refused:
        parse_reply(content, status, DRIVING)
    return refused.value


def values(reply: Reply) -> dict[str, str]:
    """What was read, by the names of fields."""
    return {field.name.value: field.value for field in reply.fields}


def test_the_published_reply_is_read_to_the_letter() -> None:
    """Every value, confidence and box of the example on the API's page."""
    reply = parse_reply(sample("published"), 200, DRIVING)
    authority = "深圳市公安局交通管理局"
    assert reply.request_id == "10000018324840"
    assert [
        (field.name.value, field.value, field.confidence, field.box) for field in reply.fields
    ] == [
        ("licence_number", "342221199005033256", 0.9999638199806212, Box(226, 66, 194, 30)),
        ("name", "张三", 0.999157190322876, Box(84, 98, 93, 26)),
        ("sex", "男", 0.9999893307685852, Box(291, 100, 23, 27)),
        ("nationality", "中国", 0.9999999403953552, Box(388, 100, 44, 28)),
        ("address", "深圳市南山区万利达大厦", 0.5020201206207275, Box(87, 126, 286, 30)),
        ("date_of_birth", "1990-05-03", 0.999338924884796, Box(224, 195, 106, 25)),
        ("first_issue_date", "2014-12-25", 0.9999741315841676, Box(249, 226, 112, 26)),
        ("vehicle_classes", "C1", 0.9999993443489076, Box(262, 261, 58, 27)),
        ("valid_from", "2014-12-25", 0.9859412312507628, Box(122, 291, 111, 26)),
        ("valid_until", "2020-12-25", 0.9921129941940308, Box(266, 294, 113, 27)),
        ("issuing_authority", authority, 0.9392985105514526, Box(52, 186, 110, 100)),
    ]
    assert all(field.raw == field.value and not field.derived for field in reply.fields)


def test_a_vehicle_licence_as_it_really_comes() -> None:
    """Two fields are absent, one is blank, and a label bleeds into the owner's name."""
    reply = parse_reply(sample("vehicle_licence"), 200, FRONT)
    assert reply.request_id == "1250000000-1234567890"
    assert values(reply) == {
        "owner": "人测试员",  # 测 is no surname, so nothing is taken off
        "address": "某省某市某路1号",
        "use_character": "非营运",
        "model": "测试牌CS1234",
        "vin": "12312321",
        "engine_number": "CS1234",
        "issue_date": "2014-10-29",
    }


def test_a_driving_licence_as_it_really_comes() -> None:
    """The seal is told twice, once under a name that no page knows."""
    reply = parse_reply(sample("driving_licence"), 200, DRIVING)
    assert reply.request_id == "12500000002100492157"
    assert values(reply) == {
        "licence_number": "110101199003070011",
        "name": "测试",
        "sex": "女",
        "nationality": "中国",
        "address": "某省某市某路1号",
        "date_of_birth": "1990-03-07",
        "first_issue_date": "2014-04-17",
        "vehicle_classes": "C1",
        "valid_from": "2014-04-17",
        "valid_until": "2020-04-17",
        "issuing_authority": "某省某市公安局交通警察支队",
    }


def test_a_back_page_as_it_really_comes() -> None:
    """Nothing of it is documented; fillers, dashes, a dummy box, and fuel glued to the record."""
    reply = parse_reply(sample("vehicle_licence_back"), 200, BACK)
    assert values(reply) == {
        "plate_number": "鲁A12345",
        "file_number": "370100000000",
        "seating_capacity": "5人",
        "gross_mass": "2025kg",
        "kerb_mass": "1615kg",
        "rated_load": "--",
        "dimensions": "4760×1811×1455mm",
        "towed_mass": "--",
        "inspection_record": "检验有效期至2018-09-07",
        "fuel_type": "汽油",
    }
    fields = {field.name: field for field in reply.fields}
    assert fields[FieldName.RATED_LOAD].box is None
    assert fields[FieldName.TOWED_MASS].box == Box(445, 501, 179, 41)
    assert fields[FieldName.FILE_NUMBER].confidence == 0.021
    assert fields[FieldName.INSPECTION_RECORD].confidence == 0.0
    assert [field.name for field in reply.fields if field.derived] == [FieldName.FUEL_TYPE]


def test_json_decides_whatever_the_status() -> None:
    """The page names no status, and the official clients look at none."""
    for status in (200, 400, 418, 500):
        assert values(parse_reply(body(), status, DRIVING)) == {"name": "张三"}
    assert refusal(body(code=25), 500).code == "quota-used-up"
    assert refusal(body(code=-9002), 404).code == "unreadable"


def test_unknown_keys_are_passed_over() -> None:
    """Sister calls send coordinates of words, warnings and classes along; so may items be odd."""
    item = {"item": "姓名", "itemstring": "张三", "words": [{"character": "张"}], "candword": []}
    filler = {"item": "", "itemcoord": [], "itemconf": "0.0", "itemstring": []}
    items = [filler, "item", item]
    data = {"session_id": "1", "items": items, "angle": 0.5, "class": [], "recognize_warn_code": 1}
    content = json.dumps({"code": 0, "httpcode": 200, "data": data}).encode("utf-8-sig")
    assert values(parse_reply(content, 200, DRIVING)) == {"name": "张三"}


@pytest.mark.parametrize(
    "session", [None, 7, "", "x\ny", "签名", "1" * 129, ["1"]], ids=lambda value: repr(value)[:9]
)
def test_a_session_that_is_unfit_for_a_log_is_left_out(session: object) -> None:
    """It is of no other use."""
    data = json.loads(body())["data"] | {"session_id": session}
    assert parse_reply(body(data=data), 200, DRIVING).request_id == ""


@pytest.mark.parametrize(
    ("reply", "kind", "word", "detail"),
    [
        ({"code": 3, "message": "account abnormal,errorno is:2"}, AccountError, "in-arrears", "3"),
        ({"code": 3, "message": None}, RequestError, "request-refused", "3"),
        ({"code": 9, "message": "expired", "data": {}}, AccountError, "clock-wrong", "9"),
        ({"code": 15}, ProviderError, "busy", "15"),
        ({"code": -9002, "data": None}, PhotoError, "unreadable", "-9002"),
        ({"code": -9002, "data": []}, PhotoError, "unreadable", "-9002"),
        (
            {"code": 123456789012345678901},
            ProviderError,
            "provider-failed",
            "123456789012345678901",
        ),
    ],
)
def test_a_code_is_an_error(
    reply: dict[str, object], kind: type[RecognitionError], word: str, detail: str
) -> None:
    """With or without a message and data."""
    error = refusal(json.dumps(reply).encode())
    assert (type(error), error.code, error.detail) == (kind, word, detail)


@pytest.mark.parametrize(
    ("code", "data", "word", "params"),
    [
        (-9002, {"reason": "no-licence", "session_id": "1"}, "no-licence", {}),
        (-9002, {"reason": "other-page", "seen": "driving_licence"}, "other-page", "seen"),
        (-9005, {"reason": "too-small", "pixels": 200}, "too-small", "pixels"),
        (-9005, {"reason": "too-many-pixels", "megapixels": 64}, "too-many-pixels", "megapixels"),
        (-9005, {"reason": "too-large", "megabytes": 20}, "too-large", "megabytes"),
        (-9005, {"reason": "too-large", "megabytes": True}, "not-a-picture", {}),
        (-9005, {"reason": "too-large", "megabytes": "20"}, "not-a-picture", {}),
        (-9005, {"reason": "too-large"}, "not-a-picture", {}),
        (-9002, {"reason": "other-page", "seen": "张三"}, "unreadable", {}),
        (-9002, {"reason": "other-page", "seen": ["x"]}, "unreadable", {}),
        (-9002, {"reason": "key-refused"}, "unreadable", {}),
        (-9002, {"reason": ["no-licence"]}, "unreadable", {}),
        (-9002, {}, "unreadable", {}),
        (-9002, {"reason": "unreadable", "why": "blur"}, "unreadable", "why"),
        (-9002, {"reason": "no-licence", "why": "too_small"}, "no-licence", "why"),
        (-9002, {"reason": "unreadable", "why": "张三"}, "unreadable", {}),
        (-9002, {"reason": "unreadable", "why": ["blur"]}, "unreadable", {}),
        (-9005, {"reason": "damaged", "why": "blur"}, "damaged", {}),
        (213, {"reason": "no-licence"}, "provider-failed", {}),
    ],
)
def test_our_own_engine_says_more(
    code: int, data: dict[str, Any], word: str, params: str | dict[str, str]
) -> None:
    """What is wrong with a photo, where the protocol has one code for several things."""
    error = refusal(json.dumps({"code": code, "message": "x", "data": data}).encode())
    expected = {params: data[params]} if isinstance(params, str) else params
    assert (error.code, error.params, error.detail) == (word, expected, str(code))


@pytest.mark.parametrize(
    ("content", "status", "word"),
    [
        (b"", 200, "unintelligible"),
        (b"<html>502 Bad Gateway</html>", 502, "provider-failed"),
        (b"<html>welcome to the wifi</html>", 200, "unintelligible"),
        (b"", 301, "unintelligible"),
        (b"slow down", 429, "busy"),
        (b"<html>401</html>", 401, "key-refused"),
        (b"no", 403, "not-permitted"),
        (body()[:-2], 200, "unintelligible"),
        (b'{"error": "rate limited"}', 429, "busy"),
        (b"null", 200, "unintelligible"),
        (b"[]", 200, "unintelligible"),
        (b"0", 200, "unintelligible"),
        (b"[" * 100_000, 200, "unintelligible"),
        (b'{"code": ' + b"9" * 5000 + b"}", 200, "unintelligible"),
        (b'{"code": NaN}', 200, "unintelligible"),
        (b"\xff\xfe\x00", 200, "unintelligible"),
        (body(code="0"), 200, "unintelligible"),
        (body(code=True), 200, "unintelligible"),
        (body(code=0.0), 200, "unintelligible"),
        (body(code=None), 503, "provider-failed"),
        (body(data=None), 200, "unintelligible"),
        (body(data={}), 200, "unintelligible"),
        (body(data={"items": {}}), 200, "unintelligible"),
        (body(data={"items": None}), 502, "provider-failed"),
        (body(data={"items": [1, "姓名", None, ["姓名"]]}), 200, "unintelligible"),
        (body(data={"items": [1]}), 503, "provider-failed"),
        (body(data={"items": [{"item": "姓名", "itemstring": ["张三"]}]}), 200, "unintelligible"),
        (body(data={"items": [1, {}]}), 200, "unreadable"),
        (body(data={"items": []}), 200, "unreadable"),
        (body(data={"items": [{"item": "号牌号码", "itemstring": "粤B12345"}]}), 200, "unreadable"),
        (body(data={"items": [{"item": "姓名", "itemstring": " "}]}), 200, "unreadable"),
    ],
)
def test_what_is_no_answer_is_told_apart(content: bytes, status: int, word: str) -> None:
    """By its status where it is not the API's at all; a page on which nothing was read is one."""
    assert refusal(content, status).code == word


@pytest.mark.parametrize(
    "content",
    [
        b'{"code": 0, "data": {"items": [{"itemstring": "\xe5\xbc\xa0\xe4\xb8\x89"',
        body(code=-9002, message="张三"),
        body(data={"items": [{"item": "姓名", "itemstring": ["张三"]}]}),
        "<html>张三</html>".encode(),
    ],
)
def test_no_error_holds_what_was_read(content: bytes) -> None:
    """Errors are logged; neither they nor what led to them may say a person's name."""
    error: BaseException | None = refusal(content)
    while error is not None:
        assert "张三" not in f"{error!r}{error.__dict__}"
        error = error.__context__


def test_a_form_is_what_the_page_shows() -> None:
    """Every part has its name, the picture a file name that says nothing of the person."""
    request = httpx.Request(
        "POST", "http://x", **picture_request(Form.MULTIPART, JPEG, BACK, app_id="12", bucket="b")
    )
    boundary = request.headers["Content-Type"].partition("multipart/form-data; boundary=")[2]
    parts = request.read().split(f"--{boundary}".encode())
    assert parts[1:] == [
        b'\r\nContent-Disposition: form-data; name="appid"\r\n\r\n12\r\n',
        b'\r\nContent-Disposition: form-data; name="bucket"\r\n\r\nb\r\n',
        b'\r\nContent-Disposition: form-data; name="type"\r\n\r\n2\r\n',
        b'\r\nContent-Disposition: form-data; name="image"; filename="photo.jpg"\r\n'
        b"Content-Type: image/jpeg\r\n\r\n" + JPEG + b"\r\n",
        b"--\r\n",
    ]


@pytest.mark.parametrize("page", DocumentType)
def test_a_picture_fits_into_json(page: DocumentType) -> None:
    """As standard base64, `type` as a number; a bucket that is not there is not sent."""
    request = httpx.Request(
        "POST", "http://x", **picture_request(Form.BASE64, JPEG, page, app_id="12")
    )
    said = json.loads(request.read())
    assert request.headers["Content-Type"] == "application/json"
    assert base64.b64decode(said.pop("image"), validate=True) == JPEG
    assert said == {"appid": "12", "type": int(page)}
    assert type(said["type"]) is int


def test_an_address_stands_for_a_picture() -> None:
    """Just as the page's own example shows it."""
    said = url_request("http://a/b.jpg", DRIVING, app_id="123456", bucket="test")["json"]
    assert said == {"appid": "123456", "bucket": "test", "type": 1, "url": "http://a/b.jpg"}


def test_a_recognition_becomes_a_reply() -> None:
    """In the page's own words and order; what was not read is absent."""
    fields = (
        Field(FieldName.ISSUE_DATE, "2014-10-29", "2014.10.29", 0.5),
        Field(FieldName.PLATE_NUMBER, "粤B12345", "粤B·12345", 0.75, Box(1, 2, 3, 4)),
        Field(FieldName.OWNER, "", " ", 0.1),
    )
    nowhere = {"x": 0, "y": 0, "width": 0, "height": 0}
    place = {"x": 1, "y": 2, "width": 3, "height": 4}
    items = [
        {"item": "车牌号码", "itemcoord": place, "itemconf": 0.75, "itemstring": "粤B12345"},
        {"item": "发证日期", "itemcoord": nowhere, "itemconf": 0.5, "itemstring": "2014-10-29"},
    ]
    reply = compose_reply(Recognition(FRONT, fields, "embedded"), "abc")
    assert reply == {"code": 0, "message": "OK", "data": {"session_id": "abc", "items": items}}


def test_our_own_engine_says_what_is_wrong_with_a_photo() -> None:
    """Its own client reads that back; a good photo's reply is the protocol's to the letter."""
    quality = (QualityWarning.GLARE, QualityWarning.TOO_SMALL)
    fields = (Field(FieldName.PLATE_NUMBER, "粤B12345", "粤B12345"),)
    said = compose_reply(Recognition(FRONT, fields, "embedded", quality), "1")
    assert said["data"]["warnings"] == ["glare", "too_small"]
    assert parse_reply(json.dumps(said).encode(), 200, FRONT).quality == quality
    assert "warnings" not in compose_reply(Recognition(FRONT, fields, "embedded"), "1")["data"]


@pytest.mark.parametrize(
    ("said", "quality"),
    [
        (None, ()),
        ("blur", ()),
        ([], ()),
        (["blur", "blur"], (QualityWarning.BLUR,)),
        (["blur", "later invented", "glare"], (QualityWarning.GLARE, QualityWarning.BLUR)),
        ([1, True, None, ["blur"], {"blur": 1}], ()),
    ],
)
def test_unknown_warnings_are_passed_over(
    said: object, quality: tuple[QualityWarning, ...]
) -> None:
    """A newer engine may know more, and a stranger's `warnings` may be anything."""
    data = {"session_id": "1", "items": [{"item": "姓名", "itemstring": "张三"}], "warnings": said}
    assert parse_reply(body(data=data), 200, DRIVING).quality == quality


@pytest.mark.parametrize(
    ("name", "page"),
    [("vehicle_licence", FRONT), ("driving_licence", DRIVING), ("vehicle_licence_back", BACK)],
)
def test_a_reply_survives_being_passed_on(name: str, page: DocumentType) -> None:
    """Read, written and read again, it says the same."""
    first = parse_reply(sample(name), 200, page)
    composed = compose_reply(Recognition(page, first.fields, "drivinglicence"), first.request_id)
    again = parse_reply(json.dumps(composed).encode(), 200, page)
    assert again.request_id == first.request_id
    assert [(f.name, f.value, f.confidence, f.box) for f in again.fields] == [
        (f.name, f.value, f.confidence, f.box) for f in first.fields
    ]
