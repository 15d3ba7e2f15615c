"""The first lines of an answer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat import rendering, verdicts
from bot.chat.languages import TAGS, language
from bot.licence.documents import DocumentType, FieldName
from bot.licence.recognition import Field, Recognition
from bot.licence.report import Policy, assess
from bot.playground.markup import parse_html
from bot.recognition.drivinglicence.wire import parse_reply

VEHICLE, DRIVING, BACK = DocumentType
TODAY = date(2026, 11, 22)
SAMPLES = Path(__file__).parents[1] / "recognition" / "drivinglicence" / "samples"
CAR = {"vehicle_type": "小型轿车", "use_character": "非营运", "register_date": "2023-05-14"}


def told(
    values: dict[str, str], page: DocumentType = DRIVING, tag: str = "en", today: date = TODAY
) -> list[str]:
    """The lines of the verdict on a page with those values, without markup."""
    fields = tuple(Field(FieldName(name), value, value) for name, value in values.items())
    report = assess(Recognition(page, fields, "test"), today, Policy())
    spoken = language(tag)
    lines = [*verdicts.lines(spoken, report), *verdicts.estimates(spoken, report)]
    return [rendering.plain_text(line) for line in lines]


SAMPLE_EXPIRED = {
    "en": "⛔ Expired 2020-12-25, 5 years ago",
    "zh-Hans": "⛔ 已于 2020-12-25 过期（5 年前）",
    "zh-Hant": "⛔ 已於 2020-12-25 過期（5 年前）",
}
SAMPLE_MEANS = {
    "en": (
        "It is no longer good for driving. After more than a year it may have been cancelled; "
        "check 交管12123. If so, the time in which the theory test (科目一) alone restores it "
        "ended around 2023-12-25, and by now it probably takes a new application."
    ),
    "zh-Hans": (
        "不能再凭此证驾车。过期已超过一年，可能已被注销，请在交管12123核实。"
        "如已注销，只考科目一就能恢复的期限大约到 2023-12-25 为止，现在多半要重新申领。"
    ),
    "zh-Hant": (
        "不能再憑此證駕車。過期已超過一年，可能已被註銷，請在交管12123核實。"
        "如已註銷，只考科目一就能恢復的期限大約到 2023-12-25 為止，現在多半要重新申領。"
    ),
}


@pytest.mark.parametrize("tag", TAGS)
def test_the_published_reply_is_told_as_the_law_has_it(tag: str) -> None:
    """From the bytes of the API's own example to what an agent reads."""
    reply = parse_reply((SAMPLES / "published.json").read_bytes(), 200, DRIVING)
    recognition = Recognition(DRIVING, reply.fields, "drivinglicence", reply.quality)
    answer = rendering.answer(language(tag), assess(recognition, TODAY, Policy()))
    first, _, rest = rendering.plain_text(answer.text).partition("\n\n")
    assert first.splitlines() == [SAMPLE_EXPIRED[tag], SAMPLE_MEANS[tag]]
    assert "342221199005033256" in rest


RENEWABLE = (
    "It is no longer good for driving. It can still be renewed until 2027-11-21; after that it may "
    "be cancelled."
)
RESTORABLE = (
    "It is no longer good for driving. After more than a year it may have been cancelled; check "
    "交管12123. If so, the theory test (科目一) restores it until about 2028-11-21; later it takes "
    "a new application."
)


@pytest.mark.parametrize(
    ("end", "lines"),
    [
        ("2026-11-21", ["⛔ Expired 2026-11-21, yesterday", RENEWABLE]),
        ("2025-11-21", ["⛔ Expired 2025-11-21, 12 months ago", RESTORABLE]),
        (
            "2027-02-20",
            [
                "⏳ Renewal due · ends 2027-02-20, in 12 weeks",
                "It can be renewed now; the last day still counts as valid.",
            ],
        ),
        (
            "2027-02-21",
            [
                "✅ Valid · ends 2027-02-21, in 13 weeks",
                "It can be renewed from 2026-11-23 on.",
            ],
        ),
        (
            "长期",
            ["✅ Valid · no end date (长期)", "It does not run out, so no renewal is due."],
        ),
        (
            "2030-12-25注销",
            [
                "❓ End date unclear",
                "I could not make out how long it is valid. Look at 有效期限 on the licence.",
            ],
        ),
    ],
)
def test_a_sign_a_word_a_date_and_what_to_do(end: str, lines: list[str]) -> None:
    """In this order, so that one look is enough."""
    assert told({"valid_until": end}) == lines


