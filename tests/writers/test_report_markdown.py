"""A marked sheet as Markdown: everything a student needs, and nothing that a hostile answer adds."""

from __future__ import annotations

from dataclasses import replace

import pytest
import report_samples as samples
from markdown_reader import Page, well_formed

from backprop_tutor.model.formula import Number
from backprop_tutor.model.marking import Report, Verdict
from backprop_tutor.model.sheet import Answer
from backprop_tutor.writers import report_markdown


def page(report: Report) -> Page:
    return Page(report_markdown.write(report))


@pytest.mark.parametrize("name", samples.REPORTS)
def test_pages_are_well_formed_and_hold_nothing_foreign(name: str) -> None:
    text = report_markdown.write(samples.REPORTS[name]())
    found = Page(text)
    assert well_formed(text)
    assert not found.foreign
    assert not found.links
    assert not found.loose_dollars
    assert all(size == 7 for table in found.tables for size in table)
    assert "\n\n\n" not in text


def test_the_slides() -> None:
    text = report_markdown.write(samples.slides())
    found = Page(text)
    assert [heading for level, heading in found.headings if level < 3] == [
        "Two inputs, two hidden units, one output", "What went wrong", "Remarks", "All steps", "Marks",
    ]  # fmt: skip
    assert [heading for level, heading in found.headings if level == 3] == [
        "✗ z1_1", "✗ z1_2", "✗ z2_1", "✗ dL/dyhat", "✗ da1_1/dz1_1", "Forward pass", "Backward pass", "Update",
    ]  # fmt: skip
    assert "**First wrong step: $`z_{1}^{(1)}`$ = $`0.25`$; it should be $`0.24`$.**" in text
    assert "30 steps: 2 imprecise, 5 wrong, 23 right from your own earlier values." in text
    assert "```math\nz_{1}^{(1)} = 0.25\n```" in text
    assert "&= 0.2 \\cdot 0.5 + 0.4 \\cdot 0.1 + 0.1 \\\\\n&= 0.24\n" in text
    assert "Right (with your own values):" in text
    assert "This number is $`\\delta^{(2)}`$, not $`\\frac{\\partial L}{\\partial \\hat{y}}`$." in text
    assert "What follows from it: $`a_{1}^{(1)}`$" in text
    assert sum(len(table) - 1 for table in found.tables) == 30
    assert "| ✗ | $`z_{1}^{(1)}`$ | `z1_1` | $`0.25`$ | $`0.24`$ | | **1st wrong** |" in text
    assert "Strict: 0 of 30." in text
    assert "\n\n↳ follows: right from your own earlier values.\n\n## Marks" in text


def test_ideas_ties_and_conventions() -> None:
    text = report_markdown.write(samples.with_ideas())
    assert "- **Weight on the way back left out** (`M27`)\n\n  Where: $`" in text
    tied = text.index("One of these, and the sheet cannot tell which: each explains $`\\delta_{1}^{(1)}`$.")
    assert tied < text.index("**Slope of the activation left out**") < text.index("**Slope taken at the output**")
    assert "**To see which one it is, work out $`\\frac{\\partial a_{1}^{(1)}}{\\partial z_{1}^{(1)}}`$ and add" in text
    assert text.index("## Right, under another convention") < text.index("**Loss without the half**")
    assert text.count("Each δ of the next layer counts") == 1
    assert "The same idea as at $`\\frac{\\partial L}{\\partial a_{1}^{(1)}}`$." in text


def test_the_third_step_with_one_idea_is_told_in_one_line() -> None:
    names = ("dL/dw1_11", "dL/dw1_12", "dL/dw1_21", "dL/dw1_22")
    changes = {n: samples.wrong(n, "-0.02", message=samples.REPAIR, cell=f"{n}, a cell") for n in names}
    idea = replace(samples.BACK, steps=names)
    text = report_markdown.write(samples.report(changes, explanations=(idea,)))
    assert text.count("```math") == 4
    assert text.count("Each δ of the next layer counts") == 1
    assert "\n\nYours: $`-0.0253`$, right: $`-0.02`$. The same idea as at $`\\frac{\\partial L}" in text
    assert "### ✗ `dL/dw1_21, a cell`" in text


def test_what_could_not_be_read() -> None:
    text = report_markdown.write(samples.with_ideas())
    assert (
        "- $`\\frac{\\partial L}{\\partial w_{11}^{(1)}}`$ = `3,14`: a comma is no decimal point. Write 3.14." in text
    )
    assert "- line 9: 'z3_1' is no step of this problem. Did you mean z2_1?" in text


def test_an_answer_that_no_formula_can_show_is_code() -> None:
    typed = Answer("1e400 $x$ `y`", Number(samples.answer("0.25").formula.value))  # type: ignore[union-attr]
    text = report_markdown.write(samples.report({"z1_1": samples.wrong("z1_1", "0.24", given=typed)}))
    assert "Yours:\n\n$`z_{1}^{(1)}`$ = `` 1e400 $x$ `y` ``" in text
    assert not Page(text).loose_dollars


def test_hostile_text_is_shown_and_does_nothing() -> None:
    found = page(samples.hostile())
    assert "[bold]x[/]" in found.shown
    assert "<b>|`$&" in found.shown
    assert [heading for level, heading in found.headings if level == 2][:2] == [
        "What went wrong",
        "The ideas behind it",
    ]


def test_a_heading_in_a_message_is_no_heading() -> None:
    changes = {"L": samples.wrong("L", "0.2682", message=("# Owned\n\n- [x](http://e.x) <script>",))}
    found = page(samples.report(changes))
    assert not found.links
    assert not found.foreign
    assert not any("Owned" in heading for _, heading in found.headings)


def test_dollars_are_for_other_viewers() -> None:
    text = report_markdown.write(samples.slides(), math="dollars")
    assert "$z_{1}^{(1)}$ = $0.25$" in text
    assert "```" not in text


def test_nothing_on_the_sheet() -> None:
    text = report_markdown.write(samples.nothing())
    assert "**Nothing to mark: the sheet has no value for any step.**" in text
    assert "Sheet:" not in text
    assert "There is no step on this sheet." in text


def test_missing_and_carried_rows() -> None:
    text = report_markdown.write(samples.with_ideas())
    assert "| – | $`\\frac{\\partial L}{\\partial w_{12}^{(1)}}`$ | `dL/dw1_12` | | | | **missing** |" in text
    changes = {"a1_1": samples.carried("z1_1", from_yours="0.562177") | {"earned": False}}
    assert "| $`0.562177`$ | follows, no mark |" in report_markdown.write(samples.report(changes))


def test_numbers_in_sentences_have_a_minus() -> None:
    message = ("Your own earlier numbers give -0.0348 here.",)
    changes = {
        "dL/dz1_1": samples.wrong("dL/dz1_1", "-0.0348", message=message),
        "L": {"verdict": Verdict.IMPRECISE, "message": ("With all digits this is -1.5. Keep one.",)},
    }
    text = report_markdown.write(samples.report(changes))
    assert "\nYour own earlier numbers give −0.0348 here.\n" in text
    assert "With all digits this is −1.5." in text
    # What is typed stays what it is.
    assert "| `dL/dz1_1` | $`-0.0346`$ |" in text
