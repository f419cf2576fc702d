"""The verdict on answers to steps that stay formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from ..engine.derivations import leaves
from ..model.formula import ZERO, Formula, Negative, Number, walk
from ..model.lesson import StepKind
from ..model.marking import Verdict
from ..model.op import Words
from ..model.problem import numbers_behind
from ..model.sheet import Answer
from .equality import Equality, compare
from .form import check_names, letters_given, remark
from .judging import Judgement
from .numbers import too_early, without_paths
from .one_side import OnOneSide, on_one_side
from .rounded import right_when_rounded
from .setting import Setting, WrongWay

MOST_COMPARED = 500


@dataclass(frozen=True, slots=True)
class FormulaFinding:
    """What was found of a formula: a point where it differs, a remark on its form, the rule that explains it."""

    equality: Equality
    remark: Words = ()
    only_the_sign: bool = False
    way: WrongWay | None = None


class FormulaJudge:
    """Judges the formulas of one sheet, by evaluation and never by rewriting."""

    def __init__(
        self, setting: Setting, answers: Mapping[str, Answer], numbers: Mapping[str, tuple[Fraction, Judgement]]
    ) -> None:
        self.setting = setting
        self.numbers = numbers
        self.answers = {
            name: without_paths(answer.formula, setting.graph)
            for name, answer in answers.items()
            if answer.formula is not None and name in setting.steps and name not in setting.truth
        }
        self.letters = letters_given(setting.graph)
        self.in_sight = numbers_behind(setting.problem)
        self.found: dict[str, FormulaFinding] = {}
        self.verdicts: dict[str, Judgement] = {}
        self.ideas: dict[str, WrongWay] = {}
        self.troubles: dict[str, str] = {}
        self._sides: dict[tuple[str, Formula], OnOneSide | None] = {}

    def judge(self) -> dict[str, Judgement]:
        """A judgement on every formula, by plain name."""
        right = self.setting.formulas[0]
        told = {name: value for name, (value, said) in self.numbers.items() if said.verdict is not Verdict.UNDECIDED}
        own = {**right, **{name: Number(value) for name, value in told.items()}}
        for name in self.setting.steps:
            if name not in self.answers:
                continue
            answer = self.answers[name]
            unknown = check_names(answer, name, right, allowed=self.setting.allowed(name))
            if unknown is not None:
                self.troubles[name] = too_early(unknown, name, right)
                continue
            self.verdicts[name] = self._judged(name, answer, own)
            # What comes later may be written in what the learner has here.
            own[name] = answer
        return self.verdicts

    def _judged(self, name: str, answer: Formula, own: Mapping[str, Formula]) -> Judgement:
        right = self.setting.formulas[0]
        equality = self._compared(answer, name)
        said = self._remark(name, answer, equality)
        self.found[name] = FormulaFinding(equality, said)
        if said or equality.verdict == "same":
            return Judgement(Verdict.CORRECT)
        if equality.verdict == "undecided":
            return Judgement(Verdict.UNDECIDED)
        roots = self._roots(name)
        if self.numbers and not roots and self._compare(answer, name, {**own, name: right[name]}).verdict == "same":
            # Written with a number that was rightly found, and rounded.
            return Judgement(Verdict.CORRECT)
        if roots and self._compare(answer, name, {**own, name: right[name]}).verdict == "same":
            # A number asks for no work: 0 follows from whatever was wrongly said to be constant.
            return Judgement(Verdict.CARRIED, roots=roots, trivial=not leaves(answer))
        here = self._on_one_side(name, answer)
        if here is not None and here.equality.verdict == "different":
            # On another side a right answer may differ as well, and would be accepted.
            equality = here.equality
        way = self._explained(name, answer)
        only_the_sign = self._compare(Negative(answer), name, right).verdict == "same"
        if only_the_sign and way is not None and not way.rule.convention:
            way = self._of_the_sign(name, answer)
        self.found[name] = FormulaFinding(equality, said, only_the_sign, way)
        if way is not None:
            self.ideas[name] = way
            if way.rule.convention:
                return Judgement(Verdict.OTHER_CONVENTION)
        return Judgement(Verdict.WRONG)

    def _remark(self, name: str, answer: Formula, equality: Equality) -> Words:
        """What is to be said of a right formula: digits for an exact number, a gap in its domain, another form."""
        if equality.verdict == "different":
            right = self.setting.formulas[0]
            rounded = right_when_rounded(answer, name, right, self.setting.graph, self.setting.base)
            if rounded:
                return ("Right to the digits that you wrote.",)
            here = self._on_one_side(name, answer)
            return here.says if here is not None else ()
        if equality.partial:
            point = ", ".join(f"{letter} = {number}" for letter, number in equality.witness.items())
            return (f"Equal wherever it has a value; yours has none at {point}, where the right one has.",)
        if equality.verdict == "undecided":
            return ()
        step = self.setting.steps[name]
        told = (*step.equation.symbols, *((step.exact,) if step.exact is not None else ()))
        long, short = (formulas[name] for formulas in (self.setting.formulas[0], self.setting.formulas[-1]))
        # Where there is a shortcut, its line is the one to be asked for, and the long one is as good.
        return remark(answer, short, long, *told, letters=self.letters)

    def _on_one_side(self, name: str, answer: Formula) -> OnOneSide | None:
        """How an answer compares on the side where the problem's own numbers lie, looked at once."""
        # A value is another matter: max(a, b) can be typed as it is.
        if self.setting.steps[name].kind is StepKind.FORWARD:
            return None
        if (name, answer) not in self._sides:
            graph, base = self.setting.graph, self.setting.base
            self._sides[name, answer] = on_one_side(answer, name, self.setting.formulas[0], graph, base, self.in_sight)
        return self._sides[name, answer]

    def _compared(self, answer: Formula, name: str) -> Equality:
        """The comparison with the right formula, made once: in a quiz every answer stands on many sheets."""
        known = self.setting.compared
        if (name, answer) not in known:
            if len(known) >= MOST_COMPARED:
                known.clear()
            known[name, answer] = self._compare(answer, name, self.setting.formulas[0])
        return known[name, answer]

    def _compare(self, answer: Formula, name: str, formulas: Mapping[str, Formula]) -> Equality:
        return compare(answer, name, formulas, self.setting.graph, self.setting.base)

    def _roots(self, name: str) -> tuple[str, ...]:
        """The wrong formulas that this one may rest on."""
        behind: set[str] = set()
        waiting = [name]
        while waiting:
            for used in leaves(self.setting.formulas[0].get(waiting.pop(), self.answers[name])):
                if used not in behind and used in self.setting.formulas[0]:
                    behind.add(used)
                    waiting.append(used)
        every = {**{other: said for other, (_, said) in self.numbers.items()}, **self.verdicts}
        wrong = (other for other, said in every.items() if said.verdict is Verdict.WRONG)
        return tuple(other for other in wrong if other in behind)

    def _explained(self, name: str, answer: Formula) -> WrongWay | None:
        """The first rule that gives this formula: at this step alone, or else in what it is written in.

        Misconceptions come before conventions: one formula, in this problem's own names, is no other convention.
        But another factor of the loss is granted, as with numbers, if nothing on the sheet speaks against it.
        """
        found = self._of(self._mistakes, name, answer)
        conventions = [way for way in self._ways if way.rule.convention and way.way == 0]
        if found is None:
            return self._of(conventions, name, answer)
        other = self._of([way for way in conventions if way.rule.of_the_loss], name, answer)
        return found if other is None or self._is_refuted(other) else other

    @cached_property
    def _ways(self) -> list[WrongWay]:
        """Every wrong way; of rules that give the same, the most particular one first."""
        return sorted(
            self.setting.wrong_ways, key=lambda way: (way.rule.id[:1] not in "MC", len(way.touched), way.rule.id)
        )

    @cached_property
    def _mistakes(self) -> list[WrongWay]:
        return [way for way in self._ways if not way.rule.convention]

    def _of_the_sign(self, name: str, answer: Formula) -> WrongWay | None:
        """The rule that turned the sign of a formula: one whose wrong line stands in it, or that of this very line.

        In a formula that passes over other lines the sign may have been lost in any of them.
        """
        parts = set(walk(answer))
        for way in self._mistakes:
            right = self.setting.formulas[way.way]
            for line in way.touched:
                wrong = way.formulas[line]
                if wrong in parts and line in right and self._compare(Negative(wrong), line, right).verdict == "same":
                    return way
        used = set(leaves(answer))
        here = [
            way
            for way in self._mistakes
            if set(leaves(self.setting.formulas[way.way].get(name, ZERO))) <= used | way.touched
        ]
        return self._at_this_step(here, name, answer) or self._behind(here, name, answer)

    def _of(self, ways: Sequence[WrongWay], name: str, answer: Formula) -> WrongWay | None:
        """The first of these rules that gives this formula: in this line, or else in what stands behind it."""
        long = [way for way in ways if way.way == 0]
        # y − ŷ is a line of the shortcut, and nothing that a slip in a factor behind it would come out as.
        short = [way for way in ways if way.way > 0] if self._may_be_short(answer) else []
        return (
            self._at_this_step(long, name, answer)
            or self._at_this_step(short, name, answer)
            or self._behind(short, name, answer)
            or self._behind(long, name, answer)
        )

    def _is_refuted(self, way: WrongWay) -> bool:
        """Whether something that a convention would change is right on the sheet under the problem's own."""
        numbers = (name for name, (_, said) in self.numbers.items() if said.verdict is Verdict.CORRECT)
        formulas = (name for name, answer in self.answers.items() if self._compared(answer, name).verdict == "same")
        return not way.touched.isdisjoint((*numbers, *formulas))

    def _may_be_short(self, answer: Formula) -> bool:
        """Whether an answer may have been found by the shortcut: it uses nothing that this passes over."""
        return self.setting.passed_over.isdisjoint(leaves(answer))

    def _at_this_step(self, ways: Sequence[WrongWay], name: str, answer: Formula) -> WrongWay | None:
        right = self.setting.formulas[0]
        for way in ways:
            if name in way.touched and self._gives({**right, name: way.formulas[name]}, name, answer):
                return way
        return None

    def _behind(self, ways: Sequence[WrongWay], name: str, answer: Formula) -> WrongWay | None:
        """The first rule that is at work in what the answer passes over."""
        for way in ways:
            right = self.setting.formulas[way.way]
            passed = {used for used in leaves(right[name]) if used in right} - set(leaves(answer))
            if way.touched & passed:
                behind = {used: way.formulas[used] for used in (*passed, name)}
                if self._gives({**right, **behind}, name, answer):
                    return way
        return None

    def _gives(self, formulas: Mapping[str, Formula], name: str, answer: Formula) -> bool:
        """Whether these formulas give this answer; that both are 0 at this point tells nothing."""
        if self._compare(answer, name, formulas).verdict != "same":
            return False
        return answer == ZERO or self._compare(ZERO, name, formulas).verdict != "same"
