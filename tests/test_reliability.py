"""The page about reliability: what it tells an owner to look at is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.metrics import PREFIX, Metrics
from bot.settings import Settings, paths, variable

PAGE = Path(__file__).parents[1] / "docs" / "reliability.md"
TEXT = PAGE.read_text("utf-8")


@pytest.mark.parametrize("name", sorted(set(re.findall(rf"{PREFIX}\w+", TEXT))))
def test_every_metric_exists(name: str) -> None:
    """An alert on another name would never ring."""
    assert name in Metrics().names()


def test_every_setting_exists() -> None:
    """Those that the page names are settings of the bot."""
    known = {variable(*path) for path in paths(Settings)}
    assert set(re.findall(r"BOT_\w+", TEXT)) <= known


@pytest.mark.parametrize("path", re.findall(r"\]\((?!https?:)([^)#]+)\)", TEXT))
def test_every_link_leads_somewhere(path: str) -> None:
    """Pages that it points to exist."""
    assert (PAGE.parent / path).exists()
