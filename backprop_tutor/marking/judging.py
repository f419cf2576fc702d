"""The verdict on every number of a sheet: right, right from the learner's own values, or wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from ..engine.reckoning import Reckoning
from ..model.marking import Verdict
from .expressions import has_one_digit, size_of_work
from .fits import Fit, Fitted, Fitter, derived, is_within, slack, tolerance
from .precision import Numbers, Precision
from .rounded_inputs import from_other_digits
from .setting import Setting, rational

MANY_DIGITS = 8
SINGLE_PRECISION = Fraction(1, 10**6)
"""What a program may lose that reckons with 24 bits."""
COARSE = 5
"""An answer whose half unit is more than a fifth of what it stands for decides nothing."""
CLOSE = Fraction(2, 100)
"""So much of the right number an answer may be off by rounding, even where every value before it is shown."""
REPEATED = 3
"""A wrong number that stands for so many different quantities was written without working anything out."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is found of one number.

    ``from_yours`` is what its formula gives from the learner's own values, along the way that fits best.
    ``roots`` are the wrong entries that it rests on.  ``instead_of`` names the entries that the learner did not
    use as they are written, but as they should be.  ``trivial`` says that a wrong entry left nothing to do here,
    ``is_stock`` that the same number is wrong all over the sheet.  ``is_close`` says of a wrong one that is not far off
    that rounding would explain it, if what stands before were not shown with more digits.
    """

    verdict: Verdict
    from_yours: Fraction | None = None
    reach: Fraction = Fraction(0)
    roots: tuple[str, ...] = ()
    way: int = 0
    instead_of: tuple[str, ...] = ()
    trivial: bool = False
    is_stock: bool = False
    is_close: bool = False
    fits_an_idea: bool = False
    """Whether it is undecided because it is the very number of a wrong idea, too."""

    @property
    def is_true(self) -> bool:
        """Whether it is right by itself, so that nothing behind it suffers."""
        return not self.roots and self.verdict in {Verdict.CORRECT, Verdict.IMPRECISE, Verdict.UNDECIDED}


class Judge:
    """Judges the numbers of one sheet in the order of the solution.

    ``shown`` is how precisely the lines that are not on the sheet are shown to the learner; without it that is unknown.
    """

    def __init__(self, setting: Setting, sheet: Numbers, shown: Precision | None = None) -> None:
        self.setting = setting
        self.sheet = sheet
        self.on_screen = shown is not None
        self.one_digit = frozenset(n for n in sheet.values if self.on_screen and has_one_digit(sheet.answers.get(n)))
        self.fitter = Fitter(sheet.half_units, sheet.precision, sheet.loose, self.one_digit)
        self.shown = Fitter(sheet.half_units, shown, sheet.loose, self.one_digit) if shown is not None else self.fitter
        held = {**setting.base, **sheet.values}
        self.own = [Reckoning(formulas, setting.arithmetic, held) for formulas in setting.formulas]
        self.found: dict[str, Judgement] = {}
        self._unrounded = self._from_roots()

    def judge(self) -> dict[str, Judgement]:
        """A judgement on every number, by plain name."""
        for name in self.setting.steps:
            if name in self.sheet.values:
                self.found[name] = self._judged(name)
                if self.found[name].verdict is Verdict.WRONG:
                    self._unrounded = self._from_roots()
        self._note_stock_answers()
        return self.found

    def wrong(self, names: Iterable[str]) -> list[str]:
        """Those of the names whose entry is wrong."""
        return [name for name in names if self._is_wrong(name)]

    def _from_roots(self) -> list[Reckoning]:
        """What follows with all digits carried along: only the wrong entries are taken as they are written."""
        roots = {name: self.sheet.values[name] for name, said in self.found.items() if said.verdict is Verdict.WRONG}
        held = {**self.setting.base, **roots}
        return [Reckoning(formulas, self.setting.arithmetic, held) for formulas in self.setting.formulas]

    def _judged(self, name: str) -> Judgement:
        """The judgement on one number; of a single digit on a screen only that it is wrong, or exactly right."""
        found = self._by_digits(name)
        if (explained := from_other_digits(self, name, found)) is not None:
            return explained
        if name not in self.one_digit or found.verdict is Verdict.WRONG:
            return found
        if (written := self.sheet.values[name]) == self.setting.truth.get(name):
            return found
        for way, reckoning in enumerate(self.own):
            if written == derived(reckoning, name):
                # It is exact, and so it follows from them, right or wrong.
                roots = self.roots(name, way)
                return replace(found, verdict=Verdict.CARRIED, roots=roots, way=way) if roots else found
        return replace(found, verdict=Verdict.UNDECIDED)

    def _by_digits(self, name: str) -> Judgement:
        written, half_unit = self.sheet.values[name], self.sheet.half_units[name]
        truth = self.setting.truth.get(name)
        best = self._best(name, written)
        from_yours = best[1].value if best else None
        if truth is not None and self._is_right(name, written, truth, half_unit):
            verdict = Verdict.UNDECIDED if self._is_coarse(name, written, truth, half_unit) else Verdict.CORRECT
            return Judgement(verdict, from_yours, way=best[0] if best else 0)
        if truth is not None and self._is_single(name, written, truth):
            return Judgement(Verdict.IMPRECISE, from_yours, way=best[0] if best else 0)
        if truth is not None and self._is_right_on_screen(name, written, truth):
            return Judgement(Verdict.IMPRECISE, truth, way=best[0] if best else 0)
        if best is None:
            return Judgement(Verdict.WRONG)
        way, fitted = best
        roots = self.roots(name, way)
        if fitted.fit is Fit.OFF:
            return self._indirect(name, written, best) or Judgement(Verdict.WRONG, from_yours, fitted.reach, way=way)
        found = Judgement(Verdict.CARRIED if roots else Verdict.CORRECT, from_yours, fitted.reach, roots, way)
        limit = half_unit
        if fitted.fit is Fit.NEAR and not self._fits_unrounded(name, written, half_unit):
            limit = tolerance(half_unit, fitted.reach)
            found = replace(found, verdict=Verdict.IMPRECISE)
            if self._is_too_far(name, written, fitted.value, half_unit):
                is_close = abs(written - fitted.value) * COARSE <= abs(fitted.value)
                return Judgement(Verdict.WRONG, from_yours, fitted.reach, way=way, is_close=is_close)
        if self._is_coarse(name, written, fitted.value, limit):
            return replace(found, verdict=Verdict.UNDECIDED)
        return replace(found, trivial=bool(roots) and self._is_trivial(name, written, fitted.value, way))

    def _is_right(self, name: str, written: Fraction, truth: Fraction, half_unit: Fraction) -> bool:
        """Whether it is the right number in the learner's digits, or on a screen what is shown of it is."""
        if is_within(written, truth, half_unit):
            return True
        shown = self.setting.lesson.figures.get(name) if self.on_screen else None
        return shown is not None and shown.rounded and is_within(written, Fraction(shown.shown), half_unit)

    def _is_right_on_screen(self, name: str, written: Fraction, truth: Fraction) -> bool:
        """Whether a number of more digits is right in as many as one is asked to work with."""
        shown = self.shown.precision.half_unit(size_of_work(self.setting, name, truth))
        return self.on_screen and is_within(written, truth, shown)

    def _is_single(self, name: str, written: Fraction, truth: Fraction) -> bool:
        """Whether a number of many digits is right as far as a program's single precision goes."""
        answer = self.sheet.answers.get(name)
        has_many = answer is not None and (answer.digits or 0) >= MANY_DIGITS
        return has_many and abs(written - truth) <= SINGLE_PRECISION * abs(truth)

    def _best(self, name: str, written: Fraction) -> tuple[int, Fitted] | None:
        """The way along which the entry agrees best, the one without wrong entries first."""
        found = []
        for number, reckoning in enumerate(self.own):
            fitted = self.fitter.fitted(name, written, reckoning)
            if fitted is not None:
                found.append((-fitted.fit, len(self.roots(name, number)), number, fitted))
        if not found:
            return None
        _, _, number, fitted = min(found, key=lambda entry: entry[:3])
        return number, fitted

    def roots(self, name: str, way: int, passed: Collection[str] = ()) -> tuple[str, ...]:
        """The wrong entries that an entry rests on along a way, in the order of the solution.

        A source that is ``passed`` over counts for what lies behind it.
        """
        found: dict[str, None] = {}
        for source in self.own[way].sources(name):
            if source in passed:
                found.update(dict.fromkeys(self.roots(source, way)))
            elif source in self.found:
                said = self.found[source]
                found.update(dict.fromkeys((source,) if said.verdict is Verdict.WRONG else said.roots))
        return tuple(sorted(found, key=self.setting.position.__getitem__))

    def _fits_unrounded(self, name: str, written: Fraction, half_unit: Fraction) -> bool:
        """Whether it is what full precision gives, from the wrong entries on."""
        values = (derived(reckoning, name) for reckoning in self._unrounded)
        return any(value is not None and is_within(written, value, half_unit) for value in values)

    def _indirect(self, name: str, written: Fraction, best: tuple[int, Fitted]) -> Judgement | None:
        """Whether it agrees when some inputs are not taken as they are written, but as they should be.

        A number that was written down wrongly may have been used rightly: the line then follows from the line
        before the last.
        """
        half_unit = self.sheet.half_units[name]
        for way, reckoning in enumerate(self.own):
            should_be = {
                source: value
                for source in reckoning.sources(name)
                if source in self.found
                and not self.found[source].is_true
                and (value := derived(reckoning, source)) is not None
                and not is_within(self.sheet.values[source], value, self.sheet.half_units[source])
            }
            choices = [{source: value} for source, value in should_be.items()]
            for instead in (*choices, should_be) if len(choices) > 1 else choices:
                value = derived(reckoning.changed(instead), name)
                if value is None or not is_within(written, value, half_unit):
                    continue
                if self._is_coarse(name, written, value, half_unit):
                    continue
                roots = self.roots(name, way, instead)
                verdict = Verdict.CARRIED if roots else Verdict.CORRECT
                return Judgement(verdict, best[1].value, roots=roots, way=way, instead_of=tuple(instead))
        return None

    def _is_too_far(self, name: str, written: Fraction, value: Fraction, half_unit: Fraction) -> bool:
        """Whether rounding explains an answer only as long as nobody knows what it was worked out from."""
        if self.shown is self.fitter or abs(written - value) <= CLOSE * abs(value):
            return False
        if self._is_coarse(name, written, value, half_unit):
            return False
        if name in self.sheet.loose:
            truth = self.setting.truth[name]
            return abs(written - truth) > CLOSE * abs(truth)
        found = (self.shown.fitted(name, written, reckoning) for reckoning in self.own)
        return all(fitted is None or fitted.fit is Fit.OFF for fitted in found)

    def is_hardly_off(self, name: str, should_be: Iterable[Fraction]) -> bool:
        """Whether a number is almost one that it should be, where all before it can be read off a screen."""
        written = self.sheet.values[name]
        return self.on_screen and any(
            abs(written - value) <= CLOSE * size_of_work(self.setting, name, value) for value in should_be
        )

    def is_coarse(self, name: str, value: Fraction) -> bool:
        """Whether what is written for this value has too few digits to say anything."""
        return self._is_coarse(name, self.sheet.values[name], value, self.sheet.half_units[name])

    def _is_coarse(self, name: str, written: Fraction, value: Fraction, half_unit: Fraction) -> bool:
        """Whether so few digits say nothing: of an update it is the change that must be seen."""
        if abs(written - value) <= slack(value):
            return False
        return half_unit * COARSE > size_of_work(self.setting, name, value)

    def _is_trivial(self, name: str, written: Fraction, value: Fraction, way: int) -> bool:
        """Whether the learner's own wrong entry left nothing to work out here.

        The whole result is 0; a given number is kept as it is; a wrong factor of 1 hands a number on; or what goes in
        was copied from its own line.
        """
        truth = self.setting.truth.get(name)
        if value == 0 and truth != 0:
            return True
        held = self.own[way].held
        sources = self.own[way].sources(name)
        if any(source in self.setting.base and rational(held[source]) == written != truth for source in sources):
            return True
        wrong = [source for source in sources if self._is_wrong(source)]
        if any(self._is_copied(source, self.found[source].way) for source in wrong):
            return True
        ones = [source for source in wrong if abs(self.sheet.values[source]) == 1]
        return any(abs(rational(held[other])) == abs(written) for one in ones for other in sources if other != one)

    def _is_copied(self, name: str, way: int) -> bool:
        """Whether a wrong entry is a given number of its own line; a small whole number is so by chance."""
        written, base = self.sheet.values[name], self.setting.base
        if written.denominator == 1:
            return False
        sources = (source for source in self.own[way].sources(name) if source in base)
        return any(rational(base[source]) == written for source in sources)

    def _note_stock_answers(self) -> None:
        """One number for several different quantities was written without working anything out: it earns nothing.

        Units that are alike rightly have the same numbers, wrong ones too.
        """
        meant: dict[Fraction, list[Fraction | None]] = {}
        for name, said in self.found.items():
            if said.verdict is Verdict.WRONG:
                meant.setdefault(self.sheet.values[name], []).append(self.setting.truth.get(name))
        written = Counter(self.sheet.values[name] for name in self.found)
        stock = {
            number
            for number, truths in meant.items()
            if len(set(truths)) >= REPEATED
            # Where units are alike, there are few different quantities: then it is most of the sheet that tells.
            or (len(truths) >= REPEATED and written[number] * 2 > len(self.found))
        }
        for name, said in self.found.items():
            of_many = self.sheet.values[name] in stock
            if of_many and (said.roots or said.verdict is Verdict.WRONG):
                self.found[name] = replace(said, is_stock=True)

    def _is_wrong(self, name: str) -> bool:
        return name in self.found and self.found[name].verdict is Verdict.WRONG
