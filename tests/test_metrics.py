"""What a monitor may know of the bot."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from prometheus_client import REGISTRY

from bot.metrics import PREFIX, Metrics

ROOT = Path(__file__).parents[1]
DASHBOARD = json.loads((ROOT / "docs" / "grafana.json").read_text("utf-8"))
QUERIES = [target["expr"] for panel in DASHBOARD["panels"] for target in panel.get("targets", ())]
LABELS = {
    *("kind", "status", "document_type", "code", "provider", "stage", "error", "reason", "state"),
    "result",
    "le",
}


def test_each_bot_counts_for_itself() -> None:
    """In a registry of its own, and not in that of the process."""
    one, other = Metrics(), Metrics()
    one.updates.labels("photo").inc()
    assert one.value("updates_total", kind="photo") == 1
    assert other.value("updates_total", kind="photo") == 0
    assert not any(family.name.startswith(PREFIX) for family in REGISTRY.collect())


def test_a_stage_is_timed_also_when_it_fails() -> None:
    """What fails takes its time, too."""
    metrics = Metrics()

    def fail() -> None:
        with metrics.stage("download"):
            raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        fail()
    assert metrics.value("stage_seconds_count", stage="download") == 1
    assert b'licence_bot_stage_seconds_count{stage="download"} 1.0' in metrics.render()


def test_every_series_is_named_as_prometheus_does() -> None:
    """Counters end in _total, and what has not begun has a name already."""
    names = Metrics().names()
    assert {f"{PREFIX}updates_total", f"{PREFIX}stage_seconds_bucket"} <= names
    assert f"{PREFIX}queue_depth" in names


@pytest.mark.parametrize("query", QUERIES)
def test_the_dashboard_asks_for_what_there_is(query: str) -> None:
    """Every series in it exists, and so does every label."""
    series = set(re.findall(rf"{PREFIX}\w+", query))
    assert series
    assert series <= Metrics().names()
    by = {label for group in re.findall(r"by \(([^)]+)\)", query) for label in group.split(", ")}
    filters = set(re.findall(r"(\w+)=~?\"", query)) - {"instance"}
    assert by | filters <= LABELS


def test_the_dashboard_shows_everything() -> None:
    """No series is counted that nobody can see, and no two panels lie on one another."""
    shown = {name for query in QUERIES for name in re.findall(rf"{PREFIX}\w+", query)}
    shown = {re.sub(r"_(total|bucket|sum|count)$", "", name) for name in shown}
    counted = {re.sub(r"_(total|bucket|sum|count|created)$", "", n) for n in Metrics().names()}
    assert counted == shown
    places = [tuple(panel["gridPos"].values()) for panel in DASHBOARD["panels"]]
    assert len(set(places)) == len(places)
    assert len({panel["id"] for panel in DASHBOARD["panels"]}) == len(places)
