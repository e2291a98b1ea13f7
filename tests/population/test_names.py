"""Names are invented, marked, and none is one of the commonest Chinese surnames."""

from __future__ import annotations

import re

import pytest

from glasstown.population.names import CLUSTERS, ENDINGS, MARK, firm_name, person_name

# The hundred commonest Chinese surnames in pinyin (several share a spelling).
SURNAMES_IN_A_LINE = """
    wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie song tang deng
    han feng cao peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng wei su lü lv ding ren lu yao shen zhong cui
    tan fan shi liao jia xia fu fang zou xiong bai meng qin qiu yin xue yan lei hou long tao gu mao hao gong shao wan
    qian dai ouyang mo kong xiang chang kang lai qi an shang"""
SURNAMES = frozenset(SURNAMES_IN_A_LINE.split())


@pytest.mark.parametrize("person_id", [0, 1, 149, 150, 99_999, 1 << 40])
def test_person_name__is_marked_and_no_chinese_surname(person_id: int) -> None:
    name = person_name(7, person_id)
    words = name.removesuffix(MARK).split()
    assert name.endswith("(synthetic)")
    assert len(words) == 2
    assert not {word.lower() for word in words} & SURNAMES


def test_every_word__is_no_chinese_surname_and_no_syllable_of_pinyin() -> None:
    words = {(cluster + ending).lower() for cluster in CLUSTERS for ending in ENDINGS}
    assert not words & SURNAMES
    assert all(re.match(r"(?![zcs]h)[bcdfghjklmnpqrstvwxyz]{2}", word) for word in words)


def test_names__follow_from_seed_and_id() -> None:
    assert person_name(7, 5) == person_name(7, 5)
    assert len({person_name(7, person) for person in range(200)}) > 190
    assert person_name(8, 5) != person_name(7, 5)


def test_firm_name__is_marked() -> None:
    assert firm_name(7, 3).endswith("(synthetic)")
    assert firm_name(7, 3) != person_name(7, 3)
