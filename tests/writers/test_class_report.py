"""Many sheets: the tallies, the CSV that a spreadsheet opens safely, and the summary at every width."""

from __future__ import annotations

import csv
import io
import pickle
import re
from dataclasses import replace
from fractions import Fraction

import pytest
import report_samples as samples
from markdown_reader import Page, well_formed
from rich.cells import cell_len
from rich.console import Console

from backprop_tutor.model.class_report import ClassReport
from backprop_tutor.model.learner_result import Idea, LearnerResult, percentage
from backprop_tutor.model.marking import Marks, Verdict
from backprop_tutor.model.problem import Finding, Span
from backprop_tutor.model.sheet import Answer
from backprop_tutor.writers import class_csv, class_markdown
from backprop_tutor.writers.class_summary import ClassSummary
from backprop_tutor.writers.terminal_class import TerminalClass

WIDTHS = (40, 60, 80, 120, 200)
GOOD = LearnerResult("good", Marks(30, 30, 30))
WEAK = LearnerResult(
    "weak", Marks(10, 20, 40), "dL/dz1_1", ("dL/dz1_1", "z1_1"), (Idea("M01", "Slope left out", 1),), unexplained=1
)
TIED = LearnerResult(
    "tied", Marks(9, 29, 30), "z1_1", ("z1_1",), (Idea("M01", "Slope left out", 1), Idea("M03", "Slope at a", 1))
)
BROKEN = LearnerResult("broken", trouble="line 3 is no list of names and numbers")


def results() -> tuple[LearnerResult, ...]:
    made = (samples.slides, samples.right, samples.with_ideas, samples.symbolic, samples.hostile, samples.nothing)
    return tuple(LearnerResult.from_report(make()) for make in made)


def report(*found: LearnerResult) -> ClassReport:
    return ClassReport.of(samples.lesson(), found)


FULL = report(*results(), GOOD, WEAK, TIED, BROKEN, replace(BROKEN, learner=samples.HOSTILE, trouble=samples.HOSTILE))


def printed(found: ClassReport, width: int = 80, *, ascii: bool = False, colour: bool | None = None) -> str:
    file = io.StringIO()
    console = Console(file=file, width=width, color_system="standard" if colour else None, force_terminal=colour)
    console.print(TerminalClass(found, samples.lesson(), ascii=ascii, colour=bool(colour)).whole())
    return file.getvalue()


def widest(found: ClassReport, width: int, *, ascii: bool = False) -> int:
    """The columns of the longest line before it is printed: a console would cut it in silence."""
    lines = ClassSummary(found, samples.lesson(), ascii).whole(width)
    return max(cell_len("".join(run.text for run in line)) for line in lines)


def table(found: ClassReport) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(class_csv.write(found))))


def test_the_result_of_a_report() -> None:
    found = LearnerResult.from_report(samples.with_ideas())
    assert found.learner == "ada.yaml"
    assert found.marks == Marks(2, 3, 8)
    assert found.first_error == "dL/da1_1"
    assert found.wrong == ("dL/da1_1", "dL/da1_2", "dL/dz1_1")
    assert [idea.id for idea in found.misconceptions] == ["M27", "M01", "M03"]
    assert [found.tied(idea) for idea in found.misconceptions] == [False, True, True]
    assert [idea.id for idea in found.conventions] == ["M19"]
    assert (found.unexplained, found.missing, found.unreadable) == (0, 1, 2)
    assert LearnerResult.from_report(samples.slides()).unexplained == 5


def test_a_result_is_small_and_survives_a_process() -> None:
    for found in results():
        data = pickle.dumps(found)
        assert pickle.loads(data) == found
        assert len(data) < 4000


