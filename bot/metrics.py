"""What a monitor may know of the bot: counts and seconds, by codes; no id, no value, nobody.

Every label has a fixed, short list of values. `Metrics` has a registry of its own, so that a test
or a second bot in the same process begins at zero.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

Stage = Literal["download", "decode", "recognise", "render", "send"]

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
PREFIX: Final = "licence_bot_"

_BUCKETS: Final = (0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60)  # seconds


class Metrics:
    """Counters of one bot, in a registry of their own.

    Attributes:
        updates: stored, by what they are.
        repeated: updates that Telegram delivered once more and that were not stored again.
        answers: given, by the verdict's status and the document type.
        failures: answers that say why there is none, by code and document type.
        findings: told, by code.
        calls: of a provider, by the code of their outcome; `ok` where it read.
        recognition: seconds of a provider's call.
        stages: seconds of a stage of one photo.
        reminders: whose hour had come, by what became of them.
        dead: updates given up, by the name of the error's class.
        refused: what came to the webhook and was not taken, by reason.
        turned_away: updates that the gate did not let through, by reason.
        waits: how often Telegram asked us to wait (429).
        queue: updates in the store, by `todo` and `doing`.
        oldest: seconds since the oldest of them arrived.
        letters: dead letters in the store.
    """

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.updates = self._counter("updates", "Updates stored.", "kind")
        self.repeated = self._counter("updates_repeated", "Updates delivered once more.")
        self.answers = self._counter(
            "answers", "Answers by the verdict's status.", "status", "document_type"
        )
        self.failures = self._counter(
            "failures", "Answers that say why there is none.", "code", "document_type"
        )
        self.findings = self._counter("findings", "Findings told.", "code")
        self.calls = self._counter(
            "provider_calls", "Calls of a provider by their outcome.", "provider", "code"
        )
        self.recognition = self._histogram(
            "recognition_seconds", "Seconds of a provider's call.", "provider"
        )
        self.stages = self._histogram("stage_seconds", "Seconds of a stage of one photo.", "stage")
        self.reminders = self._counter(
            "reminders", "Reminders whose hour had come, by what became of them.", "result"
        )
        self.dead = self._counter("given_up", "Updates given up.", "error")
        self.refused = self._counter("webhook_refused", "Deliveries not taken.", "reason")
        self.turned_away = self._counter(
            "turned_away", "Updates that the gate did not let through.", "reason"
        )
        self.waits = self._counter("telegram_waits", "429s of Telegram.")
        self.queue = Gauge(
            f"{PREFIX}queue_depth", "Updates that wait.", ["state"], registry=self._registry
        )
        self.oldest = self._gauge("queue_oldest_seconds", "Age of the oldest update that waits.")
        self.letters = self._gauge("dead_letters", "Dead letters in the store.")

    def stage(self, stage: Stage) -> AbstractContextManager[object]:
        """Time the block, also when it fails."""
        return self.stages.labels(stage).time()

    def render(self) -> bytes:
        """Everything in Prometheus' text format."""
        return generate_latest(self._registry)

    def value(self, name: str, **labels: str) -> float:
        """What a series stands at; 0 where it has not begun. For whoever checks, not for code."""
        return self._registry.get_sample_value(f"{PREFIX}{name}", labels) or 0.0

    def names(self) -> frozenset[str]:
        """Every series' name, as a dashboard asks for it."""
        samples = (sample for family in self._registry.collect() for sample in family.samples)
        described = {
            f"{family.name}{end}"
            for family in self._registry.collect()
            for end in _ENDS.get(family.type, ("",))
        }
        return frozenset({sample.name for sample in samples} | described)

    def _counter(self, name: str, text: str, *labels: str) -> Counter:
        return Counter(f"{PREFIX}{name}", text, labels, registry=self._registry)

    def _gauge(self, name: str, text: str) -> Gauge:
        return Gauge(f"{PREFIX}{name}", text, registry=self._registry)

    def _histogram(self, name: str, text: str, *labels: str) -> Histogram:
        return Histogram(f"{PREFIX}{name}", text, labels, buckets=_BUCKETS, registry=self._registry)


_ENDS: Final = {"counter": ("_total",), "histogram": ("_bucket", "_sum", "_count")}
