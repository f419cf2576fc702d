"""Sheets of answers in every form: what is read, what is refused and where, and that nothing is lost around it."""

from __future__ import annotations

import csv
import io
import json
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import ends
from test_hostile import LINES, assert_harmless

from backprop_tutor.model.sheet import Sheet, Written
from backprop_tutor.reading.findings import render
from backprop_tutor.reading.sheets import Kind, is_class, kind_of, read_class, read_sheet, worksheet_problem

KINDS: tuple[Kind, ...] = ("yaml", "json", "csv", "worksheet")


def answers(sheet: Sheet) -> dict[str, Written]:
    return {line.name: line.value for line in sheet.lines}


def read(text: str, source: str = "sheet.yaml") -> dict[str, Written]:
    """The answers of a sheet in which nothing may be wrong."""
    sheet = read_sheet(text, source)
    assert sheet.findings == ()
    assert sheet.text == text
    return answers(sheet)


def refused(text: str, source: str = "sheet.yaml") -> tuple[dict[str, Written], str]:
    """The answers of a sheet in which something is wrong, and what is said of it."""
    sheet = read_sheet(text, source)
    assert sheet.findings
    said = render(sheet.findings, text)
    assert_harmless(said)
    return answers(sheet), said


@pytest.mark.parametrize(
    ("source", "text", "kind"),
    [
        ("a.yaml", '{"x": 1}', "yaml"),
        ("A.YML", "", "yaml"),
        ("a.json", "x: 1", "json"),
        ("some.folder/a.csv", "x: 1", "csv"),
        ("a.md", "x: 1", "worksheet"),
        ("a.markdown", "", "worksheet"),
        ("standard input", "", "yaml"),
        ("standard input", '\ufeff  {\n"x": 1}', "json"),
        ("standard input", "{}", "json"),
        ("a.txt", "{x: 1, y: 2}", "yaml"),
        ("a.txt", "z1_1: 0.24\n", "yaml"),
        ("a.txt", "dL/dW1: [1, 2]\n", "yaml"),
        ("a.txt", "z1_1: 0,24\n", "yaml"),
        ("a.txt", "# mine\nz1_1 = 1, I think\n", "yaml"),
        ("a.txt", "name,value\nz1_1,0.24\n", "csv"),
        ("a.txt", "z1_1;0,24\n", "csv"),
        ("a.txt", "z1_1\t0.24\n", "csv"),
        ("a.txt", "sep=;\nz1_1;0.24\n", "csv"),
        ("a.txt", "# Title\n\n| 1 | `z1_1` | 0.24 |\n", "worksheet"),
        ("a.txt", "- `z1_1` = 0.24\n", "worksheet"),
        ("a.txt", "<!-- backprop-tutor: worksheet for a -->\n", "worksheet"),
    ],
)
def test_the_kind_of_a_sheet(source: str, text: str, kind: str) -> None:
    assert kind_of(source, text) == kind


# YAML


def test_yaml_keeps_what_is_written() -> None:
    text = "z1_1: 0.20\nz1_2: -0\nL: 1e-3\nyes: on\nw: 1/4\nd: 2*x^2 - 1  # not sure\ns: 'a b'\n"
    assert read(text) == {
        "z1_1": "0.20", "z1_2": "-0", "L": "1e-3", "yes": "on", "w": "1/4", "d": "2*x^2 - 1", "s": "a b",
    }  # fmt: skip


def test_yaml_blanks() -> None:
    text = "a:\nb: null\nc: ~\nd: ''\ne: ______\nf: '?'\ng: [1, null]\nh: …\n"
    assert read(text) == dict.fromkeys("abcdefh", "") | {"g": ("1", "")}


def test_yaml_lists_and_matrices() -> None:
    text = (
        "x: [1, -2]\nW1: [[1, 2], [3, 4]]\nW2:\n  - [1, 2]\n  - [3]\nm: [1 2; 3 4]\nf: [a + b, max(0, 1)]\none: [2]\n"
    )
    # YAML cuts max(0, 1) in two: that answer is kept as it is typed.
    assert read(text) == {
        "x": ("1", "-2"),
        "W1": (("1", "2"), ("3", "4")),
        "W2": (("1", "2"), ("3",)),
        "m": "[1 2; 3 4]",
        "f": "[a + b, max(0, 1)]",
        "one": ("2",),
    }


