"""Marked sheets made by hand, for the tests of the writers: no reader and no marker."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

import support

from backprop_tutor.model.formula import Derivative, Formula, Name, Number
from backprop_tutor.model.lesson import Figure, Lesson
from backprop_tutor.model.marking import Entry, Experiment, Explanation, Line, Marks, Report, Verdict
from backprop_tutor.model.problem import Finding, Span
from backprop_tutor.model.sheet import Answer

HOSTILE = (
    "[bold]x[/] [/] [link=http://e.x]y[/link] \x1b]8;;http://e.x\x1b\\z\x1b[31m :smile: C:\\[a] \u202eevil a[i] \x07"
    "\u05d0\u05d1 <b>|`$&\u2028\x85\tend"
)
"""Markup, escape sequences, a direction override, right-to-left letters, line separators, a tab."""

PRINTED = {
    "z1_1": "0.25", "z1_2": "0.41", "a1_1": "0.562", "a1_2": "0.601", "z2_1": "1.185", "yhat": "0.766", "L": "0.267",
    "dL/dyhat": "-0.234", "dL/dz2_1": "-0.234", "dL/dw2_11": "-0.131", "dL/dw2_12": "-0.141",
    "da1_1/dz1_1": "0.247", "dL/dz1_1": "-0.0346", "da1_2/dz1_2": "0.240", "dL/dz1_2": "-0.0505",
    "dL/dw1_11": "-0.0173", "dL/dw1_12": "-0.00346", "dL/dw1_21": "-0.0253", "dL/dw1_22": "-0.00505",
    "dL/db1_1": "-0.0346", "dL/db1_2": "-0.0505", "new_w2_11": "0.60131", "new_w2_12": "0.90141",
    "new_b2_1": "0.30234", "new_w1_11": "0.200173", "new_w1_12": "0.400035", "new_w1_21": "0.300253",
    "new_w1_22": "0.700051", "new_b1_1": "0.100346", "new_b1_2": "0.200505",
}  # fmt: skip
"""What the slides print for their third example."""
_WRONG = {"z1_1": "0.24", "z1_2": "0.42", "z2_1": "1.1781", "dL/dyhat": "-1.30548", "da1_1/dz1_1": "0.246156"}
_IMPRECISE = {"dL/dw2_11": "-0.131508", "dL/dz1_1": "-0.0346788"}
_BEHIND = {"a1_1": ("z1_1",), "a1_2": ("z1_2",)}


def lesson() -> Lesson:
    """The third example of the slides, without the shortcut."""
    return support.lesson("slides-example-3", False)


def answer(written: str) -> Answer:
    """A decimal number as it was written."""
    number = Fraction(written)
    places = len(written.partition(".")[2])
    return Answer(written, Number(number, written), Fraction(1, 2 * 10**places), digits=places)


def figure(shown: str) -> Figure:
    """A figure that is whole as it is shown."""
    return Figure(shown, shown)


def entries(told: Lesson, given: Mapping[str, str]) -> tuple[Entry, ...]:
    """An entry for each step: right if it is given, else missing and not asked for."""
    return tuple(
        Entry(
            name=step.name,
            kind=step.kind,
            quantity=step.quantity,
            verdict=Verdict.CORRECT if step.name in given else Verdict.MISSING,
            given=answer(given[step.name]) if step.name in given else None,
            expected=told.figures[step.name],
            asked=step.name in given,
            strict=step.name in given,
            earned=step.name in given,
        )
        for step in told.steps
    )


def report(
    changes: Mapping[str, Mapping[str, object]],
    given: Mapping[str, str] = PRINTED,
    *,
    explanations: Iterable[Explanation] = (),
    learner: str = "ada.yaml",
    **more: object,
) -> Report:
    """A report on the third example whose entries are right but for these changes of their fields."""
    told = lesson()
    found = tuple(replace(entry, **changes.get(entry.name, {})) for entry in entries(told, given))  # type: ignore[arg-type]
    counted = [entry for entry in found if entry.asked]
    first = next((entry.name for entry in found if entry.verdict is Verdict.WRONG), None)
    marks = Marks(sum(entry.strict for entry in counted), sum(entry.earned for entry in counted), len(counted))
    fields: dict[str, object] = {"first_error": first, "explanations": tuple(explanations), **more}
    return Report(told, learner, found, marks, **fields)  # type: ignore[arg-type]


def wrong(name: str, should_be: str, **more: object) -> dict[str, object]:
    """The changes of a wrong entry: the right line is made from what the slides print."""
    told = lesson()
    figures = {**told.figures, **{n: figure(text) for n, text in PRINTED.items()}}
    tree = next(step.equation.symbols[-1] for step in told.steps if step.name == name)
    return {
        "verdict": Verdict.WRONG,
        "strict": False,
        "earned": False,
        "from_yours": figure(should_be),
        "right": Line(tree, figures, figure(should_be)),
        **more,
    }


def carried(*behind: str, from_yours: str) -> dict[str, object]:
    """The changes of an entry that is right from the learner's own values."""
    return {
        "verdict": Verdict.CARRIED,
        "strict": False,
        "follows_from": behind,
        "from_yours": figure(from_yours),
        "message": ("Right from your own ", Name(behind[0]), "."),
    }


