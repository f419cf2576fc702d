"""A marked sheet in the terminal: what a student reads, at every width, in ASCII, and with hostile answers."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest
import report_samples as samples
from rich.cells import cell_len
from rich.console import Console

from backprop_tutor.model.formula import Call, Derivative, Formula, Name, Number
from backprop_tutor.model.lesson import Figure
from backprop_tutor.model.marking import Entry, Line, Marks, Report, Verdict
from backprop_tutor.model.problem import Finding, Span
from backprop_tutor.model.sheet import Answer
from backprop_tutor.writers import report_markdown
from backprop_tutor.writers import report_words as say
from backprop_tutor.writers.maths import Maths
from backprop_tutor.writers.report import ReportTelling
from backprop_tutor.writers.report_table import sign
from backprop_tutor.writers.terminal_report import TerminalReport

WIDTHS = (40, 55, 72, 80, 99, 100, 120, 200)


def printed(report: Report, width: int = 80, *, ascii: bool = False, colour: bool | None = None) -> str:
    """What arrives at a terminal: a console that would read markup, emoji codes and highlights."""
    file = io.StringIO()
    console = Console(file=file, width=width, color_system="standard" if colour else None, force_terminal=colour)
    console.print(TerminalReport(report, ascii=ascii, colour=bool(colour)).whole())
    return file.getvalue()


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("ascii", [False, True])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", samples.REPORTS)
def test_no_line_is_wider_than_the_console_and_ascii_is_ascii(name: str, width: int, ascii: bool) -> None:
    report = samples.REPORTS[name]()
    maths = Maths(report.lesson.notation, report.lesson.graph, "ascii" if ascii else "text")
    # Before they are printed: a console would cut a line in silence.
    for runs in ReportTelling(report, maths, ascii).whole(width):
        assert cell_len("".join(run.text for run in runs)) <= width, runs
    text = printed(report, width, ascii=ascii)
    for line in text.split("\n"):
        assert line == line.rstrip()
    assert text.isascii() or not ascii


@pytest.mark.parametrize("ascii", [False, True])
@pytest.mark.parametrize("width", WIDTHS)
def test_every_step_message_and_idea_is_there_at_every_width(width: int, ascii: bool) -> None:
    for make in (samples.slides, samples.with_ideas, samples.right):
        report = make()
        text = squeezed(printed(report, width, ascii=ascii))
        assert squeezed(say.tally(report)) in text
        for entry in report.entries:
            if entry.given is None:
                continue
            assert entry.given.written.replace("-", "-" if ascii else "−") in text
            if entry.expected and entry.verdict not in (Verdict.CORRECT, Verdict.UNREADABLE):
                assert entry.expected.shown.replace("-", "-" if ascii else "−") in text
        for explanation in report.explanations:
            assert squeezed(explanation.title) in text
            assert explanation.id in text
            assert squeezed(str(explanation.repair[0]).replace("δ", "delta" if ascii else "δ")) in text


def test_the_verdict_comes_first_in_one_line() -> None:
    lines = printed(samples.slides()).split("\n")
    assert lines[0] == "slides.yaml · Two inputs, two hidden units, one output"
    assert lines[2] == "✗ First wrong step: z₁⁽¹⁾ = 0.25; it should be 0.24."
    assert lines[3] == "  30 steps: 2 imprecise, 5 wrong, 23 right from your own earlier values."
    plain = printed(samples.slides(), ascii=True)
    assert plain.startswith("slides.yaml - Two inputs, ")
    assert "X First wrong step: z_1^(1) = 0.25; it should be 0.24." in plain
    assert printed(samples.nothing()).startswith("Two inputs, ")


def unknown(lines: int, says: str = "") -> tuple[Finding, ...]:
    """So many lines of a sheet that are no steps: with names that nobody knows, or of which this is said."""
    return tuple(
        Finding(f"'q{line}' {says}" if says else f"there is no quantity called 'q{line}' in this problem",
                Span("ada.yaml", line, 1, 3), "" if says else "See `backprop-tutor show`.")
        for line in range(1, lines + 1)
    )  # fmt: skip


HEADLINES: list[tuple[Callable[[], Report], str]] = [
    (samples.right, "✓ All 36 steps on the sheet are right."),
    (samples.nothing, "– Nothing to mark: the sheet has no value for any step."),
    (lambda: samples.report({}, {"z1_1": "0.24"}), "✓ The one step on the sheet is right."),
    (lambda: samples.report({"L": {"asked": True}}, {"z1_1": "0.24"}),
     "? The one step on the sheet is right, 1 missing."),
    (lambda: samples.report({"L": {"verdict": Verdict.IMPRECISE}}, {"z1_1": "0.24", "L": "0.27"}),
     "✓ Both steps on the sheet are right, 1 of them imprecise."),
    (lambda: samples.report({"L": {"verdict": Verdict.OTHER_CONVENTION}}, {"z1_1": "0.24", "L": "0.5"}),
     "✓ Both steps on the sheet are right under another convention."),
    (lambda: samples.report({"L": {"verdict": Verdict.UNREADABLE}}, {"z1_1": "0.24", "L": "0.5"}),
     "? Nothing wrong in what could be judged; 1 answer could not be read."),
    (lambda: samples.report({}, {"z1_1": "0.24", "L": "0.2682"}, unknown=unknown(7, "is no number")),
     "? Nothing wrong in what could be judged; 7 lines were not understood."),
    (lambda: samples.report({"L": {"asked": True}}, {"z1_1": "0.24"}, unknown=unknown(1)),
     "? Nothing wrong in what could be judged; 1 line was not understood, 1 missing."),
    (lambda: samples.report({}, {}, unknown=unknown(2)),
     "– Nothing to mark: the sheet has no value for any step, 2 lines were not understood."),
    (lambda: samples.report({}, {"z1_1": "0.24"}, unknown=unknown(12)),
     "? This sheet seems to be for another problem: 12 of its lines name nothing of this one."),
    (lambda: samples.report({"L": samples.wrong("L", "0.2682")}, {"L": "3"}, unknown=unknown(12)),
     "? This sheet seems to be for another problem: 12 of its lines name nothing of this one."),
    (lambda: samples.report({}, {"z1_1": "0.24", "L": "0.2682"}, unknown=unknown(7)),
     "? Nothing wrong in what could be judged; 7 lines were not understood."),
    (samples.symbolic, "✗ First wrong step: z₂⁽¹⁾ = x₁·w₁₁⁽¹⁾; it should be x₁·w₁₁⁽¹⁾ + b₁⁽¹⁾."),
]  # fmt: skip


@pytest.mark.parametrize(("make", "headline"), HEADLINES, ids=[headline[:40] for _, headline in HEADLINES])
def test_headlines(make: Callable[[], Report], headline: str) -> None:
    assert f"\n{headline}\n" in printed(make(), 100)


def test_the_first_wrong_step_is_set_against_what_the_lines_before_it_give() -> None:
    report = samples.report({"L": samples.wrong("L", "0.2682")}, {"z1_1": "0.24", "L": "0.5"})
    assert "L = 0.5; from your own values it should be" in printed(report)


def test_the_two_lines_stand_under_each_other_with_their_relations_in_one_column() -> None:
    text = printed(samples.slides())
    assert (
        "   yours   z₁⁽¹⁾ = 0.25\n"
        "   right   z₁⁽¹⁾ = w₁₁⁽¹⁾·x₁ + w₁₂⁽¹⁾·x₂ + b₁⁽¹⁾\n"
        "                 = 0.2·0.5 + 0.4·0.1 + 0.1\n"
        "                 = 0.24\n"
    ) in text
    assert re.search(r"= 0\.6·0\.562 \+ 0\.9·0\.601 \+ 0\.3 +with your own values\n", text)


@pytest.mark.parametrize("width", [100, 140])
def test_the_two_lines_stand_beside_each_other_where_there_is_room(width: int) -> None:
    text = printed(samples.slides(), width)
    assert re.search(r"\n   yours {20,}right\n   z₁⁽¹⁾ = 0\.25 {20,}z₁⁽¹⁾ = w₁₁⁽¹⁾·x₁ \+ w₁₂⁽¹⁾·x₂ \+ b₁⁽¹⁾\n", text)


def test_the_formula_the_learner_must_have_used_is_shown() -> None:
    text = printed(samples.with_ideas())
    assert "   yours   ∂L/∂a₁⁽¹⁾ = δ⁽²⁾\n                     = −0.2352\n" in text
    assert "   right   ∂L/∂a₁⁽¹⁾ = δ⁽²⁾·w₁₁⁽²⁾\n" in text


def test_a_number_that_was_only_copied_is_equal_and_a_rounded_one_is_not() -> None:
    def told(result: Figure, tree: Formula) -> str:
        line = Line(tree, {"dL/dz2_1": samples.figure("-0.2352")}, result)
        changes = {"dL/da1_1": samples.wrong("dL/da1_1", "-0.1411", yours=line)}
        return printed(samples.report(changes, {"dL/da1_1": "-0.2352"}))

    rounded = Figure("-0.2352", "-0.2352", rounded=True)
    assert "= δ⁽²⁾\n                     = −0.2352\n" in told(rounded, Derivative("L", "z2_1"))
    twice = Derivative("L", "z2_1") * Number(Fraction(1))
    # Where the numbers in the line give just that number, it is equal, although it was rounded before.
    assert "= (−0.2352)·1\n                     = −0.2352\n" in told(rounded, twice)
    half = Derivative("L", "z2_1") * Number(Fraction(1, 2)) + Number(Fraction(1, 10), "0.1")
    assert "≈ −0.2352\n" in told(rounded, half)
    assert "≈ −0.2352\n" in told(rounded, Call("sigmoid", (Derivative("L", "z2_1"),)))
    assert "≈ −0.2352\n" in told(Figure("-0.23524", "-0.23524"), half)


def test_a_formula_of_the_learners_stands_before_the_one_they_must_have_used() -> None:
    report = samples.symbolic()
    tree = Name("w1_11") * Name("x1")
    entries = [
        replace(entry, yours=Line(tree, {})) if entry.verdict is Verdict.WRONG else entry for entry in report.entries
    ]
    text = printed(replace(report, entries=tuple(entries)))
    assert "   yours   z₂⁽¹⁾ = x₁·w₁₁⁽¹⁾\n                 = w₁₁⁽¹⁾·x₁\n   right" in text


def test_a_number_in_an_unusual_spelling_is_shown_as_it_was_typed() -> None:
    typed = Answer("2.5×10^-1", Number(samples.answer("0.25").number or 0))  # type: ignore[arg-type]
    report = samples.report({"z1_1": samples.wrong("z1_1", "0.24", given=typed)})
    assert "   yours   z₁⁽¹⁾ = 2.5×10^-1\n" in printed(report)
    assert "   yours   z_1^(1) = 2.5x10^-1\n" in printed(report, ascii=True)


def test_message_experiment_and_what_follows() -> None:
    text = printed(samples.slides())
    assert "   This number is δ⁽²⁾, not ∂L/∂ŷ.\n" in text
    assert "   Try it. If ∂L/∂ŷ were −0.234, moving ŷ by 0.01 would change L by about\n   −0.00234; it" in text
    assert (
        "   What follows from it: a₁⁽¹⁾, ŷ, L, δ⁽²⁾, ∂L/∂w₁₁⁽²⁾, ∂L/∂w₁₂⁽²⁾, δ₁⁽¹⁾,\n"
        "   ∂a₂⁽¹⁾/∂z₂⁽¹⁾ and 16 more (right from your own values).\n"
    ) in text
    assert "What follows from it: a₂⁽¹⁾, ŷ, L, δ⁽²⁾ and 20 more" in text


def test_what_follows_may_be_imprecise_or_right_under_another_convention() -> None:
    changes = {
        "L": {"verdict": Verdict.OTHER_CONVENTION, "follows_from": ("z1_1",)},
        "dL/dyhat": {"verdict": Verdict.IMPRECISE, "follows_from": ("z1_1",)},
        "yhat": {"verdict": Verdict.CORRECT, "follows_from": ("z1_1",)},
    }
    given = {"z1_1": "0.25", "L": "0.5", "dL/dyhat": "1.3", "yhat": "0.7"}
    text = printed(samples.report({"z1_1": samples.wrong("z1_1", "0.24"), **changes}, given))
    assert "What follows from it: L, ∂L/∂ŷ (right" in text


def test_the_sign_of_a_number_in_a_sentence_is_a_minus_and_a_dash_in_a_word_is_not() -> None:
    report = samples.report({"z1_1": samples.wrong("z1_1", "0.24", message=("From -0.5 to 3-2 (-1): well-known.",))})
    assert "From −0.5 to 3-2 (−1): well-known." in printed(report)
    assert "From -0.5 to 3-2 (-1): well-known." in printed(report, ascii=True)


def test_one_idea_is_explained_once() -> None:
    """The second step with the same idea points to the first, and from the third on one line is enough."""
    names = ("dL/dw1_11", "dL/dw1_12", "dL/dw1_21", "dL/dw1_22")
    own = ("This number is wrong. ",)
    changes = {n: samples.wrong(n, "-0.02", message=(*own, *samples.REPAIR), misconception="M27") for n in names}
    idea = replace(samples.BACK, steps=names)
    text = printed(samples.report(changes, explanations=(idea,)), 95)
    assert text.count("Each δ of the next layer counts") == 1
    assert text.count("This number is wrong. The same idea as at ∂L/∂w₁₁⁽¹⁾.\n") == 1
    assert text.count("\n   right   ∂L/∂") == 2
    short = "yours −0.0253, right −0.02. This number is wrong. As at ∂L/∂w₁₁⁽¹⁾."
    assert f"\n\n✗  ∂L/∂w₂₁⁽¹⁾  {short}" in text
    assert re.search(f"{re.escape(short)} +dL/dw1_21\n✗  ∂L/∂w₂₂⁽¹⁾  yours −0.00505,", text)


def test_short_remarks_of_slips_are_repeated() -> None:
    slip = ("One digit is off by one.",)
    changes = {n: samples.wrong(n, "1", message=slip) for n in ("z1_1", "z1_2", "L")}
    text = printed(samples.report(changes))
    assert text.count("One digit is off by one.") == 3
    assert "same idea" not in text


def test_a_long_remark_on_a_slip_is_made_once() -> None:
    slip = ("The last digit is cut off, or rounded too early: round at the end of the line.",)
    names = ("z1_1", "z1_2", "L")
    changes = {n: samples.wrong(n, "1", message=slip, slip="last digit cut off") for n in names}
    text = printed(samples.report(changes))
    assert text.count("The last digit is cut off") == 1
    assert "✗  z₂⁽¹⁾  yours 0.41, right 1. As at z₁⁽¹⁾." in text
    assert text.count("\n   right   ") == 1


def test_the_same_is_said_once_of_several_imprecise_numbers() -> None:
    def imprecise(number: str, start: str = "From your own earlier numbers") -> dict[str, object]:
        return {"verdict": Verdict.IMPRECISE, "message": (f"{start} this is {number}. Keep one digit more.",)}

    changes = {"L": imprecise("-0.27"), "yhat": imprecise("0.7651"), "a1_1": imprecise("0.56", "With all digits")}
    text = printed(samples.report(changes))
    assert "≈ ŷ, L: From your own earlier numbers these are 0.7651, −0.27. Keep one digit\n  more.\n" in text
    assert "≈ a₁⁽¹⁾: With all digits this is 0.56. Keep one digit more.\n" in text
    assert text.count("Keep one digit") == 2
    every = printed(samples.report({name: imprecise("0.5") for name in samples.PRINTED}), 300)
    assert (
        "and 22 more: From your own earlier numbers these are 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, …. Keep" in every
    )


def test_an_idea_that_no_message_told_is_told_in_its_own_section() -> None:
    changes = {"L": samples.wrong("L", "0.2682", message=("Look again.",), misconception="M27")}
    idea = replace(samples.BACK, steps=("L",))
    text = printed(samples.report(changes, explanations=(idea,)))
    assert "━━ The idea behind it ━" in text
    assert "● Weight on the way back left out  (M27)\n  Where: L\n  Each δ of the next" in text


def test_ties_are_called_ties_and_the_next_question_is_asked() -> None:
    text = printed(samples.with_ideas())
    assert (
        "One of these, and the sheet cannot tell which: each explains δ₁⁽¹⁾.\n"
        "○ Slope of the activation left out  (M01)\n"
        "  Multiply by the slope.\n"
        "○ Slope taken at the output  (M03)\n"
    ) in text
    assert "→ To see which one it is, work out ∂a₁⁽¹⁾/∂z₁⁽¹⁾ and add it to the sheet.\n" in text


def test_other_conventions_are_no_mistakes() -> None:
    text = printed(samples.with_ideas())
    start = text.index("━━ Right, under another convention")
    assert "§ Loss without the half  (M19)\n  Where: L\n  Here the loss has a half.\n" in text[start:]
    assert "Loss without the half" not in text[:start]
    assert "━━ Remarks" not in text


def test_what_is_said_of_another_convention_without_an_idea_is_a_remark() -> None:
    changes = {"L": {"verdict": Verdict.OTHER_CONVENTION, "message": ("Your matrix is the transposed one.",)}}
    assert "§ L: Your matrix is the transposed one.\n" in printed(samples.report(changes))


def test_what_could_not_be_read_is_shown_with_the_repair() -> None:
    text = printed(samples.with_ideas())
    assert "? ∂L/∂w₁₁⁽¹⁾ = 3,14: a comma is no decimal point. Write 3.14.\n" in text
    assert "? line 9: 'z3_1' is no step of this problem. Did you mean z2_1?\n" in text


def test_a_few_unknown_names_are_told_one_by_one_and_many_in_one_sentence() -> None:
    few = printed(samples.report({}, unknown=unknown(5)), 100)
    assert few.count("there is no quantity called") == 5
    many = printed(samples.report({}, unknown=unknown(33)), 100)
    assert "? 33 lines name no quantity of this problem: 'q1', 'q2', 'q3' and 30 more. See" in many
    assert "there is no quantity" not in many
    lost = printed(samples.report({}, {"L": "3"}, unknown=unknown(33)), 100)
    assert "'q3' and 30 more. Is this sheet for another\n  problem?" in lost
    other = printed(samples.report({}, unknown=unknown(40, "is no number")), 100)
    assert other.count("is no number") == 3
    assert "? 37 more lines could not be used." in other


def test_a_matrix_that_could_not_be_read_is_told_once() -> None:
    names = [f"dL/dw1_{i}{j}" for i in (1, 2) for j in (1, 2)]
    shape = Answer("77", None, trouble="dL/dW1 is a 2×2 matrix, and this is a 3×3 matrix", repair="Write rows.")
    whole = Answer("abc", None, trouble="there is no quantity called abc")
    for given, says in (
        (shape, "? dL/dW1 is a 2×2 matrix, and this is a 3×3 matrix. Write rows.\n"),
        (whole, "? ∂L/∂w₁₁⁽¹⁾, ∂L/∂w₁₂⁽¹⁾, ∂L/∂w₂₁⁽¹⁾, ∂L/∂w₂₂⁽¹⁾ = abc: there is no quantity called abc.\n"),
    ):
        changes = {
            name: {"verdict": Verdict.UNREADABLE, "given": given, "cell": f"dL/dW1, row {name[-2]}, column {name[-1]}"}
            for name in names
        }
        report = samples.report(changes, dict.fromkeys([*names, "L"], "0.5"))
        text = printed(report, 100)
        assert says in text
        assert text.count(given.trouble) == 1
        assert "1 answer could not be read" in text
        # The number in the first cell of a matrix that does not fit is no answer to every entry.
        assert "77" not in text
        assert "77" not in report_markdown.write(report)
        assert text.count(" abc ") == (4 if given is whole else 0)
    single = Answer("77", None, trouble="L is one number, and this is a list of 2", repair="")
    assert "77" not in printed(samples.report({"L": {"verdict": Verdict.UNREADABLE, "given": single}}, {"L": "1"}))


def rows(text: str) -> list[str]:
    table = text[text.index("All steps") :].split("\n\n")[0].split("\n")[1:]
    return [line for line in table if not line.startswith(("Forward", "Backward", "Update"))]


def test_the_table_has_every_entry_in_the_order_of_the_solution() -> None:
    report = samples.slides()
    header, *found = rows(printed(report))
    assert header.split() == ["step", "name", "yours", "right", "from", "yours", "verdict"]
    entries = [entry for entry in report.entries if entry.given]
    assert len(found) == len(entries) == 30
    for line, entry in zip(found, entries, strict=True):
        assert line.startswith(f"{sign(entry.verdict)}  ")
        assert f" {entry.name} " in line
        assert line.endswith("1st wrong" if entry.name == "z1_1" else say.VERDICTS[entry.verdict])
    assert found[2].split() == ["↳", "a₁⁽¹⁾", "a1_1", "0.562", "0.559714", "0.56201", "follows"]


def test_a_long_formula_is_short_in_the_table_and_whole_above_it() -> None:
    report = samples.symbolic()
    tree = Name("x1") * Name("w1_11") + Name("x2") * Name("w1_12") + Name("b1_1") + Name("b1_2")
    long = Answer("x1*w1_11 + x2*w1_12 + b1_1 + b1_2", tree)
    entries = [replace(entry, given=long) if entry.verdict is Verdict.WRONG else entry for entry in report.entries]
    text = printed(replace(report, entries=tuple(entries)), 90)
    assert "yours   z₂⁽¹⁾ = x₁·w₁₁⁽¹⁾ + x₂·w₁₂⁽¹⁾ + b₁⁽¹⁾ + b₂⁽¹⁾\n" in text
    assert "  z1_2  x1*w1_11 + x2*w1_12 +…  x₁·w₁₁⁽¹⁾ + b₁⁽¹⁾  1st wrong\n" in text


def test_decimal_points_stand_under_each_other() -> None:
    found = rows(printed(samples.slides()))[1:]
    places = {re.search(r"[−0-9]\.", line).start() for line in found}  # type: ignore[union-attr]
    assert len(places) == 1


def test_without_room_for_columns_each_step_has_a_line() -> None:
    found = rows(printed(samples.slides(), 60))
    assert found[0] == "✗ z₁⁽¹⁾ = 0.25, right 0.24: 1st wrong"
    assert found[2] == "↳ a₁⁽¹⁾ = 0.562, right 0.559714, from yours 0.56201: follows"
    assert rows(printed(samples.right(), 40))[0] == "✓ z₁⁽¹⁾ = 0.24: right"


def test_the_names_go_before_the_columns_do() -> None:
    text = printed(samples.slides(), 72)
    assert rows(text)[0].split() == ["step", "yours", "right", "from", "yours", "verdict"]


def test_an_empty_column_is_left_out() -> None:
    assert rows(printed(samples.right()))[0].split() == ["step", "name", "yours", "right", "verdict"]


def test_steps_that_were_not_asked_are_named_in_one_sentence() -> None:
    text = printed(samples.slides())
    assert "\nNot on the sheet, and not counted: ∂ŷ/∂z₁⁽²⁾, ∂L/∂b₁⁽²⁾, ∂L/∂a₁⁽¹⁾, ∂L/∂a₂⁽¹⁾," in text
    assert "\n↳ follows: right from your own earlier values.\n" in text
    assert "Not on the sheet" not in printed(samples.right())
    assert "follows:" not in printed(samples.right())
    missing = printed(samples.with_ideas())
    assert "∂L/∂w₁₁⁽²⁾ and 20 more.\n" in missing
    assert re.search("\n–  ∂L/∂w₁₂⁽¹⁾ .* missing\n", missing)


def test_a_sheet_that_is_not_finished_is_no_key() -> None:
    blank = {name: {"asked": True} for name in samples.PRINTED}
    junk = Answer("?", None, trouble="this is no answer")
    blank |= {"yhat": {"verdict": Verdict.UNREADABLE, "given": junk, "asked": True}}
    for report in (samples.report(blank, {"z1_1": "0.24"}), samples.report(blank, {})):
        for text in (printed(report), printed(report, 50), report_markdown.write(report)):
            assert "missing" in text
            for figure in ("0.764761", "1.17896", "0.24643"):
                assert figure not in text.replace("−", "-")
    del blank["yhat"]
    assert rows(printed(samples.report(blank, {})))[0].split() == ["step", "name", "verdict"]


def test_nobody_made_a_mistake_under_another_convention() -> None:
    changes = {"L": {"verdict": Verdict.OTHER_CONVENTION, "strict": False, "message": ("The half is left out.",)}}
    text = printed(samples.report(changes, {"z1_1": "0.24", "L": "0.5"}), 120)
    assert (
        "Carried: 2 of 2. What is right under another convention, or from your own earlier values, counts too." in text
    )
    assert "mistake" not in text


def test_the_marks_are_explained() -> None:
    text = printed(samples.slides(), 200)
    assert "\nStrict: 0 of 30. These numbers are right as they stand.\n" in text
    assert "\nCarried: 25 of 30. A step that you did rightly from your own earlier values counts too, so" in text
    assert printed(samples.right()).endswith("\n36 of 36.\n")
    free = printed(samples.with_ideas())
    ends = ("1 step that could not be judged", "1 line that was not understood")
    assert free.endswith("".join(f"\nNot counted: {end}." for end in ends) + "\n")
    assert "No step on this sheet could be marked." in printed(samples.nothing())
    same = replace(samples.right(), marks=Marks(3, 3, 5))
    assert "\n3 of 5. Judging each step from your own earlier values gives the same mark.\n" in printed(same)


def test_remarks_that_are_the_same_are_made_once_and_a_refused_carried_mark_is_explained() -> None:
    said = ("So few digits cannot tell.",)
    trivial = samples.carried("z1_1", from_yours="0") | {"earned": False, "message": ("It earns no carried mark.",)}
    changes: dict[str, dict[str, object]] = {
        "z1_1": {"verdict": Verdict.UNDECIDED, "message": said},
        "z1_2": {"verdict": Verdict.UNDECIDED, "message": said},
        "a1_1": trivial,
        "a1_2": samples.carried("z1_2", from_yours="0.601"),
    }
    text = printed(samples.report(changes), 120)
    assert "? z₁⁽¹⁾, z₂⁽¹⁾: So few digits cannot tell.\n↳ a₁⁽¹⁾: It earns no carried mark.\n" in text
    assert "follows, no mark\n" in text
    assert "Right from your own" not in text


def test_the_place_in_a_matrix_is_shown_as_the_learner_grouped_it() -> None:
    changes = {"dL/dw1_21": samples.wrong("dL/dw1_21", "-0.0253", cell="dL/dw1, row 2, column 1")}
    assert re.search("✗  ∂L/∂w₂₁⁽¹⁾  the weight .* +dL/dw1, row 2, column 1\n", printed(samples.report(changes), 90))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("colour", [False, True])
def test_strangers_text_does_nothing(colour: bool, width: int) -> None:
    text = re.sub("\x1b\\[[0-9;]*m", "", printed(samples.hostile(), width, colour=colour))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]", text)
    harmless = squeezed("[bold]x[/] [/] [link=http://e.x]y[/link] ]8;;http://e.x\\z[31m :smile: C:\\[a] evil a[i]")
    assert squeezed(text).count(harmless) >= 8


def test_a_long_answer_is_bounded_and_says_so() -> None:
    bad = Answer("9" * 50_000 + "x", None, trouble="too long", repair="Write less.")
    changes = {"L": {"verdict": Verdict.UNREADABLE, "given": bad}}
    text = printed(samples.report(changes))
    assert len(text) < 10_000
    assert "9...: too long. Write less." in text


def test_colour_says_nothing_that_the_words_do_not() -> None:
    for make in samples.REPORTS.values():
        coloured = printed(make(), colour=True)
        assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == printed(make())
    text = printed(samples.slides(), colour=True)
    assert "\x1b[1;31m0.25\x1b[0m" in text
    assert "\x1b[1;32m0.24\x1b[0m" in text
    file = io.StringIO()
    Console(file=file, width=80, color_system="standard", force_terminal=True).print(
        TerminalReport(samples.slides(), colour=False).whole()
    )
    assert not re.search("\x1b\\[[0-9;]*3[0-7]", file.getvalue())


def test_the_parts_can_be_printed_one_by_one() -> None:
    report = TerminalReport(samples.with_ideas())
    file = io.StringIO()
    console = Console(file=file, width=80)
    for part in (report.verdict(), report.mistakes(), report.ideas(), report.entries(), report.marks()):
        console.print(part)
    text = file.getvalue()
    assert text.startswith("✗ First wrong step")
    # By itself, the section of ideas is complete.
    assert text.count("Each δ of the next layer counts") == 2


def test_a_sheet_of_forty_wrong_steps_is_still_short() -> None:
    changes = {name: samples.wrong(name, "1", message=samples.REPAIR, misconception="M27") for name in samples.PRINTED}
    idea = replace(samples.BACK, steps=tuple(samples.PRINTED))
    report = samples.report(changes, explanations=(idea,))
    assert isinstance(report.entries[0], Entry)
    assert printed(report).count("\n") < 4 * len(samples.PRINTED)
