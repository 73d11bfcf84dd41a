"""The steps of a day as compiled functions. `run_one` calls them in the order that `order.STEPS` prints."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from casque.simulation.compilation import compiled, kept
from casque.simulation.draws import Parameter
from casque.simulation.streams import Decision, exponential, normal, poisson, stream, uniform
from casque.simulation.world import Floats, Results, State, Whole, World

_NO_SHOW, _DELAY_MEMBER, _DELAY_UNIT = int(Decision.NO_SHOW), int(Decision.DELAY_MEMBER), int(Decision.DELAY_UNIT)
_RELIEF, _CIVIL, _CLOSES, _CLOSED_DAYS = (
    int(Decision.RELIEF),
    int(Decision.CIVIL_DELAY),
    int(Decision.ROUTE_CLOSES),
    int(Decision.ROUTE_DAYS),
)
_CONSENT, _FLARE, _INCIDENTS = int(Decision.CONSENT), int(Decision.FLARE), int(Decision.INCIDENTS)
_OTHER, _MALICIOUS, _WITHDRAWAL = int(Decision.LOSSES_OTHER), int(Decision.LOSSES_MALICIOUS), int(Decision.WITHDRAWAL)
_MANDATE, _HOST, _SPEED = int(Decision.MANDATE), int(Decision.HOST_CONSENT), int(Decision.RETURN_SPEED)
_SLIPPAGE, _MANNING, _MOVEMENT = int(Decision.SLIPPAGE), int(Decision.MANNING), int(Decision.MOVEMENT)
_DECISIONS = len(Decision)

_P = {parameter.name: int(parameter) for parameter in Parameter}
STATED_RATES, PRESENCE_EFFECT, PRESENCE_LAG = _P["STATED_RATES"], _P["PRESENCE_EFFECT"], _P["PRESENCE_LAG"]
REPRISAL_SHARE, REPRISAL_DAYS, SETTLING, ESCALATION = _P["REPRISAL_SHARE"], _P["REPRISAL_DAYS"], _P["SETTLING"], _P["ESCALATION"]
STAY_BEHIND, CONSENT_COLLAPSE, COLLAPSE_RISE = _P["STAY_BEHIND"], _P["CONSENT_COLLAPSE"], _P["COLLAPSE_RISE"]
FLARE_RATE, FLARE_SIZE, POLICE_WEIGHT, LATENESS = _P["FLARE_RATE"], _P["FLARE_SIZE"], _P["POLICE_WEIGHT"], _P["LATENESS"]
LOSSES_OTHER, LOSSES_CONSENTED, LOSSES_HOSTILE = _P["LOSSES_OTHER"], _P["LOSSES_CONSENTED"], _P["LOSSES_HOSTILE"]
WITHDRAWAL_BASE, WITHDRAWAL_LOSS, WITHDRAWAL_NOTICE = _P["WITHDRAWAL_BASE"], _P["WITHDRAWAL_LOSS"], _P["WITHDRAWAL_NOTICE"]
MANDATE_LAPSE, HOST_WITHDRAWAL, RETURN_DAYS, SAFETY_HALF = _P["MANDATE_LAPSE"], _P["HOST_WITHDRAWAL"], _P["RETURN_DAYS"], _P["SAFETY_HALF"]
ROUTE_CLOSURES, ROUTE_DAYS, UNSUPPLIED = _P["ROUTE_CLOSURES"], _P["ROUTE_DAYS"], _P["UNSUPPLIED"]
CIVIL_DELAY, CIVIL_FILL, RELIEF_RISK = _P["CIVIL_DELAY"], _P["CIVIL_FILL"], _P["RELIEF_RISK"]
SLIPPAGE, MANNING, MOVEMENT_SPREAD = _P["SLIPPAGE"], _P["MANNING"], _P["MOVEMENT_SPREAD"]

Keys = NDArray[np.uint64]
_NEVER = 1 << 40
_YEAR = 365.2425


@compiled
def staying(p: Floats, leaves: float, t: int) -> float:
    """Share of a party's violence that is still there on its way out; all of it where it has not undertaken to leave."""
    if leaves >= _NEVER:
        return 1.0
    gone = 1.0 if leaves <= t else t / leaves
    share: float = 1.0 - gone * (1.0 - p[STAY_BEHIND])
    return share


