"""The located tree: text stays text, every place is exact, and what YAML can do beyond data is refused."""

import pytest
import yaml
from support import ends

from backprop_tutor.reading import yaml_tree
from backprop_tutor.reading.findings import LINE_BREAK, Findings
from backprop_tutor.reading.tree import Items, Mapping, Scalar
from backprop_tutor.reading.yaml_tree import read_tree

LOADERS = sorted({yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)}, key=lambda loader: loader.__name__)


@pytest.fixture(params=LOADERS, ids=lambda loader: loader.__name__, autouse=True)
def _loader(request, monkeypatch):
    monkeypatch.setattr(yaml_tree, "_LOADER", request.param)


def read(text):
    findings = Findings()
    return read_tree(text, "f.yaml", findings), findings.in_order()


def plain(node):
    match node:
        case Scalar():
            return node.text
        case Items(items):
            return [plain(item) for item in items]
        case Mapping(entries):
            return {entry.key.text: plain(entry.value) for entry in entries}


def scalars(node):
    match node:
        case Scalar():
            yield node
        case Items(items):
            for item in items:
                yield from scalars(item)
        case Mapping(entries):
            for entry in entries:
                yield entry.key
                yield from scalars(entry.value)


@pytest.mark.parametrize("word", ["1e-3", "010", "1:30", "1_000", "yes", "on", "y", "0x10", "2024-13-45", "0.150"])
def test_scalars_stay_the_text_that_was_written(word):
    tree, findings = read(f"{word}: {word}\nlist: [{word}]\n")
    assert plain(tree) == {word: word, "list": [word]}
    assert findings == ()


@pytest.mark.parametrize(
    "text",
    [
        "inputs: {c: 2, w: -1}  # comment\nmore: [[0.5, 1/2], [x, 'a b']]\n",
        'title: 日本 x\nlist:\n- a\n-   b\nlong: "quoted: text"\n',
        "a: é\u2028b: c\n",
        "\ufeffa: 1\r\nb: 2\rc: 3\n",
    ],
)
def test_every_place_is_the_place_of_the_text(text):
    tree, findings = read(text)
    assert findings == ()
    lines = LINE_BREAK.split(text.removeprefix("\ufeff"))
    found = list(scalars(tree))
    assert len(found) > 2
    for scalar in found:
        place = scalar.part(0, len(scalar.text))
        assert lines[place.line - 1][place.column - 1 : place.end - 1] == scalar.text


def test_a_part_of_a_quoted_scalar_is_placed_inside_the_quotes():
    tree, _ = read("a: 'w + q'\n")
    scalar = tree.entries[0].value
    assert (scalar.where.column, scalar.where.end) == (4, 11)
    assert (scalar.part(4, 5).column, scalar.part(4, 5).end) == (9, 10)


@pytest.mark.parametrize("text", ['a: "w\\u0020+ q"\n', "a: |\n  w + q\n", "a: w +\n  q\n", "a: 'w''q'\n"])
def test_where_text_and_columns_differ_the_whole_scalar_is_the_place(text):
    tree, findings = read(text)
    assert findings == ()
    scalar = tree.entries[0].value
    assert scalar.part(2, 3) == scalar.where


def test_what_was_refused_is_marked_and_the_rest_is_read():
    tree, findings = read("a: *x\nb: !!int 3\nc: &y 4\nd: 5\n")
    assert [finding.where.line for finding in findings] == [1, 2, 3]
    assert [scalar.refused for scalar in scalars(tree)] == [False, True, False, True, False, True, False, False]


def test_the_first_of_two_equal_keys_stays():
    tree, findings = read("a: 1\nb: 2\na: 3\n")
    assert plain(tree) == {"a": "1", "b": "2"}
    assert [(f.where.line, f.where.column) for f in findings] == [(3, 1)]
    assert "line 1, column 1" in findings[0].message


def test_a_small_file_cannot_explode():
    bomb = "a: &a [x, x]\n" + "".join(
        f"{new}: &{new} [*{old}, *{old}]\n" for old, new in zip("abcdef", "bcdefg", strict=True)
    )
    tree, findings = read(bomb)
    assert len(findings) == 6 * 3 + 1
    assert len(list(scalars(tree))) < 50


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[" * 100_000 + "]" * 100_000, "nested"),
        ("- " * 50_000 + "a", "nested"),
        ("{a: " * 1000, "nested"),
        ("a: " + "x" * (1 << 20), "larger than 1 MiB"),
        ("[" + "1," * 60_000 + "]", "more than 50,000 values"),
        ("a: \x1b[31m", "U+001B"),
        ("a: \ud800", "U+D800"),
        ("a: b\x00", "U+0000"),
    ],
    ids=["brackets", "dashes", "braces", "size", "values", "escape", "surrogate", "nul"],
)
def test_monsters_end_soon_with_one_finding(text, message):
    with ends():
        tree, findings = read(text)
        assert tree is None
        assert len(findings) == 1
        assert message in findings[0].message


def test_the_limits_do_not_bite_what_is_allowed():
    nested = "[" * 31 + "x" + "]" * 31
    tree, findings = read(nested)
    assert findings == ()
    assert tree is not None
    assert read("[" + nested + "]")[1] != ()


@pytest.mark.parametrize(
    ("text", "line", "column", "repair"),
    [
        ("e: %a", 1, 4, "quote it"),
        ("e: - x", 1, 4, "quote it"),
        ("e: &a+b", 1, 4, "quote it"),
        ("e: *", 1, 4, "quote it"),
        ("title: a: b", 1, 9, "Quote text"),
        ("title: [a]b", 1, 11, "quote it"),
        ("a: 1\n b: 2", 2, 3, "Line it up"),
        ("a: [1, 2\n", 1, 4, "quote it"),
        ("a: {x: 1", 1, 4, "quote it"),
        ("a: 'b\n\n\n", 1, 4, "closing quote"),
        ("a:\n\t- b", 2, 1, "spaces"),
        ("a: 1\nb\n", 2, 1, "key: value"),
        ("a: 1\n--- b", 2, 1, "one problem"),
        ("a: b}\nc: }", 2, 4, "quote it"),
    ],
)
def test_a_syntax_error_has_its_place_and_a_repair(text, line, column, repair):
    tree, findings = read(text)
    assert tree is None
    assert [(finding.where.line, finding.where.column) for finding in findings] == [(line, column)]
    assert repair in findings[0].repair


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("[max(a, b), 2]", "max(a, b)"),
        ("{c: max(a, min(b, c)), d: 1}", "max(a, min(b, c))"),
        ("{c: max(a, b)}", "max(a, b)"),
    ],
)
def test_a_formula_cut_at_its_comma_is_one_finding(text, whole):
    tree, findings = read(text)
    assert [finding.repair for finding in findings] == [f'Quote it: "{whole}".']
    start, end = findings[0].where.column - 1, findings[0].where.end - 1
    assert text[start:end] == whole
    assert "1" in plain(tree).values() if isinstance(tree, Mapping) and len(tree.entries) > 1 else True


def test_round_brackets_that_never_close_cut_nothing():
    tree, findings = read("[f(a, b, [c], d]")
    assert plain(tree) == ["f(a", "b", ["c"], "d"]
    assert findings == ()
