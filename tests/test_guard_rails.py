"""What Glasstown never does, as properties of the product.

Each test looks at all of the source, so that a part added later is held to the same.  A test that finds nothing wrong
is itself tried on a planted fault.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "glasstown"


def words(text: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(text.split())


IDENTIFYING_WORDS = words("""
    phone telephone mobile passport address email face faces biometric biometrics fingerprint fingerprints iris voice
    voiceprint gait surname forename nickname firstname lastname fullname birthplace birthdate ssn wechat alipay qq imei
    plate
""")
IDENTIFYING_PHRASES = (
    "id_card",
    "id_number",
    "identity_number",
    "identity_card",
    "national_id",
    "citizen_id",
    "resident_id",
    "person_name",
    "real_name",
    "full_name",
    "account_number",
    "bank_account",
    "card_number",
    "date_of_birth",
    "credit_code",
)
READS_INPUT = ("language", "archive", "interpreter", "cases", "storage", "runs")
NAMES_THAT_ARE_NOT_OF_PEOPLE = {
    ("interpreter/reading.py", "CapReading", "name"),  # a cap
    ("archive/history.py", "Agency", "name"),  # a public body
    ("archive/history.py", "Area", "name"),  # a city, county or district
    ("language/model.py", "Place", "name"),  # where a scheme is in force
    ("storage/checkpoint.py", "ArrayEntry", "name"),  # an array
    ("storage/manifest.py", "Document", "name"),  # a file
    ("storage/tar.py", "Member", "name"),  # a file in an archive
    ("storage/bag.py", "Bag", "name"),  # an archive, by the folder that it was made of
    ("runs/request.py", "RunRequest", "name"),  # a run
    ("language/mechanism.py", "Head", "name"),  # a mechanism
}
PEOPLE_READERS = words("""
    csv sqlite3 dbm shelve pickle marshal mailbox requests urllib http socket socketserver ftplib smtplib imaplib poplib
    telnetlib xmlrpc aiohttp httpx websockets paramiko openpyxl xlrd xlsxwriter sqlalchemy psycopg psycopg2 pymysql cv2
    face_recognition pandas polars
""")
READS_ITS_OWN_CODE = ("engine/kernel/kept_code.py", ["pickle"])
"""Compiled kernels are kept in the form that Numba gives them, behind a hash of their own."""
READS_AGGREGATES = ("language/place_csv.py", ["csv"])
"""A table of shares and counts of a whole place; `tests/language/test_place_csv.py` holds that it takes no rows of people."""
WRITES_CSV = {
    "storage/tidy_file.py": ("pyarrow.csv", {"write_csv", "WriteOptions"}),  # the differences of two runs, counted
    "tabular/files.py": ("csv", {"writer"}),  # the record of schemes
    "answers/matrix.py": ("csv", {"writer"}),  # what rulebooks say by topic
    "explorer/site.py": ("csv", {"writer"}),  # what a page shows
}
"""Modules that write CSV: what they import for it, and all that they may take from there, which reads nothing."""
SERVES_PAGES = {
    "explorer/app.py": {"urllib.parse"},
    "explorer/asked.py": {"urllib.parse"},
    "explorer/asking.py": {"urllib.parse"},
    "explorer/guard.py": {"http.cookies", "urllib.parse"},
    "explorer/published_names.py": {"urllib.parse"},
    "explorer/serving.py": {"socket"},
}
"""Modules of the explorer that answer a browser: addresses, cookies, and a socket that listens; none of them asks another host."""
ASKS_ANOTHER_HOST = {"connect", "connect_ex", "create_connection", "urlopen", "HTTPConnection", "HTTPSConnection"}
TABLE_READERS = re.compile(
    r"^(read_csv|read_excel|read_sql|read_table_csv|read_feather|open_csv|from_csv|loadtxt|genfromtxt)$"
)
TABLE_WRITERS = words("ParquetWriter write_feather write_csv to_csv to_parquet to_excel savetxt")
PARQUET = ("pq", "parquet", "pyarrow.parquet")
WRITES_TABLES = {
    "storage/ensemble_file.py",  # settings of towns that the record does not rule out; nobody is in it
    "storage/parts.py",  # the tables of a run, whose people are rows: stamped here, and nowhere else
    "storage/tidy_file.py",  # counts that differ between two runs: refused without the words
    "tabular/files.py",  # the record of schemes; nobody is in it
}
"""What writes tables, each with what is in them.  A further one has its own reason here, and a test that its words are there."""


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Yield path inside the package and syntax tree of every module."""
    for path in sorted(SOURCE.rglob("*.py")):
        yield str(path.relative_to(SOURCE)), ast.parse(path.read_text(encoding="utf-8"))