@compiled
def open_run(w: World, p: Floats, s: State, keys: Keys) -> None:
    """State on the eve of D-day: when each unit will come and, a relief failing, go; delays of institutions; speed of return.

    A mission slips as a whole, and a member with all its units: the one number that stands for the mission, and the one that stands for the
    member, lengthen every delay and raise the odds that a unit does not come. A member mans all its units above or below what it promised,
    and each movement takes more or less time than planned.
    Reprisals and the incidents of late are those of an area that has long stood at the stated rates.
    """
    slip = math.exp(p[SLIPPAGE] * normal(keys[_SLIPPAGE], np.uint64(0)))
    for u in range(len(w.units)):
        unit = w.units[u]
        shared = exponential(keys[_DELAY_MEMBER], w.members[unit.member].key, 0)
        own = exponential(keys[_DELAY_UNIT], unit.key, 0)
        pace = math.exp(p[MOVEMENT_SPREAD] * normal(keys[_MOVEMENT], unit.key))
        arrives = unit.start + unit.moving * (pace - 1.0) + p[LATENESS] * slip * unit.delay * 0.5 * (shared + own)
        leaves = unit.end + 1.0
        odds = unit.no_show * slip * shared
        if uniform(keys[_NO_SHOW], unit.key, 0) * (1.0 - unit.no_show + odds) < odds:
            arrives = float(_NEVER)
        tour = (unit.end + 1.0 - unit.start) / unit.tours
        for k in range(unit.tours - 1, 0, -1):
            if uniform(keys[_RELIEF], unit.key, k) < unit.relief * p[RELIEF_RISK]:
                leaves = unit.start + k * tour
        s.units[u].enters = arrives - unit.ahead * pace
        s.units[u].nears = s.units[u].enters - unit.rear * pace
        if unit.outside > 0.0:
            s.units[u].enters = float(_NEVER)
        s.units[u].arrives = arrives
        s.units[u].leaves = leaves
        s.units[u].manned = math.exp(p[MANNING] * normal(keys[_MANNING], w.members[unit.member].key))
    for a in range(len(w.parties)):
        s.parties[a].level = 1.0
        s.parties[a].consent = w.parties[a].consent
    for i in range(len(w.civil)):
        s.civil[i].delay = p[CIVIL_DELAY] * exponential(keys[_CIVIL], w.civil[i].key, 0)
    for d in range(len(w.populations)):
        s.populations[d].speed = p[RETURN_DAYS] * (0.5 + uniform(keys[_SPEED], w.populations[d].key, 0))
    for c in range(len(w.sectors)):
        weekly = 0.0
        for a in range(len(w.parties)):
            weekly += w.rates[a, c] * staying(p, w.parties[a].leaves, 0) * p[STATED_RATES]
        s.sectors[c].excited = p[REPRISAL_SHARE] * weekly / 7.0
        s.sectors[c].pressure = weekly * 100.0 / w.sectors[c].thousands
    s.area[0].mandate_ends = float(_NEVER)


@compiled
def place_units(w: World, p: Floats, s: State, t: int) -> None:
    """People present and units in place by sector and member, counted anew on days on which somebody comes or goes.

    A unit's people count as present from the day they are in the area, and for presence only once they and their vehicles are in place.
    """
    if t < s.area[0].next_change:
        return
    changes = float(_NEVER)
    s.area[0].theatre = 0.0
    for c in range(len(w.sectors)):
        s.sectors[c].people = 0.0
        s.sectors[c].patrolling = 0.0
        s.sectors[c].plain = 0.0
        for m in range(len(w.members)):
            s.by_member[m, c] = 0.0
    for u in range(len(w.units)):
        unit, its = w.units[u], s.units[u]
        if its.nears > t:
            changes = min(changes, its.nears)
        elif t < its.leaves:
            s.area[0].theatre += unit.people * its.manned
            changes = min(changes, its.leaves)
            there = s.sectors[unit.sector]
            if its.enters > t:
                changes = min(changes, its.enters)
                continue
            there.people += unit.people * its.manned
            s.by_member[unit.member, unit.sector] += unit.people * its.manned
            if its.arrives > t:
                changes = min(changes, its.arrives)
            else:
                there.plain += unit.presence * its.manned
                there.patrolling += unit.presence * its.manned * (1.0 + unit.police * (p[POLICE_WEIGHT] - 1.0))
    s.area[0].next_change = changes


