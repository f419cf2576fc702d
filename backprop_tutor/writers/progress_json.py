"""Progress for other programs: what the evidence says as one object, and everything that is kept line by line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping

from ..model.progress import Outcome, Overview
from ..model.record import Record, Sitting


def write(overview: Overview, titles: Mapping[str, str], time: Callable[[float], str]) -> str:
    """One object: ``skills`` (shaky ones first), ``problems`` and ``next_problem``; times as ``time`` writes them."""
    skills = [
        {
            "skill": state.skill,
            "title": titles.get(state.skill, state.skill),
            "level": state.level.value,
            "reason": state.reason.value if state.reason is not None else None,
            "probability": round(state.probability, 3),
            "asked": state.asked,
            "right_at_first_try": state.count(Outcome.RIGHT),
            "right_after_hint": state.count(Outcome.HINTED),
            "right_with_answer_seen": state.count(Outcome.SEEN),
            "put_right": state.count(Outcome.REPAIRED),
            "wrong": state.count(Outcome.WRONG),
            "shown": state.count(Outcome.SHOWN),
            "last_answers": [outcome.value for outcome in state.lately],
            "misconceptions": [
                {
                    "ids": [idea.id for idea in seen.ideas],
                    "titles": [idea.title or idea.id for idea in seen.ideas],
                    "times": seen.times,
                }
                for seen in state.ideas
            ],
            "last": time(state.last) if state.last else None,
            "right_answers_missing": state.missing,
        }
        for state in overview.skills
    ]
    problems = [
        {
            "problem": each.problem,
            "title": each.title,
            "done": each.done,
            "right_at_first_try": each.right if each.out_of else None,
            "out_of": each.out_of if each.out_of else None,
            "begun": each.begun,
            "answered": each.answered if each.begun else None,
            "chosen": each.plan if each.begun else None,
            "last": time(each.last),
        }
        for each in overview.undertakings
    ]
    found = {"skills": skills, "problems": problems, "next_problem": overview.next_problem or None}
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def export(sittings: Iterable[Sitting], records: Iterable[Record], time: Callable[[float], str]) -> str:
    """JSON lines: every quiz that was begun, then everything that happened, each in the order of keeping."""
    lines: list[dict[str, object]] = [
        {
            "kind": "quiz",
            "quiz": each.session,
            "time": time(each.at),
            "seconds": each.at,
            "problem": each.problem,
            "title": each.title,
            "fingerprint": each.fingerprint,
            "chosen": each.plan,
            "seed": each.seed,
        }
        for each in sittings
    ]
    lines += [
        {
            "kind": "event",
            "quiz": each.session,
            "time": time(each.at),
            "seconds": each.at,
            "what": each.what.value,
            "asked": each.item,
            "skill": each.skill,
            "given": each.given,
            "verdict": each.verdict,
            "misconceptions": [idea.id for idea in each.ideas],
            "misconception_titles": [idea.title for idea in each.ideas],
            "wrong_tries_before": each.tries,
            "hints_before": each.rung,
            "choices": each.choices,
        }
        for each in records
    ]
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