def fields(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield class and name of every declared field, and of every other name that files may call it by."""
    for owner in (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)):
        for node in owner.body:
            if not isinstance(node, ast.AnnAssign) or not isinstance(node.target, ast.Name):
                continue
            yield owner.name, node.target.id
            calls = [call for call in ast.walk(node) if isinstance(call, ast.Call)]
            for keyword in (k for call in calls for k in call.keywords if k.arg and k.arg.endswith("alias")):
                if isinstance(keyword.value, ast.Constant):
                    yield owner.name, str(keyword.value.value)


def is_identifying(name: str) -> bool:
    """Return whether a field of this name would hold what tells a real person apart."""
    plain = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower().strip("_").replace("-", "_")
    return bool(IDENTIFYING_WORDS & set(plain.split("_"))) or any(phrase in plain for phrase in IDENTIFYING_PHRASES)


def imported_roots(tree: ast.Module) -> set[str]:
    """Return the outermost packages that a module imports, inside functions too."""
    plain = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    whole = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) if not node.level}
    parts = {
        f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    arrow = {"pyarrow.csv"} & (plain | whole | parts)
    return {name.split(".")[0] for name in plain | whole} | arrow


def called(tree: ast.Module) -> set[str]:
    """Return the last word of every function or method that is named in a module."""
    attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return attributes | {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def writes_tables(tree: ast.Module) -> bool:
    """Return whether a module names a writer of tables, Arrow's own `write_table` by whatever name its module came in too."""
    came_in = [
        alias for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom) for alias in node.names
    ]
    parquet = {alias.asname for alias in came_in if alias.name in PARQUET} | set(PARQUET)
    of_arrow = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr.startswith("write_") and ast.unparse(node.value) in parquet
    }
    taken = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "pyarrow.parquet"
        for alias in node.names
        if alias.name.startswith("write_")
    }
    return bool(of_arrow | taken | (TABLE_WRITERS & called(tree)))


def test_no_field__holds_an_identifier() -> None:
    found = [(path, *field) for path, tree in modules() for field in fields(tree) if is_identifying(field[1])]
    assert found == []


@pytest.mark.parametrize(
    "name", ["phone", "home_address", "nationalId", "id_card", "face", "bank_account_no", "date-of-birth"]
)
def test_is_identifying__sees_a_planted_field(name: str) -> None:
    assert is_identifying(name)
    assert ("Person", name) in set(fields(ast.parse(f"class Person:\n    x: str = Field(alias='{name}')")))


@pytest.mark.parametrize("name", ["interface", "account", "n_records", "surface", "replaced", "label", "platelets"])
def test_is_identifying__lets_other_words_pass(name: str) -> None:
    assert not is_identifying(name)


def test_no_input__has_a_name_of_a_person() -> None:
    found = {
        (path, owner, name)
        for path, tree in modules()
        if path.split("/")[0] in READS_INPUT
        for owner, name in fields(tree)
        if "name" in name.split("_")
    }
    assert found <= NAMES_THAT_ARE_NOT_OF_PEOPLE


def test_no_module__reads_rows_of_people_or_speaks_to_a_register() -> None:
    forbidden = PEOPLE_READERS | {"pyarrow.csv"}
    found = {path: named for path, tree in modules() if (named := sorted(imported_roots(tree) & forbidden))}
    serves = {path: sorted({name.partition(".")[0] for name in names}) for path, names in SERVES_PAGES.items()}
    assert found == {path: [named] for path, (named, _) in WRITES_CSV.items()} | serves | dict(
        [READS_ITS_OWN_CODE, READS_AGGREGATES]
    )


def asks_another_host(tree: ast.Module) -> set[str]:
    """Return what a module imports of the kind that talks to others, and what it calls that would."""
    plain = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    named = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    talks = {name for name in plain | named if name.partition(".")[0] in PEOPLE_READERS}
    return talks | {name for name in called(tree) if name in ASKS_ANOTHER_HOST}


@pytest.mark.parametrize("path", SERVES_PAGES)
def test_the_explorer__listens_and_asks_nobody(path: str) -> None:
    assert asks_another_host(ast.parse((SOURCE / path).read_text(encoding="utf-8"))) == SERVES_PAGES[path]


@pytest.mark.parametrize(
    "text", ["import urllib.request", "s.connect(a)", "import socket\nsocket.create_connection(a)"]
)
def test_asks_another_host__sees_a_planted_request(text: str) -> None:
    assert all(asks_another_host(ast.parse(text)) - allowed for allowed in SERVES_PAGES.values())


