"""Formulas in numbers, and numbers of few digits, where the values before them are on the screen."""

from __future__ import annotations

import pytest
from support import from_text, problem

from backprop_tutor.marking.mark import Marker
from backprop_tutor.model.formula import quantity
from backprop_tutor.model.marking import Verdict
from backprop_tutor.model.sheet import Sheet, SheetLine
from backprop_tutor.quiz.examiner import Examiner
from backprop_tutor.quiz.feedback import feedback

EXAMPLE = "slides-example-3"
PRODUCT = """
inputs: {x: 1.2, y: 0.7}
expressions:
  u: x*y
  e: exp(x)
  v: y^2
  s: sin(u)
  L: e*v*s
"""
OWN = [("e", "3.32"), ("s", "0.745"), ("dL/du", "1.085")]


@pytest.fixture(scope="module")
def examiner() -> Examiner:
    return Examiner(problem(EXAMPLE))


@pytest.fixture(scope="module")
def product() -> Examiner:
    return Examiner(from_text(PRODUCT))


@pytest.mark.parametrize(
    ("name", "typed", "verdict"),
    [
        ("da1_2/dz1_2", "0.42*0.58", Verdict.WRONG),  # z(1 − z): 0.42 is z itself
        ("da1_1/dz1_1", "0.55*0.45", Verdict.IMPRECISE),
        ("da1_1/dz1_1", "0.5597*0.4403", Verdict.CORRECT),
        ("da1_1/dz1_1", "0.5597*(1-0.5597)", Verdict.CORRECT),
        ("da1_1/dz1_1", "0.5601*0.4403", Verdict.IMPRECISE),  # 0.07 % off
        ("dL/dyhat", "-1/0.76", Verdict.IMPRECISE),
        ("dL/dyhat", "-17/13", Verdict.CORRECT),  # 0.007 % off
        ("dL/dyhat", "-89/68", Verdict.IMPRECISE),  # 0.09 % off
        ("dL/dyhat", "-1/0.8", Verdict.WRONG),
        ("new_w1_11", "0.2-0.01*(-0.01739)", Verdict.CORRECT),
        ("new_w1_11", "0.2-0.01*(-0.0348)", Verdict.WRONG),  # hardly off, but the change is
        ("new_w1_12", "0.4+0.0000348", Verdict.CORRECT),  # as 0.4000348
        ("new_w1_12", "0.4+0.000035", Verdict.CORRECT),
        ("new_w2_12", "0.9+0.0014", Verdict.CORRECT),
        ("new_w1_12", "0.4+0.0000347", Verdict.WRONG),  # its last digit is cut off
        ("new_w1_12", "0.4+0.000034", Verdict.WRONG),
        ("new_w2_12", "0.9+0.001", Verdict.UNDECIDED),
    ],
)
def test_a_formula_in_numbers_is_as_right_as_its_numbers(
    examiner: Examiner, name: str, typed: str, verdict: Verdict
) -> None:
    assert examiner.judge(name, typed).verdict is verdict


def test_a_number_from_the_screen_is_not_a_rounded_one(examiner: Examiner) -> None:
    assert "M04" in examiner.judge("da1_2/dz1_2", "0.42*0.58").ids


@pytest.mark.parametrize(
    ("name", "typed"), [("da1_2/dz1_2", "0.6*0.4"), ("dL/dyhat", "-1/0.8"), ("dL/dx1", "-0.02194")]
)
def test_what_is_hardly_off_is_called_near(examiner: Examiner, name: str, typed: str) -> None:
    judged = examiner.judge(name, typed)
    assert judged.entry is not None
    assert (judged.verdict, judged.entry.slip) == (Verdict.WRONG, "not near enough")


@pytest.mark.parametrize(
    "typed",
    ["e*(v*cos(u)*x+2*y*sin(u))", "e*(v*cos(u)*x+2*y*s)", "dL/du*x + dL/dv*2*y", "3.32*(0.49*0.667*1.2+1.4*0.745)"],
)
def test_a_right_formula_is_right_at_the_learners_own_numbers(product: Examiner, typed: str) -> None:
    assert product.judge("dL/dy", typed, OWN).verdict is Verdict.CORRECT


