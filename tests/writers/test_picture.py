"""Pictures: nothing is lost, nothing touches, nothing is wider than the terminal."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from unicodedata import normalize

import pytest
import samples
from support import BUNDLED
from support import lesson as lesson_named

from backprop_tutor.marking.misconceptions import misconceptions
from backprop_tutor.model.graph import Graph
from backprop_tutor.model.lesson import Aside, Diagram, Lesson, Prose, Table
from backprop_tutor.model.op import Words
from backprop_tutor.ops import operation, operations
from backprop_tutor.writers.canvas import Canvas, NoRoomError
from backprop_tutor.writers.lines import GLUE, Line, Run, clean, columns, fold, glue, length, plain, to_ascii
from backprop_tutor.writers.markdown import write
from backprop_tutor.writers.maths import Maths
from backprop_tutor.writers.picture import network_picture
from backprop_tutor.writers.picture_wires import Box, Edge, draw
from backprop_tutor.writers.rails import trace_rows, trace_table
from backprop_tutor.writers.shown import Shown
from backprop_tutor.writers.tables import table
from backprop_tutor.writers.telling import Telling

WIDTHS = (40, 60, 80, 120, 200)
SIZES = ((2, 3, 1), (2, 2, 2), (1, 1), (3, 4, 4, 2), (6, 6, 1), (5, 1, 5), (12, 9, 3))


def shown(lesson: Lesson, *, ascii: bool = False, **options: object) -> Shown:
    maths = Maths(lesson.notation, lesson.graph, "ascii" if ascii else "text")
    view = Shown(maths, lesson.graph, lesson.figures, lesson.symbolic, ascii=ascii)
    return replace(view, **options)  # type: ignore[arg-type]


def picture(view: Shown, width: int) -> list[Line]:
    return network_picture(view, width) if view.graph.layers else trace_table(view, width)


def lesson_of(sizes: tuple[int, ...], folded: bool) -> Lesson:
    return samples.network(sizes, folded=folded)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("folded", [False, True])
@pytest.mark.parametrize("sizes", SIZES)
def test_a_network_fits_and_shows_every_figure(sizes: tuple[int, ...], folded: bool, width: int) -> None:
    lesson = lesson_of(sizes, folded)
    view = shown(lesson)
    lines = picture(view, width)
    assert max(length(line) for line in lines) <= width
    text = plain(lines)
    for name in lesson.graph.parameters:
        assert view.value(name) in text, name
        assert view.gradient(name) in text, name
    for layer in lesson.graph.layers:
        for name in (*layer.preactivations, *layer.activations):
            assert view.value(name) in text, name


@pytest.mark.parametrize("width", [26, *WIDTHS])
@pytest.mark.parametrize("sizes", [sizes for sizes in SIZES if max(sizes) <= 6])
def test_every_parameter_has_an_edge_of_its_own(sizes: tuple[int, ...], width: int) -> None:
    lesson = lesson_of(sizes, False)
    lines = plain(picture(shown(lesson), width))
    assert lines.count("▶") == len(lesson.graph.parameters)


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_figure_is_shown_for_another_edge(width: int) -> None:
    """The gradient stands in the row of its weight, or in the row below it."""
    lesson = lesson_of((2, 3, 1), False)
    view = shown(lesson)
    rows = plain(picture(view, width)).split("\n")
    for name in lesson.graph.parameters:
        row = next(index for index, text in enumerate(rows) if f"{view.name(name)} " in text and "▶" in text)
        assert view.value(name) in rows[row]
        assert any(view.gradient(name) in text for text in rows[row : row + 2])


@pytest.mark.parametrize("folded", [False, True])
@pytest.mark.parametrize("sizes", [(2, 3, 1), (3, 4, 4, 2), (6, 6, 6), (5, 1, 5), (6, 1, 6)])
def test_wires_lead_from_a_box_to_the_edges_that_begin_there(sizes: tuple[int, ...], folded: bool) -> None:
    """Every wire is followed from its arrow back to the box where it begins."""
    lesson = lesson_of(sizes, folded)
    view = shown(lesson, gradients=False)
    grid = plain(picture(view, 400)).split("\n")
    width = max(len(row) for row in grid)
    grid = [row.ljust(width) for row in grid]
    followed: Counter[tuple[str, str]] = Counter()
    for layer in lesson.graph.layers:
        for weights in layer.weights:
            for source, weight in zip(layer.sources, weights, strict=True):
                row, column = place_of(grid, f" {view.name(weight)} ")
                followed[view.name(source), start_of_wire(grid, row, column)] += 1
    assert all(source == found for source, found in followed)
    assert sum(followed.values()) == sum(len(row) for layer in lesson.graph.layers for row in layer.weights)


def place_of(grid: list[str], text: str) -> tuple[int, int]:
    return next((row, line.index(text)) for row, line in enumerate(grid) if text in line)


def start_of_wire(grid: list[str], row: int, column: int) -> str:
    """The name in the box that a wire comes from, found by walking from the edge's label to the left."""
    column -= 1
    column -= 1
    visited: set[tuple[int, int]] = set()
    waiting = [(row, column, "west")]
    while waiting:
        row, column, heading = waiting.pop()
        if (row, column, heading) in visited:
            continue
        visited.add((row, column, heading))  # type: ignore[arg-type]
        glyph = grid[row][column]
        if heading in ("west", "east"):
            if glyph == "│":
                waiting.append((row, column + (-1 if heading == "west" else 1), heading))
                continue
            if glyph == "├" and grid[row][column + 1] in "─" and is_box_side(grid, row, column):
                before = grid[row][:column]
                return words_of_box(grid, row, before)
        ways = {"─": "we", "╭": "es", "╮": "ws", "╰": "en", "╯": "wn", "├": "ens", "┤": "wns", "┼": "wens",
                "┬": "wes", "┴": "wen", "│": "ns"}[glyph]  # fmt: skip
        for way in ways:
            step = {"w": (0, -1, "west"), "e": (0, 1, "east"), "n": (-1, 0, "north"), "s": (1, 0, "south")}[way]
            target = (row + step[0], column + step[1])
            if grid[target[0]][target[1]] != " ":
                waiting.append((*target, step[2]))
    raise AssertionError("the wire begins nowhere")


