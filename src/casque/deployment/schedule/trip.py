"""How loads leave, arrive and go on, and how they drive. All times are in ticks."""

from __future__ import annotations

from casque.deployment.schedule.booking import book, fits, has_space, leave_space, lodge, take_space
from casque.deployment.schedule.compilation import compiled
from casque.deployment.schedule.heap import pop, push
from casque.deployment.schedule.queues import State, leg_of, line_up, load_of, via
from casque.deployment.schedule.world import Choice, World

GLANCE = 48
"""Loads that may be passed over, because they do not fit, before a queue is left for now."""


@compiled
def leave(world: World, choice: Choice, state: State, load: int, start: int, trip: int, now: int) -> None:
    """Settle the departure of a load whose uses are booked, that of the next leg where it was fixed with it, and what follows."""
    while True:
        leg, stage, fixed = leg_of(world, choice, state, load), state.stage[load], state.onward[load]
        if state.called[load] == 1:
            state.called[load] = 0
            way = world.route_leg[world.route_first[choice.route[load]]]
            state.start[load, 0] = start - world.leg_dwell[leg] - world.leg_time[way]
        state.start[load, stage], state.trip[load, stage] = start, trip
        arrival = start + world.leg_time[leg]
        if stage > 0 and fixed != start:
            leave_space(world, state.left, leg, load, start)
        state.stage[load] = stage + 1
        route = choice.route[load]
        if world.route_first[route] + stage + 1 >= world.route_first[route + 1]:
            arrive(world, choice, state, load, arrival, now)
            return
        if fixed <= start:
            onward = leg_of(world, choice, state, load)
            state.available[load] = arrival + world.leg_dwell[onward]
            line_up(world, choice, state, load, now)
            return
        state.coming[leg_of(world, choice, state, load)] -= 1
        start, trip = fixed, -1


@compiled
def arrive(world: World, choice: Choice, state: State, load: int, arrival: int, now: int) -> None:
    """Note the arrival of a load; with the last vehicles of a group its people may line up for their last leg."""
    state.arrival[load] = arrival
    group = world.load_group[load]
    if world.load_people[load] == 0:
        state.waiting[group] -= 1
        state.met[group] = max(state.met[group], arrival)
        if state.waiting[group] == 0:
            people = state.gate[group]
            while people >= 0:
                following = state.next_of[people]
                line_up(world, choice, state, people, now)
                people = following


@compiled
def go_on(world: World, choice: Choice, state: State, load: int, arrival: int) -> bool:
    """Take the space to wait for the leg after the next, and fix the departure on it where it is driven; false where there is no space."""
    route = choice.route[load]
    following = world.route_first[route] + state.stage[load] + 1
    if following >= world.route_first[route + 1]:
        return True
    leg = world.route_leg[following]
    last = following + 1 == world.route_first[route + 1]
    gated = world.load_people[load] == 1 and last and world.group_vehicles[world.load_group[load]] > 0
    if choice.through[0] == 0 or world.leg_fleet[leg] >= 0 or gated or not last:
        if not has_space(world, state.left, leg, load, arrival):
            return False
        take_space(world, state.left, leg, load, arrival)
        return True
    start = arrival + world.leg_dwell[leg]
    while True:
        when = fits(world, state.left, leg, load, start, False)
        if when == start:
            break
        if when >= world.horizon:
            return False
        start = when
    if not lodge(world, state.left, leg, load, arrival, start, -1.0):
        return False
    book(world, state.left, leg, load, start, False, -1.0)
    state.onward[load] = start
    return True


@compiled
def go_back(world: World, choice: Choice, state: State, load: int, arrival: int) -> None:
    """Undo what `go_on` has taken."""
    route = choice.route[load]
    following = world.route_first[route] + state.stage[load] + 1
    if following >= world.route_first[route + 1]:
        return
    leg = world.route_leg[following]
    if state.onward[load] >= 0:
        lodge(world, state.left, leg, load, arrival, state.onward[load], 1.0)
        book(world, state.left, leg, load, state.onward[load], False, 1.0)
        state.onward[load] = -1
    elif world.leg_space[leg] >= 0:
        width = world.resource_width[world.leg_space[leg]]
        leave_space(world, state.left, leg, load, arrival // width * width)


@compiled
def drive(world: World, choice: Choice, state: State, leg: int, now: int) -> None:
    """Send off, in order of urgency, the loads that can drive now."""
    first, passed, again = state.heap_first[leg], 0, world.horizon
    while state.heap_size[leg] > 0 and passed < GLANCE:
        ticket = pop(state.heap, first, state.heap_size[leg])
        state.heap_size[leg] -= 1
        load, route = load_of(state, ticket), via(world, choice, state, ticket, leg)
        if route < 0:
            continue
        choice.route[load] = route
        when = state.available[load]
        if when <= now:
            when = fits(world, state.left, leg, load, now, False)
        if when == now:
            book(world, state.left, leg, load, now, False, -1.0)
            if go_on(world, choice, state, load, now + world.leg_time[leg]):
                leave(world, choice, state, load, now, -1, now)
                continue
            book(world, state.left, leg, load, now, False, 1.0)
        again = min(again, max(when, now + 1))
        state.aside[passed] = ticket
        passed += 1
    for back in range(passed):
        push(state.heap, first, state.heap_size[leg], state.aside[back])
        state.heap_size[leg] += 1
    state.try_at[leg] = max(again, now + 1)
