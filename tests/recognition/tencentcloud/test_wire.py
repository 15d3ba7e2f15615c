"""Requests and replies."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from bot.errors import PhotoError, RecognitionError
from bot.licence.documents import DocumentType, FieldName
from bot.licence.recognition import QualityWarning
from bot.recognition.tencentcloud import wire
from bot.recognition.tencentcloud.wire import Side
from tests.recognition.tencentcloud.conftest import failure, sample, shown

DRIVING = DocumentType.DRIVING_LICENCE
VEHICLE = DocumentType.VEHICLE_LICENCE
BACK = DocumentType.VEHICLE_LICENCE_BACK

ELECTRONIC_VEHICLE = {
    "PlateNo": "沪AA1234",
    "Owner": "李*",
    "Vin": "ABCD*********6789",
    "Seal": None,
    "IssueDate": "",
    "StateElectronic": "正常",
    "InspectionValidityTimeElectronic": "2025年09月",
    "GenerationTimeElectronic": "2024年08月27日",
}


def read(body: object, page: DocumentType, status: int = 200) -> wire.Reply:
    """A reply with that body."""
    return wire.reply(status, json.dumps(body).encode(), page)


def vehicle(front: object = None, back: object = None, **rest: object) -> dict[str, Any]:
    """A reply of VehicleLicenseOCR."""
    return {"Response": {"FrontInfo": front, "BackInfo": back, "RequestId": "r-1"} | rest}


@pytest.mark.parametrize("side", Side)
def test_a_request_holds_the_picture_and_the_side(side: Side) -> None:
    """It is JSON in ASCII, with nothing but the picture and the side, and no address."""
    body = json.loads(wire.request(b"\xff\xd8picture", side).decode("ascii"))
    assert body == {
        "ImageBase64": base64.b64encode(b"\xff\xd8picture").decode(),
        "CardSide": side.value,
    }


def test_the_largest_picture_keeps_the_providers_limit() -> None:
    """Base64 makes four bytes of three, and 7 MB is the least that both actions take."""
    assert len(base64.b64encode(bytes(wire.MAX_PICTURE))) == 7_000_000


def test_each_page_is_asked_for_by_its_own_call() -> None:
    """The sides are those of the cards: only a driving licence has both read at once."""
    assert {page: (call.action, call.side.value) for page, call in wire.CALLS.items()} == {
        DRIVING: ("DriverLicenseOCR", "DOUBLE"),
        VEHICLE: ("VehicleLicenseOCR", "FRONT"),
        BACK: ("VehicleLicenseOCR", "BACK"),
    }


@pytest.mark.parametrize(
    ("name", "page", "expected", "quality", "request_id"),
    [
        (
            "vehicle-front",
            VEHICLE,
            {
                "plate_number": "沪AA1234",
                "vehicle_type": "小型轿车",
                "owner": "李明",
                "address": "上海市徐汇区田林路397号腾云大厦6F",
                "use_character": "非营运",
                "model": "别克牌SGM7151LAAA",
                "vin": "ABCDEFGH123456789",
                "engine_number": "8B54321",
                "register_date": "2011-10-10",
                "issuing_authority": "上海市公安局交通警察总队",
            },
            (QualityWarning.COPY,),
            "820916b4-b391-40a8-9203-7ae87e3f1954",
        ),
        (
            "vehicle-back",
            BACK,
            {
                "plate_number": "粤B2177C",
                "file_number": "440681681182",
                "seating_capacity": "5人",
                "gross_mass": "2085kg",
                "kerb_mass": "1610kg",
                "rated_load": "--",
                "dimensions": "4667×1839×1694mm",
                "towed_mass": "--",
                "inspection_record": "检验有效期至2019年11月粤E(01)汽油",
                "barcode_number": "4460040587965",
                "fuel_type": "汽油",
            },
            (QualityWarning.COPY,),
            "e2ebfaa0-19d3-4d2b-9ed8-7c7c21eb2b74",
        ),
        (
            "driver-front-warned",
            DRIVING,
            {
                "licence_number": "440524198701010014",
                "name": "李明",
                "sex": "男",
                "nationality": "中国",
                "address": "上海市徐汇区田林路397号腾云大厦6F",
                "date_of_birth": "1987-01-01",
                "first_issue_date": "2011-10-01",
                "vehicle_classes": "C1",
                "valid_from": "2011-10-01",
                "valid_until": "2017-10-01",
                "issuing_authority": "上海市公安局交通警察总队",
            },
            (QualityWarning.COPY,),
            "c5ceedaa-cb6f-4210-af49-0a5dee461259",
        ),
        (
            "driver-front",
            DRIVING,
            {
                "licence_number": "440305198305101408",
                "name": "刘洋",
                "sex": "女",
                "nationality": "中国",
                "address": "广东省深圳市南山区腾讯大厦",
                "date_of_birth": "1983-05-10",
                "first_issue_date": "2005-05-01",
                "vehicle_classes": "C2",
                "valid_from": "2015-10-01",
                "valid_until": "2025-10-01",
                "issuing_authority": "上海市公安局交通警察总队",
            },
            (),
            "9b0d1ee9-8fdb-4194-be58-212bee88a7fd",
        ),
        (
            "driver-back",
            DRIVING,
            {
                "licence_number": "13072*****345",
                "name": "李明",
                "file_number": "130123421234",
            },
            (),
            "03023a0a-cf96-4baa-8cd8-34ba9d32f3db",
        ),
    ],
)
def test_the_published_replies_are_read(
    name: str,
    page: DocumentType,
    expected: dict[str, str],
    quality: tuple[QualityWarning, ...],
    request_id: str,
) -> None:
    """Every field that holds a text comes back, and nothing else."""
    reply = read(sample(name), page)
    assert shown(reply.fields) == expected
    assert (reply.quality, reply.request_id) == (quality, request_id)
    assert all(
        (field.confidence, field.box, field.derived) == (None, None, False)
        for field in reply.fields
    )


def test_the_raw_text_stays_beside_the_value() -> None:
    """Whoever doubts a value sees what was read."""
    reply = read(vehicle({"PlateNo": " 沪A·A1234 ", "RegisterDate": "2011年10月1日"}), VEHICLE)
    assert [(field.raw, field.value) for field in reply.fields] == [
        ("沪A·A1234", "沪AA1234"),
        ("2011年10月1日", "2011-10-01"),
    ]


@pytest.mark.parametrize("nothing", [None, "", "  ", "\u200b"])
def test_nothing_read_is_no_field(nothing: str | None) -> None:
    """Null and the empty text both say that a field was not found; dashes say that it was."""
    reply = read(vehicle(back={"TotalMass": nothing, "LoadQuality": "--"}), BACK)
    assert shown(reply.fields) == {"rated_load": "--"}


def test_an_electronic_vehicle_licence() -> None:
    """Its live state and inspection month are fields, and its mask stays."""
    reply = read(vehicle(ELECTRONIC_VEHICLE, VehicleLicenseType="Electronic"), VEHICLE)
    assert shown(reply.fields) == {
        "plate_number": "沪AA1234",
        "owner": "李*",
        "vin": "ABCD*********6789",
        "state": "正常",
        "inspection_valid_until": "2025-09",
        "generated_at": "2024-08-27",
        "licence_form": "电子",
    }
    form = reply.fields[-1]
    assert (form.name, form.raw, form.derived) == (FieldName.LICENCE_FORM, "Electronic", True)


def test_the_back_of_an_electronic_vehicle_licence() -> None:
    """It carries an address, an authority and a colour, which no printed one does."""
    back = {
        "PlateNo": "沪AA1234",
        "AddressElectronic": "上海市 徐汇区",
        "IssueAuthorityElectronic": "上海市公安局交通警察总队",
        "CarBodyColor": "白",
    }
    reply = read(vehicle(back=back, VehicleLicenseType="Normal"), BACK)
    assert shown(reply.fields) == {
        "plate_number": "沪AA1234",
        "body_colour": "白",
        "address": "上海市徐汇区",
        "issuing_authority": "上海市公安局交通警察总队",
    }


def test_an_electronic_driving_licence() -> None:
    """Its state and points are fields; what is on the back page fills what the front lacks."""
    response = sample("driver-front")
    response["Response"] |= {
        "State": "正常",
        "CumulativeScore": "0分",
        "GenerateTime": "2025年07月08日12:14:53",
        "ArchivesCode": "440300123456",
        "Record": "增驾D，实习期至2024年11月26日。",
        "EndDate": "长期",
        "DriverLicenseType": "Electronic",
        "BackPageName": "别人",
        "CardCode": "",
        "BackPageCardCode": "4403051983****1408",
    }
    found = shown(read(response, DRIVING).fields)
    assert found["name"] == "刘洋"
    assert found["licence_number"] == "4403051983****1408"
    assert {key: found[key] for key in list(found)[11:]} == {
        "file_number": "440300123456",
        "record": "增驾D,实习期至2024年11月26日。",
        "state": "正常",
        "penalty_points": "0分",
        "generated_at": "2025-07-08 12:14:53",
        "licence_form": "电子",
    }
    assert found["valid_until"] == "长期"


def test_a_tractors_back_page() -> None:
    """What its page shares with other vehicles' is read where there is no ordinary page."""
    tractor = {
        "PlateNo": "沪01-12345",
        "AllowNum": "1",
        "ExternalSize": "4667×1839×1694mm",
        "Record": "检验有效期至2026年11月",
        "Address": "上海市",
        "TractorMinUsageWeight": "1000kg",
    }
    reply = read(vehicle(TractorBackInfo=tractor), BACK)
    assert shown(reply.fields) == {
        "plate_number": "沪0112345",
        "seating_capacity": "1人",
        "dimensions": "4667×1839×1694mm",
        "inspection_record": "检验有效期至2026年11月",
        "address": "上海市",
    }


