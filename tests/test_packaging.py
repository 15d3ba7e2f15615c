"""The wheel: everything that the program needs is in it, and it works without the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[1]
SPECIMEN = next((ROOT / "tests" / "specimens").glob("dl_good_*.jpg"))

pytestmark = pytest.mark.packaging


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built as a release would be."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation",
        "--wheel-dir", str(folder), str(ROOT), cwd=folder)  # fmt: skip
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh virtual environment with the wheel; dependencies are lent by this one."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    run(sys.executable, "-m", "pip", "--python", str(folder / "bin" / "python"), "install",
        "--quiet", "--no-deps", "--no-index", str(wheel), cwd=folder)  # fmt: skip
    return folder / "bin" / "python"


def run(*command: str, cwd: Path) -> str:
    """Run a command to its end; its output."""
    # PYTHONPATH lends the libraries but, unlike a .pth file, not the checkout.
    environment = {**os.environ, "PYTHONPATH": sysconfig.get_path("purelib")}
    done = subprocess.run(  # noqa: S603 - our own commands
        command, cwd=cwd, capture_output=True, text=True, check=False, env=environment
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_holds_the_sentences_and_the_page(wheel: Path) -> None:
    """Data files travel with the code, tests do not."""
    with ZipFile(wheel) as archive:
        names = set(archive.namelist())
    languages = {f"bot/locales/{tag}/bot.ftl" for tag in ("en", "zh-Hans", "zh-Hant")}
    assert languages < names
    assert "bot/playground/page/index.html" in names
    assert any(name.startswith("bot/playground/specimens/") for name in names)
    assert "bot/recognition/embedded/pages.toml" in names
    assert not any(name.startswith(("tests/", "locales/")) for name in names)


def test_the_installed_program_is_not_the_checkout(python: Path, tmp_path: Path) -> None:
    """Otherwise the tests below would prove nothing."""
    where = run(str(python), "-c", "import bot; print(bot.__file__)", cwd=tmp_path)
    assert ROOT not in Path(where.strip()).parents


def test_the_installed_sentences_are_found(python: Path, tmp_path: Path) -> None:
    """They lie inside the package there, beside it in a checkout."""
    code = "from bot.chat.languages import language; print(language('zh-Hant').plain('question'))"
    assert "這是哪種證件" in run(str(python), "-c", code, cwd=tmp_path)


def test_the_installed_program_reads_a_photo(python: Path, tmp_path: Path) -> None:
    """The whole way, from the script to the models."""
    script = python.parent / "licence-bot"
    line = run(str(script), "read", str(SPECIMEN), "--format", "json", cwd=tmp_path)
    assert json.loads(line)["document_type"] == "driving_licence"
