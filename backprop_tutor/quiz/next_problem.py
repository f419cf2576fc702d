"""Which problem to take next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

DIFFICULTIES = ("easy", "medium", "hard")
ENOUGH = 2
"""After so many problems of one difficulty comes the next one."""

TRAINS: Mapping[str, frozenset[str]] = {
    "weighted-sum": frozenset({"folded-bias", "shared-bias", "single-unit"}),
    "activation": frozenset({"single-unit", "saturation", "deep"}),
    "loss": frozenset({"loss", "cross-entropy", "squared-error", "outlier"}),
    "value": frozenset({"expression", "circuit"}),
    "loss-slope": frozenset({"loss", "cross-entropy", "squared-error", "outlier", "regression"}),
    "activation-slope": frozenset({"saturation", "vanishing-gradient", "dead-unit", "kink"}),
    "local-slope": frozenset({"circuit", "chain-rule", "expression"}),
    "output-error-signal": frozenset({"cross-entropy", "classification", "several-outputs"}),
    "error-signal": frozenset({"deep", "vanishing-gradient", "several-outputs"}),
    "back-through-weights": frozenset({"deep", "several-outputs"}),
    "sum-over-paths": frozenset({"several-paths", "shared-subexpression", "several-outputs", "shared-weight"}),
    "weight-gradient": frozenset({"update", "regression", "classification"}),
    "bias-gradient": frozenset({"folded-bias", "shared-bias", "update"}),
    "input-gradient": frozenset({"chain-rule", "gradient"}),
    "gradient": frozenset({"chain-rule", "expression", "several-paths"}),
    "update": frozenset({"update"}),
}
"""The tags of problems on which a kind of step is practised."""


PARTS = {
    "forward": frozenset({"weighted-sum", "activation", "loss", "value"}),
    "update": frozenset({"update"}),
    "backward": frozenset(TRAINS) - {"weighted-sum", "activation", "loss", "value", "update"},
}
"""Which kinds of steps each part of a derivation holds."""


class ProblemHead(Protocol):
    """What has to be known of a problem: ``tags`` are separated by commas."""

    @property
    def name(self) -> str:
        """The bundled name."""

    @property
    def topic(self) -> str:
        """The folder."""

    @property
    def tags(self) -> str:
        """The tags, separated by commas."""

    @property
    def difficulty(self) -> str:
        """One of ``DIFFICULTIES``, or empty."""


def next_problem(
    heads: Sequence[ProblemHead],
    done: Sequence[str],
    shaky: Collection[str] = (),
    trains: Mapping[str, Collection[str]] = TRAINS,
    hard: Mapping[str, int] | None = None,
) -> str | None:
    """The name of the problem to take next; None when all are done.

    ``done`` are names in the order in which they were done, ``shaky`` the kinds of steps that need another look.
    Without any done, it is the easy problem that is most like all others.  Then the difficulty goes up by one when
    ``ENOUGH`` problems as hard as the last one are done and nothing is shaky, and else stays.  What trains most of the
    shaky kinds comes first, then what is most like the last one.  Of equals, the first.

    Where something was ``hard`` in the quiz that has just ended (kinds of steps, and how often), what trains most of
    that comes before all this, among the problems that are not much harder or easier than the last one.
    """
    left = [head for head in heads if head.name not in set(done)]
    by_name = {head.name: head for head in heads}
    last = next((by_name[name] for name in reversed(done) if name in by_name), None)
    common = Counter(tag for head in heads for tag in _tags(head))
    wanted = [frozenset(trains.get(skill, ())) for skill in sorted(set(shaky))]

    alike = sum(_rank(by_name[name]) == _rank(last) for name in set(done) & by_name.keys()) if last else 0
    harder = alike >= ENOUGH and not wanted

    def likeness(head: ProblemHead) -> tuple[float, ...]:
        tags = _tags(head)
        trained = sum(bool(tags & each) for each in wanted)
        at_hand = sum(often for skill, often in (hard or {}).items() if tags & frozenset(trains.get(skill, ())))
        typical = sum(common[tag] for tag in tags) / len(tags) if tags else 0.0
        if last is None:
            return (-_rank(head), at_hand, trained, typical)
        aim = min(_rank(last) + harder, len(DIFFICULTIES) - 1)
        # A shared topic weighs as much as a shared tag.
        near = len(tags & _tags(last)) + (head.topic == last.topic)
        away = abs(_rank(head) - aim)
        return (away < 2 or not hard, at_hand, trained, near - 2 * away, typical)

    best = max(left, key=likeness, default=None)
    return None if best is None else best.name


def part_of(hard: Collection[str], head: ProblemHead) -> str:
    """The part of the derivation in which all that was hard lies, where this problem has it; empty for none."""
    part = next((part for part, skills in PARTS.items() if hard and set(hard) <= skills), "")
    return "" if part == "update" and part not in _tags(head) else part


def _tags(head: ProblemHead) -> frozenset[str]:
    return frozenset(tag.strip() for tag in head.tags.split(",") if tag.strip())


def _rank(head: ProblemHead) -> int:
    """The difficulty as a number; what is not said lies in the middle."""
    return DIFFICULTIES.index(head.difficulty) if head.difficulty in DIFFICULTIES else 1