@pytest.mark.parametrize(("confidence", "mark"), [(0.89, True), (0.9, False), (None, False)])
def test_a_verdict_on_a_doubtful_date_is_marked(confidence: float | None, *, mark: bool) -> None:
    """A green sign alone would promise what nobody could read; a missing confidence is no doubt."""
    end = Field(FieldName.VALID_UNTIL, "2030-12-25", "", confidence)
    report = assess(Recognition(DRIVING, (end,), "test"), TODAY, Policy())
    first = next(verdicts.lines(language("en"), report))
    assert first.endswith("</b>\N{NO-BREAK SPACE}⚠️") is mark


def test_an_unclear_date_is_not_doubted_once_more() -> None:
    """Nothing is claimed, so that nothing can be wrong."""
    end = Field(FieldName.VALID_UNTIL, "2030-12-25注销", "", 0.1)
    report = assess(Recognition(DRIVING, (end,), "test"), TODAY, Policy())
    assert next(verdicts.lines(language("en"), report)) == "❓ <b>End date unclear</b>"
    assert "doubtful_verdict" not in {finding.code for finding in report.findings}


def test_a_window_that_is_open_is_not_announced() -> None:
    """Where an owner warns late, a valid licence may be renewed already."""
    fields = (Field(FieldName.VALID_UNTIL, "2027-01-31", ""),)
    report = assess(Recognition(DRIVING, fields, "test"), TODAY, Policy(expiring_days=30))
    first, second = verdicts.lines(language("en"), report)
    assert first.startswith("✅")
    assert second == "It can be renewed now; the last day still counts as valid."


def test_the_last_day_of_the_theory_test_is_still_one() -> None:
    """It turns on the day after, and not before."""
    values = {"valid_until": "2020-12-25"}
    assert "restores it until about 2023-12-25" in told(values, today=date(2023, 12, 25))[1]
    assert "ended around 2023-12-25" in told(values, today=date(2023, 12, 26))[1]


def test_a_state_that_forbids_driving_is_all_there_is_to_tell() -> None:
    """No green sign stands under a licence that is withheld."""
    first, second = told({"valid_until": "2030-12-25", "state": "暂扣"})
    assert first == "⛔ The holder may not drive · status 暂扣"
    assert second.startswith("The electronic licence says so itself")


def test_what_has_run_out_is_told_below_its_state() -> None:
    """What restores it is worth knowing all the same."""
    lines = told({"valid_until": "2024-12-25", "state": "注销可恢复"})
    assert [line[0] for line in lines] == ["⛔", "T", "⛔", "I"]
    assert "restores it until about 2027-12-25" in lines[3]


def test_any_other_state_is_told_first() -> None:
    """The licence holds, and something is open."""
    lines = told({"valid_until": "2030-12-25", "state": "违法未处理"})
    assert lines[0] == "⚠️ Status not normal · 违法未处理"
    assert lines[2] == "✅ Valid · ends 2030-12-25, in 4 years"


@pytest.mark.parametrize("tag", TAGS)
def test_a_barred_vehicle_has_no_estimates(tag: str) -> None:
    """Nobody asks for the next inspection of a vehicle that is written off."""
    lines = told(CAR | {"state": "达到报废标准"}, VEHICLE, tag)
    assert len(lines) == 2
    assert "达到报废标准" in lines[0]


