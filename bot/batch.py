"""Many photos, one after the other: what `licence-bot read` does and how it prints it."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING, Any, Final

from bot.chat import guidance
from bot.errors import BotError, PhotoError
from bot.licence.documents import FieldName
from bot.licence.estimates import EstimateKind
from bot.licence.export import as_dict
from bot.recognition.photo import MAX_BYTES, open_photo

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence
    from pathlib import Path

    from bot.chat.languages import Language
    from bot.licence.documents import DocumentType
    from bot.licence.recognition import Recognition
    from bot.licence.report import Report
    from bot.recognition.building import Recognisers
    from bot.recognition.photo import Photo
    from bot.recognition.recogniser import Classifier

COLUMNS: Final = (
    "photo",
    "document_type",
    "status",
    "until",
    "estimated_inspection",
    "estimated_scrapping",
    "findings",
    *FieldName,
    "error",
)
_ESTIMATED: Final = {
    EstimateKind.TEST: "estimated_inspection",
    EstimateKind.MARK: "estimated_inspection",
    EstimateKind.SCRAPPING: "estimated_scrapping",
    EstimateKind.NO_SCRAPPING: "estimated_scrapping",
}
_NEVER: Final = "none"
"""In the column of a limit that a vehicle does not have; an empty cell is one that nobody knows."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One photo's file and what became of it."""

    photo: Path
    result: Report | BotError

    @property
    def failed(self) -> bool:
        """Whether the photo could not be read."""
        return isinstance(self.result, BotError)


async def read_all(
    photos: Sequence[Path],
    document_type: DocumentType | None,
    recognisers: Recognisers,
    judge: Callable[[Recognition], Report],
) -> AsyncIterator[Outcome]:
    """Read each file, as that page or as the page that it shows."""
    for path in photos:
        try:
            photo = await open_photo(_bytes(path))
            page = (
                await _page(photo, recognisers.classifier)
                if document_type is None
                else document_type
            )
            recognition = await recognisers.chain.recognise(photo, page)
        except BotError as error:
            yield Outcome(path, error)
        else:
            yield Outcome(path, judge(recognition))


async def _page(photo: Photo, classifier: Classifier | None) -> DocumentType:
    if classifier is None:
        raise PhotoError("page-unknown")
    page = await classifier.classify(photo)
    if page is None:
        raise PhotoError("no-licence")
    return page


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)  # one more than is allowed tells that it is too large
    except OSError:
        raise PhotoError("no-such-file") from None


def as_json(outcome: Outcome, language: Language) -> str:
    """One JSON object on one line."""
    if isinstance(outcome.result, BotError):
        error = {"code": outcome.result.code, "message": explain(outcome.result, language)}
        return _line({"photo": str(outcome.photo), "error": error})
    return _line({"photo": str(outcome.photo), **as_dict(outcome.result)})


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)


def csv_header() -> str:
    """The first line of a table."""
    return _row(COLUMNS)


def as_csv(outcome: Outcome) -> str:
    """One row of a table: the values, or the code of an error."""
    if isinstance(outcome.result, BotError):
        row = {"photo": str(outcome.photo), "error": outcome.result.code}
    else:
        row = {"photo": str(outcome.photo), **_cells(outcome.result)}
    return _row([row.get(column, "") for column in COLUMNS])


def _cells(report: Report) -> dict[str, str]:
    verdict = report.verdict
    return {
        "document_type": report.recognition.document_type.slug,
        "status": verdict.status,
        "until": verdict.until.isoformat() if verdict.until else "",
        **{
            _ESTIMATED[one.kind]: one.until.isoformat() if one.until else _NEVER
            for one in report.estimates
        },
        "findings": " ".join(finding.code for finding in report.findings),
        **{field.name: field.value for field in report.recognition.fields},
    }


def _row(cells: Sequence[str]) -> str:
    line = StringIO()
    csv.writer(line, lineterminator="").writerow(_no_formula(cell) for cell in cells)
    return line.getvalue()


def _no_formula(cell: str) -> str:
    """A text that a spreadsheet would run is marked as text; printed dashes stay as they are."""
    runs = cell.startswith(("=", "+", "-", "@", "\t", "\r")) and cell.strip("-")
    return f"'{cell}" if runs else cell


def as_text(outcome: Outcome, language: Language) -> str:
    """The answer as the chat gives it, without its buttons."""
    from bot.chat import rendering  # noqa: PLC0415 - telegram's library is needed only here

    if isinstance(outcome.result, BotError):
        return f"{outcome.photo}\n{explain(outcome.result, language)}\n"
    answer = rendering.answer(language, outcome.result)
    return f"{outcome.photo}\n{rendering.plain_text(answer.text)}\n"


def explain(error: BotError, language: Language) -> str:
    """The sentences for an error."""
    return guidance.failure(language, error)
