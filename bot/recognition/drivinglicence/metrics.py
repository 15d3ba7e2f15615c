"""What a monitor may know of the engine: counts and seconds, nothing of any photo or caller."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from bot.recognition.drivinglicence.admission import Admission

Stage = Literal["receive", "fetch", "wait", "decode", "recognise"]

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"

_BUCKETS: Final = (0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60)  # seconds


class Metrics:
    """Counters of one engine, in a registry of their own.

    Args:
        admission: who is inside; asked whenever somebody looks.
    """

    def __init__(self, admission: Admission) -> None:
        self._registry = CollectorRegistry()
        self._answers = Counter(
            "licence_engine_requests",
            "Requests by the code of their answer; gone: the caller hung up.",
            ["code"],
            registry=self._registry,
        )
        self._seconds = Histogram(
            "licence_engine_stage_seconds",
            "Seconds that a stage of a request took.",
            ["stage"],
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self._gauge("in_flight", "Photos being read now.", lambda: admission.reading)
        self._gauge("waiting", "Requests let in that wait.", lambda: admission.waiting)

    def _gauge(self, name: str, text: str, value: Callable[[], float]) -> None:
        Gauge(f"licence_engine_{name}", text, registry=self._registry).set_function(value)

    def answered(self, code: int | Literal["gone"]) -> None:
        """Count an answer."""
        self._answers.labels(str(code)).inc()

    def stage(self, stage: Stage) -> AbstractContextManager[object]:
        """Time the block, also when it fails."""
        return self._seconds.labels(stage).time()

    def render(self) -> bytes:
        """Everything in Prometheus' text format."""
        return generate_latest(self._registry)
