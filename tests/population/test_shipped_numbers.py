"""The shipped parameters: in range, sourced, one for each class of acts and each scheme's office."""

from __future__ import annotations

import pytest

from glasstown.language.acts import ActCatalogue
from glasstown.language.load import load_parameters
from glasstown.language.parameters import Parameter, Parameters

SCHEMES = (
    "suining-2010",
    "rongcheng-2013",
    "rongcheng-2019",
    "dongdao-village-2018",
    "jiangsu-env-2019",
    "jinan-dogs-2017",
)


@pytest.fixture(scope="module")
def parameters() -> Parameters:
    return load_parameters()


@pytest.mark.parametrize("parameter", load_parameters().parameters, ids=lambda parameter: parameter.id)
def test_parameter__lies_in_its_range_and_names_its_step(parameter: Parameter) -> None:
    assert parameter.low <= parameter.value <= parameter.high
    assert parameter.step in {f"S{step}" for step in range(17)}
    assert parameter.basis.source


def test_ids__are_unique(parameters: Parameters) -> None:
    ids = [parameter.id for parameter in parameters.parameters]
    assert len(set(ids)) == len(ids)


def test_hazard__is_there_for_every_class(parameters: Parameters, acts: ActCatalogue) -> None:
    for act_class in acts.classes:
        assert parameters.number(f"hazard.{act_class.id}") > 0


@pytest.mark.parametrize("kind", ["dishonesty", "rewards"])
@pytest.mark.parametrize("scheme", ["default", *SCHEMES])
def test_recording__is_a_share_for_every_scheme(parameters: Parameters, kind: str, scheme: str) -> None:
    assert 0 < parameters.number(f"recording.{kind}.{scheme}") <= 1


def test_shares__lie_between_0_and_1(parameters: Parameters) -> None:
    for parameter in parameters.parameters:
        if parameter.unit.startswith("share"):
            assert parameter.low >= 0
            assert parameter.high <= 1


def test_number__of_an_unknown_parameter_is_an_error(parameters: Parameters) -> None:
    with pytest.raises(KeyError):
        parameters.number("no-such-parameter")