@pytest.mark.parametrize(
    ("asked", "seen"), [(VEHICLE, "vehicle_licence_back"), (BACK, "vehicle_licence")]
)
def test_the_other_page_is_named(asked: DocumentType, seen: str) -> None:
    """Where only the other page was read, the person learns which one it is."""
    part = {"PlateNo": "沪AA1234"}
    reply = vehicle(back=part) if asked is VEHICLE else vehicle(front=part)
    with pytest.raises(PhotoError) as caught:
        read(reply, asked)
    assert (caught.value.code, caught.value.params) == ("other-page", {"seen": seen})


def test_an_open_folder_gives_the_page_that_was_asked_for() -> None:
    """Fields of the other page would stand under wrong names."""
    folder = vehicle({"PlateNo": "沪AA1234", "Owner": "李明"}, {"FileNo": "440681681182"})
    assert shown(read(folder, VEHICLE).fields) == {"plate_number": "沪AA1234", "owner": "李明"}
    assert shown(read(folder, BACK).fields) == {"file_number": "440681681182"}


@pytest.mark.parametrize(
    ("reply", "page"),
    [
        (vehicle(), VEHICLE),
        (vehicle(None, {"PlateNo": ""}), BACK),
        ({"Response": {"Name": "", "Sex": None}}, DRIVING),
    ],
)
def test_a_page_without_any_text_is_unreadable(reply: object, page: DocumentType) -> None:
    """The provider took it for a licence and made nothing out."""
    with pytest.raises(PhotoError) as caught:
        read(reply, page)
    assert caught.value.code == "unreadable"