def test_yaml_places_reach_from_the_name_to_the_end_of_the_answer() -> None:
    sheet = read_sheet("# mine\nz1_1:   0.24\n\ndL/dW1: [1,\n   2]\n{a: 1\n", "mine.yaml")
    places = {line.name: line.where for line in sheet.lines}
    first = places["z1_1"]
    assert first is not None
    assert (first.source, first.line, first.column, first.end) == ("mine.yaml", 2, 1, 13)
    assert (places["dL/dW1"] and places["dL/dW1"].line) == 4


def test_yaml_as_people_type_it() -> None:
    """No colon but an equals sign, no space, a sign that means something in YAML: still one line each."""
    text = "z1_1:0.24\nz1_2 = 0.41\nd: |x| + 1\ne: *x\nf: @\ng: - 3\nh：7\n---\n  \n"
    assert read(text) == {
        "z1_1": "0.24", "z1_2": "0.41", "d": "|x| + 1", "e": "*x", "f": "@", "g": "- 3", "h": "7",
    }  # fmt: skip
    assert read("z1_1 = 0.24") == {"z1_1": "0.24"}
    assert read("- z1_1: 0.24\n- z1_2 = 3\n") == {"z1_1": "0.24", "z1_2": "3"}
    assert read("  a: 1\n  b:2\n  c: [1,\n2]\n") == {"a": "1", "b": "2", "c": ("1", "2")}


def test_one_bad_line_of_yaml_costs_no_other() -> None:
    found, said = refused('a: 1\nb\n"c: 2\nd:\n  - [1, 2]\n  - [3, 4\ne: 5\nd2:\n- 1\n- 2\nf: {x: 1}\ng: 6\n')
    assert {name: found[name] for name in "ag"} == {"a": "1", "g": "6"}
    assert "sheet.yaml:2:1: no name stands here with an answer" in said
    assert "2 | b\n" in said
    assert "sheet.yaml:11:1: names stand below 'f'" in said
    assert (found["e"], found["d2"]) == ("5", ("1", "2"))
    found, said = refused("a: 1\nd:\n  - [1, 2]\n  - *x\ne: 5\n")
    assert found == {"a": "1", "e": "5"}
    assert "sheet.yaml:4:5" in said
    assert "problem" not in said


def test_yaml_metadata_says_whose_sheet_it_is() -> None:
    for text in ("learner: Ann\nz: 1\n", "Student: Ann\nz: 1\nname: Bo\n", "{name: Ann, answers: {z: 1}}"):
        sheet = read_sheet(text, "a.yaml", "file")
        assert (sheet.learner, answers(sheet), sheet.findings) == ("Ann", {"z": "1"}, ())
    assert read_sheet("z: 1", "a.yaml", "file").learner == "file"
    assert read_sheet("learner:\nz: 1", "a.yaml", "file").learner == "file"
    assert read_sheet('{"name": "Ann\\n' + "Lee" * 100 + '", "z": 1}', "a.json").learner == ("Ann " + "Lee" * 100)[:200]
    # Unless it is a quantity.
    assert answers(read_sheet("name: 3\nz: 1", "a.yaml")) == {"name": "3", "z": "1"}
    assert answers(read_sheet("name: k\nz: 1", "a.yaml", is_quantity={"name"}.__contains__)) == {"name": "k", "z": "1"}
    assert answers(read_sheet("name: 3\nz: 1", "a.yaml", is_quantity={"z"}.__contains__)) == {"z": "1"}


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n", "{}", "\ufeff"])
def test_an_empty_sheet_is_said_to_be_empty(text: str) -> None:
    assert "there is no answer on this sheet" in refused(text)[1]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{a: 1, b: 2", "is not closed"),
        ("just some words", "no name stands here"),
        ("forward:\n  z1_1: 1\n", "names stand below 'forward'"),
        ("a: [{b: 1}]", "names stand inside a list"),
        ("a: [[[1]]]", "more than two deep"),
        ("a: &x 1\nb: {c: 1}", "names stand below 'b'"),
        ("a: " + "1" * 20_000, "20,000 characters"),
        ("b" * 300 + ": 1", "name of 300 characters"),
        ("a: [" + "1, " * 10_001 + "]", "more than 10,000 answers"),
        ("a: 1\n" * 10_002, "10,003 lines"),
        ("#" * (1 << 20) + "\na: 1", "larger than 1 MiB"),
        ('"a\\u202eb": 1', "invisible character U+202E"),
        ('a: "1\\x1b[31m"', "U+001B"),
    ],
)
def test_what_is_refused_in_yaml(text: str, said: str) -> None:
    assert said in refused(text)[1]


