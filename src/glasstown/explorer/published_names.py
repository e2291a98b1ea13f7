"""What an address of the explorer is called as a file: the same for the same page, whoever links to it and however."""

from __future__ import annotations

import hashlib
import re
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode

from glasstown.explorer.asked import View

TOWN: Final = ("town", "people", "months", "seed", "set")
"""keys of an address that say which town is meant"""
OF_A_TOWN: Final = ("/town", "/lives", "/api/frames")
ENDINGS: Final = (".csv", ".svg", ".png", ".vl.json")
BY_MONTH: Final = ("/town", "/town/map.svg", "/town/people", "/town/people.csv")
"""pages that differ with the month and the colour; all others are published once"""
USUAL: Final = (("page", "1"), ("verdict", "all"))
"""keys that say what a page shows without them"""
NEEDS: Final = ("/change", "/desks")
"""pages that need the program; each is told in a page of its own"""
LONGEST: Final = 90


class Names:
    """The files of one published town."""

    def __init__(self, view: View) -> None:
        """Take the town that is published."""
        self.view = view.made_of
        self._mine = dict(self.view.pairs())

    def page(self, address: str) -> str:
        """Return an address in its shortest form: without what the published town has anyway, keys in one order, no fragment."""
        path, _, query = address.partition("#")[0].partition("?")
        if any(path == each or path.startswith(f"{each}/") for each in NEEDS):
            return f"/{path.split('/')[1]}"
        pairs = dict(parse_qsl(query, keep_blank_values=True))
        pairs.pop("h", None)
        asked = {key: pairs[key] for key in TOWN if key in pairs}
        if self.is_of_a_town(path) and (not asked or asked == self._mine):
            pairs = {key: value for key, value in pairs.items() if key not in TOWN}
            if pairs.get("m") == str(self.view.months) or path not in BY_MONTH:
                pairs.pop("m", None)
            if path not in BY_MONTH:
                pairs.pop("colour", None)
        for key, usual in USUAL:
            if pairs.get(key) == usual:
                del pairs[key]
        return path + (f"?{urlencode(sorted(pairs.items()))}" if pairs else "")

    def address(self, page: str) -> str:
        """Return the address by which the explorer is asked for a page in its shortest form."""
        path, _, query = page.partition("?")
        pairs = dict(parse_qsl(query, keep_blank_values=True))
        if self.is_of_a_town(path) and not any(key in pairs for key in TOWN):
            pairs = self._mine | pairs
        return quote(path, safe="/@.-_") + (f"?{urlencode(pairs)}" if pairs else "")

    def is_of_a_town(self, path: str) -> bool:
        """Return whether a page is about a town, so that without one it is about the published one."""
        return any(path == each or path.startswith((f"{each}/", f"{each}.")) for each in OF_A_TOWN)

    def is_mine(self, page: str) -> bool:
        """Return whether a page in its shortest form is about no other town than the published one."""
        query = dict(parse_qsl(page.partition("?")[2], keep_blank_values=True))
        return not any(key in query for key in TOWN)

    def file(self, page: str) -> str:
        """Return the file of a page in its shortest form, by its path in the folder."""
        path, _, query = page.partition("?")
        ending = next((each for each in ENDINGS if path.endswith(each)), "")
        stem = re.sub(r"\.\.+", "_", path.removesuffix(ending).strip("/")) or "index"
        more = "".join(f"--{key}-{value}" for key, value in parse_qsl(query, keep_blank_values=True))
        plain = re.sub(r"[^A-Za-z0-9._@-]|\.\.+", "_", more)
        if plain != more or len(plain) > LONGEST:
            plain = f"{plain[: LONGEST - 10]}-{hashlib.sha256(more.encode()).hexdigest()[:8]}"
        return re.sub(r"[^A-Za-z0-9._@/-]", "_", stem) + plain + (ending or ".html")
