"""The commands of somebody who learns: quiz, new, progress."""

from __future__ import annotations

from typing import Annotated

import typer

from .options import AsciiOption, ForceOption, NoShortcutOption, NotationOption, ProblemArgument


def quiz(
    problem: Annotated[str, typer.Argument(help="A bundled problem's name, or a path.")],
    mode: Annotated[
        str, typer.Option("--mode", help="practice, learn (a worked example, then fading) or test (marks at the end).")
    ] = "practice",
    symbolic: Annotated[bool, typer.Option("--symbolic", help="Ask for formulas instead of numbers.")] = False,
    only: Annotated[list[str] | None, typer.Option("--only", help="Ask this quantity and what it needs.")] = None,
    ask: Annotated[
        list[str] | None, typer.Option("--ask", help="Ask this quantity or matrix and nothing else; repeat it.")
    ] = None,
    forward: Annotated[bool, typer.Option("--forward", help="Ask the forward pass.")] = False,
    backward: Annotated[bool, typer.Option("--backward", help="Ask the backward pass.")] = False,
    update: Annotated[bool, typer.Option("--update", help="Ask the updates.")] = False,
    questions: Annotated[
        bool, typer.Option("--questions/--no-questions", help="Ask the questions about ideas, too.")
    ] = True,
    hints: Annotated[str, typer.Option("--hints", help="How hints help: ladder or line_first.")] = "",
    restart: Annotated[bool, typer.Option("--restart", help="Begin anew instead of going on.")] = False,
    save: Annotated[str | None, typer.Option("--save", help="Write the session to this Markdown file.")] = None,
    seed: Annotated[
        int | None, typer.Option("--seed", min=0, max=999_999, help="Make orders and fresh numbers from this.")
    ] = None,
    notation: NotationOption = None,
    no_shortcut: NoShortcutOption = False,
    plain: Annotated[
        bool, typer.Option("--plain", help="Line by line and without pictures, for a screen reader.")
    ] = False,
    force: ForceOption = False,
    ascii_: AsciiOption = False,
) -> None:
    """Ask the quantities of a problem one after the other, mark each answer, give hints, remember progress."""
    from . import quizzing
    from .quiz_request import Request

    code = quizzing.quiz(
        Request(
            problem=problem,
            mode=mode,
            symbolic=symbolic,
            only=tuple(only or ()),
            ask=tuple(ask or ()),
            kinds=tuple(kind for kind, on in (("forward", forward), ("backward", backward), ("update", update)) if on),
            questions=questions,
            notation=notation,
            shortcut=not no_shortcut,
            hints=hints,
            restart=restart,
            seed=seed,
            save=save,
            force=force,
            plain=plain,
            ascii=ascii_,
        )
    )
    raise typer.Exit(code)


def new(
    problem: ProblemArgument,
    seed: Annotated[
        int | None, typer.Option("--seed", min=0, max=999_999_999, help="The same seed gives the same numbers.")
    ] = None,
    output: Annotated[str, typer.Option("--output", "-o", help="The file to write; - for standard output.")] = "-",
    force: ForceOption = False,
) -> None:
    """The same problem with other numbers, such as show every misconception."""
    from . import renewing

    renewing.new(problem, seed, output, force)


def progress(
    json: Annotated[bool, typer.Option("--json", help="Write it as JSON for other programs.")] = False,
    export: Annotated[bool, typer.Option("--export", help="Write everything that is kept as JSON lines.")] = False,
    output: Annotated[
        str, typer.Option("--output", "-o", help="The file for --export or --json; - for standard output.")
    ] = "-",
    forget: Annotated[bool, typer.Option("--forget", help="Delete everything that is kept, for good.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="With --forget: do not ask.")] = False,
    force: ForceOption = False,
    ascii_: AsciiOption = False,
) -> None:
    """What your quizzes say: what is shaky, what you have mastered, and which problems wait."""
    from ..quiz.skills import SKILLS
    from . import progressing

    request = progressing.Request(
        json=json, export=export, output=output, force=force, forget=forget, yes=yes, ascii=ascii_
    )
    progressing.progress(request, SKILLS)
