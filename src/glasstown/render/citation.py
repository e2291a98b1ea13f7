"""How a run is cited, and what goes with it into an archive: a citation file, a page to read first, and facts for a catalogue."""

from __future__ import annotations

import json
from typing import Final

from glasstown.storage.checkout import made_with
from glasstown.storage.manifest import Manifest
from glasstown.storage.packed import name_of
from glasstown.types import SYNTHETIC_WORDS
from glasstown.wording import count, counted

NOBODY: Final = (
    f"This is a {SYNTHETIC_WORDS}: its people and firms are generated from published aggregates and a seed, and nobody in it exists. "
    "Results compare rules under stated assumptions; they do not estimate what happened in China."
)
LICENCE: Final = "CC-BY-4.0"


def title_of(manifest: Manifest) -> str:
    """Return what a run is called where it is cited."""
    names = [each.reference for each in manifest.rulebooks]
    books = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    size = f"{counted(manifest.people, 'person', 'people')}, {counted(manifest.months, 'month')} from {manifest.start:%Y-%m}"
    return f"A run of Glasstown under {books}: {size}, seed {manifest.seed} ({SYNTHETIC_WORDS})"


def cited(manifest: Manifest) -> str:
    """Return the sentence by which a run is cited."""
    return f"{title_of(manifest)}. {made_with(manifest)}. Digest {manifest.digest}. {LICENCE}."


def texts_about(manifest: Manifest) -> dict[str, bytes]:
    """Return the texts that go into an archive beside a run, by name: the same for the same run."""
    texts = {"CITATION.cff": _citation(manifest), "README.md": _readme(manifest), "bag-info.txt": _facts(manifest)}
    return {name: text.encode("utf-8") for name, text in texts.items()}


def _citation(manifest: Manifest) -> str:
    """Return a citation file (CFF 1.2.0)."""
    lines = [
        "cff-version: 1.2.0",
        "message: If you use this run, please cite it, and cite the sources of each rulebook, which its manifest holds.",
        "type: dataset",
        f"title: {json.dumps(title_of(manifest), ensure_ascii=False)}",
        f"abstract: {json.dumps(NOBODY, ensure_ascii=False)}",
        "authors:",
        "  - name: Glasstown contributors",
        f"version: {json.dumps(str(manifest.digest))}",
        f"license: {LICENCE}",
        "identifiers:",
        "  - type: other",
        f"    value: {json.dumps(name_of(manifest))}",
        "    description: digest of the run, which living it again gives again",
        "references:",
        "  - type: software",
        '    title: "Glasstown: an open laboratory for social credit systems"',
        "    authors:",
        "      - name: Glasstown contributors",
        f"    version: {json.dumps(manifest.versions.get('glasstown', 'unknown'))}",
    ]
    if manifest.checkout is not None:
        lines.append(f"    commit: {json.dumps(manifest.checkout.commit)}")
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


def _facts(manifest: Manifest) -> str:
    """Return what a catalogue asks of a bag."""
    n_bytes = sum(each.bytes for each in manifest.files.values())
    return "".join(
        f"{label}: {value}\n"
        for label, value in (
            ("Bag-Software-Agent", made_with(manifest)),
            ("External-Description", title_of(manifest)),
            ("External-Identifier", name_of(manifest)),
            ("Internal-Sender-Description", NOBODY),
            ("Tables", f"{count(len(manifest.files))} files, {count(n_bytes)} bytes"),
        )
    )
