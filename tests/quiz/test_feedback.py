"""What is said where several ideas give one answer."""

from __future__ import annotations

from fractions import Fraction

import pytest
from learner import tutor
from support import from_text

from backprop_tutor.model.marking import Verdict
from backprop_tutor.model.op import Words
from backprop_tutor.model.problem import Problem
from backprop_tutor.model.quiz import Remark
from backprop_tutor.quiz.feedback import _alternatives, _really

START = "Not yet. More than one idea gives this:"


def said(name: str | Problem, ask: str, typed: str) -> list[str]:
    """What is said of one answer, remark by remark."""
    teacher = tutor(name, questions=False, ask=(ask,))
    parts = teacher.advance(teacher.begin(), typed, 0.0).parts
    remarks = [part for part in parts if isinstance(part, Remark)]
    assert remarks[0].verdict is Verdict.WRONG
    return [text(remark.words) for remark in remarks]


def text(words: Words) -> str:
    return "".join(part if isinstance(part, str) else "·" for part in words)


def test_ideas_about_the_same_thing_are_told_in_one_sentence_with_one_repair() -> None:
    first, repair = said("shared-subexpression", "df/ds", "2.000")
    assert first == (
        f"{START} only one of several paths followed, gradient overwritten by the last use, or path with the "
        "largest number taken instead of the sum of all."
    )
    assert repair.startswith("This value reaches the result by several paths, for it is used more than once")
    first, _ = said("two-by-two", "dL/db2", "0.1385")
    assert first.endswith("followed, or path with the largest number taken instead of the sum of all.")


def test_the_largest_path_says_by_what_it_is_the_largest() -> None:
    paths = "inputs: {x: 1}\nexpressions:\n  p: 2*x\n  q: 3*x\n  r: -7*x\n  s: x\n  y: p + q + r + s\n"
    by_value, *_ = said(from_text(paths), "dy/dx", "3")
    assert by_value == "Not yet. Path with the largest number taken instead of the sum of all."
    by_size, *_ = said(from_text(paths), "dy/dx", "-7")
    assert by_size == "Not yet. Path that is the largest in size taken instead of the sum of all."


def test_ideas_about_different_things_are_told_one_by_one() -> None:
    first, *others = said("cmu-tanh", "dL/dw2_10", "0.000")
    assert first == START
    assert [other.split(". ")[0] for other in others] == [
        "- Gradient of the bias taken to be 0",
        "- Gradient of the bias multiplied by the bias",
    ]


@pytest.mark.parametrize(
    ("titles", "words"),
    [
        (
            ["Sign wrong", "ReLU opened by the sign", "L2 left out"],
            "sign wrong, ReLU opened by the sign, or L2 left out",
        ),
        (["One", "Two"], "one, or two"),
        (["One", "One"], "one"),
    ],
)
def test_titles_stand_in_a_sentence(titles: list[str], words: str) -> None:
    assert _alternatives(titles) == words


OUTPUT_ITSELF = "Here the output itself is taken for the slope, which has the factor one minus the output too."
ONE_FACTOR = "Here only the factor one minus the output is taken for the slope; the output itself multiplies it."


@pytest.mark.parametrize(
    ("line", "typed", "title", "repair"),
    [
        ("sigmoid(x)", "0.6225", "Value of the activation taken for its slope", OUTPUT_ITSELF),
        ("sigmoid(x)", "0.3775", "Only a part of the slope used", ONE_FACTOR),
        ("sigmoid(x - 1/4)", "0.5622", "Value of the activation taken for its slope", OUTPUT_ITSELF),
        ("sigmoid(x - 1/4)", "0.4378", "Only a part of the slope used", ONE_FACTOR),
        ("sigmoid(3*x)", "2.453", "Value of the activation taken for its slope", OUTPUT_ITSELF),
        ("tanh(x)", "0.5379", "Only a part of the slope used", "Square the output before you take it from 1."),
    ],
)
def test_who_takes_a_part_of_a_slope_is_told_what_is_missing_in_this_slope(
    line: str, typed: str, title: str, repair: str
) -> None:
    first, second, *_ = said(from_text(f"inputs: {{x: 0.5}}\nexpressions:\n  s: {line}\n  t: 2*s\n"), "ds/dx", typed)
    assert (first, second) == (f"Not yet. {title}.", repair)


def test_where_activations_differ_what_is_told_is_true_of_all() -> None:
    lines = "  s: sigmoid(x)\n  t: tanh(y)\n  f: s*t\n"
    first, second, *_ = said(from_text(f"inputs: {{x: 0.5, y: 0.3}}\nexpressions:\n{lines}"), "ds/dx", "0.3775")
    assert first == "Not yet. Only a part of the slope used."
    assert second.startswith("One minus the output is only a part of the slope: the sigmoid multiplies that")


