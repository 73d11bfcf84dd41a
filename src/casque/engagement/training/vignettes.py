"""Training: situations made from the rules in force for a contingent, each with one question and its right answer.

Questions stand near the edge: one change away from a situation with another answer, so that the answer turns on one thing. They are
drawn so that answers, lessons and measures take turns; one in every set is about self-defence where all other force is barred.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random

from casque.engagement.law import Law, RuleTable, Soldiers, law_of
from casque.engagement.request import SELF_DEFENCE
from casque.engagement.training.neighbours import Candidate, candidates, fights, possible
from casque.engagement.training.pocket import contingent, words_of
from casque.engagement.weigh import INHERENT, weigh
from casque.errors import BadInput
from casque.mission.engagement import HOURS_OF_DAY
from casque.mission.mission import Mission
from casque.mission.vocabulary import Capability, Circumstance
from casque.plan.card import Vignette, VignetteSet, Word
from casque.reference.load import Reference

MOST_UNITS = 5
"""Units of a contingent that questions are made for."""
MOST_QUESTIONS = 60
"""Questions of one set."""


def training_set(
    mission: Mission,
    reference: Reference,
    member: str,
    day: int,
    questions: int = 10,
    seed: int = 1,
    postings: Mapping[str, str] | None = None,
) -> VignetteSet:
    """A set of questions on a mission. `postings` says in which sector each unit serves (see `law_of`).

    Raises NoSuchItem for a member without units, BadInput for a number of questions that cannot be asked.
    """
    if not 1 <= questions <= MOST_QUESTIONS:
        raise BadInput(f"--questions is {questions}; expected 1 to {MOST_QUESTIONS}", next_step="10 is the default.")
    return vignettes(law_of(mission, reference, postings), mission, member, day, questions, seed)


def vignettes(law: Law, mission: Mission, member: str, day: int, questions: int = 10, seed: int = 1) -> VignetteSet:
    """A set of questions on the rules in force for a contingent on a day; fewer than asked for where the rules give no more.

    The same arguments give the same set. Raises NoSuchItem for a member without units.
    """
    draw = Random(seed)
    units = _units(contingent(law, member), draw)
    pool = [
        item
        for tables in law.measures.values()
        if any(table.rule.permits for table in tables)
        for table in tables
        if any(first <= day <= last for first, last in table.days)
        for unit in units
        if unit.id in table.units
        for item in candidates(law, table, unit.id, day)
        if possible(item.request) and not _misleading(law, item)
    ]
    draw.shuffle(pool)
    asked = _chosen(pool, max(0, questions - 1))
    inherent = next((item for item in pool if item.weighed.answer == "prohibited"), pool[0] if pool else None)
    made = [_vignette(law, mission, item, draw) for item in asked]
    if inherent is not None and questions > 0:
        made.insert(draw.randrange(len(made) + 1), _self_defence(law, mission, inherent, draw))
    numbered = tuple(item.model_copy(update={"number": number}) for number, item in enumerate(made, 1))
    return VignetteSet(member=member, day=day, seed=seed, vignettes=numbered)


def _misleading(law: Law, item: Candidate) -> bool:
    """Whether silence forbids what a reader of the situation would rightly do: that teaches nothing.

    So it is where the rules let as much force or more be used by another name, and where a weapon is used against people and no threat to
    life is written down only because the rule is being tried without it.
    """
    request = item.request
    if item.weighed.answer != "prohibited" or item.weighed.bars:
        return False
    threatened = replace(request, given=request.given | {Circumstance.IMMINENT_THREAT})
    if Circumstance.HOSTILE_ACT in request.given and weigh(law, threatened).answer != "prohibited":
        return True
    if not item.table.rule.family.startswith("1"):
        return False
    rank = law.force[request.measure]
    return any(
        law.force[measure] >= rank and weigh(law, replace(request, measure=measure)).answer != "prohibited"
        for measure, tables in law.measures.items()
        if measure != request.measure and any(table.rule.permits and table.rule.family.startswith("1") for table in tables)
    )


def _units(units: Sequence[Soldiers], draw: Random) -> list[Soldiers]:
    """Some units of a contingent, of different capabilities as far as there are; those that meet people first."""
    fighting = [unit for unit in units if fights(unit)] or list(units)
    by_kind: dict[frozenset[Capability], list[Soldiers]] = {}
    for unit in fighting:
        by_kind.setdefault(unit.capabilities, []).append(unit)
    found: list[Soldiers] = []
    while by_kind and len(found) < MOST_UNITS:
        for kind in list(by_kind):
            found.append(by_kind[kind].pop(draw.randrange(len(by_kind[kind]))))
            if not by_kind[kind]:
                del by_kind[kind]
    return found[:MOST_UNITS]


def _chosen(pool: Sequence[Candidate], wanted: int) -> list[Candidate]:
    """So many candidates that answers, lessons, measures and rules take turns: always one of what was asked least so far."""
    counts: Counter[str] = Counter()
    left, found, seen = list(pool), list[Candidate](), set[object]()
    while left and len(found) < wanted:
        best = min(left, key=lambda item: _staleness(counts, item))
        left.remove(best)
        if best.request in seen:
            continue
        seen.add(best.request)
        found.append(best)
        counts.update(_marks(best))
    return found


def _marks(item: Candidate) -> tuple[str, str, str, str]:
    return (
        f"answer {item.weighed.answer}",
        f"lesson {item.lesson}",
        f"measure {item.request.measure}",
        f"case {item.table.rule.id} {item.lesson} {item.weighed.answer}",
    )


def _staleness(counts: Counter[str], item: Candidate) -> tuple[int, int, int]:
    answer, lesson, measure, case = (counts[mark] for mark in _marks(item))
    return answer + lesson + 3 * case, measure, 0 if item.change is not None else 1


def _vignette(law: Law, mission: Mission, item: Candidate, draw: Random) -> Vignette:
    request = item.request
    words = _words(law, mission, item) if item.weighed.answer == "needs word" else ()
    absent: tuple[Circumstance, ...] = ()
    if item.change is not None and item.change.sign == "+" and item.change.lesson in ("circumstance", "reach"):
        absent = (Circumstance(item.change.value),)
    return Vignette(
        number=0,
        lesson=item.lesson,
        unit=request.unit,
        measure=request.measure,
        rule=item.table.rule.id,
        sector=request.sector,
        own_sector=law.units[request.unit].sector,
        place=request.place or _place(law, request.sector, draw),
        day=request.day,
        hour=_hour(law, item, draw),
        given=tuple(case for case in Circumstance if case in request.given),
        absent=absent,
        protecting=request.protecting,
        answer=item.weighed.answer,
        decided_by=item.weighed.decided_by,
        words=words,
        offered=" + ".join(dict.fromkeys(word.by for word in words)) or _somebody(mission, law, item.table, request.sector),
        change=str(item.change) if item.change is not None else "",
        otherwise=item.otherwise.answer if item.otherwise is not None else None,
    )


def _self_defence(law: Law, mission: Mission, item: Candidate, draw: Random) -> Vignette:
    """The question about self-defence, in a situation in which other force is barred."""
    attacked = frozenset({Circumstance.HOSTILE_ACT, Circumstance.OUT_OF_REACH})
    situation = replace(item.request, measure=SELF_DEFENCE, given=attacked, protecting=None)
    changed = replace(item, request=situation, weighed=INHERENT, lesson=SELF_DEFENCE, change=None, otherwise=None)
    return _vignette(law, mission, changed, draw).model_copy(update={"rule": ""})


def _words(law: Law, mission: Mission, item: Candidate) -> tuple[Word, ...]:
    """The words that are needed: those that lift caveats, and where no permission speaks, the quickest on a limitation."""
    lifting = words_of(law, mission, item.request, None)
    if item.weighed.permissions:
        return lifting
    given = [word for table in item.weighed.limitations for word in words_of(law, mission, item.request, table) if not word.caveat]
    return (*lifting, *([min(given, key=lambda word: word.hours)] if given else []))


def _place(law: Law, sector: str, draw: Random) -> str:
    """A place of the sector that no rule and no caveat singles out, so that it changes no answer."""
    named = {place for tables in (*law.measures.values(), law.bounds) for table in tables for place in table.places}
    named |= {place for tables in law.caveats.values() for table in tables for place in table.places}
    places = sorted(place for place, there in law.places.items() if there == sector and place not in named)
    return draw.choice(places) if places else ""


def _hour(law: Law, item: Candidate, draw: Random) -> int:
    """An hour of the day at which every rule and caveat holds that holds at the hour of the situation, and no other."""
    masks = {table.hours for tables in (*law.measures.values(), law.bounds) for table in tables}
    masks |= {table.hours for tables in law.caveats.values() for table in tables}
    hour = item.request.hour
    return draw.choice([other for other in range(HOURS_OF_DAY) if all(mask >> other & 1 == mask >> hour & 1 for mask in masks)])


def _somebody(mission: Mission, law: Law, table: RuleTable, sector: str) -> str:
    """Whose word the middle option names where none is needed: the rule's holder, or a caveat's, or the post of the sector."""
    posts = {post.id: post.name for post in mission.alliance.command_posts}
    if table.rule.held_by is not None:
        return posts.get(table.rule.held_by, table.rule.held_by)
    near = next((post.name for post in mission.alliance.command_posts if post.sector == sector), "")
    return near or next((other.rule.held_by for tables in law.measures.values() for other in tables if other.rule.held_by), "") or "-"
