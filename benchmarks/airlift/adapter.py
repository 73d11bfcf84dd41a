"""Turns the simulator's observations into a picture, and our orders into its actions.

Runs under the simulator's own Python, beside its old libraries; of Casque it needs the tasking of vehicles only.
"""

from __future__ import annotations

from typing import Any

from casque.deployment.tasking.picture import Fleet, Haul, Order, Picture, Request, Vehicle, Way
from casque.deployment.tasking.solve import Params, solve

WAITING, PROCESSING, MOVING, READY = range(4)
"""States of an aircraft in the simulator; one that came waits to be processed, and is ready to take off afterwards."""
NO_AIRPORT = 0
LAST_PRIORITY = 9
"""Place in the queue of an airport for an aircraft without a haul; 1 is first."""
PRIORITY_STEPS = 100
"""Steps of the simulator by which urgencies of neighbouring places in the queue differ."""


class Dispatcher:
    """A solution in the sense of the simulator: `reset` once, then `policies` at every step."""

    def __init__(self, params: Params | None = None) -> None:
        self.params = params or Params()
        self.now = 0
        self.hauls: dict[int, Haul] = {}
        self.queued: dict[int, int] = {}

    def reset(self, obs: Any, observation_spaces: Any = None, action_spaces: Any = None, seed: int | None = None) -> None:
        """Starts an episode. The spaces and the seed are part of the simulator's call; nothing here is random."""
        del obs, observation_spaces, action_spaces, seed
        self.now, self.hauls, self.queued = 0, {}, {}

    def policies(self, obs: Any, dones: Any, infos: Any = None) -> dict[str, Any]:
        """Actions of every aircraft for the next step."""
        del dones, infos
        names = list(obs)
        picture = self.picture(obs, names)
        orders, self.hauls = solve(picture, self.hauls, self.params)
        actions = {name: self._action(obs[name], index, orders.get(index)) for index, name in enumerate(names)}
        self.now += 1
        return actions

    def picture(self, obs: Any, names: list[str]) -> Picture:
        """The simulator's observation as a picture. Its airports count from 1, ours from 0."""
        state = obs[names[0]]["globalstate"]
        graphs = [state["route_map"][kind.id] for kind in state["plane_types"]]
        nodes = sorted(graphs[0].nodes)
        handling = float(state["scenario_info"][0].processing_time + 1)
        fleets = tuple(
            Fleet(
                float(kind.max_weight),
                tuple(Way(start - 1, end - 1, data["time"] + 1, data["cost"], data["mal"]) for start, end, data in graph.edges(data=True)),
            )
            for kind, graph in zip(state["plane_types"], graphs, strict=True)
        )
        kinds = {kind.id: index for index, kind in enumerate(state["plane_types"])}
        aboard = {item for name in names for item in obs[name]["cargo_onboard"]}
        requests = {
            item.id: Request(
                None if item.id in aboard or item.location == NO_AIRPORT else item.location - 1,
                item.destination - 1,
                float(item.weight),
                float(item.earliest_pickup_time),
                float(item.soft_deadline),
                float(item.hard_deadline),
            )
            for item in state["active_cargo"]
        }
        vehicles = {index: self._vehicle(obs[name], kinds, graphs, handling) for index, name in enumerate(names)}
        slots = tuple(int(graphs[0].nodes[node]["working_capacity"]) for node in nodes)
        return Picture(float(self.now), handling, slots, fleets, vehicles, requests)

    def _vehicle(self, seen: Any, kinds: dict[int, int], graphs: list[Any], handling: float) -> Vehicle:
        # How long an aircraft has been under way or handled is not told: the whole flight and half the handling are taken.
        fleet = kinds[seen["plane_type"]]
        moving = seen["state"] == MOVING
        at = seen["destination"] if moving else seen["current_airport"]
        free = float(self.now)
        if moving:
            free += graphs[fleet][seen["current_airport"]][at]["time"]
        elif seen["state"] == PROCESSING:
            free += handling / 2
        return Vehicle(fleet, at - 1, free, tuple(seen["cargo_onboard"]), seen["state"] == READY)

    def _action(self, seen: Any, index: int, order: Order | None) -> dict[str, Any]:
        action = {"priority": 1, "cargo_to_load": [], "cargo_to_unload": [], "destination": NO_AIRPORT}
        if order is None or seen["state"] in (MOVING, PROCESSING):
            self.queued.pop(index, None)
            return action
        action["cargo_to_load"], action["cargo_to_unload"] = list(order.load), list(order.unload)
        # The simulator's queue must not see a vehicle change its priority while it waits.
        action["priority"] = self.queued.setdefault(index, _priority(order.urgency))
        if seen["state"] == READY and not order.load and not order.unload:
            self.queued.pop(index, None)
            if order.to is not None and order.to + 1 in seen["available_routes"]:
                action["destination"] = order.to + 1
        return action


def _priority(urgency: float) -> int:
    """Place in the queue of an airport by the time left."""
    if urgency == float("inf"):
        return LAST_PRIORITY
    return max(1, min(LAST_PRIORITY - 1, int(urgency // PRIORITY_STEPS) + 1))
