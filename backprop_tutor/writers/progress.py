"""What a learner can do and has done, as lines of text with styles: before any colour."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ..model.progress import Level, Outcome, Overview, Reason, SkillState, Undertaking
from ..model.record import Idea
from ..reading.findings import clean_line, counted
from .lines import GLUE, Line, Run, clean, columns, fold
from .quiz_summary import ALREADY_SEEN, SEEN_COUNTS

LONGEST_TEXT = 600
"""A title is folded and not cut, unless somebody wrote a whole page into it."""
MOST_IDEAS = 4

SECTIONS = {
    Level.SHAKY: ("What is shaky", "pitfall"),
    Level.LEARNING: ("What you are learning", "value"),
    Level.MASTERED: ("What you have mastered", "check"),
}
REASONS = {
    Reason.SAME_MISTAKE: "the same mistake came twice lately",
    Reason.SLIPPED: "you had mastered it, and it went wrong since",
    Reason.FADED: "you had mastered it, but that is some time ago",
    Reason.OFTEN_WRONG: "at least two of the last four went wrong at first",
}
MARKS = {
    Outcome.RIGHT: ("✓", "+", "right at the first try"),
    Outcome.HINTED: ("h", "h", "after a hint"),
    Outcome.SEEN: ("e", "e", f"right {ALREADY_SEEN}"),
    Outcome.REPAIRED: ("r", "r", "wrong, then put right"),
    Outcome.WRONG: ("✗", "x", "wrong"),
    Outcome.SHOWN: ("s", "s", "answer shown"),
}
"""How an outcome is written: with all characters, in ASCII, and in words."""
ALSO_RIGHT = (
    "For a kind of step, right is also what follows from your own earlier values, or fits another convention; "
    "the marks of a problem leave that out, as the summary of a quiz does."
)
_TIMES = {1: "once", 2: "twice"}
_INDENT = (Run("  "),)
_FURTHER = (Run("    "),)


@dataclass(frozen=True)
class ProgressTelling:
    """Lines of every part for a given width.

    ``titles`` are those of kinds of steps; where there is none, the key itself stands.
    ``day`` says when something was, as in "24 Nov"; ``command`` is what goes on with a problem.
    """

    overview: Overview
    titles: Mapping[str, str]
    day: Callable[[float], str]
    command: Callable[[Undertaking], str]
    ascii: bool = False
    _empty: Line = field(default=(), init=False)

    def whole(self, width: int) -> list[Line]:
        """All parts, an empty line between them; what there is nothing to say of is left out."""
        parts = [*(self.skills(level, width) for level in SECTIONS), self.legend(width), self.begun(width)]
        parts += [self.done(width), self.onward(width)]
        lines: list[Line] = []
        for part in parts:
            if part:
                lines.extend([self._empty, *part] if lines else part)
        return lines

    def skills(self, level: Level, width: int) -> list[Line]:
        """The kinds of steps that stand there, with their evidence."""
        states = [state for state in self.overview.skills if state.level is level]
        if not states:
            return []
        heading, style = SECTIONS[level]
        lines = self._heading(heading, width)
        for state in states:
            lines.extend(self._skill(state, style, width))
        return lines

    def legend(self, width: int) -> list[Line]:
        """What the marks of the last answers mean, those that occur."""
        seen = {outcome for state in self.overview.skills for outcome in state.lately}
        parts = [
            f"{self._mark(outcome)}{GLUE}{MARKS[outcome][2].replace(' ', GLUE)}" for outcome in MARKS if outcome in seen
        ]
        if not parts:
            return []
        told = f"Last answers, the newest at the end: {', '.join(parts)}."
        if any(state.count(Outcome.RIGHT) for state in self.overview.skills):
            told = f"{told} {ALSO_RIGHT}"
        if any(state.count(Outcome.SEEN) for state in self.overview.skills):
            told = f"{told} {SEEN_COUNTS}"
        return fold([Run(told, "dim")], width)

    def begun(self, width: int) -> list[Line]:
        """The problems that wait to be gone on with, and how."""
        waiting = [each for each in self.overview.undertakings if each.begun]
        lines = self._heading("Begun", width) if waiting else []
        for each in waiting:
            lines.extend(self._problem(each, f"{counted(each.answered, 'answer')} so far", each.last, width))
            lines.extend(
                fold([Run("go on: "), Run(self._shown(self.command(each)), "name")], width, _FURTHER, _FURTHER)
            )
        return lines

    def done(self, width: int) -> list[Line]:
        """The problems that were done, with the best marks, or of which a part was."""
        finished = [each for each in self.overview.undertakings if each.done or not each.begun]
        lines = self._heading("Done", width) if finished else []
        for each in finished:
            lines.extend(self._problem(each, best(each), each.last, width))
        return lines

    def onward(self, width: int) -> list[Line]:
        """The problem to take next."""
        if not self.overview.next_problem:
            return []
        return fold([Run("Next: "), Run(f"backprop-tutor quiz {self.overview.next_problem}", "name")], width)

    def _skill(self, state: SkillState, style: str, width: int) -> list[Line]:
        title = Run(self._shown(self.titles.get(state.skill) or state.skill), "strong")
        reason = [Run(": "), Run(REASONS[state.reason])] if state.reason is not None else []
        start = (Run("* " if self.ascii else "● ", style),)
        lines = fold([title, *reason], width, start, _INDENT)
        last = f"; last on {self.day(state.last)}" if state.last else ""
        lines.extend(fold([Run(f"{evidence(state)}{last}")], width, _INDENT, _FURTHER))
        # What is one sequence is read as one: it is not broken.
        trail = GLUE.join(map(self._mark, state.lately))
        if state.level is not Level.MASTERED and trail:
            lines.extend(fold([Run("last answers: ", "dim"), Run(trail)], width, _INDENT, _FURTHER))
        ideas = state.ideas if state.level is not Level.MASTERED else ()
        for idea in ideas[:MOST_IDEAS]:
            lines.extend(fold([Run(f"{times(idea.times)}: {self._tied(idea.ideas)}")], width, _INDENT, _FURTHER))
        if len(ideas) > MOST_IDEAS:
            more = f"and {len(ideas) - MOST_IDEAS} more, which `backprop-tutor progress --json` lists"
            lines.extend(fold([Run(more, "dim")], width, _INDENT, _FURTHER))
        if state.missing:
            more = f"{state.missing} more in a row, right at the first try without a hint, and it is mastered"
            more = more.replace("1 more in a row", "1 more") if state.missing == 1 else more
            lines.extend(fold([Run(more, "dim")], width, _INDENT, _FURTHER))
        return lines

    def _tied(self, ideas: Sequence[Idea]) -> str:
        named = [self._named(idea) for idea in ideas[:MOST_IDEAS]]
        others = counted(len(ideas) - MOST_IDEAS, "other")
        return " or: ".join(named) if len(ideas) <= MOST_IDEAS else f"{' or: '.join(named)}, or {others}"

    def _named(self, idea: Idea) -> str:
        """A title with its number in the catalogue, where it has them."""
        title = self._shown(idea.title or idea.id)
        return f"{title} ({idea.id})" if idea.title and idea.is_numbered else title

    def _problem(self, each: Undertaking, said: str, at: float, width: int) -> list[Line]:
        name = Run(self._shown(each.problem), "name")
        title = self._shown(each.title)
        first = [name, Run(f"{GLUE} {title}")] if title else [name]
        lines = fold(first, width, _INDENT, _FURTHER)
        return [*lines, *fold([Run(f"{said}; last on {self.day(at)}", "dim")], width, _FURTHER, _FURTHER)]

    def _mark(self, outcome: Outcome) -> str:
        return MARKS[outcome][1 if self.ascii else 0]

    def _heading(self, text: str, width: int) -> list[Line]:
        edge = "=" if self.ascii else "━"
        rule = f" {edge * max(0, width - columns(text) - 4)}"
        return [(Run(f"{edge}{edge} ", "rule"), Run(text, "heading"), Run(rule[: max(0, width - 3)], "rule"))]

    def _shown(self, text: str, most: int = LONGEST_TEXT) -> str:
        line = clean_line(text[: 4 * most])
        line = line if len(line) <= most else f"{line[: most - 3]}..."
        return clean(line, ascii=self.ascii)


def evidence(state: SkillState) -> str:
    """The counts in a sentence: "7 of 9 right at the first try, 1 after a hint"."""
    parts = [f"{state.count(Outcome.RIGHT)} of {state.asked} right at the first try"]
    if number := state.count(Outcome.HINTED):
        parts.append(f"{number} after a hint")
    if number := state.count(Outcome.SEEN):
        parts.append(f"{number} {ALREADY_SEEN}")
    if number := state.count(Outcome.REPAIRED):
        parts.append(f"{number} put right afterwards")
    if number := state.count(Outcome.SHOWN):
        parts.append(f"{number} shown")
    return ", ".join(parts)


def best(undertaking: Undertaking) -> str:
    """The best marks in a sentence."""
    if not undertaking.done:
        return "a part of it"
    if not undertaking.out_of:
        return "done"
    seen = f", {undertaking.seen} {ALREADY_SEEN}" if undertaking.seen else ""
    return f"{undertaking.right} of {undertaking.out_of} right at the first try and without help{seen}"


def times(number: int) -> str:
    """How often, in words."""
    return _TIMES.get(number, f"{number} times")


def sorted_states(states: Iterable[SkillState]) -> tuple[SkillState, ...]:
    """Shaky ones first, the least certain of each level first; what is new comes last."""
    order = list(Level)
    return tuple(sorted(states, key=lambda state: (order.index(state.level), state.probability, state.skill)))