@pytest.mark.parametrize("typed", ["e*(v*cos(u)*x+y*s)", "e*(v*s*x+2*y*s)"])
def test_own_numbers_excuse_no_wrong_formula(product: Examiner, typed: str) -> None:
    assert product.judge("dL/dy", typed, OWN).verdict is Verdict.WRONG


@pytest.mark.parametrize(("name", "typed"), [("a1_1", "0.6"), ("da1_2/dz1_2", "0.2")])
def test_one_digit_is_neither_right_nor_rounded(examiner: Examiner, name: str, typed: str) -> None:
    judged = examiner.judge(name, typed)
    assert judged.verdict is Verdict.UNDECIDED
    assert judged.entry is not None
    assert "digits" in str(judged.entry.message[0])


def test_one_digit_that_is_the_very_number_is_right(product: Examiner) -> None:
    exact = Examiner(from_text("inputs: {x: 1, y: 0.5}\nexpressions:\n  u: x*y\n  L: u + x^2"))
    assert exact.judge("u", "0.5").verdict is Verdict.CORRECT
    assert exact.judge("dL/dx", "2.5").verdict is Verdict.CORRECT
    assert exact.judge("dL/du", "1").verdict is Verdict.CORRECT
    assert product.judge("v", "0.5").verdict is Verdict.UNDECIDED


def test_one_digit_excuses_nothing_behind_it(examiner: Examiner) -> None:
    before = [("yhat", "0.8")]
    assert examiner.judge("dL/dyhat", "-1.23", before).verdict is Verdict.WRONG
    assert examiner.judge("dL/dyhat", "-1.308", before).verdict is Verdict.CORRECT


def test_on_a_sheet_one_digit_may_be_right() -> None:
    report = Marker(problem(EXAMPLE)).mark(Sheet("", (SheetLine("a1_1", "0.6"),)), names={"a1_1"})
    assert report.entries[0].verdict is Verdict.CORRECT


@pytest.mark.parametrize("typed", ["0.4+0.0000347", "0.9+0.2341", "2.4*0.01"])
def test_no_digit_of_what_was_never_written_is_off(examiner: Examiner, typed: str) -> None:
    judged = examiner.judge("new_w1_12", typed)
    assert judged.entry is not None
    assert judged.verdict is Verdict.WRONG
    assert judged.entry.slip not in {"one digit", "digits swapped", "last digit cut off"}


SUM = [("h", "0.5"), ("s", "0.524979"), ("ds/dh", "0.249376"), ("ds/dw1", "0.249376")]


@pytest.mark.parametrize(
    ("name", "typed", "says"),
    [
        ("ds/dw2", "-0.0748", "not the factor itself"),  # though ∂s/∂w1 was right
        ("ds/dw2", "ds/dh*w2", "not the factor itself"),
        ("ds/dx2", "0.498752", "not the factor itself"),
        ("ds/dw2", "0.249376", "stays in the slope"),
    ],
)
def test_a_rule_taken_wrongly_in_an_authors_own_line_is_named(name: str, typed: str, says: str) -> None:
    judged = Examiner(problem("slides-perceptron")).judge(name, typed, SUM)
    (explanation,) = judged.explanations
    assert explanation.title.startswith("Factor")
    assert says in str(explanation.repair)


@pytest.mark.parametrize(
    ("problem_name", "name", "typed", "before", "used"),
    [
        ("slides-perceptron", "ds/dx3", "ds/dh*w1", SUM, "w1"),
        ("slides-perceptron", "ds/dw2", "ds/dh*x1", SUM, "x1"),  # x1 is 1: typed as it is, it is no factor left out
        (
            EXAMPLE,
            "dL/dw2_11",
            "-0.141963",
            [("a1_1", "0.559714"), ("a1_2", "0.603483"), ("dL/dz2_1", "-0.235239")],
            "a1_2",
        ),
        (EXAMPLE, "dL/dw1_12", "dL/dz1_1*x1", [("dL/dz1_1", "-0.0347825")], "x1"),
        (EXAMPLE, "dL/da1_2", "dL/dz2_1*w1_12", [("dL/dz2_1", "-0.235239")], "w1_12"),
    ],
)
def test_another_index_is_said_to_be_one(
    problem_name: str, name: str, typed: str, before: list[tuple[str, str]], used: str
) -> None:
    judged = Examiner(problem(problem_name)).judge(name, typed, before)
    assert judged.entry is not None
    assert judged.explanations == ()
    assert judged.verdict is Verdict.WRONG
    assert judged.entry.slip == "another index"
    assert quantity(used) in judged.entry.message


