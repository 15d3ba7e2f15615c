"""The items of a reply and our fields, both ways: their names stand here and nowhere else.

A reply says for each item `{"item": name, "itemstring": text, "itemconf": number, "itemcoord":
{"x", "y", "width", "height"}}`. What real replies do beyond their page is met here: items in any
order, absent or blank; names that the page does not list; boxes that are none; two scales of
confidence; text of the neighbour glued on.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from bot.errors import ProviderError
from bot.licence.documents import DocumentType, FieldName, fields_of
from bot.licence.recognition import Box, Field
from bot.recognition import values
from bot.recognition.drivinglicence.fields_glue import parted, without_label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

DOUBTFUL: Final = 0.6
"""The most confidence that is left to a value from which a label was taken off."""

_LONGEST: Final = 1000  # characters; no page holds a longer text
_GREATEST: Final = 1e9  # no pixel lies beyond
_ROUNDING: Final = 0.001  # by which a confidence of 1 may be off and still be one of 0…1
_PERCENT: Final = 100
_NOWHERE: Final = (10, 10, 10, 10)  # x, y, width, height where a value was not located


class _Row(NamedTuple):
    """One field: the rule for its text, and its names; the first is written, all are read."""

    name: FieldName
    rule: Callable[[str], str]
    items: tuple[str, ...]


def _row(name: FieldName, rule: Callable[[str], str], *items: str) -> _Row:
    return _Row(name, rule, items)


_F = FieldName

# The API's own page lists the first ten and eleven items of the fronts. For the rest stand the
# names in known replies, and where there are none, the captions: our own engine may say them.
_ROWS: Final[Mapping[DocumentType, tuple[_Row, ...]]] = MappingProxyType(
    {
        DocumentType.VEHICLE_LICENCE: (
            _row(_F.PLATE_NUMBER, values.code, "车牌号码", "号牌号码"),
            _row(_F.VEHICLE_TYPE, values.solid, "车辆类型"),
            _row(_F.OWNER, values.solid, "所有人"),
            _row(_F.ADDRESS, values.solid, "住址"),
            _row(_F.USE_CHARACTER, values.solid, "使用性质"),
            _row(_F.MODEL, values.model, "品牌型号"),
            _row(_F.VIN, values.code, "识别代码", "车辆识别代号"),
            _row(_F.ENGINE_NUMBER, values.engine, "发动机号", "发动机号码"),
            _row(_F.REGISTER_DATE, values.date, "注册日期"),
            _row(_F.ISSUE_DATE, values.date, "发证日期"),
            _row(_F.ISSUING_AUTHORITY, values.solid, "红章", "发证单位"),
            _row(_F.STATE, values.solid, "状态"),
            _row(_F.INSPECTION_VALID_UNTIL, values.month, "检验有效期"),
            _row(_F.GENERATED_AT, values.moment, "生成时间"),
        ),
        DocumentType.DRIVING_LICENCE: (
            _row(_F.LICENCE_NUMBER, values.code, "证号"),
            _row(_F.NAME, values.person, "姓名"),
            _row(_F.SEX, values.solid, "性别"),
            _row(_F.NATIONALITY, values.solid, "国籍"),
            _row(_F.ADDRESS, values.solid, "住址"),
            _row(_F.DATE_OF_BIRTH, values.date, "出生日期"),
            _row(_F.FIRST_ISSUE_DATE, values.date, "领证日期", "初次领证日期"),
            _row(_F.VEHICLE_CLASSES, values.code, "准驾车型"),
            _row(_F.VALID_FROM, values.date, "起始日期"),
            _row(_F.VALID_UNTIL, values.until, "有效日期"),
            _row(_F.ISSUING_AUTHORITY, values.solid, "红章", "发证单位"),
            _row(_F.FILE_NUMBER, values.number, "档案编号"),
            _row(_F.RECORD, values.solid, "记录"),
            _row(_F.STATE, values.solid, "状态"),
            _row(_F.PENALTY_POINTS, values.solid, "累积记分"),
        ),
        DocumentType.VEHICLE_LICENCE_BACK: (
            _row(_F.PLATE_NUMBER, values.code, "号牌号码", "车牌号码"),
            _row(_F.FILE_NUMBER, values.number, "档案编号"),
            _row(_F.SEATING_CAPACITY, values.seats, "核定载人数"),
            _row(_F.GROSS_MASS, values.mass, "总质量"),
            _row(_F.KERB_MASS, values.mass, "整备质量"),
            _row(_F.RATED_LOAD, values.mass, "核定载质量"),
            _row(_F.DIMENSIONS, values.dimensions, "外廓尺寸"),
            _row(_F.TOWED_MASS, values.mass, "准牵引总质量"),
            _row(_F.REMARKS, values.spaced, "备注"),
            _row(_F.INSPECTION_RECORD, values.solid, "检验记录"),
            _row(_F.BARCODE_NUMBER, values.code, "证芯编号"),
            _row(_F.FUEL_TYPE, values.solid, "燃料种类"),
            _row(_F.BODY_COLOUR, values.solid, "车身颜色"),
            _row(_F.ADDRESS, values.solid, "住址"),
            _row(_F.ISSUING_AUTHORITY, values.solid, "红章", "发证单位"),
        ),
    }
)


class _Item(NamedTuple):
    name: str
    text: str
    confidence: float | None
    box: Box | None


def read_items(
    entries: Sequence[object], document_type: DocumentType, scale: float = 1.0
) -> tuple[Field, ...]:
    """The fields that the items of a reply say, in the order of the page; blank ones are left out.

    Args:
        entries: the items as they came.
        document_type: the page that was asked for.
        scale: pixels of the photo as it was sent to us for each pixel of the picture we sent on.

    Raises:
        ProviderError: `unintelligible`: something in an item has a wrong type.
    """
    items = _on_one_scale([_item(entry, scale) for entry in entries])
    found = (_best(row, items) for row in _ROWS[document_type])
    fields = {field.name: field for field in found if field}
    if owner := fields.get(FieldName.OWNER):
        fields[owner.name] = _unlabelled(owner)
    if record := fields.get(FieldName.INSPECTION_RECORD):
        fields = {field.name: field for field in _unglued(record)} | {
            name: field for name, field in fields.items() if name is not record.name
        }
    return tuple(fields[name] for name in fields_of(document_type) if name in fields)


def write_items(fields: Iterable[Field], document_type: DocumentType) -> list[dict[str, Any]]:
    """The items of a reply that says these fields, in the order of the API's page.

    What a page has not, a blank value, and that a value was derived cannot be said.
    """
    by_name = {field.name: field for field in fields if field.value}
    rows = ((row.items[0], by_name.get(row.name)) for row in _ROWS[document_type])
    return [_written(item, field) for item, field in rows if field]


def _written(item: str, field: Field) -> dict[str, Any]:
    box = field.box or Box(0, 0, 0, 0)  # the provider's own way to say that it has none
    entry: dict[str, Any] = {
        "item": item,
        "itemcoord": {"x": box.x, "y": box.y, "width": box.width, "height": box.height},
        "itemstring": field.value,
    }
    return entry if field.confidence is None else entry | {"itemconf": field.confidence}


def _best(row: _Row, items: Sequence[_Item]) -> Field | None:
    """The surest of all items that name this field; the page's own name goes first."""
    named = [item for name in row.items for item in items if item.name == name]
    read = (
        Field(row.name, value, item.text, item.confidence, item.box)
        for item in named
        if (value := values.normalise(row.rule, values.visible(item.text)))
    )
    return max(read, key=lambda field: field.confidence or 0.0, default=None)