def test_roots_are_counted_in_the_order_of_the_solution() -> None:
    tallies = [tuple(tally) for tally in report(WEAK, TIED, GOOD, BROKEN).wrong_steps()]
    assert tallies == [("z1_1", 2, 1), ("dL/dz1_1", 1, 1)]
    assert [tally.name for tally in report(LearnerResult.from_report(samples.slides())).wrong_steps()] == [
        "z1_1", "z1_2", "z2_1", "dL/dyhat", "da1_1/dz1_1",
    ]  # fmt: skip


def test_ideas_are_ranked_and_ties_told_apart() -> None:
    tallies = [tuple(tally) for tally in report(TIED, WEAK, WEAK).ideas()]
    learners = ("tied", "weak", "weak")
    assert tallies == [("M01", "Slope left out", 2, 1, learners), ("M03", "Slope at a", 0, 1, ("tied",))]
    other = report(WEAK, WEAK, TIED).ideas()
    assert [one[:4] for one in report(WEAK, TIED, WEAK).ideas()] == [one[:4] for one in other]
    assert next(tuple(tally) for tally in FULL.conventions()) == ("M19", "Loss without the half", 1, 0, ("ada.yaml",))


def test_an_idea_on_more_sheets_comes_first_even_if_it_is_tied() -> None:
    alone = replace(WEAK, misconceptions=(Idea("M00", "Rare", 1),))
    assert [tally.id for tally in report(alone, alone, TIED, TIED, TIED).ideas()] == ["M01", "M03", "M00"]


def test_one_idea_twice_on_a_sheet_is_one_sheet() -> None:
    twice = replace(WEAK, misconceptions=(Idea("M01", "Slope left out", 1), Idea("M01", "Slope left out", 2)))
    assert [tuple(tally) for tally in report(twice).ideas()] == [("M01", "Slope left out", 1, 0, ("weak",))]


def test_marks_medians_and_the_distribution() -> None:
    found = report(GOOD, WEAK, TIED, BROKEN)
    assert found.percentages() == (50, Fraction(290, 3), 100)
    assert found.median() == Fraction(290, 3)
    assert found.median(carried=False) == 30
    assert found.histogram() == (0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 1)
    assert report(GOOD, WEAK).median() == 75
    assert report(replace(GOOD, marks=Marks(299, 299, 300))).histogram()[9:] == (1, 0)
    assert report(BROKEN).median() is None
    assert percentage(LearnerResult("empty", Marks(0, 0, 0))) is None
    assert (found.flawless, len(found.marked), len(found.unused)) == (1, 3, 1)


def test_a_row_of_the_csv() -> None:
    good, weak, tied, broken = table(report(GOOD, WEAK, TIED, BROKEN))
    assert (good["sheet"], good["strict"], good["carried"], good["out_of"]) == ("good", "30", "30", "30")
    assert (weak["strict"], weak["carried"], weak["out_of"]) == ("10", "20", "40")
    assert (weak["strict_percent"], weak["carried_percent"]) == ("25.0", "50.0")
    assert tied["carried_percent"] == "96.7"
    assert (weak["first_error"], weak["wrong_steps"]) == ("dL/dz1_1", "dL/dz1_1; z1_1")
    assert (weak["misconceptions"], tied["misconceptions"]) == ("M01", "M01 or M03")
    assert tied["misconception_titles"] == "Slope left out or Slope at a"
    assert (weak["unexplained_steps"], weak["missing_steps"]) == ("1", "0")
    assert broken == dict.fromkeys(broken, "") | {"sheet": "broken", "note": BROKEN.trouble}


def test_ideas_of_one_group_stand_together_in_the_csv() -> None:
    ideas = (Idea("M03", "c", 2), Idea("M01", "a", 1), Idea("M04", "d", 2))
    (row,) = table(report(replace(WEAK, misconceptions=ideas)))
    assert (row["misconceptions"], row["misconception_titles"]) == ("M01; M03 or M04", "a; c or d")


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "\u202e=1", "＝1", "＠x"])
def test_no_cell_is_a_formula_for_a_spreadsheet(name: str) -> None:
    result = replace(WEAK, learner=name, trouble=name, first_error=name, misconceptions=(Idea(name, name),))
    (row,) = csv.reader(io.StringIO(class_csv.write(report(result)).split("\n", 1)[1]))
    for cell in row:
        assert not re.match("[=+@\t\r＝＋－＠-]", cell), cell
    assert row[0].startswith("'")