@compiled
def place_civil(w: World, p: Floats, s: State, t: int) -> None:
    """Civil police there: planned strength of an earlier day, and only a share of what was to come after D-day."""
    police = 0.0
    for i in range(len(w.civil)):
        first = w.civil_plan[i, 0]
        later = w.civil_plan[i, max(0, int(t - s.civil[i].delay))]
        police += w.civil[i].police * (first + p[CIVIL_FILL] * (later - first))
    s.area[0].civil_police = police


@compiled
def supply_bases(w: World, p: Floats, s: State, keys: Keys, t: int) -> None:
    """Routes close and open; a closed day costs a day of supply, which an open day brings back."""
    for c in range(len(w.sectors)):
        here, plan, key = s.sectors[c], w.cover[c, t], w.sectors[c].key
        chance = p[ROUTE_CLOSURES] / _YEAR * (1.0 + min(2.0, here.pressure / p[SAFETY_HALF]))
        if uniform(keys[_CLOSES], key, t) < chance:
            here.shut_until = max(here.shut_until, t + p[ROUTE_DAYS] * exponential(keys[_CLOSED_DAYS], key, t))
        if plan.shut > 0.0 or here.shut_until > t:
            here.lost_days += 1.0
        else:
            here.lost_days = max(0.0, here.lost_days - 1.0)
        here.supply = max(0.0, plan.supply - here.lost_days)
        here.supplied = p[UNSUPPLIED] + (1.0 - p[UNSUPPLIED]) * min(1.0, here.supply / plan.least)


@compiled
def spread_presence(w: World, p: Floats, s: State, t: int) -> None:
    """Effective presence per thousand inhabitants, and the lagged presence that people feel; civil police are spread by population."""
    inhabitants = 0.0
    for c in range(len(w.sectors)):
        inhabitants += w.sectors[c].thousands
    police = p[POLICE_WEIGHT] * s.area[0].civil_police / inhabitants
    for c in range(len(w.sectors)):
        here = s.sectors[c]
        lawful = 0.0 if s.area[0].mandate_ends <= t else w.sectors[c].usable
        here.effective = lawful * here.supplied * here.patrolling / w.sectors[c].thousands
        here.felt += (here.effective + police - here.felt) / p[PRESENCE_LAG]


@compiled
def hold_consent(w: World, p: Floats, s: State, keys: Keys, broke: Whole, t: int) -> None:
    """Parties settle, escalate, leave or withdraw consent; gives each one's level and the hostility of every sector.

    Hostility is the violence of those who refuse consent over all that was stated: a party that leaves takes its own with it.
    """
    for c in range(len(w.sectors)):
        s.sectors[c].hostility = 0.0
    for a in range(len(w.parties)):
        party, now = w.parties[a], s.parties[a]
        worst = 0.0
        for c in range(len(w.sectors)):
            if w.rates[a, c] > 0.0:
                worst = max(worst, s.sectors[c].pressure)
        left = t > party.leaves and broke[a] == _NEVER
        hazard = p[CONSENT_COLLAPSE] / _YEAR * (1.0 - party.consent) * (1.0 + worst / p[SAFETY_HALF])
        if not left and broke[a] == _NEVER and uniform(keys[_CONSENT], party.key, t) < hazard:
            broke[a] = t
            now.consent = 0.0
            now.level *= p[COLLAPSE_RISE]
        now.level *= math.exp((p[ESCALATION] * (1.0 - now.consent) - p[SETTLING] * now.consent) / 7.0)
        stays = staying(p, party.leaves, t) if broke[a] == _NEVER else 1.0
        for c in range(len(w.sectors)):
            s.sectors[c].hostility += w.rates[a, c] * now.level * stays * (1.0 - now.consent)
    for c in range(len(w.sectors)):
        stated = 0.0
        for a in range(len(w.parties)):
            stated += w.rates[a, c]
        s.sectors[c].hostility = min(1.0, s.sectors[c].hostility / stated) if stated > 0.0 else 0.0


