"""The closed lists of words that a mission folder may use; each is a term of the field (see the glossary)."""

from __future__ import annotations

from enum import StrEnum


class Grade(StrEnum):
    """How good the evidence behind a fact or a planning factor is."""

    VERIFIED = "verified"
    """Read in the primary source that is named."""
    SECONDARY = "secondary"
    """Read in a source that reports it at second hand."""
    JUDGEMENT = "judgement"
    """An estimate of ours, or a statement whose source nobody has read yet."""


class Classification(StrEnum):
    """Classification, in rising order (see `rank`)."""

    UNCLASSIFIED = "UNCLASSIFIED"
    RESTRICTED = "RESTRICTED"
    CONFIDENTIAL = "CONFIDENTIAL"
    SECRET = "SECRET"
    TOP_SECRET = "TOP SECRET"

    @property
    def rank(self) -> int:
        """0 for UNCLASSIFIED, 4 for TOP SECRET."""
        return list(type(self)).index(self)


class LegalBasis(StrEnum):
    """What a provision rests on in law."""

    CHAPTER_VI = "Chapter VI"
    CHAPTER_VII = "Chapter VII"
    CHAPTER_VIII = "Chapter VIII"
    CONSENT = "consent"
    AGREEMENT = "agreement of the parties"
    REGIONAL = "regional charter"


class OrganisationKind(StrEnum):
    """What sort of body can mandate, lead or support a mission."""

    UNIVERSAL = "universal"
    REGIONAL = "regional"
    ALLIANCE = "alliance"
    COALITION = "coalition"


class DecisionRule(StrEnum):
    """How an organisation decides."""

    CONSENSUS = "consensus"
    """Unanimity, normally by silence procedure."""
    COUNCIL_NINE_OF_FIFTEEN = "nine of fifteen, veto"
    TWO_THIRDS = "two thirds"
    MAJORITY = "majority"
    LEAD_NATION = "lead nation"


class StandingKind(StrEnum):
    """What sort of standing arrangement a package of forces is."""

    STANDBY_FORCE = "standby force"
    """Forces of a regional organisation that members keep ready for it."""
    BATTLEGROUP = "battlegroup"
    """A battalion-size package on call for a fixed stretch, then relieved by the next."""
    RAPID_DEPLOYMENT_LEVEL = "rapid-deployment level"
    """Units that a contributor has registered to leave within a stated time of a request, as in the UN readiness system."""
    FORCE_NEARBY = "force nearby"
    """Forces that already stand in or near the theatre under another task."""
    LEAD_NATION_FORCE = "lead-nation force"
    """A package that one nation keeps ready and sends on its own decision."""
    RESERVE_AFLOAT = "reserve over the horizon"
    """A reserve at sea or outside the area that comes when called and goes again."""


class InstrumentKind(StrEnum):
    """The kinds of text that a mission rests on."""

    RESOLUTION = "resolution"
    PEACE_AGREEMENT = "peace agreement"
    HOST_CONSENT = "host consent"
    REGIONAL_DECISION = "regional decision"
    UNDERTAKING = "undertaking"


class ForceLevel(StrEnum):
    """How much force a provision or a rule allows, in rising order (see `rank`)."""

    SELF_DEFENCE = "self-defence"
    MINIMUM = "minimum force"
    ALL_NECESSARY = "all necessary means"

    @property
    def rank(self) -> int:
        """0 for self-defence up to 2 for all necessary means."""
        return list(type(self)).index(self)


class AgreementKind(StrEnum):
    """Agreements that gate: without one of them a unit is not deployable, taskable or sustained."""

    SOFA = "status of forces"
    TRANSIT = "transit"
    OVERFLIGHT = "overflight"
    BASING = "basing"
    MOU = "memorandum of understanding"
    LOA = "letter of assist"
    TRANSFER_OF_AUTHORITY = "transfer of authority"
    HOST_SUPPORT = "host nation support"