def test_what_was_typed_decides_where_two_ideas_give_one_number() -> None:
    # x1 is 1: the factor itself, and no factor at all, are one number.
    (explanation,) = Examiner(problem("slides-perceptron")).judge("ds/dx1", "ds/dh*x1", SUM).explanations
    assert "not the factor itself" in str(explanation.repair)


LEFT_OUT, NOT_BROUGHT_DOWN = "Factor beside it left out of the slope", "Exponent not brought down as a factor"
INPUT_FOR_OUTPUT = "Input of the activation put where its output belongs in the slope"
INNER_LEFT_OUT, MINUS_LOST = "Slope of what stands inside left out", "Minus lost on the way to the slope"


def before(examiner: Examiner, name: str) -> list[tuple[str, str]]:
    """All that stands on the screen when a step is asked."""
    setting = examiner.marker.setting
    steps = (other for other in setting.steps if setting.position[other] < setting.position[name])
    return [(other, figure.shown) for other in steps if (figure := setting.lesson.figures.get(other))]


@pytest.mark.parametrize(
    ("problem_name", "name", "typed", "titles"),
    [
        # c is 2, and so is the exponent: the number may be either, the formula says which.
        ("uw-chain-rule-point", "dv/da", "16", {LEFT_OUT, NOT_BROUGHT_DOWN}),
        ("uw-chain-rule-point", "dv/da", "2*(a-b)", {LEFT_OUT}),
        ("uw-chain-rule-point", "dv/da", "c*(a-b)", {NOT_BROUGHT_DOWN}),
        ("uw-chain-rule-point", "da/dx", "3", {NOT_BROUGHT_DOWN}),
        ("olin-cos-sqrt-point", "df/dx", "df/du*x", {NOT_BROUGHT_DOWN}),
        # Half of df/du by chance: nobody takes a mean where there is one path.
        ("olin-cos-sqrt-point", "df/dx", "u*df/du/2", set()),
        ("week05-polar-point", "df/dy", "r/2", set()),
        ("week05-polar-point", "dx/dtheta", "-sin(theta)", {LEFT_OUT}),
        # The slope of the activation was right.
        ("slides-perceptron", "ds/dtheta", "ds/dh", {INNER_LEFT_OUT, MINUS_LOST}),
        ("slides-perceptron", "o", "0.1", set()),
        (EXAMPLE, "dL/dz1_1", "dL/da1_1*a1_1", {"Value of the activation taken for its slope"}),
        # The slope on the screen is right, but is not what was used.
        (EXAMPLE, "dL/dz1_1", "-0.1411*0.24*0.76", {INPUT_FOR_OUTPUT}),
        (EXAMPLE, "dL/dz1_1", "-0.02574", {INPUT_FOR_OUTPUT}),
        (EXAMPLE, "dL/dz1_1", "-0.1411*z1_1*(1-z1_1)", {INPUT_FOR_OUTPUT}),
        (EXAMPLE, "dL/dz1_1", "-0.0790", {"Value of the activation taken for its slope"}),
        ("logistic-regression", "dL/dw1_11", "-2.1", set()),
        ("two-by-two", "new_w5", "0.3178", {"Learning rate left out of the update"}),
        ("two-by-two", "new_w5", "-0.5*dL/dw5", {"Change alone given, without the old value"}),
        ("two-by-two", "new_w5", "0.04108", {"Change alone given, without the old value"}),
    ],
)  # fmt: skip
def test_the_idea_that_is_named_is_the_one_that_was_had(
    problem_name: str, name: str, typed: str, titles: set[str]
) -> None:
    examiner = Examiner(problem(problem_name))
    judged = examiner.judge(name, typed, before(examiner, name))
    assert judged.verdict is Verdict.WRONG
    assert {explanation.title for explanation in judged.explanations} == titles


def test_the_number_of_another_gradient_is_not_taken_for_a_rounded_one() -> None:
    # ∂L/∂w8 is -0.02274, and ∂L/∂w7 is -0.02260.
    assert Examiner(problem("two-by-two")).judge("dL/dw7", "-0.0227").verdict is Verdict.UNDECIDED


