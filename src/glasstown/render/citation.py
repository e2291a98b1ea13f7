"""How a run or a comparison is cited, and what goes with it into an archive: a citation file, a page to read first, and facts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from glasstown.storage.checkout import Made, made_with
from glasstown.storage.comparison_file import Comparison
from glasstown.storage.manifest import Manifest, Sealed
from glasstown.storage.packed import name_of
from glasstown.types import SYNTHETIC_WORDS
from glasstown.wording import count, counted

NOBODY: Final = (
    f"This is a {SYNTHETIC_WORDS}: its people and firms are generated from published aggregates and a seed, and nobody in it exists. "
    "Results compare rules under stated assumptions; they do not estimate what happened in China."
)
LICENCE: Final = "CC-BY-4.0"
What = Manifest | Comparison


def title_of(what: What) -> str:
    """Return what a run or a comparison is called where it is cited."""
    one = what.first if isinstance(what, Comparison) else what
    size = f"{counted(one.people, 'person', 'people')}, {counted(one.months, 'month')} from {one.start:%Y-%m}"
    if isinstance(what, Comparison):
        seeds = (
            f"{counted(what.file.n_pairs, 'seed')} from {one.seed} on" if what.file.n_pairs > 1 else f"seed {one.seed}"
        )
        sides = f"{what.file.first} and {what.file.second}"
        return f"A comparison of Glasstown, {sides}: {size}, {seeds} ({SYNTHETIC_WORDS})"
    names = [each.reference for each in one.rulebooks]
    books = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    return f"A run of Glasstown under {books}: {size}, seed {one.seed} ({SYNTHETIC_WORDS})"


def digest_of(what: What) -> str:
    """Return the digest of a run, or of a comparison that of its runs' digests."""
    return what.file.digest if isinstance(what, Comparison) else str(what.digest)


def cited(what: What) -> str:
    """Return the sentence by which a run or a comparison is cited."""
    return f"{title_of(what)}. {made_with(_made(what))}. Digest {digest_of(what)}. {LICENCE}."


def texts_about(what: What) -> dict[str, bytes]:
    """Return the texts that go into an archive beside a run or a comparison, by name: the same for the same one."""
    readme = _readme_of_several(what) if isinstance(what, Comparison) else _readme(what)
    texts = {"CITATION.cff": _citation(what), "README.md": readme, "bag-info.txt": _facts(what)}
    return {name: text.encode("utf-8") for name, text in texts.items()}


def _made(what: What) -> Made:
    return what.file if isinstance(what, Comparison) else what


def noun_of(what: What) -> str:
    """Return which of the two it is."""
    return "comparison" if isinstance(what, Comparison) else "run"


def _citation(what: What) -> str:
    """Return a citation file (CFF 1.2.0)."""
    noun, made = noun_of(what), _made(what)
    holds = "the manifests of its runs hold" if noun == "comparison" else "its manifest holds"
    again = "digest of its runs' digests, which living them again gives again" if noun == "comparison" else ""
    lines = [
        "cff-version: 1.2.0",
        f"message: If you use this {noun}, please cite it, and cite the sources of each rulebook, which {holds}.",
        "type: dataset",
        f"title: {json.dumps(title_of(what), ensure_ascii=False)}",
        f"abstract: {json.dumps(NOBODY, ensure_ascii=False)}",
        "authors:",
        "  - name: Glasstown contributors",
        f"version: {json.dumps(digest_of(what))}",
        f"license: {LICENCE}",
        "identifiers:",
        "  - type: other",
        f"    value: {json.dumps(name_of(what))}",
        f"    description: {again or 'digest of the run, which living it again gives again'}",
        "references:",
        "  - type: software",
        '    title: "Glasstown: an open laboratory for social credit systems"',
        "    authors:",
        "      - name: Glasstown contributors",
        f"    version: {json.dumps(made.versions.get('glasstown', 'unknown'))}",
    ]
    if made.checkout is not None:
        lines.append(f"    commit: {json.dumps(made.checkout.commit)}")
    return "\n".join(lines) + "\n"


def _readme(manifest: Manifest) -> str:
    """Return the page that whoever opens an archive reads first."""
    name = name_of(manifest)
    return f"""# {title_of(manifest)}

{NOBODY}

- `data/manifest.json` holds every text that the run rests on, whole: rulebooks with their sources, acts, parameters, place.
- `data/` holds its tables in Parquet; each file says in its own metadata what its columns mean.
- `manifest-sha256.txt` and `tagmanifest-sha256.txt` have the SHA-256 of every file (a bag after RFC 8493).

Made by {made_with(manifest)}. The digest is `{manifest.digest}`. With Glasstown, where FILE is the archive:

```console
$ glasstown unpack FILE {name}
$ glasstown run {name} --out again
$ glasstown report {name}
```

`unpack` checks every checksum before it writes anything. `run` lives the town again by the texts in the manifest, and says whether
it came to the same digest. Checksums show that nothing was damaged; living it again shows that the numbers follow from the texts.

Cite it as: {cited(manifest)}
"""


def _readme_of_several(what: Comparison) -> str:
    """Return the page that whoever opens an archive of a comparison reads first."""
    name = name_of(what)
    return f"""# {title_of(what)}

{NOBODY}

- `data/comparison.parquet` is the table of its numbers, one a row: measure, group, side, seed, draw, value.
- `data/first-1/`, `data/second-1/` and so on are its runs, a pair for each seed. The `manifest.json` of each holds every text that it
  rests on, whole: rulebooks with their sources, acts, parameters, place.
- `manifest-sha256.txt` and `tagmanifest-sha256.txt` have the SHA-256 of every file (a bag after RFC 8493).

Made by {made_with(what.file)}. The digest of its runs' digests is `{digest_of(what)}`. With Glasstown, where FILE is the archive:

```console
$ glasstown unpack FILE {name}
$ glasstown compare {name}
$ glasstown compare {name} --out again
```

`unpack` checks every checksum before it writes anything. `compare` tells the comparison again, and with `--out` lives every run of it
again by the texts in its manifest, and says whether each came to its digest, and the table to the same numbers. Checksums show that
nothing was damaged; living it again shows that the numbers follow from the texts.

Cite it as: {cited(what)}
"""


def _tables(what: What) -> Iterator[Sealed]:
    """Yield every table."""
    if isinstance(what, Manifest):
        yield from what.files.values()
        return
    yield what.file.table
    for run in what.manifests.values():
        yield from _tables(run)


def _facts(what: What) -> str:
    """Return what a catalogue asks of a bag."""
    tables = list(_tables(what))
    n_bytes = sum(each.bytes for each in tables)
    return "".join(
        f"{label}: {value}\n"
        for label, value in (
            ("Bag-Software-Agent", made_with(_made(what))),
            ("External-Description", title_of(what)),
            ("External-Identifier", name_of(what)),
            ("Internal-Sender-Description", NOBODY),
            ("Tables", f"{count(len(tables))} files, {count(n_bytes)} bytes"),
        )
    )
