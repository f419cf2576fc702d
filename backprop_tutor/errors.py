"""The two kinds of trouble that a person at the keyboard is told about, each in plain sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .model.problem import Finding


class TutorError(Exception):
    """A command or file could not be used: one sentence that says what and how to repair it (exit code 2)."""


class ProblemError(TutorError):
    """A problem file that cannot be used, with all findings at once.

    ``text`` is the file's text, so that the lines at fault can be shown.
    """

    def __init__(self, findings: tuple[Finding, ...], text: str = "") -> None:
        super().__init__("; ".join(finding.message for finding in findings))
        self.findings = findings
        self.text = text


class UndefinedValueError(ArithmeticError):
    """A formula has no value at this point (logarithm of 0, division by 0, overflow): what, and why.

    Raised by arithmetics, which know no places; whoever knows the place turns it into a ``Finding``.
    """


class BeyondLimitsError(UndefinedValueError):
    """There may well be a value, but it is beyond what is computed here."""
