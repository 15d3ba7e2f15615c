"""The items of a reply and our fields, both ways: their names stand here and nowhere else.

A reply says for each item `{"item": name, "itemstring": text, "itemconf": number, "itemcoord":
{"x", "y", "width", "height"}}`. What real replies do beyond their page is met here: items in any
order, absent or blank; names that the page does not list; boxes and confidences that are none; two
scales of confidence; text of the neighbour glued on.
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
        ProviderError: `unintelligible`: what an item of this page says is no short text. Whatever
            else is odd is passed over: an unknown item, a place or a confidence that is none.
    """
    items = _items(entries, _ROWS[document_type], scale)
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


def _items(entries: Sequence[object], rows: Sequence[_Row], scale: float) -> list[_Item]:
    """The items that the page has."""
    known = [name for row in rows for name in row.items]
    objects = [entry for entry in entries if isinstance(entry, dict)]
    divisor = _divisor(objects)
    return [_item(entry, divisor, scale) for entry in objects if entry.get("item") in known]


def _divisor(entries: Sequence[Mapping[str, object]]) -> int:
    """What brings confidences to 0…1: the page says 0…100, all known replies say 0…1."""
    # Unknown items count too, for the scale is the reply's. An odd one among them can only add
    # doubt; without them, a reply whose known items are all below 1 % would look sure of them.
    stated = (_confidence(entry) for entry in entries)
    greatest = max((number for number in stated if number is not None), default=0.0)
    return _PERCENT if greatest > 1 + _ROUNDING else 1


def _item(entry: Mapping[str, object], divisor: int, scale: float) -> _Item:
    stated = _confidence(entry)
    confidence = None if stated is None else min(max(stated / divisor, 0.0), 1.0)
    box = _box(entry.get("itemcoord"), scale)
    return _Item(str(entry["item"]), _text(entry), confidence, box)


def _text(entry: Mapping[str, object]) -> str:
    text = values.text_of(entry.get("itemstring"))
    if len(text) > _LONGEST:
        raise ProviderError("unintelligible", detail="an item says no short text")
    return text.encode("utf-8", "replace").decode()  # JSON can say half characters


def _confidence(entry: Mapping[str, object]) -> float | None:
    """On the reply's own scale; what is beyond both scales says nothing of how sure it is."""
    number = _number(entry.get("itemconf"))
    return None if number is None or number > _PERCENT + _ROUNDING else number


def _box(place: object, scale: float) -> Box | None:
    if not isinstance(place, dict):
        return None
    stated = (_number(place.get(key)) for key in ("x", "y", "width", "height"))
    numbers = tuple(number for number in stated if number is not None)
    if len(numbers) < len(_NOWHERE) or min(numbers[2:]) <= 0 or numbers == _NOWHERE:
        return None
    return Box(*(round(number * scale) for number in numbers))


def _number(said: object) -> float | None:
    """A number, also one that is written as a text."""
    if isinstance(said, bool) or not isinstance(said, int | float | str):
        return None
    try:
        number = float(said)
    except (ValueError, OverflowError):
        return None
    return number if abs(number) <= _GREATEST else None  # NaN is not
