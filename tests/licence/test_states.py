"""What an electronic licence says of its own state."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.licence.documents import DocumentType, FieldName
from bot.licence.recognition import Field, Recognition
from bot.licence.states import State, read_state

DRIVING = DocumentType.DRIVING_LICENCE
VEHICLE = DocumentType.VEHICLE_LICENCE


def state(text: str, page: DocumentType = DRIVING) -> State | None:
    """The state of a page with that text."""
    return read_state(Recognition(page, (Field(FieldName.STATE, text, text),), "test"))


@pytest.mark.parametrize("page", DocumentType)
@pytest.mark.parametrize(
    "text", ["", "--", "正常", " 正 常 ", "状态:正常", "机动车状态：正常", "驾驶证状态正常。"]
)
def test_the_normal_state_is_none(page: DocumentType, text: str) -> None:
    """There is nothing to tell."""
    assert state(text, page) is None


@pytest.mark.parametrize(
    "text",
    [
        *("超分", "暂扣", "扣留", "扣押", "停止使用", "撤销", "吊销", "注销", "注销可恢复"),
        *("逾期未换证", "逾期未审验", "延期换证", "延期审验", "延期体检"),
        *("超分、暂扣", "违法未处理,超分", "正常 注销"),
    ],
)
def test_a_driver_may_not_drive_in_it(text: str) -> None:
    """One such word among several is enough."""
    found = state(text)
    assert found is not None
    assert found.bars


@pytest.mark.parametrize(
    "text",
    [
        "转出",
        "违法未处理",
        "事故未处理",
        "锁定",
        "协查",
        "逾期未体检",
        "其他",
        "正带",
        "非正常",
        "****",
    ],
)
def test_a_driver_may_drive_in_it(text: str) -> None:
    """Something is open, or the word is not known: it is told, and nothing is concluded."""
    assert state(text) == State(text, bars=False)


@pytest.mark.parametrize(
    ("text", "bars"),
    [
        ("停驶", True),
        ("注销", True),
        ("强制注销", True),
        ("暂扣", True),
        ("扣留", True),
        ("达到报废标准", True),
        ("达到报废标准公告牌证作废", True),
        ("逾期未检验", True),
        ("违法未处理、逾期未检验", True),
        ("转出", False),
        ("被盗抢", False),
        ("违法未处理", False),
        ("海关监管", False),
        ("事故未处理", False),
        ("嫌疑车", False),
        ("查封", False),
        ("事故逃逸", False),
        ("锁定", False),
        ("抵押", False),
        ("超分", False),
    ],
)
def test_a_vehicle_has_states_of_its_own(text: str, bars: bool) -> None:
    """Points belong to a driver, scrapping to a vehicle."""
    assert state(text, VEHICLE) == State(text, bars)


def test_a_licence_without_a_state_has_none() -> None:
    """Paper carries none."""
    assert read_state(Recognition(DRIVING, (), "test")) is None


def test_a_back_page_has_no_state() -> None:
    """The words stand on the front alone."""
    assert state("注销", DocumentType.VEHICLE_LICENCE_BACK) is None


@given(st.text(), st.sampled_from([DRIVING, VEHICLE]))
def test_no_text_makes_it_raise(text: str, page: DocumentType) -> None:
    """And none that is not normal is passed over."""
    found = state(text, page)
    assert found is not None or "正常" in text or set("".join(text.split())) <= {"-"}