# The same for every kind


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a.yaml", "z: 1\nz: 2\ny: 3\n"),
        ("a.json", '{"z": 1, "z": 2, "y": 3}'),
        ("a.csv", "z,1\nz,2\ny,3\n"),
        ("a.md", "| `z` | 1 |\n| `z` | 2 |\n- `y` = 3\n"),
    ],
)
def test_of_two_answers_the_first_counts(source: str, text: str) -> None:
    found, said = refused(text, source)
    assert found == {"z": "1", "y": "3"}
    assert "'z' stands here for the second time" in said
    assert "first one" in said
    if source != "a.json":
        assert f"{source}:2:1" in said


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a.yaml", "z: 1\nz: 1\ny:2\n"),
        ("a.json", '{"z": 1, "z": 1, "y": 2}'),
        ("a.csv", "z,1\nz,1\ny,2"),
        ("a.md", "| `z` | 1 |\n| `z` |   1   |\n- `y` = 2\n"),
        ("a.csv", "z,\nz,1\ny,2"),
        ("a.md", "| `z` | ____ |\n\n- `z` = 1\n| `z` | ____ |\n- `y` = 2\n"),
    ],
)
def test_the_same_answer_twice_and_a_blank_beside_it_are_harmless(source: str, text: str) -> None:
    assert read(text, source) == {"z": "1", "y": "2"}


@pytest.mark.parametrize("kind", KINDS)
def test_too_large_for_every_kind(kind: Kind) -> None:
    for text in ("x" * ((1 << 20) + 1), "\n" * 20_000):
        sheet = read_sheet(text, "a", kind=kind)
        assert sheet.lines == ()
        assert len(sheet.findings) == 1


def test_invisible_characters_in_an_answer_are_left_out_and_said() -> None:
    for text, source in (("z: 0.2\u200b5", "a.yaml"), ("z,0.2\u20605", "a.csv"), ("- `z` = 0.2\u200d5", "a.md")):
        sheet = read_sheet(text, source)
        assert answers(sheet) == {"z": "0.25"}
        assert [finding.severity for finding in sheet.findings] == ["warning"]
    # What mangles the answer is not guessed at.
    assert read_sheet('{"z": "0.2\\ud8005", "y": 1}', "a.json").lines[0].name == "y"


def test_findings_do_not_grow_without_end() -> None:
    sheet = read_sheet("words\n" * 9_000, "a.yaml")
    assert len(sheet.findings) == 100


# JSON


def test_json_keeps_numbers_as_text() -> None:
    text = '{"a": 0.20, "b": -0, "c": 1E-3, "d": NaN, "e": -Infinity, "f": null, "g": "1/4", "h": true,'
    text += f' "i": {"9" * 5000}, "W": [[1.0, 2], [null, "x"]]}}'
    assert read(text, "a.json") == {
        "a": "0.20", "b": "-0", "c": "1E-3", "d": "NaN", "e": "-Infinity", "f": "", "g": "1/4", "h": "true",
        "i": "9" * 5000, "W": (("1.0", "2"), ("", "x")),
    }  # fmt: skip


def test_json_metadata_and_places() -> None:
    text = '{"learner": "Ann",\n "answers": {"z": 1,\n   "y": [1]}}'
    sheet = read_sheet(text, "a.json")
    assert sheet.learner == "Ann"
    assert [(line.name, line.where and (line.where.line, line.where.column)) for line in sheet.lines] == [
        ("z", (2, 14)),
        ("y", (3, 4)),
    ]


