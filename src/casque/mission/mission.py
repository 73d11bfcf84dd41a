"""The whole mission as one frozen value: what people wrote, read and linked, and nothing worked out."""

from __future__ import annotations

from casque.mission.about import About
from casque.mission.actors import Actors
from casque.mission.agreements import Agreements
from casque.mission.alliance import Alliance
from casque.mission.area import Area
from casque.mission.engagement import Engagement
from casque.mission.factors import Overrides
from casque.mission.forces import Forces
from casque.mission.lessons import Lessons
from casque.mission.mandate import Mandate
from casque.mission.measures import Measures
from casque.mission.movements import Movements
from casque.mission.observations import Observations
from casque.mission.own_rules import OwnRules
from casque.mission.requirements import Requirements
from casque.mission.scenarios import Scenarios
from casque.mission.supply import Supply
from casque.mission.tasks import Tasks
from casque.mission.transport import Transport
from casque.mission.written import Source, Written


class Mission(Written):
    """A mission folder, read. Each field is one file or folder of it; a stage names the fields it reads."""

    about: About
    """mission.yaml"""
    mandate: Mandate
    """mandate.yaml"""
    alliance: Alliance
    """alliance.yaml"""
    agreements: Agreements
    """agreements.yaml"""
    area: Area
    """area.yaml"""
    actors: Actors
    """actors.yaml"""
    tasks: Tasks
    """tasks.yaml"""
    engagement: Engagement
    """engagement.yaml"""
    forces: Forces
    """forces/pledges.csv"""
    transport: Transport
    """transport/"""
    supply: Supply
    """supply.yaml"""
    measures: Measures
    """measures.yaml"""
    observations: Observations
    """observations/"""
    lessons: Lessons
    """lessons/"""
    overrides: Overrides
    """factors/"""
    sources: tuple[Source, ...]
    """sources.yaml"""
    own_rules: OwnRules = OwnRules()
    """rules.yaml"""
    scenarios: Scenarios = Scenarios()
    """scenarios.yaml"""
    requirements: Requirements = Requirements()
    """forces/requirements.csv"""
    movements: Movements = Movements()
    """forces/movements.csv"""
