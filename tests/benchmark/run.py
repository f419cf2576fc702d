"""The speed of the tutor as ratios: ``python tests/benchmark/run.py [PART ...]``.

The parts are processes, edges, sympy, marking, quiz and learners (how soon a wrong idea is named in a quiz).
Every run is interleaved with what it is compared with, and medians are printed, for the machine may be busy.
"""

from __future__ import annotations

import argparse
import sys
from itertools import combinations
from pathlib import Path

PARTS = ("processes", "edges", "sympy", "marking", "quiz", "learners")


def main() -> None:
    """Measure the parts that are asked for (all of them without a word) and print the ratios."""
    parser = argparse.ArgumentParser(description="Measure the speed of backprop-tutor; ratios are printed.")
    parser.add_argument("parts", nargs="*", help=f"some of: {', '.join(PARTS)} (default: all)")
    parser.add_argument("--rounds", type=int, default=7, help="rounds of which the median is taken")
    parser.add_argument("--family", default="", help="measure only families or problems with this in their name")
    parser.add_argument("--largest", type=int, default=10_000, help="edges of the largest problem")
    parser.add_argument("--seeds", type=int, default=1, help="drawings of each problem of the simulated class")
    parser.add_argument("--missed", type=int, default=0, help="sheets of the class to print that were misjudged")
    options = parser.parse_args()
    parts = options.parts or PARTS
    if unknown := set(parts) - set(PARTS):
        parser.error(f"there is no part {sorted(unknown)[0]}")
    if "processes" in parts:
        _processes(options.rounds)
    if "sympy" in parts:
        _sympy(options.rounds)
    if "edges" in parts:
        _edges(options.rounds, options.family, options.largest)
    if "marking" in parts:
        _marking(options.seeds, options.family, options.missed)
    if "quiz" in parts:
        _quiz(options.rounds)
    if "learners" in parts:
        _learners(options.family, options.missed)


def _processes(rounds: int) -> None:
    from processes import processes

    print("Whole processes, against a process that only imports")
    for name, ratio, target, words in processes(rounds):
        print(f"  {name:24} {ratio:6.2f} x  (target: at most {target:.1f})  {_verdict(ratio <= target)}  {words}")


def _sympy(rounds: int) -> None:
    from statistics import median

    from composed import SIZES, against_sympy

    print(f"A {'-'.join(map(str, SIZES))} tanh network, against sympy.diff of the composed loss for every weight")
    measured = [against_sympy() for _ in range(min(rounds, 3))]
    for index, what in enumerate(("sympy.diff and the numbers put in", "sympy.diff alone")):
        ratio = median(found[index] for found in measured)  # type: ignore[type-var]
        print(f"  {what:34} {ratio:4.0f} x  (target: at least 100)  {_verdict(ratio >= 100)}")  # type: ignore[operator]
    print(f"  {measured[-1][2]}")


def _edges(rounds: int, family: str, largest: int) -> None:
    from edges import FAMILIES, STAGES, edges

    print(
        "Microseconds per edge of the graph, and how much dearer an edge is in a larger graph (target: at most 1.5 x)"
    )
    for name in FAMILIES:
        if family not in name:
            continue
        sizes, found = edges(name, rounds, largest)
        print(f"  {name}: {', '.join(f'{size:,}' for size in sizes)} edges")
        for stage in STAGES:
            times = [found[stage, size] for size in sizes]
            growth = max(later / earlier for earlier, later in combinations(times, 2))
            row = " ".join(f"{time * 1e6:8.0f}" for time in times)
            print(f"    {stage:10} {row}   {growth:5.2f} x  {_verdict(growth <= 1.5)}")


def _marking(seeds: int, family: str, missed: int) -> None:
    sys.path.append(str(Path(__file__).parents[1]))
    from marking import TEXTS, figures, gates, remarks, table

    print("Marking a simulated class (sheets with one fault, one wrong idea, another convention, two wrong ideas)")
    rows, total = figures(seeds, [name for name in TEXTS if family in name])
    print("\n".join(table(rows)))
    for what, rate, target, good in gates(total):
        print(f"  {what:48} {rate:6.2f} %  (target: {target})  {_verdict(good)}")
    for line in (*remarks(total), *total.missed[:missed]):
        print(f"  {line}")


def _quiz(rounds: int) -> None:
    from statistics import median

    import quizzes
    from quizzes import FIRST_QUESTION, MEDIAN, MOST, percentile

    def met(times: list[float]) -> str:
        return _verdict(median(times) <= MEDIAN and percentile(times, 99) <= MOST)

    print(f"The first question of quiz, against the whole of solve (target: at most {FIRST_QUESTION} x)")
    for name, ratio, words in quizzes.first_questions(rounds):
        print(f"  {name:24} {ratio:6.2f} x  {_verdict(ratio <= FIRST_QUESTION)}  {words}")
    print(f"Milliseconds from Enter to the verdict (target: median at most {MEDIAN:.0f}, 99 of 100 at most {MOST:.0f})")
    print(f"  {'':32}{'right':>8}{'wrong':>8}{'median':>8}{'99 %':>8}{'worst':>8}{'next question':>15}")
    every: list[float] = []
    busy: list[float] = []
    cases = [(name, False) for name in quizzes.ANSWERED] + [(name, True) for name in quizzes.IN_LETTERS]
    for (name, symbolic), times in zip(cases, quizzes.in_processes(cases), strict=True):
        every += times.both
        busy += times.busy
        figures = (median(times.right), median(times.wrong), median(times.both), percentile(times.both, 99))
        cells = "".join(f"{figure:8.1f}" for figure in (*figures, max(times.both)))
        print(f"  {name + (' (formulas)' if symbolic else ''):32}{cells}{median(times.questions):15.1f}")
    for what, found in (
        (f"all {len(every)} answers", every),
        ("of these, the processor busy", busy),
        ("over a pipe, to the next prompt", quizzes.over_a_pipe(quizzes.FIRST[0])),
    ):
        print(f"  {what:32} median {median(found):6.1f}, 99 % {percentile(found, 99):6.1f}  {met(found)}")


def _learners(family: str, missed: int) -> None:
    from believing import in_problem, table

    print("Learners with one wrong idea, in quizzes of every bundled problem")
    for line in table(in_problem(family), missed):
        print(f"  {line}")


def _verdict(good: bool) -> str:
    return "met   " if good else "MISSED"


if __name__ == "__main__":
    main()
