"""Pieces of the matching problem that hardly touch one another, so that after a change only the pieces it touches are solved again.

Two pools are in the same *part* where some element could serve in either, or where a limit that could bind spans them. A large part falls
into *pieces*, one or more to a sector, if the elements that could serve in several sectors are taken as *free*: each piece bids for its
own copy of them at a price, and what the pieces earn after prices, with the prices added, is a bound on every plan (Lagrangian relaxation
of one place for each element). The bids leave the number of nations in a sector aside, which only raises the bound; a placing that
would break it is found anew with fewer nations.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from casque.forces.answers.piece import Bid, Clock, Placing, bid, sharpened, worth
from casque.forces.filling import pool_value
from casque.forces.problem import Limit, Problem

SMALL = 60
"""Options up to which a part is solved whole."""

LARGE = 120
"""Options from which on a part is large."""

ROUNDS, MANY_ROUNDS = 2, 25
"""Rounds of bids for which the prices are sharpened at most, in a large part and in another."""

ROUGH = 0.002
"""Part of what is wanted by which the limits on a changed problem may differ before finer prices are looked for."""

STEP = 0.3
"""How far prices go from the best so far towards those that the bids seen ask for."""


@dataclass(frozen=True)
class Settled:
    """A changed problem: a plan that keeps to every rule, by names, what it fills, and what no plan can fill more than."""

    problem: Problem
    taken: Placing
    low: int
    high: int
    apart: int
    """What the touched pieces fill at least, nations counted within them only and free elements held."""
    apart_bound: int
    """What the touched pieces earn at most after prices."""
    touched: frozenset[int]
    """Pools of the pieces that were solved again."""


@dataclass
class Footing:
    """The matching problem and its plan, with what each of its pieces fills; the ground on which changes are judged."""

    problem: Problem
    plan: Placing
    """Options of the plan, by names."""
    value: int
    bound: int
    clock: Clock
    names: int = 0
    """Names given to new options."""

    def new_name(self) -> int:
        """A name for an option that no other option has."""
        self.names += 1
        return max(self.problem.names, default=-1) + self.names

    @cached_property
    def place(self) -> Mapping[int, int]:
        """Position of each option by its name."""
        return {name: index for index, name in enumerate(self.problem.names)}

    @cached_property
    def parts(self) -> tuple[frozenset[int], ...]:
        """Pools of each part."""
        return joined(self.problem, range(len(self.problem.units)))

    @cached_property
    def free(self) -> frozenset[int]:
        """Elements of large parts that could serve in several sectors and that no limit holds together with others."""
        problem = self.problem
        small = frozenset().union(*(part for part in self.parts if sum(len(problem.by_pool[pool]) for pool in part) <= SMALL))
        rows = [row for row in problem.limits if could_bind(row, problem)]
        bound = frozenset(problem.options[index].unit for row in rows for index in row.options)
        return frozenset(
            unit
            for unit, options in enumerate(problem.by_unit)
            if options
            and unit not in bound
            and problem.options[options[0]].pool not in small
            and len({problem.sector_of(index) for index in options}) > 1
        )

    @cached_property
    def pieces(self) -> tuple[frozenset[int], ...]:
        """Pools of each piece."""
        return joined(self.problem, [unit for unit in range(len(self.problem.units)) if unit not in self.free])

    @cached_property
    def bids(self) -> tuple[Mapping[frozenset[int], Bid], Mapping[int, int]]:
        """The bid of each piece, and the prices of the free elements at which they were made: the best found, part by part."""
        bids: dict[frozenset[int], Bid] = {}
        prices: dict[int, int] = {}
        for part in sorted(self.parts, key=lambda part: (sum(len(self.problem.by_pool[pool]) for pool in part), min(part))):
            made, own = self._sharpest(part)
            bids |= made
            prices |= own
        return bids, prices

    def _sharpest(self, part: frozenset[int]) -> tuple[Mapping[frozenset[int], Bid], Mapping[int, int]]:
        """Bids of the pieces of a part at the prices with the lowest bound of those tried.

        The prices of the linear relaxation come first; then, from the best so far, a step towards those that the bids seen ask for.
        """
        whole = within(self.problem, part)
        pieces = [piece for piece in self.pieces if piece <= part]
        alone = [within(self.problem, piece) for piece in pieces]
        free = sorted({option.unit for option in whole.options} & self.free)
        prices = worth(whole, frozenset(free))
        start = frozenset(self.plan)
        seen = [[self._column(problem, tuple(name for name in problem.names if name in start))] for problem in alone]
        value = sum(columns[0][0] for columns in seen)
        best: tuple[int, list[Bid], dict[int, int]] | None = None
        for _ in range(ROUNDS if len(whole.options) > LARGE else MANY_ROUNDS):
            made = [self.made(problem, prices, self.plan) for problem in alone]
            bound = sum(item.bound for item in made) + sum(prices.values())
            if best is None or bound < best[0]:
                best = (bound, made, prices)
            if not free or bound <= value or self.clock.left <= 0:
                break
            for problem, item, columns in zip(alone, made, seen, strict=True):
                columns.append(self._column(problem, item.taken))
            asked = sharpened(seen, free)
            prices = {unit: round((1 - STEP) * best[2][unit] + STEP * price) for unit, price in asked.items()}
        assert best is not None
        return dict(zip(pieces, best[1], strict=True)), best[2]

    def _column(self, alone: Problem, names: Placing) -> tuple[int, frozenset[int]]:
        there = positions(alone, names)
        return filled(alone, there), frozenset(alone.options[index].unit for index in there) & self.free

    def made(self, alone: Problem, prices: Mapping[int, int], start: Placing) -> Bid:
        """The bid of a piece; where the time is used up, what it has of the placing to begin with, under a bound known without solving."""
        found = bid(alone, prices, start, self.clock)
        if found is None:
            begun = frozenset(start)
            kept = tuple(index for index, name in enumerate(alone.names) if name in begun)
            value = filled(alone, kept) - sum(prices.get(alone.options[index].unit, 0) for index in kept)
            return Bid(tuple(alone.names[index] for index in kept), value, max(value, ceiling(alone)))
        if found.value < found.bound:
            # A program that was stopped may have less than the placing that it began from.
            there = positions(alone, start)
            value = filled(alone, there) - sum(prices.get(alone.options[index].unit, 0) for index in there)
            return found if value <= found.value else Bid(tuple(alone.names[index] for index in there), value, found.bound)
        return found

    @cached_property
    def highest(self) -> int:
        """What no plan can fill more than: the bound of the plan, or what the pieces bid and the prices."""
        made, prices = self.bids
        return max(self.value, min(self.bound, sum(item.bound for item in made.values()) + sum(prices.values())))

    def without(self, members: frozenset[str]) -> Settled:
        """The problem after some members have left."""
        kept = [index for index, option in enumerate(self.problem.options) if option.member not in members]
        gone = frozenset(option.pool for option in self.problem.options if option.member in members)
        return self.settle(self.problem.keeping(kept), gone, 0)

    def finer(self, found: Settled) -> Settled:
        """A problem after a loss with prices of its own for the free elements of the parts that were touched: they are worth more then.

        The same where what is known of it is fine enough, or the time used up.
        """
        if found.high - found.low <= self.highest - self.value + self.problem.wanted * ROUGH or self.clock.left <= 0:
            return found
        made, prices = self.bids
        high, taken = 0, [name for name in found.taken if self.problem.options[self.place[name]].pool not in found.touched]
        for part in self.parts:
            alone = within(found.problem, part)
            if not part & found.touched:
                free = {option.unit for option in alone.options} & self.free
                high += sum(item.bound for piece, item in made.items() if piece <= part) + sum(prices[unit] for unit in free)
                continue
            footing = Footing(alone, found.taken, filled(alone, positions(alone, found.taken)), ceiling(alone), self.clock)
            high += footing.highest
            for piece, item in footing.bids[0].items():
                if piece & found.touched:
                    taken += footing._held(within(alone, piece), item, tuple(taken))
        low, whole = found.low, found.taken
        value = filled(found.problem, positions(found.problem, tuple(taken)))
        if value > low and kept_to(found.problem, tuple(taken)) and self._once(tuple(taken)):
            low, whole = value, tuple(taken)
        return replace(found, taken=whole, low=low, high=max(low, min(found.high, high)))

    def _once(self, names: Placing) -> bool:
        """Whether no element serves twice under a placing."""
        units = [self.problem.options[self.place[name]].unit for name in names]
        return len(units) == len(set(units))

    def settle(self, changed: Problem, pools: frozenset[int], more: int) -> Settled:
        """A problem that differs in some pools; `more` is what the change could add to the fill at most."""
        made, prices = self.bids
        groups = self._groups(changed, pools)
        touched = frozenset(pools).union(*groups)
        known = frozenset(changed.names)
        outside = tuple(name for name in self.plan if name in known and self.problem.options[self.place[name]].pool not in touched)
        left = sum(prices[unit] for unit in self.free if changed.by_unit[unit])
        taken: list[int] = []
        earned = 0
        for group in groups:
            alone = within(changed, group)
            found = self.made(alone, prices, self.plan)
            earned += found.bound
            taken += self._held(alone, found, (*outside, *taken))
        whole = (*outside, *taken)
        if not kept_to(changed, whole):
            whole = self._fewer(changed, groups, outside, tuple(taken))
            taken = list(whole[len(outside) :])
        place = {name: index for index, name in enumerate(changed.names)}
        low = filled(changed, (place[name] for name in whole))
        inside = filled(changed, (place[name] for name in taken))
        rest = sum(item.bound for piece, item in made.items() if not piece & touched)
        high = max(low, min(earned + rest + left, self.highest + more))
        return Settled(changed, whole, low, high, inside, earned, touched)

    def _fewer(self, changed: Problem, groups: list[frozenset[int]], outside: Placing, taken: Placing) -> Placing:
        """The better of two plans with no more nations than the sectors may hold: those of a placing that bring most, or the plan's own."""
        inner = within(changed, frozenset().union(*groups))
        own = frozenset(inner.names)
        best: tuple[int, Placing] | None = None
        for chosen in (taken, tuple(name for name in self.plan if name in own)):
            admitted = _admitted(changed, inner, outside, chosen)
            found: list[int] = []
            for group in groups:
                found += self._alone(within(admitted, group), (*outside, *found))
            value = filled(inner, positions(inner, tuple(found)))
            if best is None or value > best[0]:
                best = (value, (*outside, *found))
        assert best is not None
        return best[1]

    def _groups(self, changed: Problem, pools: frozenset[int]) -> list[frozenset[int]]:
        """The pieces of the changed problem that a change touches: those of before, joined where a new element could serve in several."""
        new = frozenset(index for options in changed.by_unit[len(self.problem.units) :] for index in options)
        if not new:
            return [piece for piece in self.pieces if piece & pools]
        bound = [index for row in changed.limits if new & frozenset(row.options) for index in row.options]
        joined = pools | frozenset(changed.options[index].pool for index in bound)
        return [joined.union(*(piece for piece in self.pieces if piece & joined))]

    def _held(self, alone: Problem, found: Bid, outside: Placing) -> Placing:
        """The placing of a bid, or where it takes free elements that serve elsewhere, the best without those."""
        elsewhere = self._units(outside)
        if any(alone.options[index].unit in elsewhere for index in positions(alone, found.taken)):
            return self._alone(alone, outside)
        return found.taken

    def _alone(self, alone: Problem, outside: Placing) -> Placing:
        """The best placing of a piece without the free elements that serve elsewhere, and without prices for the others."""
        elsewhere = self._units(outside)
        left = alone.keeping([index for index, option in enumerate(alone.options) if option.unit not in elsewhere])
        return self.made(left, {}, self.plan).taken

    def _units(self, names: Placing) -> frozenset[int]:
        return frozenset(self.problem.options[self.place[name]].unit for name in names if name in self.place) & self.free

    def independent(self, touched: frozenset[int]) -> bool:
        """Whether some pieces share no free element with others, and no sector whose nations could be too many."""
        inside: dict[str, set[str]] = {}
        outside: dict[str, set[str]] = {}
        for index, option in enumerate(self.problem.options):
            if option.unit in self.free and option.pool in touched:
                return False
            (inside if option.pool in touched else outside).setdefault(self.problem.sector_of(index), set()).add(option.member)
        return not any(
            sector in outside and len(members | outside[sector] | {_lead(self.problem, sector)}) > self.problem.most_nations(sector)
            for sector, members in inside.items()
        )

    def before(self, touched: frozenset[int]) -> tuple[int, int]:
        """What some pieces earn at least and at most before any change, after prices."""
        pieces = [item for piece, item in self.bids[0].items() if piece & touched]
        return sum(item.value for item in pieces), sum(item.bound for item in pieces)