def test_a_place_in_json_ends_with_its_line() -> None:
    where = read_sheet('{"a":\n   1, "b": x}', "a.json").lines[0].where
    assert where is not None
    assert (where.line, where.column, where.end) == (1, 2, 6)


@pytest.mark.parametrize(
    ("text", "place", "said", "kept"),
    [
        ('{"a": 1,\n "b": 1/4, "c": 2}', "2:8", 'in double quotes: "1/4"', {"a": "1", "b": "1/4", "c": "2"}),
        ('{"a": 1,\n "b": .5}', "2:7", "an answer is missing", {"a": "1", "b": ".5"}),
        ('{"a": 1 "b": 2}', "1:9", "a comma is missing", {"a": "1", "b": "2"}),
        ('{"a": 1,}', "1:9", "name in double quotes is expected", {"a": "1"}),
        ("{'a': 1}", "1:2", "name in double quotes is expected", {"'a'": "1"}),
        ('{"a": 1', "1:8", "a comma is missing", {"a": "1"}),
        ('{"a" 1, "b": 2}', "1:6", "a colon is missing", {"b": "2"}),
        ('{"a": 1} 2', "1:10", "after the end of the sheet", {"a": "1"}),
        ('{"a": "1', "1:7", "not closed", {"a": "1"}),
        ('{"a": "\\q", "b": 2}', "1:8", "backslash", {"a": "\\q", "b": "2"}),
        ('[{"a": 1}]', "1:1", "one object", {}),
        ('{"a": {"b": 1}, "c": 2}', "1:2", "names stand inside 'a'", {"c": "2"}),
        ('{"a": [1, {"b": 1}], "c": 2}', "1:2", "inside the list of 'a'", {"c": "2"}),
        ("[" * 100_000, "1:33", "more than 32 deep", {}),
        ('{"a":' * 100_000, "1:161", "more than 32 deep", {}),
        ("nothing", "1:1", "an answer is missing", {}),
        ("", "1:1", "an answer is missing", {}),
    ],
)
def test_bad_json(text: str, place: str, said: str, kept: dict[str, str]) -> None:
    found, whole = refused(text, "a.json")
    assert f"a.json:{place}:" in whole
    assert said in whole
    assert found == kept


# CSV


@pytest.mark.parametrize(
    "text",
    [
        "name,value\nz,0.24\nW1,\"[[1, 2], [3, 4]]\"\nv,[1, 2]\n",
        "Quantity;Answer\nz;0.24\nW1;[[1, 2], [3, 4]]\nv;[1, 2];\n",
        "z\t0.24\nW1\t[[1, 2], [3, 4]]\nv\t[1, 2]\t\t\n",
        "sep=;\r\n\"z\";\"0.24\"\r\n\r\nW1;[[1, 2], [3, 4]]\r\nv;[1, 2]",
        "\ufeffquantity,your answer,remark\nz, 0.24 ,\n# mine\nW1,[[1, 2], [3, 4]]\nv,\"[1, 2]\"\n",
    ],
)  # fmt: skip
def test_csv_of_every_make(text: str) -> None:
    found = read(text, "a.csv")
    assert {name: str(value).replace(" ", "") for name, value in found.items()} == {
        "z": "0.24",
        "W1": "[[1,2],[3,4]]",
        "v": "[1,2]",
    }


def test_csv_cells() -> None:
    assert read('a,"say ""x"""\n"b,c",1\nm,"1 2\n3 4"\nn,\n', "a.csv") == {
        "a": 'say "x"', "b,c": "1", "m": "1 2\n3 4", "n": "",
    }  # fmt: skip
    assert read("alpha_2,1;0,5\nb;-3\n", "a.csv") == {"alpha_2,1": "0,5", "b": "-3"}
    sheet = read_sheet("student,Ann\nz,1", "a.csv", "file")
    assert (sheet.learner, answers(sheet)) == ("Ann", {"z": "1"})
    # A quantity may be called as a header is.
    assert answers(read_sheet("name,value\nz,1", "a.csv", is_quantity={"name"}.__contains__)) == {
        "name": "value",
        "z": "1",
    }


