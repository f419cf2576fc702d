"""How findings are shown: the caret below its place in any script, nothing hidden, nothing endless."""

import unicodedata

import pytest

from backprop_tutor.model.problem import Finding, Span
from backprop_tutor.reading.findings import (
    COLLECTED,
    Findings,
    TooManyFindings,
    cells,
    clean,
    clean_line,
    listed,
    nearest,
    render,
    sentence,
    shown,
)


def at(line, column, end, message="wrong", repair="Mend it."):
    return Finding(message, Span("f.yaml", line, column, end), repair)


def width(text):
    return sum(cells(c) for c in text)


def test_the_shape_of_a_finding():
    assert render([at(2, 4, 6)], "a: 1\nb: xy\n") == ("f.yaml:2:4: wrong\n    2 | b: xy\n           ^^\n   Mend it.")


def test_the_caret_counts_cells_and_copies_tabs():
    shown_lines = render([at(1, 5, 6)], "日本: x").split("\n")
    assert width(shown_lines[2].rstrip("^")) == width(shown_lines[1].split("x")[0]) == 8 + 6
    tab = render([at(1, 3, 4)], "a\tb").split("\n")
    assert tab[2] == " " * 8 + " \t^"
    combining = render([at(1, 3, 4)], "e\u0301x").split("\n")
    assert combining[2] == " " * 9 + "^"
    wide = render([at(1, 1, 3)], "日本").split("\n")
    assert wide[2].strip() == "^^^^"


@pytest.mark.parametrize("column", [1, 50, 300, 595])
def test_a_long_line_is_cut_around_the_caret(column):
    line = "".join(chr(ord("a") + i % 26) for i in range(600))
    _, text, carets, _ = render([at(1, column, column + 1)], line).split("\n")
    assert len(text) <= 8 + 72 + 6
    assert text[carets.index("^")] == line[column - 1]
    assert carets.index("^") - 8 >= min(column - 1, 36)
    assert text[8:].startswith("...") == (column > 40)
    assert text.endswith("...") == (column < 560)


def test_nothing_hidden_is_shown():
    text = "a: \u202e\x1b[31m\x07 b"
    out = render([at(1, 4, 5, "said \x1b[2J\u2066 it", "do\x9b that\u200b")], text)
    assert all(c == "\n" or unicodedata.category(c) not in {"Cc", "Cf"} for c in out)
    assert "said [2J it" in out


def test_only_some_are_shown_and_the_rest_is_counted():
    out = render([at(1, 1, 2)] * 30, "abc")
    assert out.count("wrong") == 25
    assert out.endswith("\n... and 5 more.")


def test_a_finding_without_a_place_or_beyond_the_text():
    assert render([Finding("wrong", None, "a\nb")], "") == "wrong\n   a\n   b"
    assert render([at(9, 1, 2)], "x") == "f.yaml:9:1: wrong\n   Mend it."
    assert render([at(1, 9, 12)], "x").split("\n")[2] == " " * 9 + "^"
    assert render([Finding("odd", None, severity="warning")], "") == "warning: odd"


def test_findings_come_in_the_order_of_the_file_and_once():
    findings = Findings()
    for line, column in [(2, 1), (1, 5), (1, 2), (1, 5)]:
        findings.add("wrong", Span("f", line, column, column + 1))
    findings.add("nowhere", None)
    places = [(f.where.line, f.where.column) if f.where else None for f in findings.in_order()]
    assert places == [None, (1, 2), (1, 5), (2, 1)]


def test_collecting_ends_some_day():
    findings = Findings()
    for line in range(1, COLLECTED):
        findings.add("wrong", Span("f", line, 1, 2))
    with pytest.raises(TooManyFindings):
        findings.add("wrong", Span("f", COLLECTED, 1, 2))
    assert len(findings.in_order()) == COLLECTED


def test_cleaning():
    assert clean("a\x00\u202eb\tc\r\nd\u2028e\u0085f") == "ab\tc\nd\ne\nf"
    assert clean_line(" a \n\t b\u2066 ") == "a b"
    assert shown("x" * 100) == "'" + "x" * 37 + "...'"
    assert clean("👩\u200d🔬 naïve 日本 \u05d0") == "👩\u200d🔬 naïve 日本 \u05d0"


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("tahn", "tanh"),
        ("LeakyReLU", "leaky_relu"),
        ("half squared error", "half_squared_error"),
        ("xyz", ""),
        ("", ""),
    ],
)
def test_the_nearest_word(word, known):
    assert nearest(word, ["sigmoid", "tanh", "leaky_relu", "half_squared_error"]) == known


def test_lists_in_a_sentence():
    assert [listed([]), listed("a"), listed("ab"), listed("abc", "and")] == ["", "a", "a or b", "a, b and c"]


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ("a comma is not a decimal point", "A comma is not a decimal point"),
        ("digits cannot be grouped", "Digits cannot be grouped"),
        ("dL/dz1_2 is not known yet at this step", "dL/dz1_2 is not known yet at this step"),
        ("a is one number, and this is a list of 2", "a is one number, and this is a list of 2"),
        ("yhat is one number, and this is a list of 2", "yhat is one number, and this is a list of 2"),
    ],
)
def test_a_name_at_the_beginning_of_a_sentence_keeps_its_small_letter(found: str, said: str) -> None:
    assert sentence(found) == said