@compiled
def count_incidents(w: World, p: Floats, s: State, keys: Keys, broke: Whole, t: int) -> None:
    """Incidents of the day: a self-exciting recursion whose mean is the damped stated rate, plus flare-ups that presence does not damp."""
    flare = uniform(keys[_FLARE], np.uint64(0), t) < p[FLARE_RATE] / _YEAR
    fades = 1.0 / p[REPRISAL_DAYS]
    for c in range(len(w.sectors)):
        here = s.sectors[c]
        weekly = 0.0
        for a in range(len(w.parties)):
            stays = staying(p, w.parties[a].leaves, t) if broke[a] == _NEVER else 1.0
            weekly += w.rates[a, c] * s.parties[a].level * stays
        weekly *= p[STATED_RATES]
        if flare:
            here.excited += p[FLARE_SIZE] * weekly * fades
        damped = weekly / 7.0 * (1.0 + here.felt) ** -p[PRESENCE_EFFECT]
        here.today = poisson((1.0 - p[REPRISAL_SHARE]) * damped + here.excited, uniform(keys[_INCIDENTS], w.sectors[c].key, t))
        here.excited = here.excited * (1.0 - fades) + p[REPRISAL_SHARE] * fades * here.today
        here.pressure += (here.today * 700.0 / w.sectors[c].thousands - here.pressure) / 28.0


@compiled
def count_losses(w: World, p: Floats, s: State, keys: Keys, t: int) -> None:
    """Peacekeepers who die today; malicious deaths are remembered by member and fade over three months.

    The rate of malicious deaths lies between those under full consent and under none, its logarithm in proportion to the square of the
    refusal.
    """
    people = 0.0
    for c in range(len(w.sectors)):
        people += s.sectors[c].people
        refused = s.sectors[c].hostility ** 2
        s.sectors[c].malicious = p[LOSSES_CONSENTED] ** (1.0 - refused) * p[LOSSES_HOSTILE] ** refused / 1000.0 / _YEAR
    lost = float(poisson(people * p[LOSSES_OTHER] / 1000.0 / _YEAR, uniform(keys[_OTHER], np.uint64(0), t)))
    for m in range(len(w.members)):
        mean, killed = 0.0, 0.0
        for c in range(len(w.sectors)):
            mean += s.by_member[m, c] * s.sectors[c].malicious
        if mean > 0.0:
            killed = float(poisson(mean, uniform(keys[_MALICIOUS], w.members[m].key, t)))
        s.members[m].recent = s.members[m].recent * (1.0 - 1.0 / 90.0) + killed
        lost += killed
    s.area[0].lost += lost


@compiled
def send_back(s: State, u: int, t: int) -> None:
    """A unit that is not in the area yet does not come any more; in the theatre it waits to go home."""
    if s.units[u].nears > t:
        s.units[u].nears = float(_NEVER)
    s.units[u].enters = float(_NEVER)
    s.units[u].arrives = float(_NEVER)


@compiled
def ask_contributors(w: World, p: Floats, s: State, keys: Keys, broke: Whole, t: int) -> None:
    """A contributor that withdraws sends nobody more and brings its units home after the notice."""
    for m in range(len(w.members)):
        yearly = w.members[m].risk * (p[WITHDRAWAL_BASE] + p[WITHDRAWAL_LOSS] * s.members[m].recent)
        if s.members[m].gone == 0.0 and uniform(keys[_WITHDRAWAL], w.members[m].key, t) < yearly / _YEAR:
            s.members[m].gone = 1.0
            broke[m] = t
            s.area[0].next_change = 0.0
            for u in range(len(w.units)):
                if w.units[u].member == m:
                    if s.units[u].enters > t:
                        send_back(s, u, t)
                    s.units[u].leaves = min(s.units[u].leaves, t + p[WITHDRAWAL_NOTICE])