def test_estimates_stand_under_a_line_that_calls_them_so() -> None:
    """Below the verdict, which is none."""
    lines = told(CAR, VEHICLE)
    assert lines[0] == "ℹ️ No end date on this page"
    assert lines[2].startswith("Estimated (推算)")
    inspection = "• next inspection, as a rule without a test, if none was missed: by 2027-05-31"
    assert lines[3:] == [f"{inspection}, in 6 months", "• no age limit for scrapping"]


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en", "• age limit for scrapping: 2011-05-14, 15 years ago"),
        ("zh-Hans", "• 使用年限：到 2011-05-14 为止（15 年前），期满强制报废"),
        ("zh-Hant", "• 使用年限：到 2011-05-14 為止（15 年前），期滿強制報廢"),
    ],
)
def test_an_age_limit_may_be_past(tag: str, expected: str) -> None:
    """The sentence holds in both directions."""
    taxi = CAR | {"use_character": "出租客运", "register_date": "2003-05-14"}
    assert told(taxi, VEHICLE, tag)[-1] == expected


@pytest.mark.parametrize(
    ("month", "first"),
    [
        ("2028-05", "✅ Inspection valid · ends 2028-05-31, in 18 months"),
        ("2026-12", "⏳ Inspection due · ends 2026-12-31, in 5 weeks"),
        ("2026-10", "⛔ Inspection expired 2026-10-31, 3 weeks ago"),
        ("****", "❓ Inspection date unclear"),
    ],
)
def test_an_electronic_vehicle_licence_has_a_verdict(month: str, first: str) -> None:
    """Its month is that of the register, so a past one is no mere lag of print."""
    lines = told(CAR | {"inspection_valid_until": month}, VEHICLE)
    assert lines[0] == first
    assert not any("next inspection," in line for line in lines)


def test_a_past_month_on_paper_is_only_a_caution() -> None:
    """The mark has been electronic for years."""
    first, second = told({"inspection_record": "检验有效期至2026年10月沪C"}, BACK)
    assert first.startswith("⚠️ Printed inspection date has passed · 2026-10-31")
    assert "交管12123" in second


@pytest.mark.parametrize(
    ("end", "today", "chinese"),
    [
        ("2027-06-22", date(2027, 6, 22), "（今天）"),
        ("2027-06-22", date(2027, 6, 21), "（明天）"),
        ("2027-06-22", date(2027, 6, 20), "（还有 2 天）"),
        ("2027-06-22", date(2027, 6, 9), "（还有 13 天）"),
        ("2027-06-22", date(2027, 6, 8), "（还有 2 周）"),
        ("2028-02-29", date(2027, 12, 1), "（还有 12 周）"),
        ("2028-02-29", date(2027, 11, 30), "（还有 3 个月）"),
        ("2027-06-22", date(2027, 6, 23), "（昨天）"),
        ("2027-06-22", date(2027, 7, 6), "（2 周前）"),
        ("2024-02-29", date(2026, 2, 27), "（23 个月前）"),
        ("2024-02-29", date(2026, 2, 28), "（2 年前）"),
    ],
)
def test_a_distance_is_said_as_people_say_it(end: str, today: date, chinese: str) -> None:
    """Today, tomorrow, yesterday, and never more than has passed."""
    assert told({"valid_until": end}, tag="zh-Hans", today=today)[0].endswith(chinese)


@given(
    st.sampled_from(DocumentType),
    st.sampled_from(TAGS),
    st.dictionaries(
        st.sampled_from([*CAR, "valid_from", "valid_until", "state", "inspection_record"]),
        st.text(max_size=300) | st.sampled_from(["长期", "2030-12-25", "暂扣", "2027年07月"]),
    ),
)
def test_whatever_was_read_can_be_told(
    page: DocumentType, tag: str, values: dict[str, str]
) -> None:
    """No text breaks a line, and a state is no longer than can be taken in."""
    fields = tuple(Field(FieldName(name), value, value) for name, value in values.items())
    report = assess(Recognition(page, fields, "test"), TODAY, Policy())
    spoken = language(tag)
    told = [*verdicts.lines(spoken, report), *verdicts.estimates(spoken, report)]
    lines = [parse_html(line).content for line in told]
    assert lines
    assert all(0 < len(line) <= 400 for line in lines)
