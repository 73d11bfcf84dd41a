"""The days on which an agreement counts are the same in the checks as in every other stage."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casque.checks.solve import solve
from casque.checks.windows import agreement_window
from casque.mission.agreements import Agreement
from casque.mission.mission import Mission
from casque.mission.vocabulary import AgreementKind, AgreementStatus
from casque.plan.findings import State
from casque.reference.load import Reference
from tests.checks.cases import D_DAY, change

DAYS = st.integers(-400, 400)


@given(st.sampled_from(list(AgreementStatus)), st.none() | DAYS, st.none() | DAYS, DAYS)
def test_window_and_effect_agree(status: AgreementStatus, first: int | None, last: int | None, day: int) -> None:
    def when(number: int | None) -> date | None:
        return None if number is None else D_DAY + timedelta(days=number)

    agreement = Agreement(
        id="a", title="A", kind=AgreementKind.SOFA, parties=("un",), status=status, in_force=when(first), expires=when(last)
    )
    window = agreement_window(D_DAY, agreement)
    assert (window.first <= day <= window.last) == agreement.in_effect(D_DAY + timedelta(days=day))


@pytest.mark.parametrize(("agreement", "link"), [("sofa", "agreements"), ("toa", "authority")])
def test_an_agreement_without_a_day_opens_nothing(agreement: str, link: str, example: Mission, reference: Reference) -> None:
    record = solve(change("agreements", agreement, in_force=None)(example), reference)
    states = {(chain.task, item.name): item.state for chain in record.chains for item in chain.links}
    assert {state for (_, name), state in states.items() if name == link} == {State.RED}
    assert ("agreement-undated", f"agreement:{agreement}", "warning") in {(f.rule, f.subject, f.severity) for f in record.findings}