@pytest.mark.parametrize(
    ("text", "said", "kept"),
    [
        ("a,1\nz,0,25\nb,2", "a.csv:2:1: the answer to 'z' has a comma", {"a": "1", "b": "2"}),
        ("a,1\nz,-0,25\nb,2", "Write a decimal point ('-0.25')", {"a": "1", "b": "2"}),
        ('a,1\nz,"2\nb,3\n', "a.csv:2:1: the quotes of this line are not closed", {"a": "1", "z": "2", "b": "3"}),
        ("a,1\nz\nb,3\n", "a.csv:2:1: 'z' stands here without an answer", {"a": "1", "b": "3"}),
        ("a,1\n,7\nb,3\n", "a.csv:2:1: an answer stands here without a name", {"a": "1", "b": "3"}),
    ],
)
def test_bad_csv(text: str, said: str, kept: dict[str, str]) -> None:
    found, whole = refused(text, "a.csv")
    assert said in whole
    assert found == kept


QUANTITIES = frozenset({"z", "y", "L", "name"}).__contains__


@pytest.mark.parametrize(
    ("text", "blind", "knowing"),
    [
        ("learner,z,y\nAnn,1,2\n", True, True),
        ("Anything;z;y\nAnn;1;2\n", True, True),
        ("name,value\nz,1\n", False, False),
        ("quantity,answer,remark\nz,1,none\n", False, False),
        ("z,1\ny,2\n", False, False),
        ("z,1,sure\ny,2,\n", False, False),
        ("z,[1,2]\n", False, False),
        ("learner,z\nAnn,1\n", True, True),
        ("who knows,z\nAnn,1\n", False, True),
        ("z,y\n", False, False),
        ("learner,Ann\nz,2\n", True, True),
        ("", False, False),
        ("z\n", False, False),
    ],
)
def test_what_is_a_class(text: str, blind: bool, knowing: bool) -> None:
    assert is_class(text, "a.csv") is blind
    assert is_class(text, "a.csv", QUANTITIES) is knowing


def test_only_csv_is_a_class() -> None:
    assert not is_class("learner,z,y\n", "a.yaml")
    assert is_class("learner,z,y\nAnn,1,2", "standard input")


def test_a_class() -> None:
    text = 'Learner,z,"alpha_2,1",W1\nAnn,0.20,,"[1, 2]"\n\n"Bo, B.",1/4,?,x\nAnn,3,4,5\n,7,8,9\n'
    sheets, findings = read_class(text, "class.csv")
    assert findings == ()
    assert [(sheet.learner, answers(sheet), sheet.findings) for sheet in sheets] == [
        ("Ann", {"z": "0.20", "alpha_2,1": "", "W1": "[1, 2]"}, ()),
        ("Bo, B.", {"z": "1/4", "alpha_2,1": "", "W1": "x"}, ()),
        ("Ann (2)", {"z": "3", "alpha_2,1": "4", "W1": "5"}, ()),
        ("row 6", {"z": "7", "alpha_2,1": "8", "W1": "9"}, ()),
    ]
    where = sheets[1].lines[0].where
    assert where is not None
    assert where.line == 4


def test_learners_of_one_name_are_told_apart() -> None:
    sheets, _ = read_class("who,z\nAnn,1\nAnn,1\nAnn (2),1\n", "a.csv")
    assert [sheet.learner for sheet in sheets] == ["Ann", "Ann (2)", "Ann (2) (2)"]
    rows = "\n".join(f"{name},1" for name in ["Ann", "Ann (2)", "Ann", "Ann", "Ann (2)"])
    assert [sheet.learner for sheet in read_class("who,z\n" + rows, "a.csv")[0]] == [
        "Ann", "Ann (2)", "Ann (3)", "Ann (4)", "Ann (2) (2)",
    ]  # fmt: skip


