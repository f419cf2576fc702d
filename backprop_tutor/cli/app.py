"""The commands.  Each reads, calls, shows and ends; what a command does not need is not imported."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from ..errors import ProblemError, TutorError
from . import learning, screen
from .options import (
    AsciiOption,
    DigitsOption,
    ExactOption,
    ForceOption,
    NoShortcutOption,
    NotationOption,
    ProblemArgument,
    RoundOption,
)

app = typer.Typer(
    name="backprop-tutor",
    help="A tutor for back-propagation: worked solutions with every step shown and every number right.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    add_completion=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version as installed

        print(installed("backprop-tutor"))
        raise typer.Exit


@app.callback()
def backprop_tutor(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Worked solutions for networks and expressions, step by step."""


@app.command()
def solve(
    problem: Annotated[str | None, typer.Argument(help="A bundled problem's name, a path, or -.")] = None,
    expr: Annotated[
        list[str] | None, typer.Option("--expr", help='Formulas instead of a file: "c = a+b; e = c*b".')
    ] = None,
    at: Annotated[str, typer.Option("--at", help="Numbers for --expr: a=2,b=1/2.")] = "",
    only: Annotated[list[str] | None, typer.Option("--only", help="Tell this quantity and what it needs.")] = None,
    forward: Annotated[bool, typer.Option("--forward", help="Tell the forward pass.")] = False,
    backward: Annotated[bool, typer.Option("--backward", help="Tell the backward pass.")] = False,
    update: Annotated[bool, typer.Option("--update", help="Tell the updates.")] = False,
    form: Annotated[str | None, typer.Option("--form", help="scalar (∂L/∂z) or delta (δ).")] = None,
    notation: NotationOption = None,
    exact: ExactOption = False,
    round_: RoundOption = None,
    digits: DigitsOption = None,
    no_shortcut: NoShortcutOption = False,
    closed_form: Annotated[
        str | None, typer.Option("--closed-form", help="One gradient as one formula of what was given.")
    ] = None,
    steps: Annotated[bool, typer.Option("--steps", help="One step at a time; Enter goes on.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Write JSON for other programs.")] = False,
    ascii_: AsciiOption = False,
) -> None:
    """The whole worked solution, every step with its rule, its formula, its numbers and its result."""
    from . import solving

    solving.solve(
        solving.Request(
            problem=problem,
            expr=tuple(expr or ()),
            at=at,
            only=tuple(only or ()),
            kinds=tuple(kind for kind, on in (("forward", forward), ("backward", backward), ("update", update)) if on),
            form=form,
            notation=notation,
            exact=exact,
            decimals=round_,
            digits=digits,
            shortcut=not no_shortcut,
            closed_form=closed_form,
            steps=steps,
            json=json,
            ascii=ascii_,
        )
    )


@app.command()
def show(problem: ProblemArgument, notation: NotationOption = None, ascii_: AsciiOption = False) -> None:
    """The problem itself: statement, data, picture, counts."""
    from . import solving

    solving.show(problem, notation, ascii_)


@app.command()
def export(
    problem: ProblemArgument,
    output: Annotated[str, typer.Option("--output", "-o", help="The file to write; - for standard output.")] = "-",
    to: Annotated[str | None, typer.Option("--to", help="The format: md or json (else the file's ending).")] = None,
    math: Annotated[str, typer.Option("--math", help="Fences for formulas: github or dollars.")] = "github",
    notation: NotationOption = None,
    exact: ExactOption = False,
    round_: RoundOption = None,
    digits: DigitsOption = None,
    no_shortcut: NoShortcutOption = False,
    worksheet: Annotated[bool, typer.Option("--worksheet", help="A sheet with blanks to fill in.")] = False,
    key: Annotated[
        bool, typer.Option("--key", help="The filled-in key; with --worksheet, a second file beside it.")
    ] = False,
    ask: Annotated[
        list[str] | None, typer.Option("--ask", help="Ask the worksheet for this quantity or matrix; repeat it.")
    ] = None,
    force: ForceOption = False,
) -> None:
    """The worked solution as a file (Markdown), or a worksheet to fill in."""
    from . import exporting

    options = {"notation": notation, "exact": exact, "decimals": round_, "digits": digits, "shortcut": not no_shortcut}
    parts = [filled for filled, wanted in ((False, worksheet), (True, key)) if wanted]
    if parts:
        exporting.worksheet(problem, output, to, math, force, parts, ask or (), **options)
        return
    if ask:
        raise TutorError("--ask chooses the blanks of a worksheet: add --worksheet or --key.")
    exporting.export(problem, output, to, math, force, **options)


@app.command()
def check(
    problem: ProblemArgument,
    sheet: Annotated[str, typer.Argument(help="A sheet, - for standard input, a folder of sheets, or a class as CSV.")],
    ask: Annotated[
        list[str] | None, typer.Option("--ask", help="This quantity or matrix counts; repeat it (else: what is there).")
    ] = None,
    notation: NotationOption = None,
    json: Annotated[
        bool, typer.Option("--json", help="Write JSON: one object, or one a line for many sheets.")
    ] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Write the feedback to hand back as Markdown.")] = False,
    output: Annotated[
        str, typer.Option("--output", "-o", help="Where the report on one sheet goes; - for standard output.")
    ] = "-",
    report: Annotated[
        str | None, typer.Option("--report", help="Many sheets: write one row a learner to this CSV file.")
    ] = None,
    feedback: Annotated[
        str | None, typer.Option("--feedback", help="Many sheets: write each learner's feedback into this folder.")
    ] = None,
    shard: Annotated[str | None, typer.Option("--shard", help="Many sheets: mark part i of n only, as in 1/4.")] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", min=1, help="Many sheets: so many processes (else: as many as help).")
    ] = None,
    force: ForceOption = False,
    ascii_: AsciiOption = False,
) -> None:
    """Mark a finished sheet: the first wrong step, what follows from it, and the idea behind it."""
    from . import checking

    code = checking.check(
        checking.Request(
            problem=problem,
            sheet=sheet,
            ask=tuple(ask or ()),
            notation=notation,
            json=json,
            markdown=markdown,
            output=output,
            report=report,
            feedback=feedback,
            shard=shard,
            jobs=jobs,
            force=force,
            ascii=ascii_,
        )
    )
    raise typer.Exit(code)


app.command()(learning.quiz)
app.command()(learning.new)
app.command()(learning.progress)


@app.command()
@app.command("list", hidden=True)
def problems(
    topic: Annotated[str, typer.Argument(help="Show only problems whose name, folder or tags contain this.")] = "",
) -> None:
    """The bundled problems."""
    from . import listing

    listing.problems(topic)


@app.command()
def validate(
    paths: Annotated[list[str], typer.Argument(help="Problem files, folders, or bundled names.")],
) -> None:
    """Check problem files: every finding with its place, both roads to every number, published numbers."""
    from . import validating

    raise typer.Exit(validating.validate(paths))


def main() -> None:
    """The entry point: exit codes 0, 1, 2 and 130 as in the contract."""
    screen.prepare()
    try:
        app()
    except ProblemError as error:
        from ..reading.findings import render

        screen.complain(render(error.findings, error.text))
        sys.exit(2)
    except TutorError as error:
        screen.complain(str(error))
        sys.exit(2)
    except (KeyboardInterrupt, RuntimeError) as error:
        # Before Python 3.12, Ctrl-C while a class is made is reported as the cause of another error.
        if not isinstance(error, KeyboardInterrupt) and not isinstance(error.__cause__, KeyboardInterrupt):
            raise
        screen.complain("")
        sys.exit(130)
