"""Captions inside lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.recognition.embedded import captions

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.recognition.embedded.reading import Line

CAPTIONS = ("使用性质", "品牌型号", "总质量", "准牵引总质量", "住址")


@pytest.mark.parametrize(
    ("caption", "text", "span"),
    [
        ("住址", "住址北京", (0, 2)),
        ("性别", "证号 性 别男", (3, 6)),
        ("发动机号码", "发动杋号码P910", (0, 5)),
        ("发动机号码", "动机号码P910", (0, 4)),
        ("品牌型号", "货运品牌型 号福田", (2, 7)),
        ("准牵引总质量", "准牵弓总质量--", (0, 6)),
        ("住址", "佳址北京", None),
        ("注册日期", "该车登记", None),
        ("品牌型号", "", None),
    ],
)
def test_find(caption: str, text: str, span: tuple[int, int] | None) -> None:
    """Long captions are found with an error in them, short ones only without."""
    assert captions.find(caption, text) == span


@given(st.text(alphabet="甲乙丙12 ", max_size=8), st.text(alphabet="甲乙丙12 ", max_size=8))
def test_a_right_caption_is_found_anywhere(before: str, after: str) -> None:
    """Whatever stands around it, the caption's own characters are the span."""
    assert captions.find("品牌型号", f"{before}品牌型号{after}") == (len(before), len(before) + 4)


def test_a_merged_line_is_cut_at_every_caption(line: Callable[..., Line]) -> None:
    """Two captions and two values in one box become four parts at their own places."""
    merged = line("使用性质货运品牌型号福田牌X1", left=0, right=160)

    parted = captions.part([merged], CAPTIONS)

    assert sorted(caption.text for caption in parted.captions) == ["使用性质", "品牌型号"]
    assert [value.text for value in parted.values] == ["货运", "福田牌X1"]
    assert parted.values[0].quad[:, 0].tolist() == pytest.approx([43, 63, 63, 43], abs=4)


def test_the_longest_caption_wins(line: Callable[..., Line]) -> None:
    """准牵引总质量 holds 总质量 and is not that."""
    parted = captions.part([line("准牵引总质量--")], CAPTIONS)

    assert [caption.text for caption in parted.captions] == ["准牵引总质量"]
    assert [value.text for value in parted.values] == ["--"]


@pytest.mark.parametrize("text", ["Use Character", "use charactor", "Nane of", "VIN", "of China"])
def test_english_captions_are_dropped(line: Callable[..., Line], text: str) -> None:
    """Small English print is no value."""
    assert captions.part([line(text)], CAPTIONS, ["Use Character", "VIN"]).values == ()


@pytest.mark.parametrize("text", ["1500kg", "4620×1780×1498mm", "B4154T", "京A12345", "VINCENT"])
def test_values_are_not_taken_for_english(line: Callable[..., Line], text: str) -> None:
    """Units are small letters too, and values may resemble a short caption."""
    assert len(captions.part([line(text)], CAPTIONS, ["Use Character", "VIN"]).values) == 1


def test_unread_lines_are_dropped(line: Callable[..., Line]) -> None:
    """A box in which nothing was read is nothing."""
    assert captions.part([line("")], CAPTIONS).values == ()


def test_remains_of_a_caption_are_dropped_but_no_caption(line: Callable[..., Line]) -> None:
    """总质量 is the end of 准牵引总质量 and a caption of its own; 型号 is none."""
    lines = [line("总质量"), line("型号")]

    parted = captions.part(lines, ["准牵引总质量", "总质量", "品牌型号"])

    assert [caption.text for caption in parted.captions] == ["总质量"]
    assert parted.values == ()
