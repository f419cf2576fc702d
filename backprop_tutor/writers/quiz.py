"""What the tutor says as lines of text with styles: everything that the terminal shows of a quiz, before any colour."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..model.formula import Derivative, Formula
from ..model.lesson import Equation, Lesson
from ..model.op import Words
from ..model.quiz import (
    Ask,
    Caret,
    Compared,
    Help,
    Listing,
    Marked,
    Opening,
    Part,
    Picture,
    Remark,
    Summary,
    Worked,
)
from ..reading.findings import sentence
from .lines import GLUE, Line, Run, clean, columns, fold, glue, length, spread, unbroken
from .maths import Maths
from .quiz_lines import compared_lines
from .quiz_summary import summary_lines
from .quiz_worked import worked_lines
from .report import ReportTelling
from .report_table import sign
from .report_words import with_minus
from .telling import Telling

RATE = "learning_rate"
LONGEST_RESULT = 40
MOST_TYPED = 200
"""Characters of an answer that are shown again."""
ASK_ROWS = 8
"""Rows that the question itself may need below its picture."""
MOST_BESIDE = 6
"""Formulas that are listed beside the picture above a question; numbers, which are short, may be twice as many."""
MOST_INSTEAD = 6
"""Lines in which all that is given and found may be told where a picture has no room."""
_INDENT = 2
_MATRIX = re.compile(r"\[\[[^\n\[\]]{1,30}(?:\], \[[^\n\[\]]{1,30})?\]\]")


class QuizTelling:
    """Lines of everything that the tutor says of one lesson.

    ``plain`` leaves pictures and frames out and says the same in sentences.  ``height`` is how many rows the screen
    has: above a question, a picture that would push itself out of sight is left out (0: there is no screen).
    """

    def __init__(self, lesson: Lesson, *, ascii: bool = False, plain: bool = False, height: int = 0) -> None:
        self.ascii = ascii
        self.plain = plain
        self.height = height
        self.maths = Maths(lesson.notation, lesson.graph, "ascii" if ascii else "text")
        self._telling = Telling(lesson, self.maths, ascii)
        self._split: set[int] = set()

    def parts(self, parts: Sequence[Part], width: int) -> list[Line]:
        """All parts, an empty line where a new thought begins."""
        lines: list[Line] = []
        for number, part in enumerate(parts):
            together = number and isinstance(part, Remark) and isinstance(parts[number - 1], Remark | Compared)
            found = self.part(part, width)
            lines.extend(found if together or not lines or not found else [(), *found])
        return lines

    def part(self, part: Part, width: int) -> list[Line]:
        """The lines of one part."""
        match part:
            case Opening():
                return self._opening(part, width)
            case Remark():
                return self._remark(part, width)
            case Caret():
                return self._caret(part, width)
            case Compared():
                return _indented(compared_lines(part, self.maths, self._telling.lesson, width - _INDENT, self.ascii))
            case Help():
                return self._help(part, width)
            case Worked():
                return worked_lines(part, Telling(part.lesson, self.maths, self.ascii), width)
            case Listing():
                return self._listing(part, width)
            case Picture():
                return self.picture(part, width)
            case Ask():
                return self._ask(part, width)
            case Summary():
                return summary_lines(part, self.words, self._telling.heading, width, self.ascii)
            case Marked(report):
                return ReportTelling(report, self.maths, self.ascii).whole(width)

    def words(self, words: Words, style: str = "") -> list[Run]:
        """A sentence as runs."""
        runs = [Run(_in_one_piece(run), run.style) for run in self._telling.words(words, style)]
        return runs if self.ascii else [Run(with_minus(run.text), run.style) for run in runs]

    def prompt(self, part: Ask) -> str:
        """What stands before an answer, in the letters of the question."""
        return clean("".join(run.text for run in self.words(part.prompt)), ascii=self.ascii)

    def picture(self, part: Picture, width: int, *, brief: bool = False) -> list[Line]:
        """The picture, and what stands beside it.

        Above a question (``brief``), of that only what was found last; and no picture where there is no room for it.
        """
        if self.plain:
            return [*self._found(part, width), *self._rate(part, width)]
        # From one question to the next the picture keeps its place.
        telling = Telling(part.lesson, self.maths, self.ascii, self._split)
        is_begun = bool(part.asked or part.found)
        lines = telling.picture(width, known=part.known, asked=part.asked, values=is_begun, gradients=is_begun)
        if brief and self.height and len(lines) > self.height - ASK_ROWS:
            return [*self._instead(part, width), *self._rate(part, width)]
        return [*lines, *self._beside(part, width, brief), *self._rate(part, width)]

    def _instead(self, part: Picture, width: int) -> list[Line]:
        """What is told where the picture has no room: all that it would show or, where that is long, its last part."""
        told = [*self._given(part.lesson, width), *self._found(part, width)]
        if len(told) > MOST_INSTEAD:
            is_symbolic = any(name not in part.lesson.figures for name in part.found)
            told = self._found(part, width, MOST_BESIDE if is_symbolic else 2 * MOST_BESIDE)
        says = "The picture is too tall here; :picture shows it, with all that was found."
        return [*told, *fold([Run(says, "dim")], width)]

    def _rate(self, part: Picture, width: int) -> list[Line]:
        """The learning rate, where a new parameter is asked for."""
        rate = part.lesson.figures.get(RATE)
        if rate is None or not any(name.startswith("new_") for name in part.asked):
            return []
        return fold([Run(f"{self.maths.name(RATE)} = {self.maths.figure(rate)}")], width)

    def _beside(self, part: Picture, width: int, brief: bool) -> list[Line]:
        """What the picture has no place for: local slopes and updates, those found and the one that is asked."""
        graph = part.lesson.graph
        drawn = {*graph.values, *(f"d{graph.objective}/d{name}" for name in graph.values)} - part.own
        rest = [name for name in part.found if name not in drawn]
        asked = sorted(name for name in part.asked if name not in drawn)
        # Which of them this step needs would be a hint: the last ones are those that most steps go on from.
        is_long = any(name not in part.lesson.figures for name in rest) or len(rest) > 2 * MOST_BESIDE
        left_out = max(0, len(rest) - MOST_BESIDE) if brief and is_long else 0
        words = self._values(part, rest[left_out:])
        if left_out:
            words.append(f"and {left_out} more, which :picture lists")
        words += [f"{unbroken(self.maths.name(name))}{GLUE}={GLUE}?" for name in asked]
        return [(), *fold([Run(f"beside it{GLUE}{GLUE}", "dim"), Run(", ".join(words))], width)] if words else []

    def _found(self, part: Picture, width: int, last: int = 0) -> list[Line]:
        """What was found so far, or so much of it as was found ``last``, as a sentence."""
        words = self._values(part, part.found[-last:])
        start = "Found last: " if 0 < last < len(part.found) else "Known so far: "
        return fold([Run(start, "dim"), Run(", ".join(words) + ".")], width) if words else []

    def _values(self, part: Picture, names: Iterable[str]) -> list[str]:
        words: list[str] = []
        for name in names:
            figure = part.lesson.figures.get(name)
            symbolic = part.lesson.symbolic.get(name)
            if figure is not None:
                words.append(f"{unbroken(self.maths.name(name))}{GLUE}={GLUE}{self.maths.figure(figure)}")
            elif symbolic is not None:
                words.append(f"{self.maths.name(name)} = {self._as_taught(part.lesson, name, symbolic)}")
        return words

    def _as_taught(self, lesson: Lesson, name: str, symbolic: Formula) -> str:
        """A symbolic result; of an author's line, and where it has grown long, the line of its own step."""
        text = self.maths.formula(symbolic)
        if columns(text) <= LONGEST_RESULT and (lesson.graph.layers or name not in lesson.graph.values):
            return text
        step = next((step for step in lesson.steps if step.name == name), None)
        return text if step is None else self.maths.formula(step.equation.symbols[-1])

    def _opening(self, part: Opening, width: int) -> list[Line]:
        telling = Telling(part.lesson, self.maths, self.ascii)
        if part.brief:
            return [*telling.title(width, statement=False), *(self._given(part.lesson, width) if self.plain else ())]
        lines = telling.title(width) if part.words else []
        given = self._given(part.lesson, width) if self.plain or not part.words else []
        lines.extend([(), *given] if lines and given else given)
        conventions = telling.conventions(width) if part.words else []
        lines.extend([(), *conventions] if conventions else [])
        return [*lines, (), *fold(self.words(part.words, "note"), width)] if part.words else lines

    def _given(self, lesson: Lesson, width: int) -> list[Line]:
        """What is given, in a sentence: a screen reader makes nothing of a picture."""
        words = []
        for name, value in lesson.graph.values.items():
            if value.given is not None:
                figure = lesson.figures.get(name)
                shown = self.maths.figure(figure) if figure is not None else self.maths.formula(value.given.formula)
                words.append(f"{self.maths.name(name)}{GLUE}={GLUE}{shown}")
        return fold([Run("Given: ", "dim"), Run(", ".join(words) + ".")], width) if words else []

    def _remark(self, part: Remark, width: int) -> list[Line]:
        style = part.verdict.value if part.verdict is not None else ""
        start: Line = (Run(f"{sign(part.verdict, self.ascii)} ", style),) if part.verdict is not None else (Run("  "),)
        if part.words[:1] == ("- ",):
            start, part = (Run("  - " if self.ascii else "  • "),), Remark(part.words[1:])
        runs = self.words(part.words)
        if part.verdict is not None and runs:
            first, dot, more = runs[0].text.partition(".")
            runs = [Run(first + dot, style), Run(more, runs[0].style), *runs[1:]] if dot else runs
        return fold(runs, width, start, (Run(" " * length(start)),))

    def _caret(self, part: Caret, width: int) -> list[Line]:
        """The text with a mark below what could not be read, then what it is and how to write it."""
        text = clean(part.text[:MOST_TYPED], ascii=self.ascii).replace("\n", " ")
        start, end = part.place
        lines: list[Line] = []
        cut = max(0, start - width // 2) if columns(text) > width - 4 else 0
        shown = text[cut : cut + max(8, width - 4)]
        if end > start and start <= MOST_TYPED:
            before = columns(text[cut:start])
            marks = max(1, min(columns(text[start:end]), width - 4 - before))
            lines = [(Run("  "), Run(shown)), (Run(" " * (2 + before)), Run("^" * marks, "unreadable"))]
        trouble = clean(sentence(part.trouble), ascii=self.ascii)
        said = f"{trouble}. {clean(part.repair, ascii=self.ascii)} It costs nothing."
        return [*lines, *fold([Run(_whole(said))], width, (Run("? ", "unreadable"),), (Run("  "),))]

    def _help(self, part: Help, width: int) -> list[Line]:
        telling = Telling(part.lesson, self.maths, self.ascii)
        lines: list[Line] = [(Run(f"{part.title}", "convention"),)]
        for block in part.blocks:
            # The numbers of steps are those of the worked solution, which nobody sees here.
            plain = replace(block, sources=()) if isinstance(block, Equation) else block
            lines.extend(_indented(telling.block(plain, width - _INDENT)))
        return lines

    def _listing(self, part: Listing, width: int) -> list[Line]:
        rows = [(self.words(name, "name"), self.words(says)) for name, says in part.rows]
        widest = min(max((length(name) for name, _ in rows), default=0), width // 3)
        lines: list[Line] = self._telling.heading(part.title, width)
        for name, says in rows:
            gap = max(2, widest + 2 - length(name))
            start: Line = (*name, Run(" " * gap))
            lines.extend(fold(says, width, start, (Run(" " * (widest + 2)),)))
        return lines

    def _ask(self, part: Ask, width: int) -> list[Line]:
        where = f"Question {part.place} of {part.of}" if part.place else part.part
        heading = f"{where}: {part.part.lower()}" if part.place and part.part else where
        lines = self._telling.heading(clean(heading, ascii=self.ascii), width)
        if part.lead:
            lines.extend([*fold(self.words(part.lead, "note"), width), ()])
        if part.picture is not None:
            drawn = self.picture(part.picture, width, brief=True)
            lines.extend([*drawn, ()] if drawn else [])
        lines.extend(self._asked(part, width))
        for number, choice in enumerate(part.choices, start=1):
            start: Line = (Run(f"  {number}  ", "name"),)
            lines.extend(fold(self.words(choice), width, start, (Run("     "),)))
        if part.note:
            lines.extend(fold(self.words(part.note, "note"), width))
        return lines

    def _asked(self, part: Ask, width: int) -> list[Line]:
        """The question, and the plain name in the right corner where it has room."""
        runs = [Run(glue(run.text), "quantity") if run.style == "formula" else run for run in self.words(part.words)]
        match part.words[:1]:
            case (Derivative(of, by),) if (spelled := self.maths.spelled(f"d{of}/d{by}")) != runs[0].text:
                # Whoever has not met the letter knows the derivative that it stands for.
                runs.insert(1, Run(f"{GLUE}={GLUE}{glue(spelled)}"))
        printed = "".join(run.text for run in runs)
        if not part.plain or printed.startswith(part.plain):
            return fold(runs, width)
        plain: Line = (Run(part.plain, "plain"),)
        room = width - length(plain) - 2
        if room < 30:
            return fold(runs, width)
        first, *others = fold(runs, room)
        return [spread(first, plain, width) or first, *others]


def _in_one_piece(run: Run) -> str:
    """The text of a run with its matrices, and the names of new values, each in one piece."""
    text = _whole(run.text)
    return text.replace("new ", f"new{GLUE}") if run.style == "formula" else text


def _whole(text: str) -> str:
    """The text with its matrices in one piece: none is broken over two lines."""
    return _MATRIX.sub(lambda found: found[0].replace(" ", GLUE), text)


def _indented(lines: Sequence[Line]) -> list[Line]:
    return [(Run(" " * _INDENT), *line) if line else line for line in lines]
