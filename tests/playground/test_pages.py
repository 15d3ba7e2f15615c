"""The page and the specimens as they are served."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from bot.playground.pages import PAGE, SPECIMEN_NAMES, SPECIMENS

if TYPE_CHECKING:
    import httpx


async def test_the_page_and_all_it_names_are_there(person: httpx.AsyncClient) -> None:
    """Every script, style and picture; nothing from elsewhere."""
    page = await person.get("/")
    assert page.headers["content-type"].startswith("text/html")
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for address in {*re.findall(r'(?:href|src)="([^"#]+)"', page.text)}:
        assert address.startswith("/page/")
        assert (await person.get(address)).status_code == 200


@pytest.mark.parametrize("name", [one.name for one in PAGE.iterdir() if one.name.endswith(".js")])
async def test_scripts_import_only_each_other(person: httpx.AsyncClient, name: str) -> None:
    """And each import leads somewhere."""
    script = await person.get(f"/page/{name}")
    assert script.headers["content-type"].startswith("text/javascript")
    for module in re.findall(r'from "([^"]+)"', script.text):
        assert module.startswith("./")
        assert (await person.get(f"/page/{module[2:]}")).status_code == 200


def test_every_language_has_every_string() -> None:
    """Keys are the same three times, and each one that is used is there."""
    strings = (PAGE / "strings.js").read_text("utf-8")
    blocks = re.findall(
        r'^  (?:en|"zh-han[st]"): \{\n(.*?)^  \},', strings, re.DOTALL | re.MULTILINE
    )
    keys = [set(re.findall(r'^    "?([\w.-]+)"?:', block, re.MULTILINE)) for block in blocks]
    assert len(keys) == 3
    assert keys[0] == keys[1] == keys[2]
    page = (PAGE / "index.html").read_text("utf-8")
    used = set(re.findall(r'data-(?:text|label)="(\w+)"', page))
    for script in PAGE.iterdir():
        if script.name.endswith(".js"):
            used |= set(re.findall(r'\bsay\("(\w+)"', script.read_text("utf-8")))
    assert used <= keys[0]
    assert {*SPECIMEN_NAMES} <= keys[0]


@pytest.mark.parametrize(
    "path", ["/page/nothing.js", "/page/..%2fserver.py", "/page/chat", "/specimens/x.jpg"]
)
async def test_nothing_else_is_served(person: httpx.AsyncClient, path: str) -> None:
    """No other file of the package is reachable."""
    assert (await person.get(path)).status_code == 404


async def test_specimens_are_offered(person: httpx.AsyncClient) -> None:
    """Each as a photo and as a thumbnail; all that are shipped are listed."""
    listed = (await person.get("/api/specimens")).json()
    assert {one["name"] for one in listed} == {one.name for one in SPECIMENS.iterdir()}
    for one in listed:
        whole = Image.open(BytesIO((await person.get(one["url"])).content))
        small = Image.open(BytesIO((await person.get(one["thumbnail"])).content))
        assert max(whole.size) >= 900
        assert max(small.size) == 320