def test_quotes_commas_and_line_breaks_stay_inside_their_cell() -> None:
    name = 'a,"b"\nc;d'
    text = class_csv.write(report(replace(GOOD, learner=name), BROKEN))
    assert text.count("\n") == 3
    assert table(report(replace(GOOD, learner=name)))[0]["sheet"] == 'a,"b" c;d'
    assert len(class_csv.write(report(replace(GOOD, learner="x" * 1_000_000)))) < 5000
    assert "xxx..." in class_csv.write(report(replace(GOOD, learner="x" * 1_000_000)))


def test_the_same_results_give_the_same_bytes() -> None:
    assert class_csv.write(FULL) == class_csv.write(report(*FULL.results))
    assert [row["sheet"] for row in table(FULL)][-3:-1] == ["tied", "broken"]


@pytest.mark.parametrize("ascii", [False, True])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_summary_fits_at_every_width(width: int, ascii: bool) -> None:
    text = printed(FULL, width, ascii=ascii)
    assert widest(FULL, width, ascii=ascii) <= width
    for line in text.split("\n"):
        assert line == line.rstrip()
    assert text.isascii() or not ascii
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", text)
    squeezed = "".join(text.split())
    for word in ("Weighton", "leftout", "dL/da1_2", "M27", "Lossw", "broken:line3isnolist", "9marked"):
        assert word in squeezed


def test_the_head_of_the_summary() -> None:
    lines = printed(report(GOOD, WEAK, TIED, BROKEN)).split("\n")
    assert lines[:5] == [
        "Two inputs, two hidden units, one output",
        "",
        "4 sheets: 3 marked, 1 that could not be used.",
        "Median mark: 97 % carried, 30 % strict.",
        "1 sheet without any mistake.",
    ]
    assert printed(report(WEAK)).split("\n")[2:5] == [
        "1 sheet marked.", "Median mark: 50 % carried, 25 % strict.", "No sheet without a mistake.",
    ]  # fmt: skip


def test_bars_of_one_scale() -> None:
    text = printed(report(GOOD, GOOD, WEAK, WEAK, TIED))
    assert f"\n100            2  {'█' * 40}\n" in text
    assert f"\n90 to 99       1  {'█' * 20}\n" in text
    assert f"\n50 to 59       2  {'█' * 40}\n" in text
    assert "\n0 to 9         0\n" in text
    assert re.search("\nz₁⁽¹⁾  z1_1 +3 +1  (█+)(░+)\n", text)
    solid, light = re.search("\nz₁⁽¹⁾  z1_1 +3 +1  (█+)(░+)\n", text).groups()  # type: ignore[union-attr]
    assert abs(2 * len(solid) - len(light)) <= 2
    ascii = printed(report(GOOD, GOOD, WEAK, WEAK, TIED), ascii=True)
    assert f"\n90 to 99       1  {'#' * 20}\n" in ascii
    assert re.search("\nz_1\\^\\(1\\)  z1_1 +3 +1  (#+)(-+)\n", ascii)
    assert "\n# first wrong step of a sheet, - wrong later on." in ascii


def test_a_single_sheet_among_thousands_has_a_bar() -> None:
    found = report(*[WEAK] * 3000, replace(GOOD, wrong=("L",)))
    assert re.search("\nL +1 +0  ░\n", printed(found))
    assert re.search("\n100 +1  █\n", printed(found))


@pytest.mark.parametrize("width", range(40, 82))
def test_two_halves_of_a_bar_are_no_wider_than_the_whole(width: int) -> None:
    assert widest(report(WEAK, TIED), width) <= width


