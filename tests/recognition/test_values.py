"""The provider's texts in the normal forms of this program."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ProviderError
from bot.licence.dates import parse_date, parse_months
from bot.recognition import values
from bot.recognition.embedded.normalisation import half_width
from bot.recognition.embedded.normalisation import normalise as embedded

if TYPE_CHECKING:
    from collections.abc import Callable

RULES = (
    *(values.solid, values.spaced, values.person, values.code, values.number, values.engine),
    *(values.model, values.date, values.until, values.month, values.moment, values.mass),
    *(values.seats, values.dimensions),
)


@pytest.mark.parametrize(
    ("rule", "raw", "value"),
    [
        (values.solid, " 非 营运\n", "非营运"),
        (values.spaced, "保险凭证号  1，\n作废", "保险凭证号 1, 作废"),
        (values.person, "买买提•艾力", "买买提·艾力"),
        (values.code, "沪A·A1234", "沪AA1234"),
        (values.code, "１３０７２*****３４５", "13072*****345"),
        (values.code, "c1 d", "C1D"),
        (values.number, "a00-00476807", "A00-00476807"),
        (values.engine, "ea211  8b54321", "EA211 8B54321"),
        (values.model, "别克牌SGM7151—LAAA", "别克牌SGM7151-LAAA"),
        (values.date, "2011-10-10", "2011-10-10"),
        (values.date, "2024年1月7日", "2024-01-07"),
        (values.date, "2024-02-31", "2024-02-31"),
        (values.until, "2025-10-01", "2025-10-01"),
        (values.until, "6年", "6年"),
        (values.until, "10 年", "10年"),
        (values.until, "长期", "长期"),
        (values.until, "2016-06-21至2022-06-21", "2022-06-21"),
        (values.until, "2016-06-21至长期", "长期"),
        (values.month, "2025年09月", "2025-09"),
        (values.month, "2025-09-30", "2025-09-30"),
        (values.month, "无", "无"),
        (values.moment, "2025年07月08日12:14:53", "2025-07-08 12:14:53"),
        (values.moment, "2025-07-08 12：14", "2025-07-08 12:14"),
        (values.moment, "2024年08月27日", "2024-08-27"),
        (values.moment, "12:14:53", "12:14:53"),
        (values.mass, "2085 KG", "2085kg"),
        (values.mass, "不详", "不详"),
        (values.seats, "5", "5人"),
        (values.seats, "驾驶室(共):3人", "驾驶室(共):3人"),
        (values.dimensions, "4667x1839*1694", "4667×1839×1694mm"),
        (values.dimensions, "不详", "不详"),
    ],
)
def test_a_text_takes_its_form(rule: Callable[[str], str], raw: str, value: str) -> None:
    """One width, one form of dates and measures; what has not the form stays a text."""
    assert values.normalise(rule, raw) == value


@pytest.mark.parametrize(
    ("rule", "raw", "value"),
    [
        (values.mass, "1,495kg", "1495kg"),
        (values.mass, "1，495 KG", "1495kg"),
        (values.mass, "1.495kg", "1495kg"),
        (values.mass, "1 495 kg", "1495kg"),
        (values.mass, "12,345,678kg", "12345678kg"),
        (values.dimensions, "4 667×1 839×1 694 mm", "4667×1839×1694mm"),
        (values.until, "有效期限：2016-06-21至2022-06-21", "2022-06-21"),
        (values.until, "2016年6月21日起至2022年6月21日", "2022-06-21"),
        (values.until, "2016.06.21—2022.06.21", "2022-06-21"),
        (values.until, "2016-06-21起6年", "6年"),
        (values.until, "有效期至2022-06-21", "2022-06-21"),
        (values.until, "长期有效", "长期"),
        (values.moment, "2025-7-8T9:05", "2025-07-08 9:05"),
    ],
)
def test_a_form_may_be_printed_in_several_ways(
    rule: Callable[[str], str], raw: str, value: str
) -> None:
    """Signs and blanks between thousands go, and so does the beginning of a term before its end."""
    assert values.normalise(rule, raw) == value


@pytest.mark.parametrize(
    ("rule", "raw"),
    [
        *((values.mass, f"{raw}kg") for raw in ("1,49", "14,95", "1,495.000", "0.495", "1,4,95")),
        *((values.mass, raw) for raw in ("2025kg1610kg", "总质量2025kg", "2025kg(含)", "1*95kg")),
        (values.mass, "1,495"),
        (values.seats, "5人3人"),
        (values.dimensions, "124667×1839×1694mm"),
        (values.dimensions, "4667×1839×169412mm"),
        (values.dimensions, "4667×1839×1694×12mm"),
        (values.dimensions, "4667*×1839×1694mm"),
        (values.dimensions, "4.667×1.839×1.694m"),
        (values.date, "2014-12-252020-12-25"),
        (values.date, "2014-12-25(换)"),
        (values.date, "2014-12-25*"),
        (values.until, "2027-01-01长期"),
        (values.until, "6年10年"),
        (values.until, "06年至"),
        (values.until, "2016-06-21至"),
        (values.until, "2016-06-**至2022-06-21"),
        (values.until, "2016-06-21注销2022-06-21"),
        (values.until, "2016-01-01至2017-01-01至2018-01-01"),
        (values.month, "2025年09月2026年09月"),
        (values.month, "2026年07月沪C(15)"),
        (values.moment, "2025-07-08 12:14 13:15"),
        (values.moment, "2025-07-112:14"),
        (values.moment, "2025-07-08 12:14:5"),
        (values.code, "4403••••1408"),
        (values.code, "4403----1408"),
        (values.code, "4403?1408"),
        (values.code, "4403●1408"),
    ],
)
def test_a_part_never_stands_for_the_whole(rule: Callable[[str], str], raw: str) -> None:
    """What a form does not cover is not cut off: a value that looks right and is not is worst."""
    assert values.normalise(rule, raw) == raw


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("raw", ["-", "--", "——", " － - ", "−−"])
def test_printed_dashes_are_two(rule: Callable[[str], str], raw: str) -> None:
    """Dashes say that there is nothing to print; that is a value."""
    assert values.normalise(rule, raw) == "--"


@pytest.mark.parametrize(
    ("kind", "rule", "raw"),
    [
        ("identity", values.code, "４４０５２４１９８７０１０１００１４"),
        ("name", values.person, "买买提•艾力"),
        ("sex", values.solid, "男"),
        ("nationality", values.solid, "中 国"),
        ("address", values.solid, "上海市徐汇区田林路397号 腾云大厦6F"),
        ("date", values.date, "1987年1月1日"),
        ("date", values.date, "19870101"),
        ("until", values.until, "6 年"),
        ("until", values.until, "长期"),
        ("classes", values.code, "A1A2D"),
        ("plate", values.code, "沪A·A1234"),
        ("ideographs", values.solid, "小型 轿车"),
        ("use", values.solid, "非营运"),
        ("owner", values.solid, "某某（上海）有限公司"),
        ("model", values.model, "别克牌SGM7151—LAAA"),
        ("vin", values.code, "lsvaa4182e2123456"),
        ("engine", values.engine, "ea211  8b54321"),
        ("file", values.number, "a00-00476807"),
        ("seats", values.seats, "5"),
        ("mass", values.mass, "1610 kg"),
        ("dimensions", values.dimensions, "4667X1839X1694"),
        ("remarks", values.spaced, "保险凭证号  1"),
        ("record", values.solid, "检验有效期至2019年11月粤E（01） 汽油"),
        ("mass", values.mass, "——"),
    ],
)
def test_forms_are_those_of_the_embedded_recogniser(
    kind: str, rule: Callable[[str], str], raw: str
) -> None:
    """Whoever reads a page, the same print gives the same value."""
    assert values.normalise(rule, raw) == embedded(kind, raw)


@given(st.dates(), st.sampled_from(["%Y-%m-%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d"]))
def test_every_date_of_these_centuries_takes_its_form(day: object, form: str) -> None:
    """Dates are those that the rules of validity read."""
    raw = f"{day:{form}}"
    expected = parse_date(raw)
    assert values.date(raw) == (expected.isoformat() if expected else raw)
    if expected and expected.year >= 2000:
        assert parse_months(values.month(f"{day:%Y年%m月}"))[0].month == expected.month


PIECES = st.sampled_from(
    [
        *(
            "2024",
            "2016-06-21",
            "1",
            "07",
            "31",
            "0",
            "495",
            "4667",
            "20240107",
            "5",
            "12:14",
            "９",
        ),
        *("年", "月", "日", "-", ".", "/", ":", ",", "，", " ", "*", "×", "x", "•", "—", "~", "T"),
        *("kg", "KG", "mm", "人", "至", "起", "长期", "有效期", "粤B", "汽油"),
    ]
)
PRINTS = st.text() | st.lists(PIECES, max_size=12).map("".join)
DATES = {values.date, values.until, values.month, values.moment}
DAY = r"\d{4}-\d\d-\d\d"
FORMS: dict[Callable[[str], str], str] = {
    values.date: DAY,
    values.until: rf"{DAY}|\d{{1,2}}年|长期",
    values.month: rf"\d{{4}}-\d\d|{DAY}",
    values.moment: rf"{DAY}( \d{{1,2}}:\d\d(:\d\d)?)?",
    values.mass: r"\d+kg",
    values.seats: r"\d+人",
    values.dimensions: r"(\d+×){2}\d+mm",
}


def digits(text: str) -> str:
    """The digits of a text in their order."""
    return "".join(str(int(c)) for c in text if c.isdecimal())


@given(st.sampled_from(RULES), PRINTS)
def test_no_digit_is_lost_or_made_up(rule: Callable[[str], str], raw: str) -> None:
    """But for two: a month or day of one digit gets a zero; an end goes without its beginning."""
    value = values.normalise(rule, raw)
    if rule not in DATES:
        assert digits(value) == digits(raw)
        return
    beginning = r"(\d{6,8})?" if rule is values.until else ""
    unpadded = "0?".join(map(digits, value.split("-0")))
    assert re.fullmatch(beginning + unpadded, digits(raw))


def looks(text: str) -> str:
    """A text as it looks in one width and case, with one dash and one dot."""
    return values.solid(half_width(text)).upper().replace("•", "·").replace("—", "-")


@given(st.sampled_from(RULES), PRINTS)
def test_a_value_has_the_form_or_is_the_text(rule: Callable[[str], str], raw: str) -> None:
    """There is nothing between: no sign goes either, but for those that part a code."""
    value = values.normalise(rule, raw)
    if value == "--" or re.fullmatch(FORMS.get(rule, r"\Z."), value):
        return
    gone = f"[{values._JOINTS}]" if rule is values.code else r"\Z."
    assert re.sub(gone, "", looks(value)) == re.sub(gone, "", looks(raw))


@given(st.sampled_from(RULES), PRINTS | st.from_regex(r"[\d年月日:*-]{0,20}"))
def test_no_text_breaks_a_rule(rule: Callable[[str], str], raw: str) -> None:
    """Every text has a value, one that can be written, and giving it form again changes nothing."""
    value = values.normalise(rule, values.visible(raw))
    value.encode()
    assert values.normalise(rule, value) == value


def test_a_long_row_of_dashes_is_read_at_once() -> None:
    """No text makes the search for dashes take long."""
    raw = "- " * 5000 + "x"
    assert values.normalise(values.solid, raw) == "-" * 5000 + "x"


def test_what_nobody_sees_is_left_out() -> None:
    """Controls, marks of direction and half characters would break messages or hide in them."""
    assert values.visible("\x00李\u200b\u202e明\ud800 \n") == "李明"


@pytest.mark.parametrize(
    ("said", "text"),
    [
        *(("", ""), (None, ""), ("--", "--"), (" 5人", " 5人")),
        *((0, "0"), (5, "5"), (110101199003070011, "110101199003070011"), (1.5, "1.5")),
    ],
)
def test_a_number_may_stand_for_a_text(said: object, text: str) -> None:
    """In JSON `5` says no less than `"5"`; null says nothing, which is not the dashes of a page."""
    assert values.text_of(said) == text


@pytest.mark.parametrize("said", [True, False, [], ["5"], {}, float("nan"), float("-inf")])
def test_what_is_no_text_is_unintelligible(said: object) -> None:
    """Nobody can say what stood there, so the error repeats nothing of it either."""
    with pytest.raises(ProviderError) as caught:
        values.text_of(said)
    assert caught.value.code == "unintelligible"
    assert str(said) not in caught.value.detail
