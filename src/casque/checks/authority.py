"""Which post commands whom, and at which degree: over a sector, over several, and over the units of a member."""

from __future__ import annotations

from collections.abc import Iterable

from casque.checks.problem import Problem
from casque.mission.alliance import CommandPost
from casque.mission.command_authority import powers, widest, withheld
from casque.mission.tasks import Task
from casque.mission.vocabulary import Authority


def given_to(problem: Problem, post: CommandPost) -> tuple[Authority, ...]:
    """Degrees that a post holds over units: what nations transfer to it, and what its superior passes on to it."""
    passed = [item.authority for item in problem.transfers if item.to_post == post.id and item.authority is not None]
    return tuple(dict.fromkeys([*passed, *([post.authority] if post.authority is not None else [])]))


def transferred(problem: Problem, member: str) -> tuple[Authority, ...]:
    """Degrees at which a member transfers authority over its units, refused and undated transfers left out."""
    return tuple(
        item.authority
        for item in problem.transfers
        if item.covers(member) and item.authority is not None and not problem.agreement_window(item).empty
    )


def path_up(problem: Problem, sector: str) -> tuple[CommandPost, ...]:
    """Posts from those that command a sector to the head of their chain, the lowest first; none where no post commands it."""
    posts = {post.id: post for post in problem.mission.alliance.command_posts}
    path: dict[str, CommandPost] = {}
    for start in (post for post in posts.values() if post.sector == sector):
        here: CommandPost | None = start
        while here is not None and here.id not in path:
            path[here.id] = here
            here = posts.get(here.superior or "")
    return tuple(path.values())


def common_post(problem: Problem, sectors: tuple[str, ...]) -> CommandPost | None:
    """The lowest post that stands above several sectors, or commands all of them."""
    paths = [path_up(problem, sector) for sector in sectors]
    others = [{post.id for post in path} for path in paths[1:]]
    return next((post for post in paths[0] if all(post.id in ids for ids in others)), None) if paths else None


def holder(problem: Problem, tasks: Iterable[Task]) -> str | None:
    """Post nearest to some tasks that a rule could be delegated to: that of their sector, else the highest."""
    posts = problem.mission.alliance.command_posts
    wanted = {sector for task in tasks for sector in task.sectors}
    near = [post.id for post in posts if post.sector in wanted]
    return next(iter([*near, *(post.id for post in posts if post.superior is None), *(post.id for post in posts)]), None)


def powers_text(degree: Authority) -> str:
    """What the holder of a degree may do and may not, in a sentence."""
    barred = ", ".join(withheld(degree))
    return f"{degree}: may {', '.join(powers(degree))}" + (f"; may not {barred}" if barred else "")


def degree_of(problem: Problem, post: CommandPost) -> Authority | None:
    """The widest degree that a post holds."""
    return widest(given_to(problem, post))
