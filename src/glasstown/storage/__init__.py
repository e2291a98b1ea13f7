"""Records: months -> a run on disk, and questions to it.

The entry is `RunFolder`: `create` makes a run's folder, `write_part` and `write_single` add tables, `checkpoints` keeps
the state to go on from, `finish` ends the run, `open` reads it.  `store.query` asks in SQL; it is not imported here,
because a run needs no DuckDB.  Nothing here knows the engine: it takes plain columns and arrays.
"""

from glasstown.storage.checkpoint import Checkpoint, Checkpoints
from glasstown.storage.folder import RunFolder
from glasstown.storage.manifest import Document, Manifest, Position, RulebookDocuments, installed_versions
from glasstown.storage.parts import SCHEMAS, table_of

__all__ = [
    "SCHEMAS",
    "Checkpoint",
    "Checkpoints",
    "Document",
    "Manifest",
    "Position",
    "RulebookDocuments",
    "RunFolder",
    "installed_versions",
    "table_of",
]
