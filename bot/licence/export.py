"""A report for programs: one form for the command line and for the chat's file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

    from bot.licence.recognition import Field
    from bot.licence.report import Report


def as_dict(report: Report) -> dict[str, Any]:
    """What a page says and what follows from it, in values that JSON has."""
    recognition, verdict = report.recognition, report.verdict
    return {
        "document_type": recognition.document_type.slug,
        "provider": recognition.provider,
        "fields": {field.name: _field(field) for field in recognition.fields},
        "verdict": {"status": verdict.status, "until": _day(verdict.until)},
        "estimates": [{"kind": one.kind, "until": _day(one.until)} for one in report.estimates],
        "findings": [
            {"code": finding.code, "severity": finding.severity, "fields": finding.fields}
            for finding in report.findings
        ],
        "quality": recognition.quality,
        "elapsed_ms": round(recognition.elapsed * 1000),
    }


def _field(field: Field) -> dict[str, Any]:
    return {
        "value": field.value,
        "raw": field.raw,
        "confidence": field.confidence,
        "box": field.box and [field.box.x, field.box.y, field.box.width, field.box.height],
        "derived": field.derived,
        "corrected": field.corrected,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