def test_a_column_called_name_is_a_quantity_like_others() -> None:
    sheets, _ = read_class("who,name,z\nAnn,k,1\n", "a.csv")
    assert answers(sheets[0]) == {"name": "k", "z": "1"}


def test_ragged_rows_and_bad_headers_of_a_class() -> None:
    text = 'who,z,y,z\nAnn,1\nBo,1.5,2,3,4\nCo,0,25,0,41,0,3\nDo,5,"6\nEa,7,8,9\n'
    sheets, findings = read_class(text, "class.csv")
    assert ["two columns are called 'z'" in finding.message for finding in findings] == [True]
    found = {sheet.learner: answers(sheet) for sheet in sheets}
    assert found == {
        "Ann": {"z": "1", "y": ""},
        "Bo": {"z": "1.5", "y": "2"},
        "Co": {},
        "Do": {"z": "5", "y": "6"},
        "Ea": {"z": "7", "y": "8"},
    }
    said = {sheet.learner: render(sheet.findings, text) for sheet in sheets}
    assert "class.csv:2:1: warning: this row has 2 cells, but the first row has 4" in said["Ann"]
    assert "class.csv:3:1: this row has 5 cells, but the first row has 4 cells" in said["Bo"]
    assert "Write decimal points" in said["Co"]
    assert "quotes" in said["Do"]
    assert said["Ea"] == ""


@pytest.mark.parametrize("text", ["", "\n", "who,z\n", "who,z\n,\n"])
def test_an_empty_class(text: str) -> None:
    sheets, findings = read_class(text, "a.csv")
    assert sheets == ()
    assert len(findings) == 1


def test_a_large_class_is_read_in_time() -> None:
    text = "who," + ",".join(f"q{i}" for i in range(30)) + "\n" + ("Ann" + ",0.25" * 30 + "\n") * 5_000
    with ends():
        sheets, _ = read_class(text, "a.csv")
    assert len(sheets) == 5_000
    assert sheets[-1].learner == "Ann (5000)"


# Worksheets