def taken_from_csv(tree: ast.Module) -> set[str]:
    """Return all that a module takes from what it calls csv; a name that it imports from there counts as such."""
    attributes = {
        each.attr for each in ast.walk(tree) if isinstance(each, ast.Attribute) and ast.unparse(each.value) == "csv"
    }
    plain = [alias for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    renamed = {f"{each.name} as {each.asname}" for each in plain if each.asname not in (None, "csv", "pa", "pq", "np")}
    imported = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    named = {alias.name for node in imported if (node.module or "").split(".")[-1] == "csv" for alias in node.names}
    return attributes | renamed | named


@pytest.mark.parametrize("path", WRITES_CSV)
def test_a_writer_of_csv__reads_none(path: str) -> None:
    tree = ast.parse((SOURCE / path).read_text(encoding="utf-8"))
    assert taken_from_csv(tree) == WRITES_CSV[path][1]


@pytest.mark.parametrize(
    "text",
    ["csv.reader(f)", "import pyarrow.csv as csv\ncsv.read_csv(f)", "from csv import DictReader", "import csv as c"],
)
def test_taken_from_csv__sees_a_planted_reader(text: str) -> None:
    assert not any(taken_from_csv(ast.parse(text)) <= allowed for _, allowed in WRITES_CSV.values())


def test_no_module__calls_a_reader_of_plain_tables() -> None:
    found = [(path, sorted(filter(TABLE_READERS.match, called(tree)))) for path, tree in modules()]
    assert [entry for entry in found if entry[1]] == []


@pytest.mark.parametrize(
    "text", ["import csv", "def f():\n    import urllib.request", "from pyarrow import csv", "import pandas"]
)
def test_imported_roots__sees_a_planted_reader(text: str) -> None:
    assert imported_roots(ast.parse(text)) & (PEOPLE_READERS | {"pyarrow.csv"})


def test_one_module_alone__writes_tables() -> None:
    """One writes rows of synthetic people, and stamps them with the words, which a second might forget; the rest is listed."""
    assert {path for path, tree in modules() if writes_tables(tree)} == WRITES_TABLES


@pytest.mark.parametrize(
    "text",
    [
        "pq.write_table(t, f)", "parquet.write_table(t, f)", "pyarrow.parquet.write_to_dataset(t, f)", "csv.write_csv(t, f)",
        "from pyarrow.parquet import write_table", "pq.ParquetWriter(f, s)", "import pyarrow.parquet as x\nx.write_table(t, f)",
        "from pyarrow import parquet as y\ny.write_table(t, f)",
    ],
)  # fmt: skip
def test_writes_tables__sees_a_planted_writer(text: str) -> None:
    assert writes_tables(ast.parse(text))


def test_every_table__carries_the_words(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    from glasstown.storage.parts import SCHEMAS, write_table

    for name, schema in SCHEMAS.items():
        write_table(tmp_path / f"{name}.parquet", schema.empty_table())
        written = pq.read_schema(tmp_path / f"{name}.parquet")
        assert written.metadata[b"glasstown"] == b"synthetic population"
        assert "population" in written.names


def test_a_table_of_its_own__is_refused_without_the_words(tmp_path: Path) -> None:
    import pyarrow as pa

    from glasstown.storage.tidy_file import table_target, write_table
    from glasstown.types import SYNTHETIC_WORDS

    bare = pa.table({"value": [1, 2]})
    some = bare.append_column("population", pa.array([SYNTHETIC_WORDS, "people"]))
    for name in ("rows.csv", "rows.parquet"):
        for table in (bare, some):
            target = table_target(tmp_path / name, tuple(table.column_names))
            with pytest.raises(ValueError, match="does not say who is in it"):
                write_table(target, table)
            assert not target.path.exists()


def test_an_ensemble__carries_the_words(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    from glasstown.storage.ensemble_file import FEWEST, write_ensemble

    write_ensemble(tmp_path / "e.parquet", {"member": range(FEWEST)}, {})
    assert pq.read_schema(tmp_path / "e.parquet").metadata[b"population"] == b"synthetic population"


WRITES_A_FILE = {("compare-rules", "csv")}  # what rulebooks say by topic; it reads nothing


def test_no_command__asks_for_records_of_people() -> None:
    found = []
    for name, command in commands():
        for parameter in command.params:
            words = {part for word in (parameter.name or "", *parameter.opts) for part in re.split(r"[-_]+", word)}
            asks = words & {"csv", "register", "citizens", "records", "rows", "import", "identity"}
            if (asks or any(map(is_identifying, words))) and (name, parameter.name) not in WRITES_A_FILE:
                found.append((name, parameter.name))
    assert found == []
    assert "run" in dict(commands())


def commands() -> Iterator[tuple[str, Any]]:
    """Yield every verb of the command line."""
    from glasstown.cli.verbs import build

    yield from typer.main.get_group(build()).commands.items()


def test_no_command__searches_for_a_harsher_scheme() -> None:
    assert not {name for name, _ in commands()} & {
        "optimise",
        "optimize",
        "search",
        "maximise",
        "maximize",
        "tune",
        "rank",
    }


def test_a_place__is_aggregates_with_a_smallest_cell() -> None:
    from glasstown.language.load import load_place
    from glasstown.language.parameters import PlaceFile

    assert "smallest_cell" in PlaceFile.model_fields
    assert not {"people", "persons", "rows", "individuals", "members", "residents"} & set(PlaceFile.model_fields)
    for path in sorted((SOURCE / "_data" / "data" / "places").glob("*.yaml")):
        assert load_place(str(path)).smallest_cell >= 10


def test_lawful_expression__is_never_an_offence() -> None:
    from glasstown.language.load import load_acts

    acts = load_acts()
    tones = {entry.id: entry.tone for entry in acts.classes}
    assert tones["c7"] == "lawful expression"
    assert {act.class_ for act in acts.acts} <= set(tones)