def joined(problem: Problem, units: Iterable[int]) -> tuple[frozenset[int], ...]:
    """Pools that some elements, and the limits that could bind, join with one another."""
    parent = list(range(len(problem.pools)))

    def find(pool: int) -> int:
        while parent[pool] != pool:
            parent[pool] = parent[parent[pool]]
            pool = parent[pool]
        return pool

    for options in (*(problem.by_unit[unit] for unit in units), *(row.options for row in problem.limits if could_bind(row, problem))):
        for other in options[1:]:
            parent[find(problem.options[other].pool)] = find(problem.options[options[0]].pool)
    found: dict[int, set[int]] = {}
    for pool, there in enumerate(problem.by_pool):
        if there:
            found.setdefault(find(pool), set()).add(pool)
    return tuple(frozenset(pools) for pools in found.values())


def could_bind(row: Limit, problem: Problem) -> bool:
    """Whether a limit could keep anybody out: its elements could use up more than it allows."""
    most: dict[int, int] = {}
    for index, amount in zip(row.options, row.amounts, strict=True):
        unit = problem.options[index].unit
        most[unit] = max(most.get(unit, 0), amount)
    return sum(most.values()) > row.most


def filled(problem: Problem, taken: Iterable[int]) -> int:
    """Weighted people-months, in tenths, that some options (positions) fill together."""
    return sum(pool_value(pool, options, problem) for pool, options in by_pool(problem, taken).items())