@pytest.mark.parametrize(
    ("claimed", "real", "says"),
    [
        ("-0.00132", "-0.00142", "it changes a little more than that"),
        ("-0.00142", "-0.00132", "it changes almost as much, but not quite"),
        ("0.00142", "-0.00132", "it goes just the other way"),
        ("0.1", "0.3", "it changes by more than that"),
        ("0.3", "0.1", "it changes by less than that"),
    ],
)
def test_how_what_happens_compares_with_what_was_predicted(claimed: str, real: str, says: str) -> None:
    assert _really(Fraction(claimed), Fraction(real)) == says


def test_an_experiment_is_made_in_what_the_problem_is() -> None:
    first, tried = said("slides-example-3", "dL/dz1_1", "0.7")
    assert first == "Not yet: the network itself says otherwise."
    assert tried.startswith("Try it. ")
    first, tried = said("uw-chain-rule-point", "dv/dz", "17")
    assert first == "Not yet: the graph itself says otherwise."
    assert tried.startswith("Try it. ")


@pytest.mark.parametrize(
    ("name", "asked", "change", "turned"),
    [("xor-tanh", "new_b2_1", "0.4186", "-0.4186"), ("slides-example-3", "new_w1_11", "0.0001739", "-0.0001739")],
)
def test_a_change_alone_that_goes_the_other_way_is_told_so(name: str, asked: str, change: str, turned: str) -> None:
    first, moves = said(name, asked, change)
    assert first == "Not yet. Change alone given, without the old value."
    assert moves.startswith("This is how far the parameter moves, and not yet where it arrives:")
    first, moves = said(name, asked, turned)
    assert first == "Not yet. Change alone given, without the old value."
    assert moves.startswith("The parameter moves by as much, but the other way, for there is a minus before the step.")


def test_a_gradient_of_0_predicts_that_nothing_changes() -> None:
    *_, tried = said("cmu-tanh", "dL/dw1_22", "0")
    assert tried == "Try it. If · were 0, moving · by 0.01 would not change ·; but it does."


@pytest.mark.parametrize(
    ("name", "ask", "typed", "others"),
    [
        (
            "uw-chain-rule-point",
            "dv/dx",
            "128",
            [
                "- This is what comes out when the share · of one path gets the other sign.",
                "- This is the value of · itself: asked is how it changes with ·.",
            ],
        ),
        (
            "uw-chain-rule-point",
            "dv/dx",
            "192-64",
            [
                "- This is what comes out when the share · of one path gets the other sign.",
                "- This is the value of · itself: asked is how it changes with ·.",
            ],
        ),
        (
            "week05-polar-point",
            "df/dr",
            "2.0000",
            [
                "- This is what comes out when the share · of one path gets the other sign.",
                "- This number is ·, not ·.",
            ],
        ),
    ],
)
def test_an_idea_is_not_asserted_where_the_line_gives_its_number_in_another_way(
    name: str, ask: str, typed: str, others: list[str]
) -> None:
    first, mean, *rest = said(name, ask, typed)
    assert first == START
    assert mean.startswith("- Mean over the paths taken instead of their sum. ")
    assert rest == others
    teacher = tutor(name, questions=False, ask=(ask,))
    [record] = teacher.advance(teacher.begin(), typed, 0.0).records
    # All of them are kept, as a tie: nobody is told later that it was this one.
    assert {idea.id for idea in record.ideas} == {"M37", "slip"}
    assert len({idea.key for idea in record.ideas}) == 1 + len(rest)


def test_an_idea_that_was_typed_in_names_is_asserted() -> None:
    first, *_ = said("uw-chain-rule-point", "dv/dx", "(dv/da*da/dx+dv/db*db/dx)/2")
    assert first == "Not yet. Mean over the paths taken instead of their sum."


def test_slips_that_give_one_number_are_all_told() -> None:
    first, *_ = said("shared-subexpression", "df/dx", "0.72985")
    handed_on = "the gradient that arrives along a path is handed on unchanged: the slope on the way multiplies it"
    assert first == (
        f"Not yet. More than one slip gives this. This is what comes out when {handed_on}. "
        "Or: this is what comes out when the share · of one path gets the other sign."
    )


@pytest.mark.parametrize("typed", ["0.27700", "0.2770"])
def test_whoever_differentiates_the_loss_once_more_is_told_of_its_factor(typed: str) -> None:
    first, *_ = said("two-by-two", "dL/dz2_1", typed)
    assert first == "Not yet. Factor 2 of the squared error kept or dropped."


FACTOR_ITSELF = (
    "Not yet. Factor itself used for its slope, on one of the paths. "
    "The slope in a factor is what it is multiplied by, not the factor itself."
)


@pytest.mark.parametrize("typed", ["0.080605", "1.7298", "df/ds*x+s", "df/ds*y+df/dw*x"])
def test_a_typical_slope_on_one_path_alone_is_named(typed: str) -> None:
    first, *_ = said("shared-subexpression", "df/dx", typed)
    assert first == FACTOR_ITSELF