class AgreementStatus(StrEnum):
    """How far an agreement has come."""

    IN_FORCE = "in force"
    SIGNED = "signed"
    NEGOTIATING = "negotiating"
    REFUSED = "refused"


class Authority(StrEnum):
    """NATO's degrees of authority over a force, from the widest to the narrowest."""

    FULLCOM = "FULLCOM"
    OPCOM = "OPCOM"
    OPCON = "OPCON"
    TACOM = "TACOM"
    TACON = "TACON"

    @property
    def rank(self) -> int:
        """0 for FULLCOM, 4 for TACON."""
        return list(type(self)).index(self)


class Terrain(StrEnum):
    """The ground that rules most of a sector."""

    FLAT = "flat"
    HILLS = "hills"
    MOUNTAINS = "mountains"
    URBAN = "urban"
    DESERT = "desert"
    FOREST = "forest"


class Climate(StrEnum):
    """Climate classes of the water planning tables."""

    TEMPERATE = "temperate"
    COLD = "cold"
    HOT_ARID = "hot arid"
    HOT_TROPICAL = "hot tropical"


class Threat(StrEnum):
    """Assessed threat in a sector and phase, in rising order (see `rank`)."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def rank(self) -> int:
        """0 for low, 2 for high."""
        return list(type(self)).index(self)


class ActorKind(StrEnum):
    """Who is in the area besides the force."""

    PARTY = "party"
    """A party to the conflict that bears arms."""
    INSTITUTION = "institution"
    """A host or international civil institution."""
    POPULATION = "population"
    """A part of the population, resident or displaced."""


class PlaceKind(StrEnum):
    """What a named place is."""

    CITY = "city"
    TOWN = "town"
    BORDER_CROSSING = "border crossing"
    ENCLAVE = "enclave"
    SITE = "protected site"
    CAMP = "camp"


class Capability(StrEnum):
    """What a requirement line asks for and a unit brings."""

    INFANTRY = "infantry"
    MECHANISED = "mechanised"
    ARMOUR = "armour"
    RECONNAISSANCE = "reconnaissance"
    MILITARY_POLICE = "military police"
    FORMED_POLICE = "formed police"
    ENGINEER = "engineer"
    EXPLOSIVE_ORDNANCE_DISPOSAL = "explosive ordnance disposal"
    MEDICAL = "medical"
    AVIATION = "aviation"
    SIGNALS = "signals"
    SURVEILLANCE = "surveillance"
    CIVIL_MILITARY = "civil-military"
    TRANSPORT = "transport"
    LOGISTICS = "logistics"
    HEADQUARTERS = "headquarters"
    HOSPITAL = "hospital"
    """Surgery and beds: levels 2 and 3."""
    MEDICAL_EVACUATION = "medical evacuation"
    """Aircraft that bring casualties to surgery."""
    RIVERINE = "riverine"
    """Boats and landing craft on rivers, lakes and the coast."""
    CYBER_DEFENCE = "cyber defence"
    INFORMATION = "information"
    """Radio, print and talk to the population; psychological operations."""


class StatementMode(StrEnum):
    """What a line that the staff states does to the lines that are worked out."""

    OVERRIDES = "overrides"
    """It takes the place of the lines of the same task, sector and capability; one of a movement, of those of the same unit."""
    JOINS = "joins"
    """It stands beside them."""


class BandProfile(StrEnum):
    """How hard security is to keep, for the rules of thumb by population, in rising order."""

    POLICING = "policing"
    LOW = "low"
    MEDIUM = "medium"
    STABILISATION = "stabilisation"


class RuleKind(StrEnum):
    """NATO's three kinds of rules of engagement."""

    PERMISSION = "permission"
    LIMITATION = "limitation"
    """Allowed only on the word of whoever holds the rule."""
    PROHIBITION = "prohibition"


class RuleStatus(StrEnum):
    """Where a rule of engagement stands between request and withdrawal."""

    REQUESTED = "requested"
    AUTHORISED = "authorised"
    IMPLEMENTED = "implemented"
    DENIED = "denied"
    WITHDRAWN = "withdrawn"