def by_pool(problem: Problem, taken: Iterable[int]) -> dict[int, list[int]]:
    """Options by the pool that they serve in."""
    result: dict[int, list[int]] = {}
    for index in taken:
        result.setdefault(problem.options[index].pool, []).append(index)
    return result


def ceiling(problem: Problem) -> int:
    """What no placing can fill more than: what all options would fill at once."""
    return sum(pool_value(pool, options, problem) for pool, options in enumerate(problem.by_pool) if options)


def kept_to(problem: Problem, names: Placing) -> bool:
    """Whether a placing keeps to the nations in every sector."""
    nations = standing(problem, names)
    return all(len(members) <= problem.most_nations(sector) for sector, members in nations.items())


def standing(problem: Problem, names: Placing) -> dict[str, set[str]]:
    """Nations in each sector under a placing."""
    result: dict[str, set[str]] = {}
    for index in positions(problem, names):
        result.setdefault(problem.sector_of(index), set()).add(problem.options[index].member)
    return result


def positions(problem: Problem, names: Placing) -> list[int]:
    """Positions of options by their names, rising; names that the problem does not have are left out."""
    wanted = frozenset(names)
    return [index for index, name in enumerate(problem.names) if name in wanted]


def within(problem: Problem, pools: frozenset[int]) -> Problem:
    """The problem with the options in some pools only."""
    return problem.keeping([index for index, option in enumerate(problem.options) if option.pool in pools])


def _admitted(changed: Problem, inner: Problem, outside: Placing, taken: Placing) -> Problem:
    """Some pieces with only as many nations in each sector as it may still take: those that bring most there."""
    there = standing(changed, outside)
    serving = positions(inner, taken)
    total = filled(inner, serving)
    admitted: dict[str, set[str]] = {}
    for sector, members in standing(inner, taken).items():
        room = max(0, inner.most_nations(sector) - len(there.get(sector, set())))
        loss = {
            member: total
            - filled(inner, [index for index in serving if inner.options[index].member != member or inner.sector_of(index) != sector])
            for member in members - there.get(sector, set())
        }
        admitted[sector] = there.get(sector, set()) | set(sorted(loss, key=lambda member: (-loss[member], member))[:room])
    return inner.keeping(
        [
            index
            for index, option in enumerate(inner.options)
            if option.member in admitted.get(inner.sector_of(index), there.get(inner.sector_of(index), set()))
        ]
    )


def _lead(problem: Problem, sector: str) -> str:
    return problem.sectors[sector].lead if sector in problem.sectors else ""