def is_box_side(grid: list[str], row: int, column: int) -> bool:
    while grid[row][column] in "│├":
        row -= 1
    corners = [glyph for glyph in grid[row][:column] if glyph in "╭╮├│┤"]
    return grid[row][column] == "╮" and corners[-1:] == ["╭"]


def words_of_box(grid: list[str], row: int, before: str) -> str:
    """The last quantity named in the box whose right side is at the end of ``before``."""
    left = before.rindex("│")
    names = []
    while grid[row][left] in "│▶":
        row -= 1
    row += 1
    while grid[row][left] == "│":
        words = grid[row][left + 1 : len(before)].split()
        names += words[:1]
        row += 1
    return names[-1]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("sizes", SIZES)
def test_the_ascii_picture_is_ascii_and_as_complete(sizes: tuple[int, ...], width: int) -> None:
    lesson = lesson_of(sizes, False)
    view = shown(lesson, ascii=True)
    lines = picture(view, width)
    text = plain(lines)
    assert text.isascii()
    assert max(length(line) for line in lines) <= width
    assert all(view.gradient(name) in text for name in lesson.graph.parameters)


def test_unknown_figures_are_question_marks() -> None:
    lesson = lesson_of((2, 3, 1), False)
    known = {name for name, value in lesson.graph.values.items() if value.given}
    text = plain(picture(shown(lesson, known=known), 80))
    assert shown(lesson).value("w1_11") in text
    assert shown(lesson).value("z1_1") not in text
    gradients = 13 + 2 + 2 * 4
    assert text.count("?") == gradients + 2 * 4 + 1
    assert len(re.findall("∂ [?]", text)) == gradients


