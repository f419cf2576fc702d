"""Points at which two formulas are held against each other: random, but the same ones every time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import count
from random import Random

from ..engine.derivations import Derivations, leaves
from ..engine.precise import Precise
from ..engine.reckoning import Reckoning
from ..engine.update import RATE
from ..errors import UndefinedValueError
from ..model.formula import Condition, Formula, Name, names_in, total
from ..model.graph import Graph, Node, Role, Value
from ..model.op import Loss

Point = Mapping[str, Fraction]
Draw = Callable[[Random], Fraction]

DENOMINATORS = (1, 2, 4, 5, 8, 10)
FROM_A_KINK = Fraction(1, 1000)
"""Nearer to a kink nothing is compared: at the kink itself a convention decides, and not the formula."""


def _signed(size: int) -> Draw:
    return lambda random: _positive(size)(random) * random.choice((-1, 1))


def _positive(size: int) -> Draw:
    def draw(random: Random) -> Fraction:
        denominator = random.choice(DENOMINATORS)
        return Fraction(random.randint(1, size * denominator), denominator)

    return draw


def _whole(random: Random) -> Fraction:
    return Fraction(random.choice((-3, -2, -1, 1, 2, 3)))


def _inside(random: Random) -> Fraction:
    return Fraction(random.randint(1, 19), 20)


def _special(random: Random) -> Fraction:
    return Fraction(random.choice((-1, 0, 1))) if random.random() < 0.5 else _signed(3)(random)


def _mixed(random: Random) -> Fraction:
    return random.choice(MANNERS[:-1])(random)


MANNERS: tuple[Draw, ...] = (
    _whole, _signed(1), _signed(10), _positive(3), _inside, _special, _signed(30), _mixed,
)  # fmt: skip
"""How the letters of one point are drawn, in turn.  Whole numbers come first: they make the plainest witness."""

Group = tuple[str, ...]
Style = Callable[[Random, Group], dict[str, Fraction]]


def _each(draw: Draw) -> Style:
    return lambda random, group: {name: draw(random) for name in group}


def _one_hot(random: Random, group: Group) -> dict[str, Fraction]:
    chosen = random.choice(group)
    return {name: Fraction(name == chosen) for name in group}


def _shares(random: Random, group: Group) -> dict[str, Fraction]:
    parts = [random.randint(1, 9) for _ in group]
    return {name: Fraction(part, sum(parts)) for name, part in zip(group, parts, strict=True)}


STYLES: tuple[Style, ...] = (
    _each(_signed(3)),
    _each(_inside),
    _shares,
    _one_hot,
    _each(lambda random: Fraction(random.choice((-1, 1)))),
    _each(lambda random: Fraction(random.choice((0, 1)))),
)
"""What the targets of a loss may have to be: any numbers, probabilities, a distribution, one class, ±1, 0 or 1."""

TRIES_OF_A_STYLE = 4


class Sampler:
    """What is free, what is held, and where a quantity has a value and a slope.

    ``names`` are the quantity and whatever else will be asked for.

    ``letters`` are the free symbols: values without a number, and the letters in which values are given.  With
    ``free_givens`` given numbers are free too, except those that the formulas take for granted: the unit that is
    always 1, and targets of 0 or 1.
    """

    def __init__(
        self,
        names: tuple[str, ...],
        formulas: Derivations,
        graph: Graph,
        constants: Mapping[str, object],
        free_givens: bool = False,
    ) -> None:
        self.name = names[0]
        self.held: dict[str, object] = dict(constants)
        self.formulas: dict[str, Formula] = dict(formulas)
        letters: dict[str, None] = {}
        for plain, value in graph.values.items():
            if plain in formulas or plain in constants:
                continue
            if _is_letter(value, free_givens):
                letters[plain] = None
                continue
            assert value.given is not None
            if value.given.number is not None:
                self.held[plain] = value.given.number
                continue
            self.formulas[plain] = value.given.formula
            letters.update(dict.fromkeys(used for used in names_in(value.given.formula) if used not in graph.values))
        if RATE not in constants:
            letters[RATE] = None
        self.letters = tuple(name for name in letters if name not in constants)
        for used in self.behind(names):
            slope = None if used in self.formulas or used in self.held else local_slope(graph, used)
            if slope is not None:
                self.formulas[used] = slope
        self.used = self.behind(names)
        """The quantities that will be asked for, and everything that they are computed from."""
        nodes = _relevant(graph, self.behind((self.name,)))
        self._requirements = [
            requirement.condition for node in nodes for requirement in node.op.requirements(_inputs(node))
        ]
        self._kinks = [kink.at for node in nodes for kink in node.op.kinks(_inputs(node))]
        self._groups = self._targets(nodes)

    def behind(self, names: tuple[str, ...]) -> frozenset[str]:
        """These quantities and everything that they are computed from."""
        return behind(names, self.formulas, self.held)

    def reckoning(self, point: Point, digits: int) -> Reckoning:
        """Every quantity at a point, in arithmetic of so many digits."""
        return Reckoning(self.formulas, Precise(digits), {**self.held, **point})

    def is_complete(self) -> bool:
        """Whether everything that is used follows from letters and what is held."""
        return self.used <= {*self.formulas, *self.held, *self.letters}

    def points(self) -> Iterator[Point]:
        """Points without end; the same ones for the same name."""
        # A generator seeded with a text gives the same numbers in every process, which hash() does not.
        random = Random(self.name)
        grouped = [(group, self._fitting(group, random)) for group in self._groups]
        for turn in count():
            draw = MANNERS[turn % len(MANNERS)]
            point = {name: draw(random) for name in self.letters}
            for group, styles in grouped:
                point.update(styles[turn % len(styles)](random, group))
            yield point

    def sides(self, reckoning: Reckoning) -> tuple[int, ...] | None:
        """On which side of each kink a point lies; None where it is outside the domain or too near to a kink."""
        judge = Precise()
        try:
            if not all(does_hold(condition, reckoning, judge) for condition in self._requirements):
                return None
            return _sides(self._kinks, reckoning, judge)
        except (UndefinedValueError, LookupError):
            return None

    def _targets(self, nodes: list[Node]) -> list[Group]:
        """The letters behind the targets of each loss."""
        found = []
        for node in nodes:
            if isinstance(node.op, Loss):
                targets = self.behind(node.inputs[len(node.inputs) // 2 :])
                group = tuple(name for name in self.letters if name in targets)
                found += [group] if group else []
        return found

    def _fitting(self, group: Group, random: Random) -> list[Style]:
        """The ways of drawing these letters with which every requirement on them alone can hold."""
        known = {*group, *self.held}
        own = [
            condition
            for condition in self._requirements
            if all(name in known or name not in self.letters for name in self.behind(_leaves(condition)))
        ]
        styles = STYLES if len(group) > 1 else tuple(style for style in STYLES if style not in (_shares, _one_hot))
        held = {style: self._times_held(own, style, group, random) for style in styles}
        always = [style for style in styles if held[style] == TRIES_OF_A_STYLE]
        return always or [style for style in styles if held[style]] or list(styles)

    def _times_held(self, conditions: list[Condition], style: Style, group: Group, random: Random) -> int:
        judge = Precise()
        held = 0
        for _ in range(TRIES_OF_A_STYLE):
            reckoning = self.reckoning(style(random, group), 50)
            try:
                held += all(does_hold(condition, reckoning, judge) for condition in conditions)
            except (UndefinedValueError, LookupError):
                continue
        return held


def behind(
    names: tuple[str, ...], formulas: Derivations, held: Mapping[str, object] | frozenset[str] = frozenset()
) -> frozenset[str]:
    """These quantities and everything that they are computed from; nothing is looked for behind what is held."""
    found = set(names)
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in formulas and name not in held:
            new = [used for used in leaves(formulas[name]) if used not in found]
            found.update(new)
            waiting += new
    return frozenset(found)


def local_slope(graph: Graph, name: str) -> Formula | None:
    """The slope along one edge by its plain name (``dt/dx``), also where no step tells it; None: no such edge."""
    of, _, by = name.removeprefix("d").partition("/d")
    node = graph.producers().get(of)
    if node is None or by not in node.inputs or not name.startswith("d"):
        return None
    x, y = _inputs(node), tuple(Name(output) for output in node.outputs)
    k, places = node.outputs.index(of), range(len(x))
    used = [i for i in places if node.inputs[i] == by and node.op.differentiable(i, len(x))]
    try:
        return total(tuple(node.op.slope(i, k, x, y) for i in used)) if used else None
    except UndefinedValueError:
        return None


def _is_letter(value: Value, free_givens: bool) -> bool:
    given = value.given
    if given is None or given.formula == Name(value.name):
        return True
    if not free_givens or names_in(given.formula) or value.label.role is Role.CONSTANT:
        return False
    return value.label.role is not Role.TARGET or given.number not in (0, 1)


def _relevant(graph: Graph, used: frozenset[str]) -> list[Node]:
    """The nodes whose domain matters: those behind the quantity, and for a gradient all those of its loss."""
    wanted = set(used)
    for objective in (graph.objective, *graph.other_objectives):
        if any(each.startswith(f"d{objective}/d") for each in used):
            wanted.add(objective)
    found = []
    for node in reversed(graph.nodes):
        if not wanted.isdisjoint(node.outputs):
            wanted.update(node.inputs)
            found.append(node)
    return found[::-1]


def _inputs(node: Node) -> tuple[Formula, ...]:
    return tuple(Name(name) for name in node.inputs)


def _leaves(condition: Condition) -> tuple[str, ...]:
    return (*leaves(condition.left), *leaves(condition.right))


def does_hold(condition: Condition, reckoning: Reckoning, judge: Precise) -> bool:
    """Whether a condition holds at a point."""
    order = judge.compare(reckoning.at(condition.left), reckoning.at(condition.right))
    return order in {">": (1,), ">=": (0, 1), "=": (0,)}[condition.relation]


def _sides(kinks: list[Condition], reckoning: Reckoning, judge: Precise) -> tuple[int, ...] | None:
    found = []
    for kink in kinks:
        if kink.relation != "=":
            if does_hold(kink, reckoning, judge):
                return None
            continue
        left, right = reckoning.at(kink.left), reckoning.at(kink.right)
        distance = judge.add([left, judge.multiply([Fraction(-1), right])])
        if judge.compare(judge.primitive("abs", [distance]), FROM_A_KINK) < 0:
            return None
        found.append(judge.sign(distance))
    return tuple(found)