SLIPPED = replace(WEAK, misconceptions=(), unexplained=2, slips=("sign", "sign"))
UNREAD = replace(GOOD, unreadable=7, unread="line 12: there is no quantity called 'q' in this problem. Did you mean z?")


def test_slips_have_lines_of_their_own() -> None:
    found = LearnerResult.from_report(samples.slides())
    assert found.slips == ("", "digits swapped", "", "number of another step", "")
    assert LearnerResult.from_report(samples.with_ideas()).slips == ()
    text = printed(report(SLIPPED, found, replace(SLIPPED, learner="other"), GOOD))
    assert text.index("Which steps failed") < text.index("━━ Slips, and what no idea explains ━")
    lines = text[text.index("━━ Slips") :].split("\n")[1:]
    assert re.fullmatch("slip +sheets", lines[0])
    assert re.fullmatch("sign +2  █+", lines[1])
    assert lines[2] == "  weak, other"
    assert re.fullmatch("nothing explains it +1  █+", lines[7])
    assert "Slips" not in printed(report(GOOD))


def test_who_has_which_idea() -> None:
    class_of_six = [replace(WEAK, learner=f"learner {i}") for i in range(1, 7)]
    assert "\n  learner 1, learner 2, learner 3, learner 4, learner 5, learner 6\n" in printed(report(*class_of_six))
    more = [*class_of_six, *[WEAK] * 11]
    assert "\n  learner 1, learner 2, learner 3, learner 4, learner 5 and 12 more\n" in printed(report(*more))
    page = class_markdown.write(report(*more))
    assert "| learner 1, learner 2, learner 3, learner 4, learner 5 and 12 more |" in page


def test_sheets_that_could_not_be_read_whole_need_a_look() -> None:
    text = printed(report(GOOD, UNREAD, replace(UNREAD, learner="one", unreadable=1)))
    assert "\n1 sheet without any mistake.\n" in text
    assert "━━ Sheets that need a look ━" in text
    assert "? good: 7 answers or lines could not be read; the first: line 12: there is no\n  quantity" in text
    assert "? one: 1 answer or line could not be read: line 12:" in text
    assert [row["note"][:13] for row in table(report(GOOD, UNREAD))] == ["", "7 answers or "]
    assert "need a look" not in printed(report(GOOD, BROKEN))
    several = [replace(UNREAD, learner=f"s{i}", unread=UNREAD.unread.replace("12", str(i))) for i in range(1, 9)]
    squeezed = " ".join(printed(report(*several)).split())
    assert "? s1, s2, s3, s4, s5 and 3 more: 7 answers or lines could not be read; the first: there is no" in squeezed


def test_a_class_on_which_nothing_could_be_read() -> None:
    found = replace(UNREAD, marks=Marks(0, 0, 0), free=2, unread="z1_1: a comma is not a decimal point. Write 0.24.")
    text = " ".join(printed(report(found, found)).split())
    assert "Nothing on these sheets could be read. z1_1: a comma is not a decimal point. Write 0.24. " in text
    assert "Nothing on these" not in printed(report(found, GOOD))


def test_what_could_not_be_read_is_counted_once() -> None:
    shape = Answer("1", None, trouble="dL/dW1 is a 2×2 matrix, and this is a 3×3 matrix", repair="Write rows.")
    changes = {
        f"dL/dw1_1{i}": {"verdict": Verdict.UNREADABLE, "given": shape, "cell": f"dL/dW1, row 1, column {i}"}
        for i in (1, 2)
    }
    places = [Span("a", 1, 1, 2), Span("a", 1, 9, 2), Span("a", 1, 9, 2), None]
    unknown = tuple(Finding(f"trouble {i}", where, "") for i, where in enumerate(places))
    found = LearnerResult.from_report(samples.report(changes, unknown=unknown))
    assert (found.unreadable, found.free) == (1 + 3, 2)
    assert found.unread == "dL/dW1: dL/dW1 is a 2×2 matrix, and this is a 3×3 matrix. Write rows."
    assert LearnerResult.from_report(samples.report({}, unknown=unknown)).unread == "line 1: trouble 0."


