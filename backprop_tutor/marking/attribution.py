"""Which idea, or which two, explain the wrong entries of a sheet, and which are slips."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

from ..engine.reckoning import Reckoning
from ..model.marking import Verdict
from .decimals_as_names import wrong_ways_as_written
from .fits import Fit, Fitter, derived, is_within, is_written
from .judging import Judge, Judgement
from .precision import Numbers
from .setting import WrongWay
from .slips import NOT_NEAR_ENOUGH, OF_DIGITS, Slip, slip
from .suspect import Attribution, Idea, Suspect, seen_most
from .this_line import (
    TELLING,
    gives_unrounded,
    has_digits,
    is_all_on_screen,
    wrong_ways_of,
)

MOST_IDEAS = 3
FEWEST_EXPLAINED = 2
FEWEST_DIGITS = 2
"""Significant digits that must agree before anything is named that a wrong number comes from."""
ALMOST = replace(NOT_NEAR_ENOUGH, is_certain=False)
"""What is said where nothing else explains it."""
MOST_PARTNERS = 24
"""How many rules are tried in pairs."""


class Attributor:
    """Looks for the ideas behind the wrong entries of one judged sheet.

    Entries that the learner was ``told`` contradict no idea; what was ``tried`` for them speaks for one.
    """

    def __init__(self, judge: Judge, told: frozenset[str] = frozenset(), tried: Sequence[Numbers] = ()) -> None:
        self.told = told
        self.tried = tried
        self.judge = judge
        self.setting = judge.setting
        self.sheet = judge.sheet
        self.fitter = judge.shown
        self.found = judge.found
        self.wrong = frozenset(name for name, said in self.found.items() if said.verdict is Verdict.WRONG)

    def attribute(self) -> Attribution:
        """One rule that explains everything, else one rule and slips, else two rules; conventions win ties."""
        slips = {name: found for name in self.wrong if (found := self._slip(name)) is not None}
        certain = {n for n, found in slips.items() if found.is_certain and not self._rather_an_idea(n, found)}
        honest = self._honest(slips) if self.wrong and not self._is_one_number() else []
        for left in (self.wrong, self.wrong - certain):
            if not left:
                continue
            ideas = self._one(left, honest, slips) or self._two(left, honest)
            if ideas:
                return Attribution(ideas, {name: found for name, found in slips.items() if name not in left})
        ideas = self._partly(honest)
        left = self.wrong - certain - {name for idea in ideas for name in idea.steps}
        ideas = (*ideas, *self._line_by_line(left))
        return Attribution(tuple(sorted(ideas, key=lambda idea: self.setting.position[idea.steps[0]])), slips)

    def _is_one_number(self) -> bool:
        """Whether most of a sheet is one wrong number: that is no idea, whatever it agrees with."""
        stock = {self.sheet.values[name] for name in self.wrong if self.found[name].is_stock}
        return sum(self.sheet.values[name] in stock for name in self.found) * 2 > len(self.found)

    def _slip(self, name: str) -> Slip | None:
        said = self.found[name]
        if said.is_close:
            return NOT_NEAR_ENOUGH
        candidates = [said.from_yours, *(derived(own, name) for own in self.judge.own), self.setting.truth.get(name)]
        should_be = tuple(dict.fromkeys(value for value in candidates if value is not None))
        # A single digit is like that of many numbers, unless it is no rounded one.
        half_unit = self.sheet.half_units[name] if self._digits(name) >= FEWEST_DIGITS else Fraction(0)
        answer = self.sheet.answers.get(name)
        in_digits = answer is None or answer.is_decimal
        found = slip(self.sheet.values[name], half_unit, should_be, in_digits=in_digits)
        is_short = self.judge.on_screen and self._digits(name) < FEWEST_DIGITS
        if found is not None and found.kind == "decimal point" and is_short:
            # On a screen there are other numbers with this one digit, such as what goes into a step function.
            return None
        if found is not None and found.kind == "decimal point" and not in_digits:
            # No point slips in what was worked out: another factor may do the same.
            return replace(found, is_certain=False)
        return ALMOST if found is None and self.judge.is_hardly_off(name, should_be) else found

    def _rather_an_idea(self, name: str, found: Slip) -> bool:
        """Whether an idea in this very line gives all the digits of what may be a slip, too: chance seldom does."""
        # What is near the right number may be so by chance with three digits still.
        is_near = found is NOT_NEAR_ENOUGH
        is_long = self._digits(name) >= (TELLING + 1 if is_near else TELLING)
        is_doubtful = is_long and (is_near or found.kind in OF_DIGITS)
        return is_doubtful and is_all_on_screen(name, self.judge) and bool(self._ways_here(name))

    def _honest(self, slips: dict[str, Slip]) -> list[Suspect]:
        """The rules that give some wrong entry and spoil no right one.

        What only rounding brings to a rule, while all its digits but one or two are right, speaks for no rule.
        """
        of_digits = {n for n, found in slips.items() if found.kind in OF_DIGITS and self._digits(n) > TELLING}
        found = (suspect for way in self.setting.wrong_ways if (suspect := self._suspect(way)) is not None)
        return [one for one in found if self._is_granted(one) and not one.explains <= one.near & of_digits]

    def _suspect(self, way: WrongWay) -> Suspect | None:
        """What one rule, run from the learner's own values, explains; None if nothing or if it spoils something."""
        reckoning = Reckoning(way.formulas, self.setting.arithmetic, self.judge.own[way.way].held)
        affected = self._affected(way)
        wrong = {name: self._fit(name, reckoning) for name in affected if name in self.wrong}
        explains = {name for name, fit in wrong.items() if fit is not Fit.OFF}
        # Most rules explain nothing: whether they spoil something need not be asked.
        # Whoever was told the problem's own convention does not answer in another one.
        told = frozenset[str]() if way.rule.convention else self.told
        if not explains or self._spoils((name for name in affected if name not in told), reckoning):
            return None
        if not self._is_told_by_digits(explains, reckoning):
            return None
        visible = {name for name in affected if self._differs(name, reckoning, self.found[name])}
        near = {name for name in explains if wrong[name] is Fit.NEAR}
        seen = sum(self._gave(way, reckoning, tried) for tried in self.tried)
        return Suspect(way, frozenset(explains), frozenset(visible), frozenset(near), seen)

    def _gave(self, way: WrongWay, reckoning: Reckoning, tried: Numbers) -> bool:
        """Whether a rule gives all that is touched by it of an earlier answer."""
        touched = [name for name in tried.values if name in way.touched]
        fitter = Fitter({**self.sheet.half_units, **tried.half_units}, self.sheet.precision)
        fits = (fitter.fitted(name, tried.values[name], reckoning) for name in touched)
        return bool(touched) and all(fitted is not None and fitted.fit is not Fit.OFF for fitted in fits)

    def _spoils(self, affected: Iterable[str], reckoning: Reckoning) -> bool:
        """Whether the rule contradicts an entry that is right."""
        right = (name for name in affected if name not in self.wrong)
        told = (name for name in right if self.found[name].verdict is not Verdict.UNDECIDED)
        return any(self._fit(name, reckoning) is Fit.OFF for name in told)

    def _is_refuted(self, way: WrongWay) -> bool:
        """Whether a right entry speaks against a rule."""
        reckoning = Reckoning(way.formulas, self.setting.arithmetic, self.judge.own[way.way].held)
        return self._spoils(self._affected(way), reckoning)

    def _affected(self, way: WrongWay) -> tuple[str, ...]:
        """The answered entries whose number a rule can change: touched, or resting on what is touched unwritten."""
        changed = set(way.touched)
        waiting = [name for name in changed if name not in self.sheet.values]
        while waiting:
            for name in way.formulas.users(waiting.pop()):
                if name not in changed:
                    changed.add(name)
                    if name not in self.sheet.values:
                        waiting.append(name)
        return tuple(name for name in self.found if name in changed)

    def _fit(self, name: str, reckoning: Reckoning) -> Fit:
        fitted = self.fitter.fitted(name, self.sheet.values[name], reckoning)
        if fitted is None or fitted.fit is Fit.OFF:
            return Fit.OFF
        is_coarse = name in self.wrong and self.judge.is_coarse(name, fitted.value)
        return Fit.OFF if is_coarse else fitted.fit

    def _is_told_by_digits(self, names: Iterable[str], reckoning: Reckoning) -> bool:
        """Whether these entries together have digits enough to tell a rule from chance: a single one fits too many."""
        names = list(names)
        return sum(self._digits(name) for name in names) >= FEWEST_DIGITS or any(
            is_written(self.sheet, name, derived(reckoning, name), exactly=True) for name in names
        )

    def _digits(self, name: str) -> int:
        """The significant digits that were typed; what is exact as it stands has enough of them."""
        answer = self.sheet.answers.get(name)
        if answer is None or not self.sheet.half_units[name]:
            return FEWEST_DIGITS
        if answer.digits is not None:
            return answer.digits
        return len(str(abs(self.sheet.values[name]))) if answer.number is not None else FEWEST_DIGITS

    def _differs(self, name: str, reckoning: Reckoning, said: Judgement) -> bool:
        """Whether the rule gives something else than the right formula, as far as the learner's digits show."""
        value = derived(reckoning, name)
        if value is None or said.from_yours is None:
            return value is not said.from_yours
        return not is_within(value, said.from_yours, self.sheet.half_units[name])

    def _one(self, left: frozenset[str], honest: Sequence[Suspect], slips: dict[str, Slip]) -> tuple[Idea, ...]:
        fitting = [suspect for suspect in honest if suspect.explains >= left]
        if len(left) == 1:
            fitting = self._nearest(fitting, next(iter(left)), slips)
        best = self._preferred(seen_most(fitting))
        return (Idea(best, self._in_order(left)),) if best else ()

    def _nearest(self, fitting: list[Suspect], name: str, slips: dict[str, Slip]) -> list[Suspect]:
        """Those at work in the very line of a single wrong entry, if all that goes into it is on the screen.

        Nobody reads a sign off the screen that is not there, unless an earlier wrong answer has shown it.  What was
        typed in names says itself what was done.
        """
        ways = wrong_ways_as_written(name, self.judge) if self.judge.on_screen else None
        if ways is not None:
            unrefuted = [way for way in ways if not self._is_refuted(way)]
            return [Suspect.here(way, name) for way in unrefuted or ways]
        fitting = [suspect for suspect in fitting if not self._rather_a_slip(suspect, name, slips)]
        if not is_all_on_screen(name, self.judge):
            return fitting
        # What is this number to its last digit goes before what rounding on the way would have to explain.
        fitting = [suspect for suspect in fitting if not self._is_loose(suspect, name)] or fitting
        if any(suspect.seen for suspect in fitting):
            return fitting
        return [suspect for suspect in fitting if name in suspect.way.touched] or fitting

    def _is_loose(self, suspect: Suspect, name: str) -> bool:
        """Whether only rounding brings a rule to an entry: it gives another number from the right ones before it."""
        return name in suspect.near and not gives_unrounded(suspect.way, name, self.judge)

    def _rather_a_slip(self, suspect: Suspect, name: str, slips: dict[str, Slip]) -> bool:
        """Of one wrong entry alone, a doubtful idea that shows nowhere else is chance where a slip explains it too."""
        found = slips.get(name)
        is_far = name not in suspect.way.touched
        doubtful = self._is_loose(suspect, name) or not suspect.rule.is_of_catalogue or is_far
        return found is not None and found.is_certain and doubtful and not suspect.seen and len(suspect.visible) < 2

    def _two(self, left: frozenset[str], honest: Sequence[Suspect]) -> tuple[Idea, ...]:
        """Two rules that together explain everything, each more than the other: the first pair of the strongest."""
        partners = sorted(
            (suspect for suspect in honest if suspect.explains & left),
            key=lambda suspect: (-len(suspect.explains & left), suspect.rule.convention),
        )[:MOST_PARTNERS]
        for first, second in combinations(partners, 2):
            if first.explains | second.explains >= left and first.rule.id != second.rule.id:
                mine = left & first.explains
                rest = left - mine
                if not rest or not left - second.explains:
                    continue
                ideas = (
                    Idea(self._preferred([suspect for suspect in honest if suspect.explains >= part]), steps)
                    for part in (mine, rest)
                    if (steps := self._in_order(part))
                )
                return tuple(sorted(ideas, key=lambda idea: self.setting.position[idea.steps[0]]))
        return ()

    def _partly(self, honest: Sequence[Suspect]) -> tuple[Idea, ...]:
        """The rules that explain most, one after the other, each of several entries: chance seldom explains two."""
        left = self.wrong
        ideas: list[Idea] = []
        while len(ideas) < MOST_IDEAS:
            most = max((len(suspect.explains & left) for suspect in honest), default=0)
            if most < FEWEST_EXPLAINED:
                break
            steps = next(suspect.explains & left for suspect in honest if len(suspect.explains & left) == most)
            fitting = self._preferred([suspect for suspect in honest if suspect.explains >= steps])
            ideas.append(Idea(fitting, self._in_order(steps)))
            left -= steps
        return tuple(sorted(ideas, key=lambda idea: self.setting.position[idea.steps[0]]))

    def _line_by_line(self, left: frozenset[str]) -> tuple[Idea, ...]:
        """What gives each of these entries in its own line, whatever was right elsewhere.

        Of inputs that were not handed in, as in a test, the right ones are taken: that says little but by many digits.
        """
        found: dict[object, tuple[tuple[Suspect, ...], list[str]]] = {}
        for name in self._in_order(left) if self.judge.on_screen else ():
            is_whole = is_all_on_screen(name, self.judge)
            if self.found[name].is_stock or not (is_whole or has_digits(self.judge, name)):
                continue
            typed = wrong_ways_as_written(name, self.judge)
            ways = self._ways_here(name) if typed is None else typed
            best = self._preferred(Suspect.here(way, name) for way in ways)
            if best and (is_whole or len(best) == 1):
                rules = tuple((suspect.rule.title, suspect.rule.repair) for suspect in best)
                found.setdefault(rules, (best, []))[1].append(name)
        return tuple(Idea(best, tuple(names)) for best, names in found.values())

    def _ways_here(self, name: str) -> list[WrongWay]:
        """The misconceptions that give a number in its very line."""
        return wrong_ways_of(name, self.judge, exactly=self._digits(name) < FEWEST_DIGITS)

    def _preferred(self, fitting: Iterable[Suspect]) -> tuple[Suspect, ...]:
        """Conventions before misconceptions, the catalogue before typical slopes; one suspect for each idea."""
        fitting = list(fitting)
        conventions = [suspect for suspect in fitting if suspect.rule.convention]
        catalogue = [suspect for suspect in fitting if suspect.rule.is_of_catalogue]
        found: dict[tuple[str, str], Suspect] = {}
        for suspect in sorted(conventions or catalogue or fitting, key=lambda suspect: suspect.rule.id):
            found.setdefault(suspect.rule.idea, suspect)
        return tuple(found.values())

    def _is_granted(self, suspect: Suspect) -> bool:
        return not suspect.rule.needs_update or any(name.startswith("new_") for name in suspect.visible)

    def _in_order(self, names: Iterable[str]) -> tuple[str, ...]:
        wanted = set(names)
        return tuple(name for name in self.found if name in wanted)