def _unlabelled(owner: Field) -> Field:
    value = without_label(owner.value)
    if value == owner.value:
        return owner
    confidence = DOUBTFUL if owner.confidence is None else min(owner.confidence, DOUBTFUL)
    return replace(owner, value=value, confidence=confidence)  # a correction is never silent


def _unglued(record: Field) -> tuple[Field, ...]:
    value, fuel = parted(record.value)
    if not fuel:
        return (record,)
    derived = replace(record, name=FieldName.FUEL_TYPE, value=fuel, raw=fuel, derived=True)
    return (replace(record, value=value), derived)


def _on_one_scale(items: Sequence[_Item]) -> list[_Item]:
    """Confidences as 0…1: the page says 0…100, all known replies say 0…1."""
    greatest = max((item.confidence or 0.0 for item in items), default=0.0)
    divisor = _PERCENT if greatest > 1 + _ROUNDING else 1
    return [
        item
        if item.confidence is None
        else item._replace(confidence=min(max(item.confidence / divisor, 0.0), 1.0))
        for item in items
    ]


def _item(entry: object, scale: float) -> _Item:
    known = _object(entry)
    box = _box(_object(known.get("itemcoord")), scale)
    return _Item(_text(known, "item"), _text(known, "itemstring"), _number(known, "itemconf"), box)


def _box(coordinates: Mapping[str, object], scale: float) -> Box | None:
    numbers = [_number(coordinates, key) for key in ("x", "y", "width", "height")]
    x, y, width, height = (number or 0.0 for number in numbers)
    if None in numbers or min(width, height) <= 0 or (x, y, width, height) == _NOWHERE:
        return None
    return Box(*(round(number * scale) for number in (x, y, width, height)))


def _object(value: object) -> Mapping[str, object]:
    """What is absent has no keys."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise ProviderError("unintelligible", detail="an item or its place is no object")
    return value


def _text(entry: Mapping[str, object], key: str) -> str:
    value = entry.get(key)
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise ProviderError("unintelligible", detail=f"{key} is no short text")
    return value.encode("utf-8", "replace").decode()  # JSON can say half characters


def _number(entry: Mapping[str, object], key: str) -> float | None:
    value = entry.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ProviderError("unintelligible", detail=f"{key} is no number")
    if not abs(value) <= _GREATEST:  # nor is NaN
        raise ProviderError("unintelligible", detail=f"{key} is beyond reason")
    return float(value)