def test_a_single_digit_that_follows_from_a_wrong_line_is_no_right_one() -> None:
    # The bias is left out: z is 0, and ŷ is 0.5 where it should be 0.525.
    report = Examiner(problem("logistic-regression")).report([("z1_1", "0"), ("yhat", "0.5"), ("L", "0.69")])
    verdicts = {entry.name: entry.verdict for entry in report.entries if entry.asked}
    assert verdicts == {"z1_1": Verdict.WRONG, "yhat": Verdict.CARRIED, "L": Verdict.CARRIED}


POINT = "uw-chain-rule-point"


@pytest.mark.parametrize(
    ("problem_name", "name", "typed", "kind"),
    [
        ("sigmoid-circuit", "df/dq", "1", "arriving gradient left out"),
        (EXAMPLE, "dL/da1_1", "0.6", "arriving gradient left out"),
        (EXAMPLE, "dL/dw1_11", "x1", "arriving gradient left out"),
        (EXAMPLE, "da1_1/dz1_1", "-0.03478", "whole gradient"),
        (EXAMPLE, "da1_1/dz1_1", "dL/da1_1*a1_1*(1-a1_1)", "whole gradient"),
        (POINT, "da/dx", "192", "whole gradient"),
        (EXAMPLE, "da1_1/dz1_1", "0.1411", "arriving gradient with another sign"),
        (EXAMPLE, "da1_1/dz1_1", "-dL/da1_1", "arriving gradient with another sign"),
        (EXAMPLE, "da1_1/dz1_1", "-0.1411", "number of another step"),
        (POINT, "dv/dz", "dv/db", "slope left out"),
        (POINT, "dv/dz", "-32", "slope left out"),
        (POINT, "dv/dx", "dv/da + dv/db*db/dx", "slope left out"),
        (POINT, "dv/dz", "dv/db + db/dz", "slopes added"),
        (POINT, "dv/dw", "38", "slopes added"),
        (POINT, "dv/dx", "dv/da + da/dx + dv/db + db/dx", "slopes added"),
        # By chance this is the mean of the shares, too: what was typed says that it is not meant.
        (POINT, "dv/dx", "dv/da*da/dx - dv/db*db/dx", "sign of one path"),
        (POINT, "dv/dy", "256", "sign of one path"),
        ("shared-subexpression", "df/ds", "-3.460", "sign of one path"),
        (POINT, "dv/dw", "128", "value for a derivative"),
        (POINT, "dv/dw", "v", "value for a derivative"),
        # Small whole numbers come out of many lines.
        (POINT, "dv/dx", "4", ""),
        (POINT, "da/dx", "9", ""),
    ],
)
def test_what_was_done_to_a_line_is_said(problem_name: str, name: str, typed: str, kind: str) -> None:
    examiner = Examiner(problem(problem_name))
    judged = examiner.judge(name, typed, before(examiner, name))
    assert judged.entry is not None
    assert (judged.verdict, judged.ideas, judged.entry.slip) == (Verdict.WRONG, (), kind)
    words = feedback(judged, examiner.marker.setting.steps[name])[0].words  # type: ignore[union-attr]
    assert str(words[0]).startswith("Not yet")
    assert str(words[0]).startswith("Not yet. ") or not kind


def test_what_was_done_to_a_line_is_said_where_formulas_are_asked_for() -> None:
    examiner = Examiner(problem("uw-chain-rule"))
    judged = examiner.judge("dv/dz", "dv/db")
    assert judged.entry is not None
    assert judged.entry.slip == "slope left out"
    judged = examiner.judge("dv/dx", "dv/da*da/dx - dv/db*db/dx")
    assert judged.entry is not None
    assert judged.entry.slip == "sign of one path"


def test_a_gradient_by_name_is_no_local_slope() -> None:
    judged = Examiner(problem(EXAMPLE)).judge("da1_1/dz1_1", "dL/dz1_1")
    assert judged.verdict is Verdict.UNREADABLE
    assert judged.entry is not None
    assert judged.entry.given is not None
    assert judged.entry.given.trouble == (
        "dL/dz1_1 is the whole gradient, with dL/da1_1 multiplied in: asked is the slope of this line alone"
    )


