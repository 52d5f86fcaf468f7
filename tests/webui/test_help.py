"""The user guide: a page for every work screen, in both languages, with pictures that are there and small."""

from __future__ import annotations

import re

import pytest

from archive import Role
from webui import guide
from webui.menu import MENU

HELP = r'class="help" href="([^"]+)"'
_LARGEST = 150_000


@pytest.mark.parametrize(("path", "page"), [
    ("/", "start"), ("/intake", "intake"), ("/packets", "packets"), ("/letters", "letters"), ("/tasks", "tasks"),
    ("/tasks/board", "tasks"), ("/records", "records"), ("/records/entries", "records"), ("/registers", "registers"),
    ("/progress", "progress"), ("/search?q=x", "search"), ("/admin/users", "admin"), ("/audit", "admin"),
    ("/account", "account"), ("/secret-packets", "secrets"),
])
def test_a_screen_opens_its_own_page(signed_in, path: str, page: str) -> None:
    found = re.search(HELP, signed_in("admin").get(path).text)
    assert found and found[1] == f"/help/{page}"


def test_every_room_of_the_menu_has_a_page() -> None:
    assert {item.endpoint.partition(".")[0] for item in MENU} - {"home", "admin_house"} <= set(guide.PAGES)


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("name", guide.PAGES)
def test_pages_are_whole(world, signed_in, name: str, language: str) -> None:
    lao = signed_in(Role.LAO)
    lao.client.set_cookie("language", language)
    text = lao.get(f"/help/{name}").text
    lao.client.delete_cookie("language")
    article = text[text.index("<article"):text.index("</article>")]
    assert guide.title_of(name, language) in article and "![" not in article
    assert "<img " in article, "no picture"
    for picture in re.findall(r'<img src="([^"]+)"', article):
        answer = lao.get(picture)
        assert answer.status_code == 200 and len(answer.data) <= _LARGEST, picture
    for link in re.findall(r'<a href="([^"]+)"', article):
        assert lao.get(link).status_code == 200, link
    for image in re.findall(r"<img [^>]+>", article):
        assert re.search(r'alt="[^"]+"', image), image


def test_a_page_that_is_not_there(signed_in) -> None:
    assert signed_in("clerk").get("/help/nothing").status_code == 404
    assert signed_in("clerk").get("/help/..%2Fth%2Ftasks").status_code == 404
    with pytest.raises(KeyError):
        guide.read("../x", "th", str, str)