@pytest.mark.parametrize(
    ("row", "answer"),
    [
        ("| 1 | the sum | $`z_1`$ | `z` | ______ |", ""),
        ("| 1 | the sum | $`z_1`$ | `z` | 0.24 |", "0.24"),
        ("|1|the sum|$`z_1`$|`z`|0.24|", "0.24"),
        ("1 | the sum | $z_1$ | `z` | 0.24", "0.24"),
        ("| 1    | the sum           |  `z`    |      0.24     |   ", "0.24"),
        ("| `z` | ______ 0.24 |", "0.24"),
        ("| `z` | ___0.24___ |", "0.24"),
        ("| `z` | 0.24______ |", "0.24"),
        ("| `z` | \\_\\_\\_\\_ 0.24 \\_\\_ |", "0.24"),
        ("| `z` | ______ | 0.24", "0.24"),
        ("| `z` | **0.24** |", "0.24"),
        ("| `z` | __0.24__ |", "0.24"),
        ("| `z` | *0.24* |", "0.24"),
        ("| `z` | **___0.24___** |", "0.24"),
        ("| `z` | `0.24` |", "0.24"),
        ("| `z` | $0.24$ |", "0.24"),
        ("| `z` | $`0.24`$ |", "0.24"),
        ("| `z` | **$0.24$** |", "0.24"),
        ("| `z` | <b>0.24</b> |", "0.24"),
        ("| `z` | = 0.24 |", "0.24"),
        ("| `z` | ≈ 0.24 |", "0.24"),
        ("| `z` | ~~0.42~~ 0.24 |", "0.24"),
        ("| **`z`** | 0.24 |", "0.24"),
        ("| `z` (hidden) | 0.24 |", "0.24"),
        ("| `` z `` | 0.24 |", "0.24"),
        ("| `z` | −0.24&nbsp; |", "−0.24"),
        ("| `z` | \\|x\\| + 1 |", "|x| + 1"),
        ("| `z` | `a1_1*(1 - a1_1)` |", "a1_1*(1 - a1_1)"),
        ("| `z` | a1\\_1\\*2 |", "a1_1*2"),
        ("| `z` | `2*a_` |", "2*a_"),
        ("| `z` | 2*w_in |", "2*w_in"),
        ("| `z` | $\\frac{1}{4}$ |", "\\frac{1}{4}"),
        ("| `z` | 1 &lt; 2 |", "1 < 2"),
        ("| `z` | 1 2<br>3 4 |", "1 2\n3 4"),
        ("| `z` | |", ""),
        ("| `z` | ? |", ""),
        ("- `z` = 0.24", "0.24"),
        ("* `z`: **0.24**", "0.24"),
        ("1. `z` = ____", ""),
        ("  - [x] **`z`** ≈ 0.24", "0.24"),
        ("`z` = $`0.24`$", "0.24"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "  \n"])
def test_a_line_of_a_worksheet(row: str, answer: str, end: str) -> None:
    header = f"# Title{end}| Step | Name | Your answer |{end}|---|:-:|---|{end}"
    assert read(header + row + end, "a.md") == {"z": answer}


@pytest.mark.parametrize(
    "line",
    [
        "| $`x`$ | $`3`$ | input | `x` |",
        "some text with `x` in it",
        "x = 3",
        "| --- | --- |",
        "| Name | Your answer |",
        "| $`x`$ | 3 |",
        "```text",
        "`x` is given, and so is `y`",
    ],
)
def test_other_lines_of_a_worksheet_are_not_read(line: str) -> None:
    assert read(f"{line}\n| `z` | 1 |\n{line}\n", "a.md") == {"z": "1"}


def test_what_stands_above_the_answers_is_not_read() -> None:
    text = "Name: **Ann**\n\n| `w` | 3 |\n\n<!-- backprop-tutor: answers -->\n\n| `z` | 1 |\n"
    sheet = read_sheet(text, "a.md")
    assert (sheet.learner, answers(sheet)) == ("Ann", {"z": "1"})
    assert read_sheet("Name: ______\n| `z` | 1 |", "a.md", "file").learner == "file"
    assert read(text.replace("<!-- backprop-tutor: answers -->", ""), "a.md") == {"w": "3", "z": "1"}


def test_places_in_a_worksheet() -> None:
    sheet = read_sheet("a\r\nb\r\n   | `z` | 1 |  \r\n", "a.md")
    where = sheet.lines[0].where
    assert where is not None
    assert (where.line, where.column, where.end) == (3, 4, 15)


def test_the_problem_of_a_worksheet() -> None:
    assert worksheet_problem("<!-- backprop-tutor: worksheet for a-b_1 -->\n# x") == "a-b_1"
    assert worksheet_problem("<!-- backprop-tutor: answers -->") is None


# Strangers


def in_csv(*cells: str) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()


FORMS = {
    "yaml value": ("a.yaml", lambda line: f"z: {json.dumps(line)}\ny: 1\n"),
    "yaml bare value": ("a.yaml", lambda line: f"y: 1\nz: {line}\n"),
    "yaml name": ("a.yaml", lambda line: f"{json.dumps(line)}: 1\ny: 1\n"),
    "yaml bare name": ("a.yaml", lambda line: f"y: 1\n{line}: 1\n"),
    "yaml in a list": ("a.yaml", lambda line: f"y: 1\nz: [1, {line}]\n"),
    "json value": ("a.json", lambda line: json.dumps({"z": line, "y": 1})),
    "json bare value": ("a.json", lambda line: f'{{"y": 1, "z": {line}}}'),
    "json name": ("a.json", lambda line: json.dumps({line: "1", "y": 1})),
    "json bare name": ("a.json", lambda line: f'{{"y": 1, {line}: 1}}'),
    "csv value": ("a.csv", lambda line: in_csv("z", line) + "y,1\n"),
    "csv bare value": ("a.csv", lambda line: f"y,1\nz,{line}\n"),
    "csv name": ("a.csv", lambda line: in_csv(line, "1") + "y,1\n"),
    "csv bare name": ("a.csv", lambda line: f"y,1\n{line},1\n"),
    "worksheet value": ("a.md", lambda line: f"| `y` | 1 |\n| `z` | {line} |\n"),
    "worksheet name": ("a.md", lambda line: f"| `y` | 1 |\n| `{line}` | 1 |\n"),
    "worksheet item": ("a.md", lambda line: f"- `y` = 1\n- `z` = {line}\n"),
    "learner": ("a.yaml", lambda line: f"learner: {json.dumps(line)}\ny: 1\n"),
    "whole": ("standard input", lambda line: line),
}


def is_one_line(line: str) -> bool:
    return all(unicodedata.category(mark) not in {"Cc", "Zl", "Zp", "Cs"} for mark in line)


def flat(value: Written) -> str:
    return value if isinstance(value, str) else "".join(map(flat, value))


@pytest.mark.parametrize("form", FORMS)
def test_hostile_lines(form: str) -> None:
    source, text_of = FORMS[form]
    for line in LINES:
        text = text_of(line)
        with ends(line[:80]):
            sheet = read_sheet(text, source)
        assert_harmless(render(sheet.findings, text))
        assert_harmless(sheet.learner)
        for found in sheet.lines:
            assert_harmless(found.name)
            assert_harmless(flat(found.value))
        if "json bare" not in form and form != "whole" and is_one_line(line):
            assert answers(sheet).get("y") == "1", line[:80]


def test_hostile_lines_in_json_arrive_as_they_were_written() -> None:
    kept = 0
    for line in LINES:
        if line.isascii() and line.isprintable() and len(line) < 10_000 and line.strip(" _?.-"):
            assert read(json.dumps({"z": line}), "a.json") == {"z": line.strip()}
            kept += 1
    assert kept > 100


def test_a_class_of_hostile_lines() -> None:
    for line in LINES:
        for text in (in_csv("who", line, "z") + "Ann,1,2\n", in_csv("who", "z", "y") + in_csv(line, "1", line)):
            sheets, findings = read_class(text, "a.csv")
            assert_harmless(render(findings, text))
            for sheet in sheets:
                assert_harmless(sheet.learner + render(sheet.findings, text))


PIECES = st.sampled_from(
    ["z", "1", ":", " ", "\n", "- ", "[", "]", "{", "}", ",", ";", "|", "`", "'", '"', "=", "#", "&", "*", "_", "\t",
     "\\", "\r", "\x00", "\ud800", "é", "0.25", "$", "name", "learner", "~", "?", "!", "%", "@", "<", ">", "---",
     "\u2028"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join), st.sampled_from(KINDS))
@settings(max_examples=600, deadline=None)
def test_no_text_raises(text: str, kind: Kind) -> None:
    sheet = read_sheet(text, "a", kind=kind)
    assert sheet.lines or sheet.findings
    assert_harmless(render(sheet.findings, text))
    assert len({line.name for line in sheet.lines}) == len(sheet.lines)
    read_class(text, "a")
    is_class(text, "a.csv")


LONG = {
    "quotes": '"' * 500_000,
    "escaped quotes": '"' + '\\"' * 400_000,
    "brackets": "[" * 500_000,
    "ticks": "`" * 500_000,
    "pairs of ticks": "|`a" * 200_000,
    "bars": "|" * 500_000,
    "stars": ("|`a`|" + "*" * 19_000 + "\n") * 30,
    "underscores": ("|`a`|" + "_ " * 9_000 + "\n") * 30,
    "spaces": " " * 500_000 + ":",
    "spaces in rows": ("- `a`" + " " * 19_000 + "\n") * 30,
    "comments": " #" * 300_000,
    "bad lines": "a: [1\n" * 9_999,
    "bad quotes": 'a,"b\n' * 9_999,
    "commas": ("a," * 5_000 + "\n") * 50,
    "entries": "{" + '"a":1,' * 100_000 + "}",
    "broken entries": "{" + '"a":1 ' * 100_000,
}


@pytest.mark.parametrize("name", LONG)
@pytest.mark.parametrize("kind", KINDS)
def test_long_texts_take_no_longer(name: str, kind: Kind) -> None:
    with ends():
        read_sheet(LONG[name], "a", kind=kind)
        if kind == "csv":
            is_class(LONG[name], "a.csv")
            read_class(LONG[name], "a.csv")
