"""The rules by which a graph is run: the right ones, and the hooks by which others can be put in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from ..model.graph import Edge, Node
from .arithmetic import Arithmetic

T = TypeVar("T")


class Rules(Generic[T]):
    """Back-propagation as it is.

    Each method is given what the right rule needs and returns the result; a subclass that returns something
    else is a misconception, run on purpose.
    """

    def forward(self, node: Node, k: int, value: T) -> T:
        """The value of output k of a node, when ``value`` is the right one."""
        return value

    def slope(self, edge: Edge, value: T) -> T:
        """The local slope along an edge."""
        return value

    def contribution(self, edge: Edge, slope: T, incoming: T, arithmetic: Arithmetic[T]) -> T:
        """One path's share: the slope times the gradient that arrives at the edge's target."""
        return arithmetic.multiply([incoming, slope])

    def accumulate(self, name: str, contributions: Sequence[T], arithmetic: Arithmetic[T]) -> T:
        """The gradient of a value from the shares of its paths."""
        return arithmetic.add(contributions)
