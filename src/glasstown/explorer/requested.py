"""The request behind a view, and the hashes of the texts that it rests on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from glasstown.explorer.asked import View
from glasstown.runs.plan import Plan
from glasstown.runs.request import RunRequest
from glasstown.runs.scenario import request_of
from glasstown.runs.subjects import scored_kinds
from glasstown.storage.manifest import Manifest
from glasstown.types import EntityKind


def request_for(view: View) -> RunRequest:
    """Return the request of a view's town, as `glasstown run` would make it, without what desks decide (seats.py).

    Errors   GlasstownError where it is wrong
    """
    given = {"people": view.people, "months": view.months, "seed": view.seed}
    return request_of(view.town, given, settings=dict(view.settings))


def kind_told(plan: Plan) -> EntityKind:
    """Return whose lives are told of a town: those of people, or of firms where only those are scored."""
    people = any("person" in scored_kinds(book) for book in plan.books.values())
    return "person" if people or not plan.manifest.firms else "firm"


def parts_of(manifest: Manifest) -> dict[str, str]:
    """Return the hash of every text that a town rests on, by the name of the text."""
    texts = [(each.reference, "".join(text.sha256 for text in each.texts)) for each in manifest.rulebooks]
    texts += [(each.name, each.sha256) for each in (*manifest.acts, manifest.parameters, manifest.place)]
    return {name: hashlib.sha256(found.encode()).hexdigest()[:8] for name, found in texts}


def hash_of(parts: Mapping[str, str]) -> str:
    """Return one hash of all texts, eight digits."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:8]