def test_without_values_only_what_is_given_is_seen() -> None:
    lesson = lesson_of((2, 2, 2), False)
    text = plain(picture(shown(lesson, values=False, gradients=False), 80))
    assert shown(lesson).value("x1") in text
    assert shown(lesson).value("z1_1") not in text
    assert "∂" not in text


def test_side_by_side_when_there_is_room() -> None:
    lesson = lesson_of((2, 2, 2), False)
    assert any(text.count("sigmoid") == 2 for text in plain(picture(shown(lesson), 140)).split("\n"))
    assert not any(text.count("sigmoid") == 2 for text in plain(picture(shown(lesson), 80)).split("\n"))


def test_a_crossing_is_no_joint() -> None:
    canvas = Canvas()
    canvas.down("a", 2, 0, 2)
    canvas.across("b", 1, 0, 4)
    assert plain(canvas.lines()) == "  │\n──│──\n  │"
    joined = Canvas()
    joined.down("a", 2, 0, 2)
    joined.across("a", 1, 2, 4)
    assert plain(joined.lines()) == "  │\n  ├──\n  │"


def test_wires_that_would_merge_are_refused() -> None:
    canvas = Canvas()
    canvas.across("a", 0, 0, 4)
    with pytest.raises(NoRoomError):
        canvas.across("b", 0, 4, 8)


def test_wires_that_exchange_their_rows_are_refused() -> None:
    """Two boxes face each other's edges, and neither wire can turn off before the other one begins."""
    row: Line = (Run("x"),)
    label: tuple[Line, ...] = ((Run("w"),),)
    first = [Box("x", "", (row,), ())]
    middle = [Box(name, "", (row,), (Edge("x", label),)) for name in "pq"]
    straight = [Box(name, "", (row,), (Edge(source, label),)) for name, source in ("sp", "tq")]
    exchanged = [Box(name, "", (row,), (Edge(source, label),)) for name, source in ("sq", "tp")]
    assert draw([first, middle, straight])
    with pytest.raises(NoRoomError):
        draw([first, middle, exchanged])


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("ascii", [False, True])
@pytest.mark.parametrize("make", [samples.expressions, samples.wide_expression])
def test_a_trace_fits_and_shows_every_figure(make: object, ascii: bool, width: int) -> None:
    lesson = make()  # type: ignore[operator]
    view = shown(lesson, ascii=ascii)
    lines = picture(view, width)
    text = plain(lines)
    assert max(length(line) for line in lines) <= width
    assert text.isascii() or not ascii
    for name in lesson.graph.values:
        assert view.value(name) in text
        assert view.gradient(name) in text
    for row in trace_rows(lesson.graph):
        if row.formula is not None:
            assert all(term in text for term in re.split(" [-+−] ", view.maths.formula(row.formula)))


def test_rails_join_every_value_to_its_inputs() -> None:
    """Walking the rails up from every row gives exactly the inputs of its node."""
    graph = samples.expressions().graph
    assert inputs_by_rails(graph) == {name: set(node.inputs) for node in graph.nodes for name in node.outputs}


def test_rails_end_where_a_value_is_used_for_the_last_time() -> None:
    rows = trace_rows(samples.expressions().graph)
    assert [f"{row.name} {row.rails.rstrip()}" for row in rows] == [
        "w ●", "x │ ●", "y │ │ ●", "p ●─┼─┤", "a ● │ │", "z │ │ │ ●", "q │ ●─┴─╯", "b │ ●", "d ●─╯", "c │ ●", "v ●─╯",
    ]  # fmt: skip
    ascii_rows = trace_rows(samples.expressions().graph, ascii=True)
    assert [row.rails.rstrip() for row in ascii_rows[5:9]] == ["| | | o", "| o-+-+", "| o", "o-+"]


