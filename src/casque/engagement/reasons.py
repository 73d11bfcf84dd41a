"""An answer in words: the decision, the texts that decided it with their sources, whose word is needed, and what would change it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from casque.engagement.changes import Change, changes
from casque.engagement.law import Law, crossing_measures
from casque.engagement.postings import Posting
from casque.engagement.request import SELF_DEFENCE, Request
from casque.engagement.titles import Titles, wait_text
from casque.engagement.weigh import Weighed, weigh, word
from casque.mission.agreements import Agreement
from casque.mission.vocabulary import AgreementStatus, RuleStatus
from casque.mission.written import Sourced
from casque.plan.engagement import Answer


@dataclass(frozen=True)
class Text:
    """A text that bears on an answer."""

    item: str
    """Kind and id: `rule:x`, `caveat:x`, `agreement:x`, `provision:x`; `gate:transfer` and `gate:status` where an agreement is missing."""
    title: str
    says: str
    """What it says, in the words of the mission folder."""
    effect: str
    """What it does here."""
    decided: bool
    """Whether it decided; otherwise it is one that the deciding texts rest on."""
    sources: tuple[str, ...] = ()
    """Titles of the sources that bear it out."""
    grade: str = ""
    """Grade of that evidence."""


@dataclass(frozen=True)
class NeededWord:
    """A word that has to come first. Delays are in hours."""

    of: str
    item: str
    expected: float
    least: float
    most: float

    @property
    def sentence(self) -> str:
        """Whose word, and how long it takes."""
        band = f", {wait_text(self.least)} to {wait_text(self.most)}" if self.least != self.most else ""
        return f"{self.of}: about {wait_text(self.expected)}{band} ({self.item})"


@dataclass(frozen=True)
class Reasoned:
    """An answer with its reasons."""

    request: Request
    answer: Answer
    sentence: str
    """The answer in one sentence."""
    decided_by: tuple[str, ...]
    """What decided it, as `kind:id`; empty for self-defence and where the silence of the rules forbids."""
    delay: float
    """Expected hours until the last word that is needed comes."""
    delay_band: tuple[float, float]
    """Shortest and longest hours until then."""
    words: tuple[NeededWord, ...]
    texts: tuple[Text, ...]
    """The texts that decided, then those that they rest on."""
    changes: tuple[Change, ...]
    """What would change the answer; of a permission, what would take it away."""
    remarks: tuple[str, ...]
    """What a reader should know besides."""


def reasoned(law: Law, titles: Titles, request: Request, posting: Posting | None = None) -> Reasoned:
    """The answer to a request whose names are known, with its reasons. `posting` is where the plan has the unit at that time."""
    weighed = weigh(law, request)
    words = _words(law, titles, request, weighed)
    return Reasoned(
        request=request,
        answer=weighed.answer,
        sentence=_sentence(law, titles, request, weighed, words),
        decided_by=weighed.decided_by,
        delay=weighed.delay,
        delay_band=_band(words),
        words=words,
        texts=tuple(_texts(law, titles, request, weighed)),
        changes=changes(law, titles, request, weighed),
        remarks=tuple(_remarks(law, titles, request, weighed, posting)),
    )


def _sentence(law: Law, titles: Titles, request: Request, weighed: Weighed, words: tuple[NeededWord, ...]) -> str:
    unit = titles.units[request.unit]
    when = f"at {titles.where(request)} on {titles.moment(request)}"
    if request.measure == SELF_DEFENCE:
        return f"Permitted: self-defence is inherent; {unit} needs no rule for it {when}."
    measure = titles.measure(request.measure, (table.rule for table in law.measures[request.measure]))
    if weighed.answer == "permitted":
        told = f"{_awaited(weighed)}{_beyond(law, titles, request)}"
        return f"Permitted: {unit} may take the measure {measure} {when}.{told}"
    if weighed.answer == "needs word":
        holders = " and ".join(dict.fromkeys(item.of for item in words))
        least, most = _band(words)
        band = f" ({wait_text(least)} to {wait_text(most)})" if least != most else ""
        after = f"{wait_text(weighed.delay)}{band}"
        taken = f"then {unit} may take the measure {measure} {when}"
        return f"Needs the word of {holders}, expected after {after}: {taken}.{_awaited(weighed)}{_beyond(law, titles, request)}"
    why = "" if weighed.bars else " No rule in force permits it there and then, and nothing is permitted by silence."
    return f"Prohibited: {unit} may not take the measure {measure} {when}.{why}"


def _awaited(weighed: Weighed) -> str:
    """Where no rule that lets it be done is in force yet, that the answer counts on one that is awaited."""
    rules = [table.rule for table in weighed.permissions or weighed.limitations]
    if any(rule.status not in (RuleStatus.REQUESTED, RuleStatus.AUTHORISED) for rule in rules):
        return ""
    return f" This counts on a rule that is only {rules[0].status}; until it is implemented, the answer is no."


def _band(words: tuple[NeededWord, ...]) -> tuple[float, float]:
    return max((word.least for word in words), default=0.0), max((word.most for word in words), default=0.0)


def _words(law: Law, titles: Titles, request: Request, weighed: Weighed) -> tuple[NeededWord, ...]:
    if weighed.answer != "needs word":
        return ()
    found = []
    for table in weighed.liftable:
        caveat = table.caveat
        least, most = caveat.delay_band
        found.append(NeededWord(caveat.waived_by, f"caveat:{caveat.id}", caveat.expected_delay, least, most))
    if not weighed.permissions:
        held = [(table.rule, word(law, table.rule, request)) for table in weighed.limitations]
        rule, (post, delay) = min(((rule, given) for rule, given in held if given is not None), key=lambda pair: pair[1][1])
        found.append(NeededWord(titles.posts.get(post, post), f"rule:{rule.id}", delay, delay, delay))
    return tuple(found)


def _texts(law: Law, titles: Titles, request: Request, weighed: Weighed) -> Iterable[Text]:
    """The texts that decided; then, where anything permits it, the rules, provisions and agreements that this rests on."""
    for item in weighed.decided_by:
        yield _deciding(law, titles, request, weighed, item)
    if weighed.answer == "prohibited" or request.measure == SELF_DEFENCE:
        return
    rules = weighed.permissions or weighed.limitations
    if weighed.permissions and weighed.liftable:
        for table in rules:
            yield _text(titles, f"rule:{table.rule.id}", table.rule.title, table.rule.text, "permits it", table.rule, False)
    for name in dict.fromkeys(table.rule.provision for table in rules):
        instrument, provision = titles.provisions[name]
        # What is judged of an instrument's renewal says nothing about whether it is in force.
        instrument = instrument.model_copy(update={"judged": tuple(item for item in instrument.judged if item in ("in_force", "expires"))})
        effect = f"is in force and allows {provision.force_level}"
        yield _text(titles, f"provision:{name}", titles.provision(name), provision.text, effect, instrument, False)
    member = law.units[request.unit].member
    for tables, effect in ((law.transfers, "passes authority over the unit on"), (law.statuses, "settles its status in the country")):
        held = next(agreement for agreement, (first, last) in tables[member] if first <= request.day <= last)
        yield _text(titles, f"agreement:{held.id}", held.title, "; ".join(held.rights), effect, held, False)


def _deciding(law: Law, titles: Titles, request: Request, weighed: Weighed, item: str) -> Text:
    kind, _, name = item.partition(":")
    if kind == "caveat":
        caveat = titles.caveats[name]
        nation = titles.members.get(caveat.member, caveat.member)
        lifted = f"; {caveat.waived_by} can lift it" if caveat.waived_by else ", and nobody is named who can lift it"
        title = f"{'Caveat' if caveat.declared else 'Undeclared caveat'} of {nation}"
        return _text(titles, item, title, caveat.text, f"bars it{lifted}", caveat, True)
    if kind == "gate":
        member = law.units[request.unit].member
        nation = titles.members.get(member, member)
        what = "transfer of authority" if name == "transfer" else "status of forces agreement"
        covering = [agreement for agreement in titles.agreements[name] if agreement.covers(member)]
        told = [f"{agreement.title}: {agreement.status}, {_window(titles, agreement)}" for agreement in covering]
        says = "; ".join(told) or "no agreement is written"
        effect = f"its units may not be tasked without one; none is in force on {titles.day(request.day)}"
        return _text(titles, item, f"No {what} for {nation}", says, effect, covering[0] if covering else None, True)
    rule = titles.rules[name]
    if not rule.permits:
        effect = "forbids it" if rule.regulates else f"forbids every measure that takes more than {rule.force_level}"
    elif weighed.answer == "permitted":
        effect = "permits it" if rule.kind == "permission" else "permits it without the word while the superior is out of reach"
    else:
        found = word(law, rule, request)
        effect = f"lets it be done on the word of {titles.posts.get(found[0], found[0])}" if found else "lets it be done on a word"
    return _text(titles, item, rule.title, rule.text, effect, rule, True)


def _window(titles: Titles, agreement: Agreement) -> str:
    if agreement.in_force is None:
        return "without a first day"
    first = f"from {titles.day((agreement.in_force - titles.d_day).days)}"
    return first if agreement.expires is None else f"{first} to {titles.day((agreement.expires - titles.d_day).days)}"


def _text(titles: Titles, item: str, title: str, says: str, effect: str, evidence: Sourced | None, decided: bool) -> Text:
    if evidence is None:
        return Text(item, title, says, effect, decided)
    sources = tuple(titles.sources.get(name, name) for name in evidence.source)
    judged = f" ({', '.join(evidence.judged)}: judgement)" if evidence.judged else ""
    return Text(item, title, says, effect, decided, sources, f"{evidence.grade}{judged}")


def _remarks(law: Law, titles: Titles, request: Request, weighed: Weighed, posting: Posting | None) -> Iterable[str]:
    unit, name = law.units[request.unit], titles.units[request.unit]
    if posting is not None and not posting.start <= request.day <= posting.end:
        where = titles.sectors.get(posting.sector, posting.sector)
        yield f"{name} is not in place then: the last run has it in {where} from {titles.day(posting.start)} to {titles.day(posting.end)}."
    elif posting is None and unit.sector:
        yield f"No run has posted {name}; it is taken to serve in {titles.sectors.get(unit.sector, unit.sector)}, as its member wishes."
    elif posting is None:
        yield f"Nobody says in which sector {name} serves, so no caveat against leaving its own sector was applied."
    if request.day < 0:
        yield "The time lies before D-day."
    if request.sector == "":
        yield "The place lies outside every sector, so only rules without sectors speak there."
    barring = [item for item in weighed.decided_by if item.startswith("caveat:")]
    for item in barring:
        if not titles.caveats[item.partition(":")[2]].declared:
            yield f"The caveat {item.partition(':')[2]} was never declared, only observed; the member may deny it."
    for table in weighed.liftable if weighed.answer == "prohibited" else ():
        yield f"The caveat {table.caveat.id} stands in the way too; {table.caveat.waived_by} can lift it."
    if weighed.answer != "prohibited":
        unit_sector = titles.sectors.get(unit.sector, unit.sector)
        if request.measure != SELF_DEFENCE and unit.sector not in ("", request.sector):
            yield f"{titles.where(request)} lies outside {unit_sector}, where {name} serves."
        yield from _pending(law, request, weighed)


def _beyond(law: Law, titles: Titles, request: Request) -> str:
    """What a unit needs beside to act outside its own sector, and does not have yet."""
    if law.units[request.unit].sector in ("", request.sector):
        return ""
    told = []
    for measure in crossing_measures(law):
        asked = replace(request, measure=measure)
        found = weigh(law, asked)
        if measure == request.measure or found.answer == "permitted":
            continue
        named = titles.measure(measure, (table.rule for table in law.measures[measure]))
        words = "; ".join(item.sentence for item in _words(law, titles, asked, found))
        needs = f"needs the word of {words}" if words else "is prohibited"
        told.append(f" But that is outside its own sector, and {named} {needs}.")
    return "".join(told)


def _pending(law: Law, request: Request, weighed: Weighed) -> Iterable[str]:
    """Rules and agreements that are counted on without being in force yet, and rules that are overdue for review."""
    for table in weighed.permissions or weighed.limitations:
        if table.rule.status in (RuleStatus.REQUESTED, RuleStatus.AUTHORISED):
            yield f"The rule '{table.rule.title}' is only {table.rule.status}; it is expected to be implemented by then."
        if table.rule.review_by is not None and (table.rule.review_by - law.d_day).days < request.day:
            yield f"The rule '{table.rule.title}' was to be reviewed by {table.rule.review_by}."
    if request.measure != SELF_DEFENCE:
        for tables in (law.transfers, law.statuses):
            for agreement, (first, last) in tables[law.units[request.unit].member]:
                if first <= request.day <= last and agreement.status is not AgreementStatus.IN_FORCE:
                    yield f"{agreement.title} is only {agreement.status}; it is expected to have effect by then."
        passed = [item for item, (first, last) in law.transfers[law.units[request.unit].member] if first <= request.day <= last]
        if passed and all(item.tasks for item in passed):
            tasks = ", ".join(dict.fromkeys(task for item in passed for task in item.tasks))
            yield f"Authority over the unit is passed on for some tasks only: {tasks}."
