"""A page of the explorer as a file: links lead to files beside it, scripts run from the disk, and what needs the program says so."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable, Collection, Mapping
from html import escape
from html.parser import HTMLParser
from typing import Any, Final

from glasstown.explorer.published_names import Names

POLICY: Final = (
    "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src 'self' file: data:; font-src 'self' file:; "
    "form-action 'none'; base-uri 'none'"
)
"""the policy of a page that lies on a disk or anybody's server: nothing is asked of another host"""
KEPT_FORM: Final = "transport"
"""the form whose lever scripts move; all others would have to ask the program"""
NEEDS: Final = "Another choice needs the program itself: glasstown explore."
LEADS: Final = "Not in this folder: the program has it"
FRAMES: Final = "town/frames.js"
Attrs = list[tuple[str, str | None]]


class _Page(HTMLParser):
    """Writes a page out again, element by element."""

    def __init__(self, names: Names, here: str, known: Collection[str]) -> None:
        super().__init__(convert_charrefs=False)
        self.names, self.here, self.known = names, here, known
        self.out: list[str] = []
        self.spans: list[bool] = []
        self.in_form = self.in_data = False

    def relative(self, file: str) -> str:
        """Return the way from this page to a file of the folder."""
        return posixpath.relpath(file, posixpath.dirname(self.here) or ".")

    def to(self, address: str) -> str | None:
        """Return the way to the file of an address; None where it is not in the folder."""
        page = self.names.page(address)
        if page not in self.known:
            return None
        fragment = address.partition("#")[2]
        return self.relative(self.names.file(page)) + (f"#{fragment}" if fragment else "")

    def handle_starttag(self, tag: str, attrs: Attrs) -> None:
        found, raw = dict(attrs), self.get_starttag_text() or ""
        if self.in_form:
            return
        if tag == "form" and found.get("id") != KEPT_FORM:
            self.in_form = True
            self.out.append(f'<p class="small quiet needs">{NEEDS}</p>')
        elif tag == "form":
            self.out.append(re.sub(r' (method|action)="[^"]*"', "", raw))
        elif tag == "a":
            self._link(raw, found.get("href") or "")
        elif tag == "script":
            self._script(raw, found)
        elif tag == "link":
            if found.get("rel") != "preload":
                self.out.append(self._static(raw, "href", found))
        elif tag == "img":
            way = self.to(found.get("src") or "")
            self.out.append(_with(raw, "src", way) if way else "")
        else:
            self.out.append(raw)
            if tag == "meta" and "charset" in found:
                self.out.append(f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">')

    def _link(self, raw: str, href: str) -> None:
        way = self.to(href) if href.startswith("/") else href
        self.spans.append(way is None)
        title = f'<span class="unpublished" title="{LEADS}">'
        self.out.append(title if way is None else _with(raw, "href", way))

    def _script(self, raw: str, found: Mapping[str, str | None]) -> None:
        self.in_data = found.get("id") == "data"
        if not found.get("src"):
            self.out.append(raw)
            return
        made = self._static(raw, "src", found).replace(' type="module"', " defer")
        if "town.js" in made:
            self.out.append(f'<script src="{self.relative(FRAMES)}" defer></script>')
        self.out.append(made)

    def _static(self, raw: str, name: str, found: Mapping[str, str | None]) -> str:
        return _with(raw, name, self.relative((found.get(name) or "").partition("?")[0].lstrip("/")))

    def handle_startendtag(self, tag: str, attrs: Attrs) -> None:
        if not self.in_form:
            self.out.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self.in_form:
            self.in_form = False
        elif tag == "form":
            self.out.append(f"</form>{self._years()}")
        elif not self.in_form:
            self.in_data = False
            is_span = tag == "a" and self.spans and self.spans.pop()
            self.out.append("</span>" if is_span else f"</{tag}>")

    def _years(self) -> str:
        """Return links to the town as it stood at the end of each year, for readers without scripts."""
        months = sorted(int(each[8:]) for each in self.known if re.fullmatch(r"/town\?m=\d+", each))
        ways = [(f"year {n // 12}", self.to(f"/town?m={n}")) for n in months] + [("the end", self.to("/town"))]
        links = " · ".join(f'<a href="{escape(way or "")}">{name}</a>' for name, way in ways)
        return f'<p class="small years-of">As it stood at the end of {links}</p>' if months else ""

    def handle_data(self, data: str) -> None:
        if not self.in_form:
            self.out.append(self._data(data) if self.in_data else data)

    def _data(self, text: str) -> str:
        """Return what the map is told, with files in the place of addresses."""
        told: dict[str, Any] = json.loads(text)
        kinds = (each.partition("?")[0] for each in self.known if self.names.is_mine(each))
        lives = sorted(int(path.rpartition("/")[2]) for path in kinds if re.fullmatch(r"/lives/\d+", path))
        told |= {
            "published": True,
            "lives": lives,
            "life": self.relative("lives/{}.html"),
            "table": self.to("/town/people"),
        }
        return json.dumps(told, separators=(",", ":")).replace("<", "\\u003c")

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        self.out.append(f"<!{decl}>")


def _with(raw: str, name: str, value: str) -> str:
    """Return a start tag with another value of one attribute."""
    return re.sub(rf'(\s{name}=)"[^"]*"', lambda found: f'{found[1]}"{escape(value)}"', raw, count=1)


def page_file(text: str, names: Names, page: str, known: Collection[str]) -> str:
    """Return a page as a file of the folder; `known` are the pages in it, in their shortest form."""
    found = _Page(names, names.file(page), known)
    found.feed(text)
    found.close()
    return "".join(found.out)


def links_in(text: str, page_of: Callable[[str], str]) -> list[str]:
    """Return the pages and pictures that a page leads to, in their shortest form, in their order and each once."""
    found: dict[str, None] = {}
    reader = HTMLParser()

    def take(tag: str, attrs: Attrs) -> None:
        where = dict(attrs).get("href" if tag == "a" else "src") or ""
        if tag in ("a", "img") and re.match(r"/(?!/)", where):
            found[page_of(where)] = None

    reader.handle_starttag = take  # type: ignore[method-assign]
    reader.feed(text)
    return list(found)


def script_file(text: str) -> str:
    """Return a module as a script that runs from a disk too, with names of its own."""
    return f"(() => {{\n{text}}})();\n"