def inputs_by_rails(graph: Graph) -> dict[str, set[str]]:
    owners: dict[int, str] = {}
    found: dict[str, set[str]] = {}
    computed = {name for node in graph.nodes for name in node.outputs}
    for row in trace_rows(graph):
        own = row.rails.index("●")
        joints = [place for place, glyph in enumerate(row.rails) if glyph in "├┼╰┴┤╯"]
        if row.name in computed:
            found[row.name] = {owners[place] for place in joints}
            if own in owners:
                found[row.name].add(owners.pop(own))
        for place, glyph in enumerate(row.rails):
            if glyph in "╰┴╯":
                del owners[place]
        owners[own] = row.name
        owners = {place: name for place, name in owners.items() if row.below[place] == "│"}
    return found


def test_many_living_values_are_told_without_rails() -> None:
    lesson = lesson_of((6, 6, 1), False)
    assert all(row.rails == "" for row in trace_rows(replace(lesson.graph, layers=())))


@pytest.mark.parametrize("width", [12, 20, 40, 80])
def test_tables_fold_and_lose_nothing(width: int) -> None:
    header: list[Line] = [(Run("quantity"),), (Run("what it is"),), (Run("value"),)]
    rows: list[list[Line]] = [
        [(Run("w₁₁"),), (Run("the weight from the first input"),), (Run("0.15"),)],
        [(Run("b"),), (Run("bias"),), (Run("-1234.56789"),)],
    ]
    lines = table(header, rows, width)
    assert max(length(line) for line in lines) <= width
    text = "".join(plain(lines).split())
    for row in rows:
        for word in "".join(run.text + " " for cell in row for run in cell).split():
            assert word in text


def test_folding_keeps_every_character() -> None:
    words = "a sentence with averyveryverylongwordindeed and 日本語の文字 and x + y"
    for width in range(3, 40):
        lines = fold([Run(words)], width)
        assert all(length(line) <= width for line in lines)
        assert "".join(plain(lines).split()) == "".join(words.split())
        deep = fold([Run(words)], width, (Run(" " * (width - 2)),), (Run(" " * 9),))
        assert all(length(line) <= width for line in deep)
        assert "".join(plain(deep).split()) == "".join(words.split())


def test_formulas_are_broken_before_operators_and_outside_short_brackets() -> None:
    formula = "4·c·((w + x)·(a − b) + (y − x + z)·(b − a)) − long_name + (w + x + y)² − other"
    pieces = [line.strip() for line in plain(fold([Run(glue(formula))], 48)).split("\n")]
    assert pieces == ["4·c·((w + x)·(a − b) + (y − x + z)·(b − a))", "− long_name + (w + x + y)² − other"]
    narrow = plain(fold([Run(glue(formula))], 16)).split("\n")
    assert all(len(line) <= 16 and not line.endswith(("+", "−")) for line in narrow)
    assert " ".join(narrow) == formula


def test_strangers_text_is_made_harmless() -> None:
    assert clean("a\x1b[31mb\x9bc\u202ed\u200be\ud800f\tg\r\nh\u2028i\x00") == "a[31mbcdef g\nh\ni"
    assert clean("naïve σ → 日本 é “x”", ascii=True) == 'naive sigma -> ?? e "x"'
    assert to_ascii("Δz′ ≤ ½") == "Deltaz' <= 1/2"
    assert (
        to_ascii("2(ŷ − y)/n, ∂L/∂ŷ, ŷ₁, x̂, x̄, λ·ϑ, e⁻¹")
        == "2(yhat - y)/n, dL/dyhat, yhat1, xhat, xbar, lambda*theta, e^-1"
    )
    assert to_ascii("fête à Malmö") == "fete a Malmo"


def sentences(told: Lesson) -> list[Words]:
    """Every sentence of a lesson."""
    blocks = [*told.opening, *(block for step in told.steps for block in step.blocks), *told.closing]
    found = [block.words for block in blocks if isinstance(block, Prose | Aside)]
    found += [
        cell for block in blocks if isinstance(block, Table) for row in (block.header, *block.rows) for cell in row
    ]
    return [*found, *(step.title for step in told.steps), (told.problem.title,), (told.problem.statement,)]


