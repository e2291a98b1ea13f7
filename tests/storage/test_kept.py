"""A run's rulebooks are read from its manifest alone."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from glasstown.errors import RulebookError
from glasstown.language.load import load_acts, load_rulebook
from glasstown.runs.texts import documents_of
from glasstown.storage.kept import acts_of, book_of
from glasstown.storage.manifest import Document, RulebookDocuments
from glasstown.storage.names import check_name, fit_name
from tests.watch import watching


@pytest.mark.parametrize("reference", ["suining-2010", "rongcheng-2013@one-point-b", "xihuotangzhai-2015"])
def test_book_of__is_the_rulebook_that_was_read_from_files(reference: str) -> None:
    book = load_rulebook(reference)
    documents = documents_of(reference, book)
    with watching() as watch:
        assert book_of(documents) == book
    assert watch.found == []


def test_book_of__makes_no_temporary_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere")
    assert book_of(documents_of("suining-2010", load_rulebook("suining-2010"))).id == "suining-2010"


def test_book_of__looks_for_no_file_that_extends_names(tmp_path: Path) -> None:
    documents = documents_of("xihuotangzhai-2015", load_rulebook("xihuotangzhai-2015"))
    alone = documents.model_copy(update={"base": None})
    with pytest.raises(RulebookError, match="which the run has not kept"):
        book_of(alone)


def test_book_of__refuses_another_rulebook_under_the_name() -> None:
    documents = documents_of("suining-2010", load_rulebook("suining-2010"))
    with pytest.raises(RulebookError, match="expected 'xihuotangzhai-2015', as the run calls it"):
        book_of(RulebookDocuments(id="xihuotangzhai-2015", rules=documents.rules, sources=documents.sources))


def test_acts_of__is_the_catalogue_that_ships(monkeypatch: pytest.MonkeyPatch) -> None:
    from glasstown.paths import data_folder

    assert acts_of((Document.from_file(data_folder() / "acts.yaml"),)) == load_acts()


@pytest.mark.parametrize("name", ["county.yaml", "城市.yaml", "my place (2).yml", "a:b"])
def test_check_name__takes_a_file_s_name(name: str) -> None:
    assert check_name(name) == name
    assert fit_name(name) == name


@pytest.mark.parametrize(
    "name", ["a/b", "..", "", "a\\b", "a\0", "x" * 300, " a", "\N{RIGHT-TO-LEFT OVERRIDE}a", "城" * 100]
)
def test_fit_name__makes_a_name_that_passes(name: str) -> None:
    with pytest.raises(ValueError, match="'"):
        check_name(name)
    if name != "..":  # no file is called so
        assert check_name(fit_name(name))
