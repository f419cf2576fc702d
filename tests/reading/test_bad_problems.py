"""The museum: files in ``tests/bad_problems`` whose first lines say which findings they must give, and where.

``# expect: LINE:COLUMN part of the message``, one line for each; `` / `` stands between message and repair.
"""

import re
from pathlib import Path

import pytest
from known_words import VOCABULARY

from backprop_tutor.reading.findings import render
from backprop_tutor.reading.problems import read_problem

MUSEUM = Path(__file__).parent.parent / "bad_problems"
FILES = sorted(MUSEUM.glob("*.yaml"))
EXPECT = re.compile(r"# expect: (\d+):(\d+) (.+)")


def test_the_museum_is_not_empty():
    assert len(FILES) >= 90


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_finding_is_expected_and_every_expectation_is_found(path):
    text = path.read_text(encoding="utf-8")
    expected = [EXPECT.fullmatch(line) for line in text.splitlines() if line.startswith("# expect:")]
    assert expected
    assert all(expected)
    problem, findings = read_problem(text, path.name, VOCABULARY)
    assert problem is None
    shown = render(findings, text)
    assert len(findings) == len(expected), shown
    for finding, wanted in zip(findings, expected, strict=True):
        line, column, message = wanted.groups()
        assert (finding.where.line, finding.where.column) == (int(line), int(column)), shown
        assert message in f"{finding.message} / {finding.repair}", shown


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_finding_says_how_to_repair_it(path):
    _, findings = read_problem(path.read_text(encoding="utf-8"), path.name, VOCABULARY)
    assert all(finding.repair.strip() for finding in findings)
    assert all(finding.message[-1] not in ".!" for finding in findings)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_caret_stands_below_the_place(path):
    text = path.read_text(encoding="utf-8")
    _, findings = read_problem(text, path.name, VOCABULARY)
    lines = render(findings, text).split("\n")
    carets = [row for row, line in enumerate(lines) if re.fullmatch(r"\s*\^+", line)]
    assert len(carets) == len(findings)
    for row, finding in zip(carets, findings, strict=True):
        assert lines[row - 2].startswith(f"{path.name}:{finding.where.line}:{finding.where.column}: ")
        below = lines[row - 1][lines[row].index("^") :]
        source = text.splitlines()[finding.where.line - 1][finding.where.column - 1 :].rstrip()
        assert below[:8] == source[:8]
