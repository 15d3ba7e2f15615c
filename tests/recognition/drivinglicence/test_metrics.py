"""What a monitor may know."""

from __future__ import annotations

import pytest

from bot.recognition.drivinglicence.admission import Admission
from bot.recognition.drivinglicence.codes import Code
from bot.recognition.drivinglicence.metrics import Metrics


def test_answers_are_counted_by_code() -> None:
    """As the protocol's numbers, and one word for those who hung up."""
    metrics = Metrics(Admission(1, 1))
    for code in (Code.OK, Code.OK, Code.INTERNAL, Code.DECODING_FAILED, "gone"):
        metrics.answered(code)

    text = metrics.render().decode()

    for line in ('"0"} 2.0', '"213"} 1.0', '"-1102"} 1.0', '"gone"} 1.0'):
        assert f"licence_engine_requests_total{{code={line}" in text


def test_stages_are_timed_whatever_comes_of_them() -> None:
    """A failure takes its time, too."""
    metrics = Metrics(Admission(1, 1))
    with metrics.stage("fetch"):
        pass
    with pytest.raises(KeyError), metrics.stage("fetch"):
        raise KeyError

    assert 'licence_engine_stage_seconds_count{stage="fetch"} 2.0' in metrics.render().decode()


async def test_gauges_follow_the_admission() -> None:
    """They are asked when somebody looks; two engines do not share them."""
    admission = Admission(1, 1)
    metrics, another = Metrics(admission), Metrics(Admission(1, 1))

    with admission.visit(), admission.visit():
        async with admission.place():
            text = metrics.render().decode()

    assert "licence_engine_in_flight 1.0" in text
    assert "licence_engine_waiting 1.0" in text
    assert "licence_engine_in_flight 0.0" in another.render().decode()
