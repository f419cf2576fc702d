"""What is said of each entry: the verdict in words, the learner's line and the right line, the experiment."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property

from ..engine.derivations import leaves
from ..lessons.figures import digits, figure
from ..model.formula import Formula, Name, quantity
from ..model.lesson import Figure, StepKind
from ..model.marking import Entry, Experiment, Verdict
from ..model.op import Words
from ..model.sheet import Answer
from .experiment import counter_experiment
from .formulas import FormulaFinding, FormulaJudge
from .judging import Judge, Judgement
from .line_slips import arriving_left_out, line_slip, or_else, slip_as_typed
from .lines import Lines, as_fine
from .others import index_words, other_index, other_quantity
from .setting import WrongWay
from .suspect import Attribution
from .told import told_like
from .wrong_lines import PART

ROUNDING = "Keep one digit more than you write down, and round at the end of the line."
NO_CARRIED_MARK = " It earns no carried mark: what you wrote before leaves nothing to work out here."

FAR_OFF = 10
MOST_DIGITS = 24
MOST_LETTERS = 8
"""A point in more letters than these convinces nobody."""

_DECIMAL = re.compile(r"-?(\d{1,17}(\.\d{1,17})?|\.\d{1,17})", re.ASCII)


class Teller:
    """Tells the entries of one judged sheet."""

    def __init__(self, judge: Judge, formulas: FormulaJudge, attribution: Attribution) -> None:
        self.judge = judge
        self.setting = judge.setting
        self.sheet = judge.sheet
        self.formulas = formulas
        self.attribution = attribution
        self.lines = Lines(judge, formulas)
        self.ways: dict[str, tuple[WrongWay, ...]] = {
            name: tuple(suspect.way for suspect in idea.suspects) for idea in attribution.ideas for name in idea.steps
        }
        self.ways |= {name: (way,) for name, way in formulas.ideas.items()}

    def told(self, entry: Entry, said: Judgement, convention: Words) -> Entry:
        """The entry with everything that is said of it; ``convention`` says how it stood in another place."""
        verdict = self._verdict(entry.name, said, bool(convention))
        right = {Verdict.CORRECT, Verdict.IMPRECISE}
        entry = replace(
            entry,
            verdict=verdict,
            from_yours=self._from_yours(entry.name, said),
            follows_from=said.roots,
            strict=verdict in right and not said.roots,
            earned=self._is_earned(verdict, said),
        )
        entry = replace(entry, misconception=self._ids(entry.name, verdict))
        if verdict is not Verdict.WRONG:
            return replace(entry, message=self._message(entry, said, convention))
        ways = self.ways.get(entry.name, ())
        line = self.lines.right(entry, ways)
        entry = replace(entry, slip=self._slip(entry.name)[0])
        elsewhere = self._or_else(entry.name, ways)
        yours = self.lines.yours(entry.name, ways) if not elsewhere else None
        entry = replace(entry, right=line, yours=yours, from_yours=line.result, or_else=elsewhere)
        return replace(entry, message=self._message(entry, said, convention), experiment=self._experiment(entry))

    def _or_else(self, name: str, ways: Sequence[WrongWay]) -> tuple[Words, ...]:
        """What else gives the number of the one idea that explains an entry."""
        if len(ways) != 1 or name not in ways[0].touched or name not in self.judge.found:
            return ()
        return or_else(self.judge, name, ways[0].formulas[name])

    def _is_earned(self, verdict: Verdict, said: Judgement) -> bool:
        match verdict:
            case Verdict.CORRECT:
                return True
            case Verdict.IMPRECISE | Verdict.OTHER_CONVENTION:
                return not said.is_stock
            case Verdict.CARRIED:
                return not said.is_stock and not said.trivial
        return False

    def _verdict(self, name: str, said: Judgement, elsewhere: bool) -> Verdict:
        fine = {Verdict.CORRECT, Verdict.IMPRECISE, Verdict.CARRIED}
        if name in self.other_convention or (elsewhere and said.verdict in fine):
            return Verdict.OTHER_CONVENTION
        if (
            said.verdict in {Verdict.CARRIED, Verdict.IMPRECISE}
            and said.roots
            and set(said.roots) <= self.other_convention
        ):
            return Verdict.OTHER_CONVENTION
        return said.verdict

    @cached_property
    def other_convention(self) -> frozenset[str]:
        """The wrong entries that are right under another convention."""
        return frozenset(name for name, ways in self.ways.items() if ways and all(way.rule.convention for way in ways))

    def _from_yours(self, name: str, said: Judgement) -> Figure | None:
        return as_fine(said.from_yours, self.sheet.answers.get(name)) if said.from_yours is not None else None

    def _ids(self, name: str, verdict: Verdict) -> str:
        if verdict not in {Verdict.WRONG, Verdict.OTHER_CONVENTION}:
            return ""
        return "/".join(dict.fromkeys(way.rule.id for way in self.ways.get(name, ())))

    def _message(self, entry: Entry, said: Judgement, convention: Words) -> Words:
        match entry.verdict:
            case Verdict.CORRECT:
                return self._correct(entry, said)
            case Verdict.IMPRECISE:
                return self._imprecise(entry, said)
            case Verdict.CARRIED:
                return self._carried(entry, said)
            case Verdict.OTHER_CONVENTION:
                return self._other_convention(entry, said, convention)
            case Verdict.UNDECIDED:
                return self._undecided(entry, said)
        return self._wrong(entry, said)

    def _correct(self, entry: Entry, said: Judgement) -> Words:
        found = self.formulas.found.get(entry.name)
        if found is not None and found.remark:
            return found.remark
        truth = self.setting.truth.get(entry.name)
        is_exact = truth is not None and self.sheet.values[entry.name] == truth
        if entry.given is not None and entry.given.digits == 1 and not is_exact:
            return ("Right as far as one digit shows it.",)
        return self._instead(said)

    def _imprecise(self, entry: Entry, said: Judgement) -> Words:
        is_true = said.from_yours == self.setting.truth.get(entry.name)
        if is_true or not self._rests_on_yours(entry, said):
            start = "With all digits carried along"
        elif all(map(self._is_as_shown, self.judge.own[said.way].sources(entry.name))):
            start = "With the numbers on the screen"
        else:
            start = "From your own earlier numbers"
        return (f"{start} this is {self._like_yours(entry, said)}. {ROUNDING}",)

    def _is_as_shown(self, name: str) -> bool:
        """Whether a number is given, or is what a screen shows for a step: nobody need have typed it."""
        shown = self.setting.lesson.figures.get(name)
        as_shown = shown is not None and self.sheet.values.get(name) == Fraction(shown.shown)
        return name not in self.judge.found or (self.judge.on_screen and as_shown)

    def _rests_on_yours(self, entry: Entry, said: Judgement) -> bool:
        return any(name in self.judge.found for name in self.judge.own[said.way].sources(entry.name))

    def _carried(self, entry: Entry, said: Judgement) -> Words:
        start: Words = ("Right from your own ", *_listed(said.roots), ".")
        if said.instead_of:
            start = self._instead(said)
        if said.trivial or said.is_stock:
            start = (*start, NO_CARRIED_MARK)
        return start

    def _instead(self, said: Judgement) -> Words:
        if not said.instead_of:
            return ()
        return ("This follows from what ", *_listed(said.instead_of), " should be, not from what you wrote there.")

    def _other_convention(self, entry: Entry, said: Judgement, convention: Words) -> Words:
        if convention and said.verdict is not Verdict.WRONG:
            return convention
        ways = self.ways.get(entry.name)
        if ways:
            return (f"{ways[0].rule.title}. {ways[0].rule.repair}",)
        return ("This follows from the other convention of ", *_listed(said.roots), ".")

    def _undecided(self, entry: Entry, said: Judgement) -> Words:
        if entry.name in self.formulas.found:
            return ("This formula has too few points at which it can be compared: write it in another form.",)
        if said.fits_an_idea:
            return ("These digits fit something else as well, which is not right here: write more of them.",)
        if entry.kind is StepKind.UPDATE:
            return ("So few digits do not show how far the parameter moved: write more of them.",)
        return ("So few digits cannot tell a right value from a wrong one: write more of them.",)

    def _wrong(self, entry: Entry, said: Judgement) -> Words:
        formula = self.formulas.found.get(entry.name)
        ways = self.ways.get(entry.name, ())
        parts: Words = ()
        if formula is not None and not ways:
            return self._slip(entry.name)[1] or self._wrong_formula(entry.name, formula)
        if len(ways) == 1:
            parts = (ways[0].rule.repair,)
        elif ways:
            parts = ("Several ideas give this number; they are named below.",)
        other = other_quantity(self.judge, entry.name)
        if ways:
            # Beside an idea it is said only where it is the idea: δ taken to be ∂L/∂a.
            only_that = len(ways) == 1 and leaves(ways[0].formulas[entry.name]) == (other,)
            return (*self._is_other(entry.name, other), " ", *parts) if only_that else parts
        return self._slip(entry.name)[1] or self._only_number(entry, said)

    def _slip(self, name: str) -> tuple[str, Words]:
        """The kind of slip that a wrong entry is where no idea explains it, and what is said of it."""
        if self.ways.get(name):
            return "", ()
        formula = self.formulas.found.get(name)
        if formula is not None:
            if formula.only_the_sign:
                return "sign", ()
            typed = slip_as_typed(self.formulas.answers[name], name, self.setting)
            return (typed.kind, typed.says) if typed is not None else ("", ())
        slip = self.attribution.slips.get(name)
        other = other_quantity(self.judge, name)
        of_line = line_slip(self.judge, name)
        is_sign = slip is not None and slip.kind == "sign"
        if of_line is not None and (of_line.is_typed or (of_line.is_certain and not is_sign)):
            return of_line.kind, of_line.says
        if other and not is_sign:
            return PART, self._is_other(name, other)
        if slip is None or not slip.is_certain:
            tied = of_line if of_line is not None and of_line.is_tied else None
            if (found := tied or arriving_left_out(self.judge, name) or of_line) is not None:
                return found.kind, found.says
            if used := other_index(self.judge, name):
                return "another index", index_words(used)
        return (slip.kind, (slip.says,)) if slip is not None else ("", ())

    def _is_other(self, name: str, other: str) -> Words:
        return ("This number is ", quantity(other), ", not ", quantity(name), ".")

    def _wrong_formula(self, name: str, found: FormulaFinding) -> Words:
        """A point where the learner can see for themselves that it is not the same."""
        if found.only_the_sign:
            return ("Only the sign is different.",)
        equality = found.equality
        point: list[str | Formula] = []
        for letter, number in list(equality.witness.items())[:MOST_LETTERS]:
            point += [", " if point else "Try ", Name(letter), f" = {number}"]
        figure = self.setting.steps[name].figure
        # A right line that is the same number everywhere would be told with it.
        is_told = figure is not None and equality.right == Fraction(figure.shown)
        if not point or equality.right is None or len(equality.witness) > MOST_LETTERS or is_told:
            return ("This is another function.",)
        if equality.theirs is None:
            return (*point, f": your formula has no value there; the right one gives {digits(equality.right, 6)}.")
        count = 6
        while count < MOST_DIGITS and digits(equality.theirs, count) == digits(equality.right, count):
            count += 2
        yours, right = digits(equality.theirs, count), digits(equality.right, count)
        return (*point, f": your formula gives {yours} there, the right one {right}.")

    def _only_number(self, entry: Entry, said: Judgement) -> Words:
        if said.from_yours is None:
            return ("Your own earlier numbers leave this step without a value.",)
        if not self._rests_on_yours(entry, said):
            return ("Work this line out once more, term by term.",)
        return (f"Your own earlier numbers give {self._like_yours(entry, said)} here.",)

    def _like_yours(self, entry: Entry, said: Judgement) -> str:
        assert said.from_yours is not None
        return told_like(said.from_yours, entry.given)

    def _experiment(self, entry: Entry) -> Experiment | None:
        written, truth = self.sheet.values.get(entry.name), self.setting.truth.get(entry.name)
        if written is None or truth is None or entry.from_yours is None:
            return None
        yours = Fraction(entry.from_yours.full)
        if abs(yours - truth) * FAR_OFF > abs(truth):
            # The problem itself would contradict the line that is right from the learner's own values.
            return None
        return counter_experiment(self.setting, entry.name, written, _as_written(entry.given, written), (yours,))


def _as_written(answer: Answer | None, value: Fraction) -> str:
    """A number as it stands on the screen: in the learner's own digits, or as what a formula comes to is shown."""
    text = answer.written.strip().replace("−", "-") if answer is not None and answer.number is not None else ""
    return text if _DECIMAL.fullmatch(text) else figure(value).shown


def _listed(names: tuple[str, ...], most: int = 4) -> Words:
    """Names in a sentence: a, b and c."""
    found: list[str | Formula] = []
    for i, name in enumerate(names[:most]):
        if i:
            found.append(" and " if i == len(names) - 1 else ", ")
        found.append(quantity(name))
    if len(names) > most:
        found.append(f" and {len(names) - most} more")
    return tuple(found)
