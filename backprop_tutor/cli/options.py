"""Arguments and options that several commands have."""

from __future__ import annotations

from typing import Annotated

import typer

ProblemArgument = Annotated[str, typer.Argument(help="A bundled problem's name, a path, or - for standard input.")]
NotationOption = Annotated[str | None, typer.Option("--notation", help="Notation: slides, cmu, week05, uw or olin.")]
AsciiOption = Annotated[bool, typer.Option("--ascii", help="Use plain ASCII characters only.")]
NoShortcutOption = Annotated[
    bool, typer.Option("--no-shortcut", help="Tell the last activation and the loss one after the other.")
]
RoundOption = Annotated[
    int | None, typer.Option("--round", min=0, max=30, help="Round every step to N decimals, half up.")
]
DigitsOption = Annotated[
    int | None, typer.Option("--digits", min=1, max=30, help="Round every step to N significant digits, half up.")
]
ForceOption = Annotated[bool, typer.Option("--force", help="Write over files that are there.")]
ExactOption = Annotated[bool, typer.Option("--exact", help="Show exact values beside the decimals.")]
