"""Words of what is found out: what was packed is read, at both ends of every part."""

from __future__ import annotations

from itertools import product

import pytest

from plain_kernels import plain

words = plain("tables.found_words")


@pytest.mark.parametrize("parts", [*product((0, 149, 255), (0, 15, 255), (1, 255), (0, 1, 255))])
def test_word__gives_back_what_was_packed(parts: tuple[int, int, int, int]) -> None:
    word = words.pack_found(*parts)
    read = words.found_person(word), words.found_class(word), words.found_acts(word), words.found_out(word)
    assert read == parts
    assert not words.is_false_report(word)
    assert words.is_found_of(word, parts[0], parts[1])


@pytest.mark.parametrize(("person", "conduct"), [(0, 0), (149, 3), (255, 255)])
def test_false_report__is_of_one_act_that_nobody_did(person: int, conduct: int) -> None:
    word = words.pack_false_report(person, conduct)
    assert words.is_false_report(word)
    assert (words.found_person(word), words.found_class(word), words.found_out(word)) == (person, conduct, 1)
    assert not words.is_found_of(word, person, conduct)


def test_word_of_another_person_or_class__is_not_of_this_one() -> None:
    word = words.pack_found(4, 2, 3, 1)
    assert not words.is_found_of(word, 5, 2)
    assert not words.is_found_of(word, 4, 3)