def test_percentages_of_different_totals_are_not_compared_in_silence() -> None:
    says = "The sheets name between 30 and 40 steps: name the steps that count with --ask"
    assert says in printed(report(GOOD, WEAK), 120)
    assert says in class_markdown.write(report(GOOD, WEAK))
    assert "The sheets name" not in printed(report(GOOD, TIED))
    # Steps that could not be judged were named all the same.
    assert "The sheets name" not in printed(report(WEAK, replace(GOOD, free=10)))


def test_files_that_are_no_sheets_are_mentioned_once() -> None:
    assert "\n2 other files in the folder are no sheets: left out.\n" in printed(replace(report(GOOD), ignored=2))
    assert "\n1 other file in the folder is no sheet: left out.\n" in printed(replace(report(GOOD), ignored=1))
    assert "other file" not in printed(report(GOOD))


def test_the_trouble_of_a_sheet_is_not_cut_within_a_word() -> None:
    trouble = "nothing on it could be read: " + "there is no answer on this sheet " * 8
    text = printed(report(replace(BROKEN, trouble=trouble)))
    assert " ".join(text.split()).endswith(trouble.strip())
    long = printed(report(replace(BROKEN, trouble="words " * 500)))
    assert long.endswith("words ...\n")


def test_without_room_there_are_no_bars() -> None:
    text = printed(report(WEAK, TIED), 27)
    assert re.search("\nz₁⁽¹⁾  z1_1 +2 +1\n", text)


def test_ties_have_a_column_only_where_there_are_any() -> None:
    assert re.search("\nidea +sheets +tied\n", printed(report(TIED)))
    assert "\n░ tied: another idea explains the same steps of that sheet as well.\n" in printed(report(TIED))
    assert re.search("\nidea +sheets\n", printed(report(WEAK)))


def test_a_class_without_sheets_or_mistakes() -> None:
    assert printed(report()).endswith("0 sheets marked.\n")
    assert class_csv.write(report()) == ",".join(class_csv.HEADER) + "\n"
    text = printed(report(GOOD))
    assert "Which steps failed" not in text
    assert "Which ideas failed" not in text


def test_colour_adds_nothing_to_the_words() -> None:
    coloured = printed(FULL, colour=True)
    assert "\x1b[" in coloured
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == printed(FULL)


def test_the_summary_as_markdown() -> None:
    text = class_markdown.write(FULL, samples.lesson())
    found = Page(text)
    assert well_formed(text)
    assert not found.foreign
    assert not found.links
    assert not found.loose_dollars
    assert [heading for _, heading in found.headings] == [
        "Two inputs, two hidden units, one output", "Carried marks", "Which steps failed", "Which ideas failed",
        "Slips, and what no idea explains", "Right, under another convention", "Sheets that need a look",
        "Sheets that could not be used",
    ]  # fmt: skip
    assert "| $`z_{1}^{(1)}`$ | `z1_1` | 3 | 2 | ████████████████████████ |" in text
    assert "| `M27` | Weight on the way back left out | 1 | 0 | ████████████ | ada.yaml |" in text
    assert "| digits swapped | 1 | ████████████ | slides.yaml |\n" in text
    assert "| nothing explains it | 2 | ████████████████████████ | slides.yaml, ada.yaml |\n\n" in text
    assert "- **ada.yaml**: 2 answers or lines could not be read; the first: dL/dw1_11: a comma is no" in text
    assert [{len(set(table)) for table in found.tables}] == [{1}]
    assert "- **broken**: line 3 is no list of names and numbers" in text
    assert "| | `z1_1` | 3 | 2 |" in class_markdown.write(FULL)
