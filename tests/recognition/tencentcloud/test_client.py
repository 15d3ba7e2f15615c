"""The recogniser against a provider on this machine, and against worse."""

from __future__ import annotations

import base64
import time
from contextlib import asynccontextmanager
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from bot.errors import AccountError, PhotoError, ProviderError, RecognitionError
from bot.licence.documents import DocumentType
from bot.licence.recognition import QualityWarning
from bot.recognition.tencentcloud.account import Account
from bot.recognition.tencentcloud.client import (
    TencentCloudRecogniser,
)
from bot.recognition.tencentcloud.codes import MEANINGS, WRONG_SIDE, error_for
from tests.recognition.tencentcloud.conftest import (
    SECRET_ID,
    SECRET_KEY,
    failure,
    noise,
    sample,
    shown,
    small_photo,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.recognition.recogniser import Recogniser
    from tests.recognition.tencentcloud.conftest import Cloud

DRIVING = DocumentType.DRIVING_LICENCE
VEHICLE = DocumentType.VEHICLE_LICENCE
BACK = DocumentType.VEHICLE_LICENCE_BACK


@asynccontextmanager
async def recogniser(account: Account) -> AsyncIterator[TencentCloudRecogniser]:
    """One that is closed at the end."""
    made = TencentCloudRecogniser(account, per_second=1000)
    try:
        yield made
    finally:
        await made.aclose()


def at(url: str) -> Account:
    """An account at that endpoint."""
    return Account(SECRET_ID, SECRET_KEY, endpoint=url)


async def refused(account: Account, page: DocumentType = VEHICLE) -> RecognitionError:
    """The error of one reading."""
    async with recogniser(account) as asked:
        with pytest.raises(RecognitionError) as caught:
            await asked.recognise(small_photo(), page)
    return caught.value


@pytest.mark.parametrize(
    ("name", "page", "call"),
    [
        ("vehicle-front", VEHICLE, ("VehicleLicenseOCR", "FRONT")),
        ("vehicle-back", BACK, ("VehicleLicenseOCR", "BACK")),
        ("driver-front", DRIVING, ("DriverLicenseOCR", "DOUBLE")),
    ],
)
async def test_a_page_costs_one_call(
    cloud: Cloud, name: str, page: DocumentType, call: tuple[str, str]
) -> None:
    """A photo is sent once, signed so that a strict provider takes it, and its fields come back."""
    cloud.answers = [sample(name)]
    async with recogniser(cloud.account) as asked:
        interface: Recogniser = asked
        recognition = await interface.recognise(small_photo(), page)
    assert cloud.calls == [call]
    assert recognition.provider == interface.name == "tencentcloud"
    assert recognition.document_type is page
    assert recognition.request_id == sample(name)["Response"]["RequestId"]
    assert len(recognition.fields) > 5
    assert 0 < recognition.elapsed < 60


async def test_warnings_come_back(cloud: Cloud) -> None:
    """What the provider says of the picture reaches the finding."""
    cloud.answers = [sample("vehicle-front")]
    async with recogniser(cloud.account) as asked:
        recognition = await asked.recognise(small_photo(), VEHICLE)
    assert recognition.quality == (QualityWarning.COPY,)


async def test_what_is_sent(cloud: Cloud) -> None:
    """The headers of the API, and the picture as a JPEG that is no smaller than the photo."""
    cloud.answers = [sample("vehicle-front")]
    async with recogniser(cloud.account) as asked:
        await asked.recognise(small_photo(), VEHICLE)
    assert cloud.headers["x-tc-version"] == "2018-11-19"
    assert cloud.headers["x-tc-region"] == "ap-guangzhou"
    assert cloud.headers["content-type"] == "application/json"
    assert cloud.headers["accept-encoding"] == "identity"
    assert cloud.headers["user-agent"].startswith("licence-bot/")
    assert set(cloud.bodies[0]) == {"ImageBase64", "CardSide"}
    with Image.open(BytesIO(base64.b64decode(cloud.bodies[0]["ImageBase64"]))) as picture:
        assert (picture.format, picture.size) == ("JPEG", (120, 80))


async def test_the_provider_may_choose_the_region(cloud: Cloud) -> None:
    """The region is optional now."""
    cloud.answers = [sample("vehicle-front")]
    async with recogniser(replace(cloud.account, region="")) as asked:
        await asked.recognise(small_photo(), VEHICLE)
    assert "x-tc-region" not in cloud.headers


async def test_a_huge_photo_is_made_to_fit(cloud: Cloud) -> None:
    """Seven megabytes of base64 are the provider's limit."""
    cloud.answers = [sample("vehicle-front")]
    async with recogniser(cloud.account) as asked:
        await asked.recognise(noise(2560, 2560), VEHICLE)
    assert 1_000_000 < len(cloud.bodies[0]["ImageBase64"]) <= 7_000_000


async def test_a_signature_of_another_time_blames_the_clock(cloud: Cloud) -> None:
    """The provider refuses what is more than five minutes old or from the future."""
    cloud.answers = [sample("vehicle-front")]
    asked = TencentCloudRecogniser(cloud.account, clock=lambda: time.time() - 301)
    with pytest.raises(AccountError) as caught:
        await asked.recognise(small_photo(), VEHICLE)
    await asked.aclose()
    assert (caught.value.code, caught.value.detail) == (
        "clock-wrong",
        "AuthFailure.SignatureExpire",
    )


@pytest.mark.parametrize(
    ("wrong", "detail"),
    [
        ({"secret_key": "another"}, "AuthFailure.SignatureFailure"),
        ({"secret_id": "AKIDnobody"}, "AuthFailure.SecretIdNotFound"),
    ],
)
async def test_a_wrong_key_blames_the_owner(
    cloud: Cloud, wrong: dict[str, str], detail: str
) -> None:
    """Neither another photo nor another try helps, so none is made."""
    error = await refused(replace(cloud.account, **wrong))
    assert (type(error), error.code, error.detail) == (AccountError, "key-refused", detail)
    assert cloud.calls == []


async def test_every_code_of_the_table_comes_through(cloud: Cloud) -> None:
    """An error in a reply with status 200 is what the table says, and is asked for once."""
    async with recogniser(cloud.account) as asked:
        for code in MEANINGS:
            cloud.answers, cloud.calls = [failure(code)], []
            with pytest.raises(RecognitionError) as caught:
                await asked.recognise(small_photo(), DRIVING)
            assert type(caught.value) is type(error_for(code))
            assert (caught.value.code, caught.value.detail) == (error_for(code).code, code)
            assert cloud.calls == [("DriverLicenseOCR", "DOUBLE")]


async def test_another_content_type_hides_no_error(cloud: Cloud) -> None:
    """The official client overlooks an error that comes with a character set, or as text."""
    said = failure("FailedOperation.UnOpenError")
    for content_type in ("application/json; charset=utf-8", "text/html"):
        cloud.answers = [JSONResponse(said, headers={"content-type": content_type})]
        error = await refused(cloud.account)
        assert (error.code, error.detail) == ("not-permitted", "FailedOperation.UnOpenError")


# The second try


@pytest.mark.parametrize(("page", "name"), [(VEHICLE, "vehicle-front"), (BACK, "vehicle-back")])
async def test_an_open_folder_is_read_by_a_second_try(
    cloud: Cloud, page: DocumentType, name: str
) -> None:
    """Where the provider sees another side, both are asked for and the right one is taken."""
    both = sample("vehicle-front")
    both["Response"]["BackInfo"] = sample("vehicle-back")["Response"]["BackInfo"]
    cloud.answers = [failure(WRONG_SIDE), both]
    async with recogniser(cloud.account) as asked:
        recognition = await asked.recognise(small_photo(), page)
        cloud.answers = [sample(name)]
        plain = await asked.recognise(small_photo(), page)
    assert [side for _, side in cloud.calls[:2]] == [cloud.calls[2][1], "DOUBLE"]
    assert shown(recognition.fields) == shown(plain.fields)


async def test_the_second_try_tells_which_page_it_is(cloud: Cloud) -> None:
    """A back page taken for the front is named, so that the right button can stand first."""
    cloud.answers = [failure(WRONG_SIDE), sample("vehicle-back")]
    error = await refused(cloud.account)
    assert (type(error), error.code) == (PhotoError, "other-page")
    assert error.params == {"seen": "vehicle_licence_back"}


@pytest.mark.parametrize(
    "second", ["RequestLimitExceeded", "InternalError", "InvalidParameterValue", WRONG_SIDE]
)
async def test_a_failed_second_try_leaves_the_first_answer(cloud: Cloud, second: str) -> None:
    """A chain that tried again would pay for both calls once more."""
    cloud.answers = [failure(WRONG_SIDE), failure(second)]
    error = await refused(cloud.account)
    assert (type(error), error.code, error.detail) == (PhotoError, "not-this-page", WRONG_SIDE)
    assert [side for _, side in cloud.calls] == ["FRONT", "DOUBLE"]


@pytest.mark.parametrize(
    "code", ["FailedOperation.NoVehicleLicenseError", "FailedOperation.OcrFailed"]
)
async def test_no_other_failure_costs_a_second_call(cloud: Cloud, code: str) -> None:
    """Where the photo shows no vehicle licence, both sides would not help either."""
    cloud.answers = [failure(code)]
    await refused(cloud.account)
    assert len(cloud.calls) == 1


async def test_a_driving_licence_has_no_second_try(cloud: Cloud) -> None:
    """Both of its sides were asked for already."""
    cloud.answers = [failure(WRONG_SIDE)]
    error = await refused(cloud.account, page=DRIVING)
    assert error.code == "not-this-page"
    assert len(cloud.calls) == 1


# Answers that are none


@pytest.mark.parametrize(
    ("answer", "code", "detail"),
    [
        (HTMLResponse("<h1>Bad Gateway</h1>", 502), "provider-failed", "HTTP 502"),
        (HTMLResponse("<h1>Slow down</h1>", 429), "busy", "HTTP 429"),
        (HTMLResponse("<h1>Welcome</h1>"), "unintelligible", "HTTP 200"),
        (PlainTextResponse(""), "unintelligible", "HTTP 200"),
        (Response('{"Response": {"FrontI'), "unintelligible", "HTTP 200"),
        (Response(status_code=302, headers={"location": "/"}), "unintelligible", "HTTP 302"),
        (Response(b"\x00\xff" * 100), "unintelligible", "HTTP 200"),
        (
            Response(str(sample("vehicle-front")), headers={"content-encoding": "gzip"}),
            "unintelligible",
            "HTTP 200",
        ),
    ],
)
async def test_an_answer_that_is_none(
    cloud: Cloud, answer: Response, code: str, detail: str
) -> None:
    """Pages of gateways, half an answer, redirects, floods: the provider is at fault."""
    cloud.answers = [answer]
    error = await refused(cloud.account)
    assert (type(error), error.code, error.detail) == (ProviderError, code, detail)
    assert len(cloud.calls) == 1
