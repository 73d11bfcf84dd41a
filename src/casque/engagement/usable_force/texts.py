"""Every text that speaks on a call, laid over the units, places and moments it speaks to."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from math import inf

import numpy as np

from casque.engagement.law import CIRCUMSTANCE_BIT, EVER, PROTECTED_BIT, CaveatTable, Days, Law, RuleTable
from casque.engagement.usable_force.calls import Ask, Call
from casque.engagement.usable_force.freedom import EVERY_ASK, Bools, Effect, Field, Hours, Text, Whole
from casque.engagement.weigh import delegated
from casque.mission.mandate import Instrument, Provision
from casque.mission.vocabulary import Circumstance, RuleKind, Season


def texts_of(law: Law, call: Call, field: Field, provision: tuple[Instrument, Provision] | None) -> tuple[Text, ...]:
    """Every text that speaks on a call somewhere in the field. `provision` is the one that a task rests on."""
    if call.inherent:
        return ()
    found = [*_gates(law, field), *_task_texts(law, call, field, provision), *_caveats(law, call, field)]
    for number, ask in enumerate(call.asks):
        found.extend(_rules(law, field, ask, number))
    return tuple(text for text in found if text.units.size and text.where.any() and text.when.any())


def _rows(field: Field, ids: Collection[str]) -> Whole:
    return np.array([number for number, unit in enumerate(field.units) if unit.id in ids], dtype=np.int64)


def _within(days: Whole, windows: Sequence[Days]) -> Bools:
    found = np.zeros(days.size, dtype=np.bool_)
    for first, last in windows:
        found |= (first <= days) & (days <= last)
    return found


def _on_clock(field: Field, hours: int) -> Bools:
    shown: Bools = (hours >> field.clock & 1).astype(np.bool_)
    return shown


def _gates(law: Law, field: Field) -> Iterator[Text]:
    everywhere = np.ones((1, len(field.spots)), dtype=np.bool_)
    for member in dict.fromkeys(unit.member for unit in field.units):
        rows = np.array([number for number, unit in enumerate(field.units) if unit.member == member], dtype=np.int64)
        for name, table in (("transfer", law.transfers), ("status", law.statuses)):
            closed = ~_within(field.days, [days for _, days in table[member]])
            yield Text(f"gate:{name}", "bars", EVERY_ASK, rows, everywhere, closed)


def _task_texts(law: Law, call: Call, field: Field, provision: tuple[Instrument, Provision] | None) -> Iterator[Text]:
    task = call.task
    everybody, always = np.arange(len(field.units), dtype=np.int64), np.ones(len(field.moments), dtype=np.bool_)
    everywhere = np.ones((1, len(field.spots)), dtype=np.bool_)
    if task is None:
        return
    if call.lawless:
        yield Text(f"task:{task.id}", "bars", EVERY_ASK, everybody, everywhere, always)
    outside = np.array([[spot.sector not in task.sectors for spot in field.spots]])
    yield Text(f"task:{task.id}", "bars", EVERY_ASK, everybody, outside, always)
    if provision is None or task.force_level.rank > provision[1].force_level.rank:
        yield Text(f"provision:{task.provision}", "bars", EVERY_ASK, everybody, everywhere, always)
        return
    instrument, rests_on = provision
    ends = [end for end in (instrument.expires, rests_on.until) if end is not None]
    last = EVER if not ends else (min(ends) - law.d_day).days
    window = ((instrument.in_force - law.d_day).days, last)
    yield Text(f"provision:{task.provision}", "bars", EVERY_ASK, everybody, everywhere, ~_within(field.days, [window]))
    if rests_on.sectors:
        beyond = np.array([[spot.sector not in rests_on.sectors for spot in field.spots]])
        yield Text(f"provision:{task.provision}", "bars", EVERY_ASK, everybody, beyond, always)


def _caveats(law: Law, call: Call, field: Field) -> Iterator[Text]:
    tables: dict[str, CaveatTable] = {}
    bound: dict[str, list[int]] = {}
    for number, unit in enumerate(field.units):
        for table in law.caveats[unit.id]:
            tables[table.caveat.id] = table
            bound.setdefault(table.caveat.id, []).append(number)
    measures = {ask.measure for ask in call.asks if not ask.crossing}
    crossing = {ask.measure for ask in call.asks if ask.crossing}
    sectors = np.array([spot.sector for spot in field.spots])
    for name in sorted(tables):
        table, rows = tables[name], bound[name]
        season = table.caveat.season
        when = _within(field.days, [table.days]) & _on_clock(field, table.hours)
        if season is not None:
            when &= np.array([law.winter(int(day)) == (season is Season.WINTER) for day in field.days])
        where = np.ones((1, len(field.spots)), dtype=np.bool_)
        if not _bars_outright(table, call, measures):
            where = np.array([[spot.sector in table.sectors or spot.place in table.places for spot in field.spots]])
            if table.caveat.bars_crossing or not table.measures.isdisjoint(crossing):
                own = np.array([field.units[row].sector for row in rows])
                where = where | ((own[:, None] != sectors[None, :]) & (own != "")[:, None])
        effect: Effect = "waits" if table.caveat.waived_by else "bars"
        hours, band = table.caveat.expected_delay, table.caveat.delay_band
        yield Text(f"caveat:{name}", effect, EVERY_ASK, np.array(rows, dtype=np.int64), where, when, hours, band)


def _bars_outright(table: CaveatTable, call: Call, measures: set[str]) -> bool:
    if not table.measures.isdisjoint(measures):
        return True
    if call.task is None:
        return False
    most = table.caveat.force_at_most
    return call.task.id in table.caveat.bars_tasks or (most is not None and most.rank < call.task.force_level.rank)


def _rules(law: Law, field: Field, ask: Ask, number: int) -> Iterator[Text]:
    given = sum(CIRCUMSTANCE_BIT[item] for item in ask.given)
    protecting = 0 if ask.protecting is None else PROTECTED_BIT[ask.protecting]
    rank = law.force[ask.measure]
    bounds = [table for table in law.bounds if rank > table.rule.force_level.rank]
    for table in (*law.measures[ask.measure], *bounds):
        if not table.met(given, protecting):
            continue
        where = np.array(
            [
                (table.sectors is None or spot.sector in table.sectors) and (not table.places or spot.place in table.places)
                for spot in field.spots
            ],
            dtype=np.bool_,
        ).reshape(1, -1)
        when = _within(field.days, table.days) & _on_clock(field, table.hours)
        effect, hours = _effect(law, field, table, ask)
        rows = _rows(field, table.units)
        if ask.crossing and rows.size:
            where = where & (
                np.array([field.units[row].sector for row in rows])[:, None] != np.array([spot.sector for spot in field.spots])
            )
        yield Text(f"rule:{table.rule.id}", effect, number, rows, where, when, hours)


def _effect(law: Law, field: Field, table: RuleTable, ask: Ask) -> tuple[Effect, float | Hours]:
    rule = table.rule
    if not rule.permits:
        return "bars", 0.0
    if rule.kind is not RuleKind.LIMITATION:
        return "permits", 0.0
    hours = _word(law, field, table)
    if rule.word_if_possible and Circumstance.OUT_OF_REACH in ask.given:
        # Without the word, but only where there is a superior who is out of reach.
        return "permits", np.where(np.isfinite(hours), 0.0, inf) if isinstance(hours, np.ndarray) else 0.0
    return "on word", hours


def _word(law: Law, field: Field, table: RuleTable) -> float | Hours:
    """Hours that the quickest word on a limitation takes, by place and moment where that differs; infinite where nobody gives it."""
    rule = table.rule
    if not rule.delegations and rule.held_by is not None:
        return rule.delay
    hours = np.full((len(field.spots), len(field.moments)), rule.delay if rule.held_by is not None else inf)
    for item in rule.delegations:
        covered = np.array([not item.sectors or spot.sector in item.sectors for spot in field.spots], dtype=np.bool_)
        np.minimum(hours, item.delay, out=hours, where=covered[:, None] & _within(field.days, [delegated(law, item)])[None, :])
    return hours