def test_every_wrong_line_of_a_test_has_its_own_idea() -> None:
    lines = [
        ("z1_1", "0"), ("yhat", "0.5"), ("L", "0.6931"), ("dL/dyhat", "yhat-y"), ("dL/dz1_1", "-0.5"),
        ("dL/dw1_11", "dL/dz1_1*w1_11"), ("dL/dx1", "dL/dz1_1*x1"), ("dL/db1_1", "-0.5"),
        ("new_w1_11", "w1_11+0.5*dL/dw1_11"),
    ]  # fmt: skip
    report = Examiner(problem("logistic-regression")).report(lines)
    found = {name: explanation.id for explanation in report.explanations for name in explanation.steps}
    assert found == {"z1_1": "M22", "dL/dyhat": "M16", "dL/dw1_11": "M33", "dL/dx1": "op", "new_w1_11": "M44"}
    carried = {entry.name for entry in report.entries if entry.verdict is Verdict.CARRIED}
    assert carried == {"yhat", "L", "dL/dz1_1", "dL/db1_1"}


@pytest.mark.parametrize("typed", ["beta_0*1.918", "w2_10*dL/dz2_1", "1.9181*w2_10"])
def test_a_formula_says_which_of_two_ideas_with_one_number_was_had(typed: str) -> None:
    # The bias is 0, and so is the gradient of what is taken for a constant.
    examiner = Examiner(problem("cmu-tanh"))
    for lines in (before(examiner, "dL/dw2_10"), []):
        assert examiner.judge("dL/dw2_10", typed, lines).ids == ("M40",)
        assert set(examiner.judge("dL/dw2_10", "0", lines).ids) == {"M39", "M40"}


def test_a_wrong_line_of_a_test_has_its_idea_though_what_goes_into_it_was_not_asked() -> None:
    lines = [("dL/dw2_12", "-0.0816"), ("da1_2/dz1_2", "0.2486"), ("dL/dw1_12", "-0.0402")]
    examiner = Examiner(problem("softmax-three-classes"))
    report = examiner.report(lines)
    assert {name: explanation.id for explanation in report.explanations for name in explanation.steps} == {
        "dL/dw2_12": "M33",  # though the other gradient of a weight is right
        "da1_2/dz1_2": "M08",
    }
    assert not examiner.report([("dL/dw2_12", "-0.08"), *lines[2:]]).explanations


def test_the_number_that_was_told_for_a_rounded_one_may_be_used_like_the_own_one() -> None:
    examiner = Examiner(problem(EXAMPLE))
    lines = [
        ("z1_1", "0.24"),
        ("z1_2", "0.42"),
        ("a1_1", "0.56"),
        ("a1_2", "0.60"),
        ("z2_1", "1.18"),
        ("yhat", "0.764"),
    ]
    rounded = examiner.judge("dL/dz2_1", "-0.234", lines)
    assert rounded.verdict is Verdict.IMPRECISE
    assert rounded.entry is not None
    assert "this is -0.236." in str(rounded.entry.message[0])
    lines.append(("dL/dz2_1", "-0.234"))
    for name, from_own, from_told in (("dL/db2_1", "-0.234", "-0.236"), ("dL/da1_1", "-0.1404", "-0.1416")):
        for typed in (from_own, from_told):
            assert examiner.judge(name, typed, lines).verdict in {Verdict.CORRECT, Verdict.IMPRECISE}, typed
        assert examiner.judge(name, "-0.145", lines).verdict is Verdict.WRONG


@pytest.mark.parametrize(
    ("problem_name", "name", "typed", "idea"),
    [
        # From a = 0.9999 they follow only by rounding, but from a with all its digits exactly.
        ("cmu-tanh", "da1_1/dz1_1", "-0.0001816", "M09"),
        ("cmu-tanh-23", "da1_2/dz1_2", "-0.001341", "M09"),
        ("cmu-tanh-23", "da1_2/dz1_2", "0.0006707", "M06"),
        ("olin-titanic", "dL/dz2_1", "0.00006499", "M18"),
        # -1926.8
        ("softmax-large-scores", "dL/dx1", "-1927", "M29"),
    ],
)
def test_an_idea_that_gives_a_number_exactly_is_not_left_out_for_rounding(
    problem_name: str, name: str, typed: str, idea: str
) -> None:
    examiner = Examiner(problem(problem_name))
    assert examiner.judge(name, typed, before(examiner, name)).ids == (idea,)