@pytest.mark.parametrize(
    ("codes", "messages", "quality"),
    [
        ([], [], ()),
        (None, None, ()),
        ([-9102], ["WARN_DRIVER_LICENSE_COPY_CARD"], ("copy",)),
        ([-9103], ["WARN_DRIVER_LICENSE_SCREENED_CARD"], ("screen",)),
        ([-9104], ["WARN_DRIVER_LICENSE_REFLECTION"], ("glare",)),
        ([-9105], ["WARN_DRIVER_LICENSE_BLUR"], ("blur",)),
        ([-9106], ["WARN_DRIVER_LICENSE_BORDER_INCOMPLETE"], ("cut_off",)),
        ([-9106], ["WARN_DRIVER_LICENSE_PS_CARD"], ()),
        ([-9106], [], ()),
        ([-9102], ["WARN_DRIVER_LICENSE_BLUR"], ("blur",)),
        ([-9102], [""], ("copy",)),
        ([-9105, -9104], None, ("glare", "blur")),
        (["-9102"], None, ("copy",)),
        ([True, 1.5, [-9102]], None, ()),
        ([-9102, -9102], ["WARN_DRIVER_LICENSE_COPY_CARD"] * 2, ("copy",)),
        ([], ["WARN_DRIVER_LICENSE_REFLECTION"], ("glare",)),
        ([-9999, "x", None, {}], ["WARN_TOMORROW", 1, []], ()),
        ([-9102], [5], ("copy",)),
        ("-9102", {"a": 1}, ()),
    ],
)
def test_warnings_are_what_their_messages_say(
    codes: object, messages: object, quality: tuple[str, ...]
) -> None:
    """Codes have changed their meaning, so they count only without a message; none ever fails."""
    part = {"PlateNo": "沪AA1234"}
    reply = read(vehicle(part, RecognizeWarnCode=codes, RecognizeWarnMsg=messages), VEHICLE)
    assert reply.quality == quality


@pytest.mark.parametrize("request_id", [None, 5, "", "a b", "x" * 65, "身份证"])
def test_an_odd_request_id_is_none(request_id: object) -> None:
    """Only what looks like one goes to the logs."""
    assert read(vehicle({"Owner": "李明"}, RequestId=request_id), VEHICLE).request_id == ""


@pytest.mark.parametrize("status", [200, 400, 503])
def test_an_error_in_a_reply_is_raised(status: int) -> None:
    """The provider answers 200 to failures too; its code counts, whatever the status."""
    with pytest.raises(RecognitionError) as caught:
        read(failure("FailedOperation.ImageBlur"), VEHICLE, status)
    assert (caught.value.code, caught.value.detail) == ("unreadable", "FailedOperation.ImageBlur")
    assert "看不懂" not in repr(vars(caught.value)) + str(caught.value)
