"""Pieces of the matching problem that hardly touch one another, so that after a change only the pieces it touches are solved again.

Two pools are in the same *part* where some element could serve in either, or where a limit that could bind spans them. A large part falls
into *pieces*, one or more to a sector, if the elements that could serve in several sectors are taken as *free*: each piece bids for its
own copy of them at a price, and what the pieces earn after prices, with the prices added, is a bound on every plan (Lagrangian relaxation
of one place for each element). The bids leave the number of nations in a sector aside, which only raises the bound. Bids that fit together
are a plan of the changed problem; where they do not, a short search mends the best plan at hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from casque.forces.answers.piece import Bid, Clock, Placing, bid
from casque.forces.answers.placing import allowed, ceiling, could_bind, filled, joined, once, positions, trimmed, within
from casque.forces.answers.prices import Ledger, ledger, priced, sharpened
from casque.forces.answers.search import placed_again
from casque.forces.problem import Problem

SMALL = 60
"""Options up to which a part is solved whole."""

LARGE = 120
"""Options from which on a part is large."""

ROUNDS, MANY_ROUNDS = 1, 25
"""Rounds of bids for which the prices are sharpened at most, in a large part and in another."""

LONG = 4
"""How many times as long as a short one the last search is."""

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
    """What the touched pieces fill at least."""
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
    earlier: dict[frozenset[int], list[tuple[frozenset[int], Bid]]] = field(default_factory=dict)
    """Bids of groups of pieces at the prices of `bids`, each with the names of the options that it chose from."""

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
    def ledger(self) -> Ledger | None:
        """What each element earns at the prices of the linear relaxation."""
        return ledger(self.problem)

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
        prices = priced(whole, frozenset(free))
        start = frozenset(self.plan)
        seen = [[self._column(problem, tuple(name for name in problem.names if name in start))] for problem in alone]
        value = sum(columns[0][0] for columns in seen)
        best: tuple[int, list[Bid], dict[int, int]] | None = None
        for _ in range(ROUNDS if len(whole.options) > LARGE else MANY_ROUNDS):
            made = [self.made(problem, prices) for problem in alone]
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

    def made(self, alone: Problem, prices: Mapping[int, int], most: int | None = None) -> Bid:
        """The bid of a piece, which is worth `most` at most; where it is stopped, no less than what the piece has of the plan."""
        found = bid(alone, prices, self.plan, self.clock)
        if found is not None and found.value == found.bound:
            return found
        there = positions(alone, self.plan)
        value = filled(alone, there) - sum(prices.get(alone.options[index].unit, 0) for index in there)
        if found is None or found.value < value:
            bound = ceiling(alone) if found is None else found.bound
            found = Bid(tuple(alone.names[index] for index in there), value, max(value, bound))
        return found if most is None else replace(found, bound=max(found.value, min(found.bound, most)))

    @cached_property
    def highest(self) -> int:
        """What no plan can fill more than: the bound of the plan, or what the pieces bid and the prices."""
        made, prices = self.bids
        return max(self.value, min(self.bound, sum(item.bound for item in made.values()) + sum(prices.values())))

    def without(self, members: frozenset[str], starts: Sequence[Placing] = ()) -> Settled:
        """The problem after some members have left. `starts` are plans known for a part of the loss."""
        kept = [index for index, option in enumerate(self.problem.options) if option.member not in members]
        lost = frozenset(range(len(self.problem.options))) - frozenset(kept)
        gone = frozenset(self.problem.options[index].pool for index in lost)
        found = self.settle(self.problem.keeping(kept), gone, 0, starts)
        if self.ledger is None:
            return found
        high = self.ledger.without(frozenset(self.problem.options[index].unit for index in lost))
        return replace(found, high=max(found.low, min(found.high, high)))

    def finer(self, found: Settled) -> Settled:
        """A problem after a loss with a longer search, and with prices of its own for the free elements of the parts that were touched:
        they are worth more then. The same where what is known of it is fine enough, or the time used up."""
        enough = self.highest - self.value
        if found.high - found.low <= enough or self.clock.left <= 0:
            return found
        low, whole = self._best(found.problem, (found.taken, placed_again(found.problem, found.taken, self.clock, LONG)))
        high = found.high if found.high - low <= enough else self._repriced(found, whole)
        return replace(found, taken=whole, low=low, high=max(low, min(found.high, high)))

    def _repriced(self, found: Settled, plan: Placing) -> int:
        """What no plan can fill more than after a loss, by prices of its own for the parts that were touched."""
        made, prices = self.bids
        high = 0
        for part in self.parts:
            alone = within(found.problem, part)
            if part & found.touched:
                high += Footing(alone, plan, filled(alone, positions(alone, plan)), ceiling(alone), self.clock).highest
            else:
                free = {option.unit for option in alone.options} & self.free
                high += sum(item.bound for piece, item in made.items() if piece <= part) + sum(prices[unit] for unit in free)
        return high

    def settle(self, changed: Problem, pools: frozenset[int], more: int, starts: Sequence[Placing] = ()) -> Settled:
        """A problem that differs in some pools; `more` is what the change could add to the fill at most. `starts` are plans at hand."""
        made, prices = self.bids
        groups = self._groups(changed, pools)
        touched = frozenset(pools).union(*groups)
        known = frozenset(changed.names)
        taken = [name for name in self.plan if name in known and self.problem.options[self.place[name]].pool not in touched]
        earned = 0
        for group in groups:
            found = self._bid(changed, group, more)
            earned += found.bound
            taken += found.taken
        rest = sum(item.bound for piece, item in made.items() if not piece & touched)
        left = sum(prices[unit] for unit in self.free if changed.by_unit[unit])
        limit = min(earned + rest + left, self.highest + more)
        at_hand = [tuple(name for name in names if name in known) for names in (self.plan, *starts)]
        low, whole = self._best(changed, (trimmed(changed, once(changed, tuple(taken))), *at_hand))
        if limit - low > self.highest - self.value:
            low, whole = self._best(changed, (whole, placed_again(changed, whole, self.clock)))
        inside = filled(changed, [index for index in positions(changed, whole) if changed.options[index].pool in touched])
        return Settled(changed, whole, low, max(low, limit), inside, earned, touched)

    def _bid(self, changed: Problem, group: frozenset[int], more: int) -> Bid:
        """The bid of some pieces of a changed problem at the prices of before.

        A bid that was made among more options holds among fewer, as long as those that it takes are left.
        """
        made, prices = self.bids
        alone = within(changed, group)
        names = frozenset(alone.names)
        earlier = self.earlier.setdefault(group, [(frozenset(within(self.problem, group).names), made[group])] if group in made else [])
        for wider, found in reversed(earlier):
            if names <= wider and names.issuperset(found.taken):
                return found
        before = sum(item.bound for piece, item in made.items() if piece <= group)
        found = self.made(alone, prices, before + more)
        earlier.append((names, found))
        return found

    def _best(self, problem: Problem, names: Sequence[Placing]) -> tuple[int, Placing]:
        """The placing that fills most of those that are plans, the first of equals."""
        plans = [(filled(problem, positions(problem, each)), -number) for number, each in enumerate(names) if allowed(problem, each)]
        value, number = max(plans)
        return value, names[-number]

    def _groups(self, changed: Problem, pools: frozenset[int]) -> list[frozenset[int]]:
        """The pieces of the changed problem that a change touches: those of before, joined where a new element could serve in several."""
        new = frozenset(index for options in changed.by_unit[len(self.problem.units) :] for index in options)
        if not new:
            return [piece for piece in self.pieces if piece & pools]
        bound = [index for row in changed.limits if new & frozenset(row.options) for index in row.options]
        joined = pools | frozenset(changed.options[index].pool for index in bound)
        return [joined.union(*(piece for piece in self.pieces if piece & joined))]

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


def _lead(problem: Problem, sector: str) -> str:
    return problem.sectors[sector].lead if sector in problem.sectors else ""
