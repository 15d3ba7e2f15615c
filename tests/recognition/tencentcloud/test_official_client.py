"""The official client and ours at the same provider."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest

from bot.errors import ProviderError
from bot.licence.documents import DocumentType
from bot.recognition.tencentcloud import names
from bot.recognition.tencentcloud.client import TencentCloudRecogniser
from bot.recognition.values import RULES, normalise
from tests.recognition.tencentcloud.conftest import (
    failure,
    official_client,
    sample,
    sdk,
    shown,
    small_photo,
)

if TYPE_CHECKING:
    from tests.recognition.tencentcloud.conftest import Cloud

sdk("ocr")

DRIVING = DocumentType.DRIVING_LICENCE
VEHICLE = DocumentType.VEHICLE_LICENCE
BACK = DocumentType.VEHICLE_LICENCE_BACK


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The official client takes every proxy of the environment."""
    for variable in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(variable, raising=False)
        monkeypatch.delenv(variable.lower(), raising=False)


def official(cloud: Cloud, page: DocumentType, side: str) -> dict[str, Any]:
    """What the official client makes of the next answer."""
    client = official_client(cloud.account.host)
    action = "DriverLicenseOCR" if page is DRIVING else "VehicleLicenseOCR"
    request = getattr(sdk("ocr.v20181119.models"), f"{action}Request")()
    request.ImageBase64, request.CardSide = "/9j/", side
    try:
        found: dict[str, Any] = json.loads(getattr(client, action)(request).to_json_string())
    finally:
        client.request.conn._session.close()  # it never does so by itself
    return found


@pytest.mark.parametrize(
    ("name", "page", "side"),
    [
        ("vehicle-front", VEHICLE, "FRONT"),
        ("vehicle-back", BACK, "BACK"),
        ("driver-front-warned", DRIVING, "DOUBLE"),
        ("driver-front", DRIVING, "DOUBLE"),
        ("driver-back", DRIVING, "DOUBLE"),
    ],
)
async def test_both_read_the_same(cloud: Cloud, name: str, page: DocumentType, side: str) -> None:
    """Their requests are signed well for the same checker, and their values are the same."""
    cloud.answers = [sample(name)]
    theirs = await asyncio.to_thread(official, cloud, page, side)
    asked = TencentCloudRecogniser(cloud.account)
    ours = await asked.recognise(small_photo(), page)
    await asked.aclose()
    assert cloud.calls[0] == cloud.calls[1]
    tables = {
        DRIVING: (theirs, names.DRIVING_LICENCE),
        VEHICLE: (theirs.get("FrontInfo"), names.VEHICLE_LICENCE),
        BACK: (theirs.get("BackInfo"), names.VEHICLE_LICENCE_BACK),
    }
    part, table = tables[page]
    assert part is not None
    expected = {}
    for source in table:
        raw = next((part[key] for key in source.keys if part.get(key)), None)
        if raw:
            expected[source.name.value] = normalise(RULES[source.name], raw)
    assert shown(ours.fields) == expected
    assert ours.request_id == theirs["RequestId"]


async def test_both_meet_the_same_error(cloud: Cloud) -> None:
    """The code that the official client raises is the detail of our error."""
    exception = sdk("common.exception.tencent_cloud_sdk_exception").TencentCloudSDKException
    cloud.answers = [failure("FailedOperation.OcrFailed")]
    with pytest.raises(exception) as theirs:
        await asyncio.to_thread(official, cloud, VEHICLE, "FRONT")
    asked = TencentCloudRecogniser(cloud.account)
    with pytest.raises(ProviderError) as ours:
        await asked.recognise(small_photo(), VEHICLE)
    await asked.aclose()
    assert ours.value.detail == theirs.value.code
