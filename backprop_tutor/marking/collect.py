"""A sheet's lines as answers to the steps of the solution: names understood, matrices taken apart."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from ..engine.update import RATE
from ..lessons.groups import Group
from ..lessons.quantities import QuantityFinder
from ..model.formula import Name, names_in
from ..model.lesson import Lesson
from ..model.op import Words
from ..model.problem import Finding
from ..model.sheet import Answer, Answers, Sheet, SheetLine, Written
from ..ops import vocabulary
from ..reading.answers import read_value
from ..reading.findings import shown

TRANSPOSED: Words = (
    "Your matrix is the transposed one: here a row belongs to the unit led into, a column to the unit that it comes "
    "from.",
)
NAMES = "`backprop-tutor export --worksheet` lists the names of all steps."
MOST_SUGGESTIONS = 50
LONGEST_REMEMBERED = 200
MOST_REMEMBERED = 2000
"""So many texts of so many characters, and what was read in them, are kept in memory at most."""
DELTA = re.compile(r"(?:delta|δ)_?([1-9])")


@dataclass
class Collected:
    """The answers by the plain name of their step.

    ``blanks`` are asked for and left empty.  ``cells`` says where in a matrix an answer stood; ``conventions``
    says of an answer how it stood in another place than this problem's, as in a transposed matrix.
    ``unknown`` are lines that are no step here.
    """

    answers: dict[str, Answer] = field(default_factory=dict)
    blanks: set[str] = field(default_factory=set)
    cells: dict[str, str] = field(default_factory=dict)
    conventions: dict[str, Words] = field(default_factory=dict)
    unknown: list[Finding] = field(default_factory=list)
    squares: list[Group] = field(default_factory=list)
    """Square matrices that were answered as matrices: their shape does not tell which way they were written."""

    def turned(self, square: Group) -> Collected:
        """The same with one square matrix read the other way."""
        answers = dict(self.answers)
        for r, row in enumerate(square.cells):
            for c, name in enumerate(row):
                answers[name] = self.answers[square.cells[c][r]]
        members = {name: TRANSPOSED for row in square.cells for name in row}
        return replace(self, answers=answers, conventions={**self.conventions, **members})

    def exchanged(self, names: Mapping[str, str], said: Mapping[str, Words]) -> Collected:
        """The same with the answers to these names given to others, and what is said of each."""
        answers = {names.get(name, name): answer for name, answer in self.answers.items()}
        blanks = {names.get(name, name) for name in self.blanks} - answers.keys()
        moved = {name: said[name] for name in answers if name in said}
        return replace(self, answers=answers, blanks=blanks, conventions={**self.conventions, **moved})


class Collector:
    """Understands the names of one problem's sheets."""

    def __init__(self, lesson: Lesson) -> None:
        self.lesson = lesson
        self.steps = {step.name for step in lesson.steps}
        self.finder = QuantityFinder(lesson.graph, lesson.notation, self.steps)
        self.names, self.groups = self.finder.names, self.finder.groups
        self.functions = vocabulary(()).functions
        givens = (value.given for value in lesson.graph.values.values())
        rate = lesson.problem.learning_rate
        own = {rate.formula.name} if rate is not None and isinstance(rate.formula, Name) else set()
        self.rates = {RATE, "eta", "η", "lr", *own} if rate is not None else set()
        self._known: dict[str, Answers] = {}
        self.letters = {letter for given in givens if given is not None for letter in names_in(given.formula)}

    def collect(self, sheet: Sheet) -> Collected:
        """Every line of the sheet as answers.  Never raises: what cannot be used is noted."""
        found = Collected(unknown=list(sheet.findings))
        for line in sheet.lines:
            answers = self._read(line.value)
            if (doubt := self._doubt(line.name, answers)) is not None:
                found.unknown.append(Finding(doubt[0], line.where, doubt[1], "warning"))
                continue
            plain = self.names.resolve(line.name)
            # ``a1`` is short for a₁⁽¹⁾ where there is no other, but a list is the whole layer.
            several = bool(answers.shape)
            group = self.groups.find(line.name, several=several) if several or plain is None else None
            if plain is not None and group is not None:
                group = self._of_the_letter(plain, group)
            if plain in self.steps and group is None:
                self._add_one(found, line, plain, answers)
            elif group is not None and any(name in self.steps for row in group.cells for name in row):
                self._add_group(found, line, group, answers)
            else:
                self._refuse(found, line, plain, answers)
        return found

    def _read(self, value: Written) -> Answers:
        """What is read in a line; at a screen every short answer stands on many sheets."""
        if not isinstance(value, str) or len(value) > LONGEST_REMEMBERED:
            return read_value(value, self.functions, self.meaning)
        if value not in self._known:
            if len(self._known) >= MOST_REMEMBERED:
                self._known.clear()
            self._known[value] = read_value(value, self.functions, self.meaning)
        return self._known[value]

    def _of_the_letter(self, plain: str, group: Group) -> Group:
        """The layer that a list stands for when its name is also short for one quantity, in the problem's own letters.

        Where z₁ is what a unit passes on, a list under ``z1`` is the layer of such units, and not that of the sums.
        """
        if any(plain in row for row in group.cells):
            return group
        every = (self.groups.find(name, several=True) for name in self.groups.names())
        alike = (other for other in every if other is not None and len(other.cells) == len(group.cells))
        return next((other for other in alike if any(plain in row for row in other.cells)), group)

    def _doubt(self, typed: str, answers: Answers) -> tuple[str, str] | None:
        """Why ``delta_2`` with one number may be a layer or a unit, and what to write; None where it is clear."""
        number = DELTA.fullmatch(typed.strip())
        if number is None or answers.shape or self.names.resolve(typed) is not None:
            return None
        layers, n = self.lesson.graph.layers, int(number[1])
        as_units = [f"delta{layer.index}_{n}" for layer in layers if n <= len(layer.preactivations) > 1]
        as_layer = [f"delta{n}_1"] if n <= len(layers) and len(layers[n - 1].preactivations) == 1 else []
        meant = [*as_layer, *as_units]
        if not as_units:
            return None
        return f"{shown(typed)} does not say which layer and unit it is", f"Write {' or '.join(meant[:4])}."

    def meaning(self, typed: str) -> str | None:
        """What a name in a formula stands for: a quantity, or a letter in which the problem gives one."""
        plain = self.names.resolve(typed)
        if plain is None and typed in self.rates:
            return RATE
        return typed if plain is None and typed in self.letters else plain

    def quantities(self, typed: str) -> tuple[str, ...]:
        """The steps that a typed name stands for: one, or all of a vector or matrix; none if it is unknown."""
        return self.finder.members(typed)

    def _add_one(self, found: Collected, line: SheetLine, plain: str, answers: Answers) -> None:
        cells = [cell for row in answers.cells for cell in row]
        if len(cells) == 1:
            self._put(found, line, plain, cells[0])
            return
        repair = "Write one number; a whole layer goes under the name of its matrix."
        written = next((cell.written for cell in cells if cell is not None), "")
        trouble = f"{self.names.typed(plain)} is one number, and this is {_shape(answers.shape)}"
        self._put(found, line, plain, Answer(written, None, trouble=trouble, repair=repair))

    def _add_group(self, found: Collected, line: SheetLine, group: Group, answers: Answers) -> None:
        rows, columns = len(group.cells), len(group.cells[0])
        cells = answers.cells
        flat = [cell for row in cells for cell in row]
        turned = False
        if len(flat) == 1 and flat[0] is None and not answers.shape:
            cells = tuple((None,) * columns for _ in range(rows))
        elif len(flat) == 1 and flat[0] is not None and flat[0].formula is None:
            # Whatever was wrong with the whole text is wrong with each of its cells.
            cells = tuple((flat[0],) * columns for _ in range(rows))
        elif (group.is_vector or 1 in (rows, columns)) and len(flat) == rows * columns and 1 in _sides(cells):
            cells = tuple(tuple(flat[r * columns : (r + 1) * columns]) for r in range(rows))
        elif len(answers.shape) == 2 and rows != columns and _sides(cells) == (columns, rows):
            cells = tuple(tuple(cells[c][r] for c in range(columns)) for r in range(rows))
            turned = True
        elif _sides(cells) != (rows, columns):
            trouble = f"{group.name} is {_shape((rows, columns))}, and this is {_shape(answers.shape)}"
            repair = "Write one row for each unit led into, and one column for each unit that it comes from."
            wrong = Answer(next((c.written for c in flat if c is not None), ""), None, trouble=trouble, repair=repair)
            cells = tuple((wrong,) * columns for _ in range(rows))
        names = [name for row in group.cells for name in row]
        is_full = all(cell is not None and cell.formula is not None for row in cells for cell in row)
        if rows == columns > 1 and is_full and len(set(names) & self.steps) == len(set(names)) == rows * columns:
            found.squares.append(group)
        for r, row in enumerate(group.cells):
            for c, name in enumerate(row):
                if name not in self.steps:
                    continue
                place = f"entry {r + 1}" if group.is_vector else f"row {r + 1}, column {c + 1}"
                found.cells[name] = f"{group.name}, {place}"
                if turned:
                    found.conventions[name] = TRANSPOSED
                self._put(found, line, name, cells[r][c])

    def _put(self, found: Collected, line: SheetLine, name: str, answer: Answer | None) -> None:
        if answer is None:
            if name not in found.answers:
                found.blanks.add(name)
            return
        before = found.answers.setdefault(name, answer)
        if before.formula is None and answer.formula is not None:
            # Whoever could not be understood at first may say it again.
            before = found.answers[name] = answer
        found.blanks.discard(name)
        if before is not answer and before != answer:
            message = (
                f"{self.names.typed(name)} stands on this sheet twice, and the two answers differ: the first one counts"
            )
            found.unknown.append(Finding(message, line.where, "Keep one of the two.", "warning"))

    def _refuse(self, found: Collected, line: SheetLine, plain: str | None, answers: Answers) -> None:
        if plain is not None:
            given = self.lesson.figures.get(plain) if plain in self.lesson.graph.values else None
            cell = answers.cells[0][0]
            if cell is None or (given is not None and cell.number == Fraction(given.full)):
                return
            what = f"is given as {given.shown}" if given is not None else "is no step of this solution"
            gradients = (name for name in self.steps if name.endswith(f"/d{plain}"))
            near = next((name for name in gradients if name.startswith(f"d{self.lesson.graph.objective}/")), None)
            repair = f"Did you mean {self.names.typed(near)}?" if near else ""
            found.unknown.append(
                Finding(f"{self.names.typed(plain)} {what}: it is not marked", line.where, repair, "warning")
            )
            return
        # Each costs a search, and a sheet of thousands of them is no sheet of this problem.
        near = self.names.suggestion(line.name) if len(found.unknown) < MOST_SUGGESTIONS else None
        repair = f"Did you mean {near}?" if near else NAMES
        message = f"there is no quantity called {shown(line.name)} in this problem"
        found.unknown.append(Finding(message, line.where, repair, "warning"))


def _sides(cells: tuple[tuple[Answer | None, ...], ...]) -> tuple[int, int]:
    return len(cells), len(cells[0]) if cells else 0


def _shape(shape: tuple[int, ...]) -> str:
    if not shape:
        return "one number"
    return f"a list of {shape[0]}" if len(shape) == 1 else f"a {shape[0]}×{shape[1]} matrix"
