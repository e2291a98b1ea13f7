"""A mechanism's file: what is one is read and not executed, and what is none is one message with its line."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from glasstown.errors import RulebookError
from glasstown.language.mechanism import parse_mechanism, read_mechanism

HEAD = (
    'MECHANISM = {"name": "m", "label": "one", "seam": "detection", "of": "crossing-on-red", "parameters": '
    '{"share": {"label": "a share", "value": 0.3, "low": 0, "high": 1, "source": "none", "evidence": "assumed"}}}\n'
)


def of(body: str, arguments: str = "in_town, month, luck_1, share") -> str:
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    return f"{HEAD}def mechanism({arguments}):\n{lines}"


@pytest.mark.parametrize(
    "body",
    [
        "return share",
        "return share if in_town else 0",
        "x = month % 12\nif x < 3 or x >= 9:\n    return share // 2\nreturn share",
        "if in_town:\n    y = 2\nelse:\n    y = 1\nreturn y * share // 2",
        "return max(0, min(share, 500_000 - abs(month - 6) * 1000))",
        "z = share\nz -= 3 * month\nreturn z",
        "return not in_town and share",
    ],
)
def test_function_of_the_form__is_a_mechanism(body: str) -> None:
    found = parse_mechanism(of(body), "m.py")
    assert found.arguments == ("in_town", "month", "luck_1", "share")
    (parameter,) = found.parameters
    assert (parameter.id, str(parameter.value), parameter.step) == ("m.share", "0.3", "S5")


UNREGISTERED = "luck_1 to luck_4"
WRITES = "writes nothing"


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        ("import random\n" + of("return share"), UNREGISTERED, 1),
        (of("import random\nreturn share"), UNREGISTERED, 3),
        (of("return random.randint(0, 9)"), UNREGISTERED, 3),
        (of("return random()"), UNREGISTERED, 3),
        (of("return hash(month)"), UNREGISTERED, 3),
        (of("return luck_2"), UNREGISTERED, 3),
        (of("share = share - 5\nreturn share"), WRITES, 3),
        (of("person.score -= 5\nreturn share"), WRITES, 3),
        (of("in_town[0] = 1\nreturn share"), WRITES, 3),
        (of("return share", "score, share"), "found 'score'.*neither reads nor writes what a rulebook keeps", 2),
        (of("return share +"), "does not compile", 3),
        (of("return 0.3"), "whole numbers", 3),
        (of("return share / 2"), "gives fractions", 3),
        (of("return share ** 2"), "\\+ - \\* // %", 3),
        (of("return share << 2"), "\\+ - \\* // %", 3),
        (of("return share // month"), "no number above 0", 3),
        (of("return share % 0"), "no number above 0", 3),
        (of("while True:\n    month\nreturn 1"), "a loop", 3),
        (of("for i in range(9):\n    pass\nreturn 1"), "a loop", 3),
        (of("if in_town:\n    return 1"), "an end without a number", 2),
        (of("if in_town:\n    y = 1\nreturn y"), "not on every way", 5),
        (of("return luck_1 * luck_1"), "can reach", 3),
        (of("return ''"), "whole numbers", 3),
        (of("return [share][0]"), "min, max and abs", 3),
        (of("return (lambda: share)()"), "a call of", 3),
        (of("return share.real"), "min, max and abs", 3),
        (of("return __import__('os')"), "a call of", 3),
        (of("return share", "*share"), "plain arguments", 2),
        (of("return share", "share=1"), "plain arguments", 2),
        (of("return share") + "print(1)\n", "nothing beside", 4),
        (of("return share") + of("return share"), "2 of MECHANISM", None),
        ("MECHANISM = dict()\ndef mechanism():\n    return 1\n", "worked out", 1),
        (HEAD.replace("detection", "telepathy") + "def mechanism():\n    return 1\n", "MECHANISM, seam", 1),
        (HEAD.replace('"high": 1', '"high": 0.1') + "def mechanism():\n    return 1\n", "outside 0 to 0.1", None),
        (HEAD.replace('"share":', '"month":') + "def mechanism():\n    return 1\n", "means nothing else", None),
        (HEAD.replace('"share": {', "7: {") + "def mechanism():\n    return 1\n", "worked out", 1),
        (HEAD.replace("0.3", "1e999") + "def mechanism():\n    return 1\n", "worked out", 1),
        (HEAD.replace("0.3", "3j") + "def mechanism():\n    return 1\n", "worked out", 1),
        ("MECHANISM = [1]\ndef mechanism():\n    return 1\n", "keys such as 'name'", 1),
        ("", "0 of MECHANISM", None),
        (of("return (" * 400 + "share" + ")" * 400), "does not compile|too deep", None),
    ],
)
def test_what_is_no_mechanism__is_one_message(text: str, words: str, line: int | None) -> None:
    with pytest.raises(RulebookError, match=words) as told:
        parse_mechanism(text, "m.py")
    place = told.value.faults[0].place
    assert place is not None
    assert line is None or place.line == line


def test_key_under_another_name__is_one_fault_at_its_line() -> None:
    text = HEAD.replace('"detection", "of"', '"detection",\n  "about"') + "def mechanism():\n    return 1\n"
    with pytest.raises(RulebookError) as told:
        parse_mechanism(text, "m.py")
    assert str(told.value) == (
        "m.py: 1 fault\n  m.py:2:3: MECHANISM: found the unknown key 'about', and no 'of'; expected 'of': text. If 'about' is meant "
        "for it, call it 'of' (the act, the class of conduct, or the gate that it is about); else remove it."
    )


def test_file_that_cannot_be_read__is_one_message(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match="no such file"):
        read_mechanism(tmp_path / "nowhere.py")
    (tmp_path / "bytes.py").write_bytes(b"\xff\xfe")
    with pytest.raises(RulebookError, match="no UTF-8"):
        read_mechanism(tmp_path / "bytes.py")


def test_reading__executes_nothing(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    with pytest.raises(RulebookError):
        parse_mechanism(f"open({str(mark)!r}, 'w')\n" + of("return share"), "m.py")
    assert not mark.exists()


def test_values__lie_within_their_intervals() -> None:
    """What the check allows never leaves 63 bits, whatever is drawn."""
    body = "x = luck_1 * 1_000_000\ny = x // 3 - month * share\nreturn max(-y, y % 7, abs(y)) // 4_294_967_296"
    found = parse_mechanism(of(body), "m.py")
    there: dict[str, object] = {}
    exec(found.source, there)
    draw = random.Random(1)
    for _ in range(200):
        given = (draw.randint(0, 1), draw.randint(0, 1022), draw.getrandbits(32), draw.randint(0, 1_000_000))
        assert abs(there["mechanism"](*given)) < 1 << 62  # type: ignore[operator]
