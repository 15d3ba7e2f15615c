"""Pages printed by another form than the template's: captions lead to their values."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageDraw, ImageFont

from bot.licence.documents import DocumentType, FieldName
from bot.recognition.embedded import pipeline
from bot.recognition.photo import Photo

if TYPE_CHECKING:
    from bot.recognition.embedded.models import Models

FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
MM = 12  # pixels
F = FieldName

# Caption, its x; the value, its x; y of both: millimetres as on the sample pages that cloud
# services publish, where 使用性质 and 品牌型号 stand elsewhere than in the template.
VEHICLE = {
    F.PLATE_NUMBER: ("号牌号码", 3.5, "粤B8K7T2", 16.9, 12.6),
    F.VEHICLE_TYPE: ("车辆类型", 43, "小型轿车", 55.4, 13.1),
    F.OWNER: ("所有人", 3.5, "李小明", 16.7, 19.2),
    F.ADDRESS: ("住址", 3.5, "广东省深圳市南山区科技园路88号3栋2单元501室", 16.7, 27),
    F.USE_CHARACTER: ("使用性质", 3.5, "非营运", 16.7, 33.9),
    F.MODEL: ("品牌型号", 33.5, "大众汽车牌SVW71810BU", 46.6, 34.3),
    F.VIN: ("车辆识别代号", 27, "LBEHDAEB58Y038860", 44, 41.7),
    F.ENGINE_NUMBER: ("发动机号码", 27, "A1234567", 41.4, 48.6),
    F.REGISTER_DATE: ("注册日期", 24.5, "2016-03-02", 36, 55.5),
    F.ISSUE_DATE: ("发证日期", 55.5, "2018-09-11", 67, 56.3),
}


def drawn() -> Photo:
    """The page as a flat picture."""
    image = Image.new("RGB", (88 * MM, 60 * MM), (226, 240, 236))
    draw = ImageDraw.Draw(image)

    def write(text: str, x: float, y: float, size: float) -> None:
        font = ImageFont.truetype(str(FONT), round(size * MM))
        draw.text((x * MM, y * MM), text, (25, 35, 45), font, anchor="lm")

    write("中华人民共和国机动车行驶证", 16, 6.5, 4.2)
    for caption, caption_x, value, x, y in VEHICLE.values():
        write(caption, caption_x, y, 2.6)
        write(value, x, y, 3)
    return Photo(image, image.width, image.height)


@pytest.mark.skipif(not FONT.exists(), reason="needs the Noto Sans CJK fonts")
def test_values_are_found_beside_captions_that_stand_elsewhere(loaded: Models) -> None:
    """All fields of a vehicle licence of another print are right."""
    read = pipeline.read(loaded, drawn(), DocumentType.VEHICLE_LICENCE).fields

    assert {f.name: f.value for f in read} == {n: row[2] for n, row in VEHICLE.items()}