@pytest.mark.parametrize(
    ("problem_name", "name", "typed"),
    [
        # As a number it is that of the gradient without its input, too, which is 1.
        ("cmu-tanh", "dL/dw1_31", "0.271*x_1"),
        ("cmu-tanh", "dL/dw1_31", "x1*0.2710"),
        # A tenth off by rounding.
        ("cmu-tanh", "da1_1/dz1_1", "1-0.9999^2"),
        ("cmu-tanh", "da1_1/dz1_1", "(1-0.9999)*(1+0.9999)"),
        # On the screen stands 0.537050.
        ("softmax-three-classes", "da1_2/dz1_2", "1-0.5371^2"),
    ],
)
def test_a_right_formula_with_numbers_off_the_screen_in_it_is_right(problem_name: str, name: str, typed: str) -> None:
    examiner = Examiner(problem(problem_name))
    own = [(other, "0.271" if other == "dL/dz1_3" else shown) for other, shown in before(examiner, name)]
    judged = examiner.judge(name, typed, own)
    assert judged.verdict is Verdict.CORRECT


def test_a_right_formula_in_names_is_right_at_own_numbers_that_leave_few_digits() -> None:
    lines = [("a1_1", "0.9999")]
    assert Examiner(problem("cmu-tanh")).judge("da1_1/dz1_1", "1-z_1^2", lines).verdict is Verdict.CORRECT


@pytest.mark.parametrize(
    ("problem_name", "name", "typed", "verdict"),
    [
        ("cmu-tanh", "da1_1/dz1_1", "0.9999-0.9999^2", Verdict.UNDECIDED),  # its number alone says nothing
        ("cmu-tanh", "da1_1/dz1_1", "2*(1-0.9999)", Verdict.UNDECIDED),
        ("cmu-tanh", "da1_1/dz1_1", "1-0.9998^2", Verdict.WRONG),  # nothing on the screen
        ("cmu-tanh", "da1_1/dz1_1", "1-0.9951^2", Verdict.WRONG),  # of another unit
        ("cmu-tanh", "dL/dw1_31", "0.271*w1_31", Verdict.WRONG),
        (EXAMPLE, "dL/dyhat", "-1/0.76", Verdict.IMPRECISE),  # fewer digits than are asked for
        (EXAMPLE, "dL/dyhat", "-1/0.8", Verdict.WRONG),
    ],
)
def test_numbers_off_the_screen_excuse_no_other_formula(
    problem_name: str, name: str, typed: str, verdict: Verdict
) -> None:
    examiner = Examiner(problem(problem_name))
    assert examiner.judge(name, typed, before(examiner, name)).verdict is verdict


def test_what_is_right_in_names_of_a_wrong_number_follows_from_it() -> None:
    judged = Examiner(problem("cmu-tanh")).judge("da1_1/dz1_1", "1-0.9909^2", [("a1_1", "0.9909")])
    assert judged.verdict is Verdict.CARRIED


OWN_LINES = """
inputs: {x: 1.5, y: 0.8, k: 2.3}
expressions:
  w: x*y^2
  q: (x + w)/(y^2 + 1)
  t: x*(x + k)
  f: q*t*w
"""


@pytest.mark.parametrize(
    ("name", "typed", "title"),
    [
        ("dq/dy", "-0.91463", "Slope of what stands in the denominator left out"),
        ("dq/dy", "0.625", "Slope of the numerator divided by that of the denominator"),
        ("dq/dx", "0.37180", "Denominator squared"),
        ("dt/dx", "3.8", "One share of the slope left out"),
        ("dt/dx", "1.5", "One share of the slope left out"),
    ],
)
def test_an_ordinary_slip_in_a_slope_has_a_name(name: str, typed: str, title: str) -> None:
    judged = Examiner(from_text(OWN_LINES)).judge(name, typed)
    assert [explanation.title for explanation in judged.explanations] == [title]


def test_the_other_function_of_an_angle_is_named() -> None:
    (kept,) = Examiner(problem("olin-cos-sqrt-point")).judge("dc/dp", "-0.54030").explanations
    assert kept.title == "Cosine kept in its slope, with a minus"
    (changed,) = Examiner(problem("week05-polar-point")).judge("dx/dr", "-0.5000").explanations
    assert changed.title == "Factor beside it differentiated, too"