def slides() -> Report:
    """The slides' own numbers: five wrong steps, two imprecise ones, and everything else follows."""
    roots = ("z1_1", "z1_2", "z2_1")
    changes: dict[str, dict[str, object]] = {}
    for name in PRINTED:
        changes[name] = carried(*_BEHIND.get(name, roots), from_yours=PRINTED[name] + "01")
    for name, text in _IMPRECISE.items():
        message = (f"From your own earlier numbers this is {text}. Keep one digit more than you write down.",)
        changes[name] = {
            "verdict": Verdict.IMPRECISE, "strict": False, "from_yours": figure(text), "message": message,
            "follows_from": roots,
        }  # fmt: skip
    for name, text in _WRONG.items():
        changes[name] = wrong(name, text, message=(f"Your own earlier numbers give {text} here.",))
    changes["z1_2"] |= {"message": ("Two neighbouring digits are swapped.",), "slip": "digits swapped"}
    changes["dL/dyhat"] |= {
        "slip": "number of another step",
        "message": ("This number is ", Derivative("L", "z2_1"), ", not ", Derivative("L", "yhat"), "."),
        "experiment": Experiment(
            (
                "If ",
                Derivative("L", "yhat"),
                " were -0.234, moving ",
                Name("yhat"),
                " by 0.01 would change ",
                Name("L"),
            ),
            "-0.00234",
            "-0.0130",
        ),
    }
    return report(changes, learner="slides.yaml")


def right() -> Report:
    """Every step right."""
    return report({}, {name: figure.shown for name, figure in _figures().items()})


def _figures() -> dict[str, Figure]:
    told = lesson()
    return {step.name: told.figures[step.name] for step in told.steps}


REPAIR = ("Each δ of the next layer counts as much as the weight on that connection: multiply by it.",)
BACK = Explanation("M27", "Weight on the way back left out", REPAIR, ("dL/da1_1", "dL/da1_2"), 1)
SLOPE = Explanation("M01", "Slope of the activation left out", ("Multiply by the slope.",), ("dL/dz1_1",), 2)
OTHER = Explanation("M03", "Slope taken at the output", ("The slope is taken at z.",), ("dL/dz1_1",), 2)
HALF = Explanation("M19", "Loss without the half", ("Here the loss has a half.",), ("L",), 3, convention=True)


def with_ideas() -> Report:
    """One idea that is certain, two that are tied, another convention, an unreadable line, unknown names."""
    delta = Derivative("L", "z2_1")
    yours = Line(delta, {"dL/dz2_1": figure("-0.2352")}, figure("-0.2352"))
    given = {"z1_1": "0.24", "L": "0.5364", "dL/dz2_1": "-0.2352", "dL/da1_1": "-0.2352", "dL/da1_2": "-0.2352",
             "dL/dz1_1": "-0.1411", "dL/dw1_11": "0"}  # fmt: skip
    return report(
        {
            "dL/da1_1": wrong("dL/da1_1", "-0.1411", yours=yours, misconception="M27", message=REPAIR),
            "dL/da1_2": wrong("dL/da1_2", "-0.2117", yours=yours, misconception="M27", message=REPAIR),
            "dL/dz1_1": wrong("dL/dz1_1", "-0.0348", misconception="M01/M03", message=("Several ideas.",)),
            "dL/dw1_11": {
                "verdict": Verdict.UNREADABLE, "strict": False, "earned": False,
                "given": Answer("3,14", None, trouble="a comma is no decimal point", repair="Write 3.14."),
                "message": ("A comma is no decimal point. Write 3.14.",),
            },
            "dL/dw1_12": {"asked": True},
            "L": {"verdict": Verdict.OTHER_CONVENTION, "strict": False, "misconception": "M19",
                  "message": ("The half is left out.",)},
        },
        given,
        explanations=(BACK, SLOPE, OTHER, HALF),
        ask_next="da1_1/dz1_1",
        unknown=(Finding("'z3_1' is no step of this problem", Span("ada.yaml", 9, 1, 5), "Did you mean z2_1?"),),
    )  # fmt: skip


def symbolic() -> Report:
    """A formula where a number of the problem stays a symbol: one right, one wrong."""
    base = report({}, {})
    first, second, *rest = base.entries
    product: Formula = Name("x1") * Name("w1_11")
    first = replace(
        first, expected=None, formula=product, given=Answer("w1_11*x1", product), verdict=Verdict.CORRECT, asked=True
    )
    second = replace(
        second, expected=None, formula=product + Name("b1_1"), given=Answer("x1 * w1_11", product),
        verdict=Verdict.WRONG, asked=True, right=Line(product + Name("b1_1"), {}), misconception="M22",
    )  # fmt: skip
    return replace(base, entries=(first, second, *rest), first_error=second.name, marks=Marks(1, 1, 2))


def hostile() -> Report:
    """Strangers' text wherever there can be any."""
    found = with_ideas()
    bad = Answer(HOSTILE * 30, None, trouble=HOSTILE, repair=HOSTILE)
    entries = tuple(
        replace(entry, given=bad, cell=HOSTILE) if entry.verdict is Verdict.UNREADABLE else
        replace(entry, message=(HOSTILE,), cell=HOSTILE) for entry in found.entries
    )  # fmt: skip
    unknown = (Finding(HOSTILE, Span("x", 1, 1, 2), HOSTILE),)
    explanations = tuple(replace(one, title=HOSTILE, repair=(HOSTILE,)) for one in found.explanations)
    told = replace(found.lesson, problem=replace(found.lesson.problem, title=HOSTILE))
    return replace(
        found, lesson=told, learner=HOSTILE, entries=entries, unknown=unknown, explanations=explanations, text=HOSTILE
    )


def nothing() -> Report:
    """A sheet without any answer."""
    return report({}, {}, learner="")


REPORTS = {
    "slides": slides,
    "right": right,
    "ideas": with_ideas,
    "symbolic": symbolic,
    "hostile": hostile,
    "nothing": nothing,
}
