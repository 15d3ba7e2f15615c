"""Specimens: photos with the truth beside them, and the words in which the truth is told."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bot.licence.documents import DocumentType, FieldName

if TYPE_CHECKING:
    from collections.abc import Mapping

SPECIMENS: Final = Path(__file__).parents[1] / "specimens"
FLOORS: Final = {"clean": 1.0, "good": 1.0, "hard": 0.96}
"""Shares of exact fields of these specimens, by level, below which some stage is broken."""

LEVELS: Final = tuple(FLOORS)
PAGES: Final = {
    "dl": DocumentType.DRIVING_LICENCE,
    "vl": DocumentType.VEHICLE_LICENCE,
    "vb": DocumentType.VEHICLE_LICENCE_BACK,
}
NAMES: Final = {
    "证号": FieldName.LICENCE_NUMBER,
    "姓名": FieldName.NAME,
    "性别": FieldName.SEX,
    "国籍": FieldName.NATIONALITY,
    "住址": FieldName.ADDRESS,
    "出生日期": FieldName.DATE_OF_BIRTH,
    "领证日期": FieldName.FIRST_ISSUE_DATE,
    "准驾车型": FieldName.VEHICLE_CLASSES,
    "起始日期": FieldName.VALID_FROM,
    "有效日期": FieldName.VALID_UNTIL,
    "号牌号码": FieldName.PLATE_NUMBER,
    "车辆类型": FieldName.VEHICLE_TYPE,
    "所有人": FieldName.OWNER,
    "使用性质": FieldName.USE_CHARACTER,
    "品牌型号": FieldName.MODEL,
    "识别代码": FieldName.VIN,
    "发动机号": FieldName.ENGINE_NUMBER,
    "注册日期": FieldName.REGISTER_DATE,
    "发证日期": FieldName.ISSUE_DATE,
    "档案编号": FieldName.FILE_NUMBER,
    "核定载人数": FieldName.SEATING_CAPACITY,
    "总质量": FieldName.GROSS_MASS,
    "整备质量": FieldName.KERB_MASS,
    "核定载质量": FieldName.RATED_LOAD,
    "外廓尺寸": FieldName.DIMENSIONS,
    "准牵引总质量": FieldName.TOWED_MASS,
    "备注": FieldName.REMARKS,
    "检验记录": FieldName.INSPECTION_RECORD,
}
MARKS: Final = {"红章": FieldName.ISSUING_AUTHORITY, "条码": FieldName.BARCODE_NUMBER}


def pages_of(truth: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The truth about each page in a photo, most of which show one."""
    return [{"level": truth["level"], **page} for page in truth.get("pages") or [truth]]
