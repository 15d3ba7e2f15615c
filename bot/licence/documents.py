"""The three pages and the fields printed on each."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


class DocumentType(IntEnum):
    """A page; the number is the `type` of Tencent Cloud's `drivinglicence` API."""

    VEHICLE_LICENCE = 0
    DRIVING_LICENCE = 1
    VEHICLE_LICENCE_BACK = 2

    @property
    def slug(self) -> str:
        """The name in JSON and in message ids' variables, e.g. `driving_licence`."""
        return self.name.lower()


class FieldName(StrEnum):
    """One canonical name for each printed field; every provider maps its own names to these."""

    # driving licence
    LICENCE_NUMBER = "licence_number"  # 证号
    NAME = "name"  # 姓名
    SEX = "sex"  # 性别
    NATIONALITY = "nationality"  # 国籍
    ADDRESS = "address"  # 住址, on the vehicle licence too
    DATE_OF_BIRTH = "date_of_birth"  # 出生日期
    FIRST_ISSUE_DATE = "first_issue_date"  # 初次领证日期
    VEHICLE_CLASSES = "vehicle_classes"  # 准驾车型
    VALID_FROM = "valid_from"  # 有效期限, the first day
    VALID_UNTIL = "valid_until"  # 有效期限, the last day, or 6年, 10年, 长期
    ISSUING_AUTHORITY = "issuing_authority"  # the seal, on the vehicle licence too
    FILE_NUMBER = "file_number"  # 档案编号, on the vehicle licence's back too
    RECORD = "record"  # 记录

    # vehicle licence
    PLATE_NUMBER = "plate_number"  # 号牌号码, on the back too
    VEHICLE_TYPE = "vehicle_type"  # 车辆类型
    OWNER = "owner"  # 所有人
    USE_CHARACTER = "use_character"  # 使用性质
    MODEL = "model"  # 品牌型号
    VIN = "vin"  # 车辆识别代号
    ENGINE_NUMBER = "engine_number"  # 发动机号码
    REGISTER_DATE = "register_date"  # 注册日期
    ISSUE_DATE = "issue_date"  # 发证日期

    # vehicle licence, back page
    SEATING_CAPACITY = "seating_capacity"  # 核定载人数
    GROSS_MASS = "gross_mass"  # 总质量
    KERB_MASS = "kerb_mass"  # 整备质量
    RATED_LOAD = "rated_load"  # 核定载质量
    DIMENSIONS = "dimensions"  # 外廓尺寸
    TOWED_MASS = "towed_mass"  # 准牵引总质量
    REMARKS = "remarks"  # 备注
    INSPECTION_RECORD = "inspection_record"  # 检验记录
    BARCODE_NUMBER = "barcode_number"  # the number under the barcode
    FUEL_TYPE = "fuel_type"  # 燃料种类

    # electronic licences
    LICENCE_FORM = "licence_form"  # 电子 where it is an electronic one; printed nowhere
    STATE = "state"  # 状态
    PENALTY_POINTS = "penalty_points"  # 累积记分
    INSPECTION_VALID_UNTIL = "inspection_valid_until"  # 检验有效期, a month
    BODY_COLOUR = "body_colour"  # 车身颜色
    GENERATED_AT = "generated_at"  # 生成时间
    SHOWN_AT = "shown_at"  # 当前时间, on an electronic licence


_F = FieldName

PRINTED_FIELDS: Final[Mapping[DocumentType, tuple[FieldName, ...]]] = MappingProxyType(
    {
        DocumentType.DRIVING_LICENCE: (
            _F.LICENCE_NUMBER,
            _F.NAME,
            _F.SEX,
            _F.NATIONALITY,
            _F.ADDRESS,
            _F.DATE_OF_BIRTH,
            _F.FIRST_ISSUE_DATE,
            _F.VEHICLE_CLASSES,
            _F.VALID_FROM,
            _F.VALID_UNTIL,
            _F.ISSUING_AUTHORITY,
        ),
        DocumentType.VEHICLE_LICENCE: (
            _F.PLATE_NUMBER,
            _F.VEHICLE_TYPE,
            _F.OWNER,
            _F.ADDRESS,
            _F.USE_CHARACTER,
            _F.MODEL,
            _F.VIN,
            _F.ENGINE_NUMBER,
            _F.REGISTER_DATE,
            _F.ISSUE_DATE,
            _F.ISSUING_AUTHORITY,
        ),
        DocumentType.VEHICLE_LICENCE_BACK: (
            _F.PLATE_NUMBER,
            _F.FILE_NUMBER,
            _F.SEATING_CAPACITY,
            _F.GROSS_MASS,
            _F.KERB_MASS,
            _F.RATED_LOAD,
            _F.DIMENSIONS,
            _F.TOWED_MASS,
            _F.REMARKS,
            _F.INSPECTION_RECORD,
        ),
    }
)
"""The fields that each page always has, in the order in which they are printed."""

EXTRA_FIELDS: Final[Mapping[DocumentType, tuple[FieldName, ...]]] = MappingProxyType(
    {
        DocumentType.DRIVING_LICENCE: (
            _F.FILE_NUMBER,
            _F.RECORD,
            _F.LICENCE_FORM,
            _F.STATE,
            _F.PENALTY_POINTS,
            _F.GENERATED_AT,
            _F.SHOWN_AT,
        ),
        DocumentType.VEHICLE_LICENCE: (
            _F.LICENCE_FORM,
            _F.STATE,
            _F.INSPECTION_VALID_UNTIL,
            _F.GENERATED_AT,
        ),
        DocumentType.VEHICLE_LICENCE_BACK: (
            _F.BARCODE_NUMBER,
            _F.FUEL_TYPE,
            _F.BODY_COLOUR,
            _F.ADDRESS,
            _F.ISSUING_AUTHORITY,
        ),
    }
)
"""The fields that only some prints or some providers have."""


def fields_of(document_type: DocumentType) -> tuple[FieldName, ...]:
    """Every field a page can have, in the order in which an answer lists them."""
    return PRINTED_FIELDS[document_type] + EXTRA_FIELDS[document_type]
