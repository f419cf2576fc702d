"""The mean squared error."""

from __future__ import annotations

from dataclasses import dataclass

from .squared_error import SquaredError


@dataclass(frozen=True)
class MeanSquaredError(SquaredError):
    """Average the squared distances between outputs and targets.

    Why we use it: unlike the sum, it does not grow with the number of outputs, so losses can be compared.
    Slope: 2(ŷ - y)/n for each of the n outputs.
    Watch out: the mean is over the outputs of one example; a mean over examples is another matter.
    """

    title = "Mean squared error"

    mean: bool = True