@pytest.mark.parametrize("name", BUNDLED)
def test_in_ascii_no_sign_of_a_sentence_is_lost(name: str) -> None:
    """Each sign outside ASCII is spelled, and not as another sign would be: ŷ is not y."""
    told = lesson_named(name)
    texts = [part for words in sentences(told) for part in words if isinstance(part, str)]
    texts += [text for question in told.problem.questions for text in (question.ask, question.why, question.hint)]
    texts += [choice.text for question in told.problem.questions for choice in question.choices]
    for text in texts:
        assert "?" not in to_ascii(text.replace("?", "")), text
        assert text.count("ŷ") <= to_ascii(text).count("yhat"), text
        for character in filter(lambda each: not each.isascii(), text):
            spelled = to_ascii(character)
            assert spelled.strip(), character
            assert not (character.isalpha() and spelled == normalize("NFD", character)[0]), character
    telling = Telling(told, Maths(told.notation, told.graph, "ascii"), ascii=True)
    for words in sentences(told):
        assert "".join(run.text for run in telling.words(words)).replace(GLUE, " ").isascii()


def test_in_ascii_no_sign_of_a_page_is_lost() -> None:
    """Nor in what is told only when it is needed: the ideas behind wrong answers, and the pages of the operations."""
    texts = [text for page in misconceptions().values() for text in (page.title, getattr(page, "repair", ""))]
    texts += [type(op).__doc__ or "" for op in map(operation, operations())]
    for text in texts:
        assert "?" not in to_ascii(text.replace("?", "")), text
        assert text.count("ŷ") <= to_ascii(text).count("yhat"), text


def test_columns_of_wide_and_combining_characters() -> None:
    assert (columns("ŷ₁⁽²⁾"), columns("日本"), columns("z\u0304")) == (5, 4, 1)


SEVERAL = [name for name in BUNDLED if lesson_named(name).graph.other_objectives]


def gradients_drawn(lines: list[Line]) -> list[str]:
    """The figures of gradients in a picture, without their sign."""
    return [run.text.strip(" ∂\N{NO-BREAK SPACE}") for line in lines for run in line if run.style == "gradient"]


@pytest.mark.parametrize("name", SEVERAL)
def test_each_of_several_objectives_has_its_own_gradients_in_every_picture(name: str) -> None:
    told = lesson_named(name)
    telling = Telling(told, Maths(told.notation, told.graph, "text"))
    objectives = (told.graph.objective, *told.graph.other_objectives)
    diagrams = [block for block in told.closing if isinstance(block, Diagram)]
    assert tuple(diagram.graph.objective for diagram in diagrams) == objectives
    for objective, diagram in zip(objectives, diagrams, strict=True):
        own = {
            name: telling.maths.figure(figure)
            for name, figure in told.figures.items()
            if name.startswith(f"d{objective}/d")
        }
        asked = telling.picture(
            120, known=told.figures.keys(), asked={f"d{objective}/d{told.graph.nodes[0].inputs[0]}"}
        )
        for lines in (telling.block(diagram, 120), telling.block(diagram, 40), asked):
            drawn = [text for text in gradients_drawn(lines) if text]
            assert Counter(drawn) == Counter(own.values())
        if not told.graph.layers:
            assert f"gradient of {telling.maths.name(objective)}" in plain(telling.block(diagram, 120))


@pytest.mark.parametrize("name", SEVERAL)
def test_markdown_names_the_objective_of_each_gradient(name: str) -> None:
    told = lesson_named(name)
    maths = Maths(told.notation, told.graph, "text")
    drawings = re.findall(r"(?s)```mermaid\n(.*?)```", write(told))[1:]
    objectives = (told.graph.objective, *told.graph.other_objectives)
    for objective, drawing in zip(objectives, drawings, strict=True):
        for given in told.graph.values:
            figure = told.figures.get(f"d{objective}/d{given}")
            if figure is not None and given != objective:
                assert f"{maths.name(f'd{objective}/d{given}')} = {maths.figure(figure)}" in drawing