class Circumstance(StrEnum):
    """What can be the case when somebody has to decide about force; a rule of engagement may ask for it or exclude it."""

    HOSTILE_ACT = "hostile act"
    HOSTILE_INTENT = "hostile intent"
    IMMINENT_THREAT = "imminent threat to life"
    VIOLENT_CROWD = "violent crowd"
    OBSTRUCTION = "obstruction"
    SERIOUS_CRIME = "serious crime"
    PROPERTY_ONLY = "only property at risk"
    BYSTANDERS = "bystanders at risk"
    WARNING_GIVEN = "warning given"
    LESSER_MEANS_FAILED = "lesser means failed"
    OUT_OF_REACH = "superior out of reach"


class Protected(StrEnum):
    """Whom or what force may be used to protect."""

    OWN_FORCE = "own force"
    MISSION = "mission personnel"
    DESIGNATED_PERSONS = "designated persons"
    CIVILIANS = "civilians"
    DESIGNATED_SITES = "designated sites"
    PROPERTY = "property"


class Season(StrEnum):
    """The seasons that matter to a caveat: the three winter months, and the rest."""

    WINTER = "winter"
    SUMMER = "summer"
    """Outside the winter months."""


class PledgeStatus(StrEnum):
    """How firm a pledge is."""

    OFFERED = "offered"
    COMMITTED = "committed"
    CONFIRMED = "confirmed"


class Readiness(StrEnum):
    """How ready a pledged unit is held, by the system in which it is registered."""

    UN_1 = "UN level 1"
    """Registered as a pledge."""
    UN_2 = "UN level 2"
    """Assessed by a visit."""
    UN_3 = "UN level 3"
    """Lists of people and equipment agreed."""
    UN_RAPID = "UN rapid deployment"
    """Promised to leave within a stated time of a request."""
    NATO_1 = "NATO category 1"
    NATO_2 = "NATO category 2"
    NATO_3 = "NATO category 3"
    NATO_4 = "NATO category 4"
    NATO_5 = "NATO category 5"
    NATO_6 = "NATO category 6"
    NATO_7 = "NATO category 7"
    NATO_8 = "NATO category 8"
    NATO_9 = "NATO category 9"

    @property
    def factor(self) -> str:
        """Planning factor with its days of notice."""
        return f"force.notice-{self.value.lower().replace(' ', '-')}"


class NodeKind(StrEnum):
    """What a node of the transport network is."""

    HOME = "home station"
    AIRPORT = "airport"
    SEAPORT = "seaport"
    STAGING = "staging area"
    BORDER = "border crossing"
    TOWN = "town"
    BASE = "sector base"


class Mode(StrEnum):
    """Modes of transport."""

    AIR = "air"
    SEA = "sea"
    ROAD = "road"
    RAIL = "rail"


class SupplyClass(StrEnum):
    """NATO's five classes of supply; water and medical stores are kept apart because they run out first."""

    I = "I"  # noqa: E741 - the class is called I
    """Subsistence: rations."""
    WATER = "water"
    II = "II"
    """Scaled items: clothing, weapons, tools, spares."""
    III = "III"
    """Petroleum, oil, lubricants."""
    IV = "IV"
    """Unscaled items: construction and field defence stores."""
    V = "V"
    """Ammunition."""
    MEDICAL = "medical"


class Direction(StrEnum):
    """Which way a measure has to go."""

    LOWER = "lower is better"
    HIGHER = "higher is better"


class LessonStatus(StrEnum):
    """Where a lesson stands; it is learned only after validated remedial action."""

    OBSERVATION = "observation"
    IDENTIFIED = "lesson identified"
    LEARNED = "lesson learned"


class Severity(StrEnum):
    """How bad a finding is."""

    ERROR = "error"
    """The task cannot lawfully, or cannot at all, be done as written."""
    WARNING = "warning"
    """It can be done late, in part, or at a named risk."""
    NOTE = "note"
    """Worth knowing."""
