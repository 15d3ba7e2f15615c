"""What holds for the whole suite: nothing personal and nothing secret is ever logged."""

from __future__ import annotations

import json
import logging
import re
import sys
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import settings

from bot import logs
from bot.settings import Log

# Hypothesis fails an example that takes 0.2 s. Tests here time nothing: on two cores that also read
# photos, or with coverage on, any example may take that long, and a pause is no fault of the code.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

# httpcore looks for it several times a request, and Python does not remember that it is missing:
# under pytest each search takes as long as the request itself.
if find_spec("sniffio") is None:
    sys.modules["sniffio"] = None  # type: ignore[assignment] # as `import` itself understands it

if TYPE_CHECKING:
    from collections.abc import Iterator

SPECIMENS: Final = Path(__file__).parent / "specimens"
SECRETS: Final = {
    "a bot's token": r"\d{8,10}:[A-Za-z0-9_-]{35}",
    "a file's url": r"/file/bot",
    "an id or a key": r"AKID\w{8,}|secret_?key\W{1,3}\w",
    "a signature": r"Signature=[0-9a-f]{16}|[A-Za-z0-9+/]{60,}={0,2}",
    "a picture's name": r"\.(?:jpe?g|png|heic)\b",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """How long a soak takes."""
    parser.addoption("--kills", type=int, default=20, help="trials of each kind of kill in a soak")


@pytest.fixture(scope="session")
def kills(request: pytest.FixtureRequest) -> int:
    """Trials of each kind of kill in a soak."""
    return int(request.config.getoption("--kills"))


@pytest.fixture(scope="session", autouse=True)
def logged() -> Iterator[StringIO]:
    """The program's log of the whole suite at its most talkative, searched at the end."""
    logging.getLogger("tencentcloud_sdk_common").setLevel(logging.ERROR)  # a peer, not ours
    stream = StringIO()
    logs.configure(Log.model_validate({"level": "debug", "format": "json"}), stream)
    yield stream
    found = leaks(stream.getvalue())
    if found:
        pytest.fail(f"the log holds {', '.join(found)}")


@pytest.fixture(scope="session", autouse=True)
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """No test touches the job store of whoever runs it."""
    folder = tmp_path_factory.mktemp("data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(folder))
        yield folder


def leaks(text: str) -> list[str]:
    """What of all that must never be logged stands in a log; its kind, not itself."""
    found = [kind for kind, form in SECRETS.items() if re.search(form, text)]
    return found + (["a value of a page"] if any(value in text for value in values()) else [])


def values() -> list[str]:
    """Every value on the specimens that is long enough, or strange enough, to be nothing else."""
    truths = (json.loads(path.read_text("utf-8")) for path in SPECIMENS.glob("*.json"))
    texts = (field["text"] for truth in truths for field in truth["fields"].values())
    return sorted({text for text in texts if _is_telling(text)})


def _is_telling(text: str) -> bool:
    """Numbers of plates and longer texts; a date or a class of vehicles stands in many places."""
    return len(text) >= 7 and not re.match(r"\d{4}-", text) and not text.endswith(("kg", "mm"))
