"""Reports against the announced plan: what they change, and what in them cannot be meant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import ceil, floor

from casque.deployment.execution.actuals import Report
from casque.deployment.execution.changes import Changes, Cut, Delay, Outage
from casque.deployment.execution.closures import gated
from casque.deployment.execution.situation import Situation
from casque.deployment.execution.went import went
from casque.deployment.schedule.world import World
from casque.deployment.translation.clock import DAY, tick_of
from casque.mission.faults import Fault, nearest, shown

SHOWN = 8
"""Names that a fault lists at most."""


_WHERE_IT_IS = -2


@dataclass
class Reported:
    """What reports say, in the numbers of the world."""

    situation: Situation
    file: str
    now: int
    faults: list[Fault] = field(default_factory=list)
    began: dict[tuple[int, int], int] = field(default_factory=dict)
    """Load and leg: tick on which it really began, loading included."""
    ended: dict[tuple[int, int], int] = field(default_factory=dict)
    """Load and leg: tick on which it really ended, unloading included."""
    on: dict[tuple[int, int], int] = field(default_factory=dict)
    """Load and leg: vehicle that really carried it."""
    delays: dict[int, Delay] = field(default_factory=dict)
    outages: list[Outage] = field(default_factory=list)
    lost: set[int] = field(default_factory=set)
    closed: list[tuple[str, int]] = field(default_factory=list)
    heard: set[int] = field(default_factory=set)
    """Loads of which some report speaks."""
    _seen: dict[tuple[int, int, str], int] = field(default_factory=dict)

    def fault(self, line: int, where: str, seen: object, expected: str, near: str = "", step: str = "") -> None:
        """Note that a report cannot be meant."""
        self.faults.append(Fault(self.file, line, where, shown(seen), expected, near, step))

    def take(self, report: Report) -> None:
        """Read one report."""
        actual, line = report
        tick = self._tick(actual.date.day)
        vehicle = self._vehicle(actual.vehicle, line)
        if actual.event == "closed":
            self._closed(report, tick)
        elif not actual.load:
            if vehicle is None or not actual.vehicle:
                self.fault(line, "load", actual.load, "expected a load, or for 'delayed' and 'lost' a vehicle")
            elif actual.event not in ("delayed", "lost"):
                self.fault(line, "load", actual.load, f"expected a load: a vehicle alone is not '{actual.event}'")
            else:
                until = tick if actual.event == "delayed" else self.situation.translated.world.horizon
                self.outages.append(Outage(vehicle, self.now if actual.event == "delayed" else min(self.now, tick), until))
        else:
            self._of_loads(report, tick, vehicle)

    def _of_loads(self, report: Report, tick: int, vehicle: int | None) -> None:
        actual, line = report
        known = self.situation.loads
        if actual.load not in known:
            self.fault(line, "load", actual.load, "expected a load, line or unit of the plan", nearest(actual.load, known))
            return
        loads = known[actual.load]
        if actual.shipment is not None:
            numbers = self.situation.translated.key.number_of
            some = [load for load in loads if int(numbers[load]) == actual.shipment]
            if not some:
                self.fault(line, "shipment", actual.shipment, f"expected one of {_some(int(numbers[load]) for load in loads)}")
                return
            loads = tuple(some)
        self.heard.update(loads)
        if actual.event == "lost":
            self.lost.update(loads)
        elif actual.event == "delayed":
            self._delayed(report, loads, tick)
        elif tick >= self.now and self._late(actual.date.day):
            self.fault(
                line, "date", _day(actual.date.day), f"expected a day before {_day(self.situation.day(self.now))}, from which on is planned"
            )
        else:
            self._went(report, loads, vehicle)

    def _late(self, day: float) -> bool:
        return tick_of(day, self.situation.translated.key.first) >= self.now

    def _went(self, report: Report, loads: Iterable[int], vehicle: int | None) -> None:
        actual, line = report
        some, passed = False, set[str]()
        for load in loads:
            sections = self.situation.sections(load)
            for stage, section in enumerate(sections):
                passed |= {section.start, section.end}
                node = section.start if actual.event == "departed" else section.end
                if node == actual.place:
                    some = True
                    self._entered(report, load, stage, vehicle)
                    break
        if not some:
            expected = (
                f"expected a place that '{actual.load}' {'leaves' if actual.event == 'departed' else 'reaches'}: {_some(sorted(passed))}"
            )
            self.fault(line, "place", actual.place, expected, nearest(actual.place, passed))

    def _entered(self, report: Report, load: int, stage: int, vehicle: int | None) -> None:
        actual, line = report
        key = (load, stage, actual.event)
        if key in self._seen:
            self.fault(line, "event", actual.event, f"expected one report of it; another stands on line {self._seen[key]}")
            return
        self._seen[key] = line
        world, section = self.situation.translated.world, self.situation.sections(load)[stage]
        leg = int(world.route_leg[world.route_first[self.situation.plan.route[load]] + stage])
        begins = int(self.situation.plan.start[load, stage])
        leaves = actual.event == "departed"
        head = section.loading if leaves else section.passages()[-1][1]
        planned = begins + head
        if actual.date.timed:
            real = tick_of(actual.date.day, self.situation.translated.key.first)
        else:
            real = round(planned) + DAY * (floor(actual.date.day) - floor(self.situation.day(planned) + 1e-6))
        if leaves:
            self.began[load, stage] = begins if real == round(planned) else real - floor(head)
        else:
            end = begins + int(world.leg_time[leg])
            self.ended[load, stage] = end if real == round(planned) else real + ceil(section.unloading)
        if vehicle is not None and actual.vehicle:
            if section.lift is None or self.situation.vehicle(vehicle).rpartition(" ")[0] != section.lift.id:
                carried = "its own wheels" if section.lift is None else f"a vehicle of {section.lift.id}"
                self.fault(line, "vehicle", actual.vehicle, f"expected {carried}, by which it leaves {section.start}")
            else:
                self.on[load, stage] = vehicle

    def _delayed(self, report: Report, loads: Iterable[int], tick: int) -> None:
        actual, line = report
        some, left = False, set[str]()
        for load in loads:
            stages = {section.start: stage for stage, section in enumerate(self.situation.sections(load))}
            left |= set(stages)
            if actual.place and actual.place not in stages:
                continue
            some = True
            self.delays[load] = Delay(load, tick, stages[actual.place] if actual.place else _WHERE_IT_IS)
        if not some:
            self.fault(
                line,
                "place",
                actual.place,
                f"expected a place that '{actual.load}' leaves: {_some(sorted(left))}",
                nearest(actual.place, left),
            )

    def _closed(self, report: Report, tick: int) -> None:
        actual, line = report
        network = self.situation.network
        known = {*network.nodes, *(link.id for link in network.transport.links)}
        if actual.place not in known:
            self.fault(line, "place", actual.place, "expected a node or a link", nearest(actual.place, known))
        elif actual.load or actual.vehicle:
            self.fault(line, "load", actual.load or actual.vehicle, "expected neither load nor vehicle where a place is closed")
        else:
            self.closed.append((actual.place, tick))

    def _vehicle(self, name: str, line: int) -> int | None:
        if not name:
            return None
        known = self.situation.vehicles
        written = " ".join(name.split())
        if written not in known:
            self.fault(line, "vehicle", name, "expected fleet and number of a vehicle, such as 'c-17 3'", nearest(written, known))
            return None
        return known[written]

    def _tick(self, day: float) -> int:
        return max(0, min(tick_of(day, self.situation.translated.key.first), self.situation.translated.world.horizon))

    def changes(self) -> tuple[World, Changes]:
        """The world with gates at what is closed, and all that has changed in it."""
        names = sorted({name for name, _ in self.closed})
        world, gates = gated(self.situation.translated.world, self.situation.translated.key, names)
        cuts = tuple(Cut(gates[name], self.now, until, 0.0) for name, until in self.closed)
        delays = tuple(self._placed(delay) for delay in self.delays.values())
        return world, Changes(
            cuts,
            tuple(self.outages),
            (),
            delays,
            went(self.situation, self.now, self.began, self.ended, self.on, self.heard),
            tuple(sorted(self.lost)),
        )

    def _placed(self, delay: Delay) -> Delay:
        """A delay of a load of which no place is said: it is at home, or where its last reported leg has brought it or will."""
        if delay.done != _WHERE_IT_IS:
            return delay
        return delay._replace(done=max((stage + 1 for load, stage in (*self.began, *self.ended) if load == delay.load), default=0))


def _some(names: Iterable[object]) -> str:
    listed = [str(name) for name in names]
    return ", ".join(listed[:SHOWN]) + (f" and {len(listed) - SHOWN} more" if len(listed) > SHOWN else "")


def _day(day: float) -> str:
    return f"D{floor(day):+d}"