@compiled
def renew_mandate(w: World, p: Floats, s: State, keys: Keys, broke: Whole, t: int) -> None:
    """Once mandate or host consent has ended nobody may act, nobody more comes, and all leave after the notice."""
    if broke[0] < _NEVER:
        return
    ends = w.host_consents > 0.0 and uniform(keys[_HOST], np.uint64(0), t) < p[HOST_WITHDRAWAL] / _YEAR
    for e in range(len(w.expiries)):
        if w.expiries[e] == t and uniform(keys[_MANDATE], np.uint64(0), t) < p[MANDATE_LAPSE]:
            ends = True
    if ends:
        s.area[0].mandate_ends = t
        broke[0] = t
        s.area[0].next_change = 0.0
        for u in range(len(w.units)):
            if s.units[u].enters > t:
                send_back(s, u, t)
            s.units[u].leaves = min(s.units[u].leaves, t + p[WITHDRAWAL_NOTICE])


@compiled
def return_displaced(w: World, p: Floats, s: State) -> None:
    """Returns of the day; the safer the sectors, weighted by population, the faster."""
    safety, inhabitants = 0.0, 0.0
    for c in range(len(w.sectors)):
        inhabitants += w.sectors[c].thousands
        safety += w.sectors[c].thousands / (1.0 + s.sectors[c].pressure / p[SAFETY_HALF])
    for d in range(len(w.populations)):
        now = s.populations[d]
        now.returned += (w.populations[d].number - now.returned) * (1.0 - math.exp(-safety / inhabitants / now.speed))


@compiled
def note_day(w: World, p: Floats, s: State, out: Results, r: int, t: int) -> None:
    """Notes the day in the results of the run."""
    week = t // 7
    people, moving, presence, inhabitants, scarce = 0.0, 0.0, 0.0, 0.0, 1e9
    for c in range(len(w.sectors)):
        here, plan, thousands = s.sectors[c], w.cover[c, t], w.sectors[c].thousands
        out.incidents[r, c, week] += here.today
        s.window[c, t % 28] = here.today
        if t >= 27 and out.broke_incidents[r, c] == _NEVER:
            seen, expected = 0.0, 0.0
            for k in range(28):
                seen += s.window[c, k]
            for a in range(len(w.parties)):
                expected += 4.0 * w.rates[a, c]
            if seen > expected + 2.0 * math.sqrt(expected):
                out.broke_incidents[r, c] = t
        if here.people > 0.0 and here.supply < plan.least and out.broke_supply[r, c] == _NEVER:
            out.broke_supply[r, c] = t
        cover = 1.0
        if plan.required > 0.0:
            cover = min(1.0, here.plain * here.supplied / plan.required)
        people += here.people
        moving += thousands * cover / (1.0 + here.pressure / p[SAFETY_HALF])
        presence += here.effective * thousands
        inhabitants += thousands
        scarce = min(scarce, here.supply)
    out.strength[r, t] = people
    out.theatre[r, t] = s.area[0].theatre
    if t % 7 == 0:
        noted = out.weeks[r, week]
        noted.presence = presence / inhabitants
        noted.civil = s.area[0].civil_police
        noted.movement = moving / inhabitants
        noted.supply = scarce
        noted.losses = s.area[0].lost
        for d in range(len(w.populations)):
            noted.returns += s.populations[d].returned


@kept
def run_one(w: World, p: Floats, seed: np.uint64, r: int, s: State, out: Results) -> None:
    """Runs replication `r` with its drawn parameters `p` on a blank state, into its own rows of the results."""
    keys = np.empty(_DECISIONS, dtype=np.uint64)
    for decision in range(_DECISIONS):
        keys[decision] = stream(seed, r, decision)
    open_run(w, p, s, keys)
    for t in range(w.cover.shape[1]):
        place_units(w, p, s, t)
        place_civil(w, p, s, t)
        supply_bases(w, p, s, keys, t)
        spread_presence(w, p, s, t)
        hold_consent(w, p, s, keys, out.broke_consent[r], t)
        count_incidents(w, p, s, keys, out.broke_consent[r], t)
        count_losses(w, p, s, keys, t)
        ask_contributors(w, p, s, keys, out.broke_member[r], t)
        renew_mandate(w, p, s, keys, out.broke_mandate[r], t)
        return_displaced(w, p, s)
        note_day(w, p, s, out, r, t)
    for u in range(len(w.units)):
        out.arrivals[r, u] = s.units[u].arrives
