"""A CRM is told: signed, at least once, in order for one subject, for days if it must be."""

from __future__ import annotations

from collections.abc import Generator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from lianpu.api.http.events.deliver import GROWTH, waiting
from lianpu.api.http.events.rules import MOST
from lianpu.api.http.events.webhooks import MESSAGES
from lianpu.api.operational.clients import disable
from lianpu.api.operational.events import subscription_in
from starlette.testclient import TestClient

from ..support.graphs import Graph
from ..support.receiver import RETRY_AFTER
from .eventful import CITY, EVERY, Hands, eventful, lead, report

OTHER = "B1"
FRESH = Graph()
FRESH.firm("motor-new", "A2", name="甲二电机有限公司", makes={"motor": 1.0})


@pytest.fixture
def hands(town_folder: Path) -> Generator[Hands]:
    with eventful(town_folder) as found:
        yield found


@pytest.fixture
def crm(hands: Hands) -> TestClient:
    return hands.client("read", "leads", region=CITY)


def dead(crm: TestClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = crm.get("/v1/deliveries?state=dead").json()["deliveries"]
    return found


def test_a_lead_is_told_signed_and_in_order(hands: Hands, crm: TestClient) -> None:
    hands.listen(crm)
    found = lead(crm, "battery-bee")
    for stage in ("talks", "signed"):
        found = report(crm, found, stage=stage)
    hands.deliver()
    assert [each["stage"]["code"] for each in hands.receiver.of("lead.updated")] == [
        "lead",
        "talks",
        "signed",
    ]
    assert hands.receiver.forged == 0
    assert all(
        "contact" not in each or each["contact"] is None
        for each in hands.receiver.of("lead.updated")
    )


def test_a_landed_project_closes_its_gap_and_the_crm_hears_of_it(
    hands: Hands, crm: TestClient
) -> None:
    hands.listen(crm)
    report(crm, lead(crm, "battery-bee"), stage="operating")
    hands.deliver()
    (closed,) = hands.receiver.of("gap.closed")
    assert (closed["product"]["id"], closed["before"]) == ("battery", "missing")
    assert closed["scope"]["region"]["id"] == CITY and closed["by"]
    assert hands.receiver.of("snapshot.published")[-1]["snapshot"] == closed["snapshot"]


def test_a_gap_that_opens_is_told(hands: Hands, crm: TestClient) -> None:
    hands.listen(crm)
    change = Graph()
    change.firm("motor-one", "A1x", name="东县电机有限公司", status="closed")
    hands.publish(change)
    hands.deliver()
    (opened,) = hands.receiver.of("gap.opened")
    assert opened["product"]["id"] == "motor"
    assert (opened["before"], opened["after"]) == ("weak", "unknown"), "nobody is on record now"


def test_targets_that_enter_and_leave_are_told(hands: Hands, crm: TestClient) -> None:
    hands.listen(crm)
    change = Graph()
    change.firm("battery-new", "A2", name="甲二新电池有限公司", makes={"battery": 1.0}, revenue=1e9)
    change.firm("battery-bee", "B1", name="乙一新能源股份有限公司", status="closed")
    hands.publish(change)
    hands.deliver()
    (entered,), (left,) = hands.receiver.of("target.entered"), hands.receiver.of("target.left")
    assert (entered["product"]["id"], entered["enterprise"]["id"]) == ("battery", "battery-new")
    assert left["enterprise"]["id"] == "battery-bee"


def test_a_snapshot_is_announced_once(hands: Hands, crm: TestClient) -> None:
    hands.listen(crm)
    hands.publish(FRESH)
    hands.deliver()
    hands.deliver()
    assert hands.receiver.types().count("snapshot.published") == 1
    ids = [key for key, _ in hands.receiver.taken]
    assert len(ids) == len(set(ids))


def test_who_is_bound_elsewhere_hears_nothing(hands: Hands, crm: TestClient) -> None:
    other = hands.client("leads", region=OTHER)
    hands.listen(other, ["lead.updated"], region=None)
    refused = other.post(
        "/v1/subscriptions", json={"url": hands.url, "types": ["lead.updated"], "region": CITY}
    )
    assert refused.status_code == 403
    lead(crm, "battery-bee")
    hands.deliver()
    assert hands.receiver.taken == []


def test_a_subscription_hears_what_it_asked_for_alone(hands: Hands, crm: TestClient) -> None:
    hands.listen(crm, ["snapshot.published"])
    lead(crm, "battery-bee")
    hands.deliver()
    assert set(hands.receiver.types()) == {"snapshot.published"}


def test_a_disabled_client_hears_no_more(hands: Hands, crm: TestClient) -> None:
    hands.listen(crm, ["lead.updated"])
    whose = lead(crm, "battery-bee")
    hands.receiver.answer = lambda _: 503
    hands.deliver()
    report(crm, whose, stage="talks")
    (told, *_) = crm.get(f"/v1/leads/{whose['id']}/history").json()["versions"]
    disable(hands.served.service.database, told["client"])
    hands.receiver.answer = lambda _: 200
    hands.wait(hours=1)
    hands.deliver()
    assert hands.receiver.taken == []
    admin = hands.client("leads", "admin")
    (letter,) = dead(admin)
    assert "disabled" in letter["error"]


def test_a_crm_that_is_down_is_told_when_it_is_back(hands: Hands, crm: TestClient) -> None:
    hands.listen(crm, ["lead.updated"])
    hands.receiver.answer = lambda _: 503
    found = report(crm, lead(crm, "battery-bee"), stage="talks")
    hands.deliver()
    hands.wait(hours=12)
    hands.deliver()
    assert hands.receiver.taken == []
    hands.receiver.answer = lambda _: 200
    hands.wait(hours=12)
    hands.deliver()
    told = hands.receiver.of("lead.updated")
    assert [each["version"] for each in told] == [1, 2] and told[-1]["id"] == found["id"]


def test_waits_grow_over_three_days_and_are_strewn() -> None:
    strewn = {round(waiting(3, 5.0)) for _ in range(50)}
    assert len(strewn) > 10 and all(360 * 5 * 0.8 <= each <= 360 * 5 * 1.2 for each in strewn)
    assert timedelta(days=3) < timedelta(seconds=sum(GROWTH) * 5) < timedelta(days=4)


def test_a_receiver_may_say_when_to_come_again(hands: Hands, crm: TestClient) -> None:
    hands.listen(crm, ["lead.updated"])
    hands.receiver.answer = lambda _: 429
    lead(crm, "battery-bee")
    hands.deliver()
    (tried,) = crm.get("/v1/deliveries").json()["deliveries"]
    wait = datetime.fromisoformat(tried["due"]) - hands.moment
    assert wait == timedelta(seconds=RETRY_AFTER)


def test_what_never_arrives_is_a_dead_letter_and_may_be_sent_again(
    hands: Hands, crm: TestClient
) -> None:
    hands.listen(crm, ["lead.updated"])
    hands.receiver.answer = lambda _: 500
    lead(crm, "battery-bee")
    for _ in range(len(GROWTH) + 1):
        assert dead(crm) == []
        hands.deliver()
        hands.wait(days=2)
    (letter,) = dead(crm)
    assert (letter["status"], letter["attempts"], letter["type"]) == (500, 10, "lead.updated")
    hands.receiver.answer = lambda _: 200
    hands.deliver()
    assert hands.receiver.taken == []
    again = crm.post(f"/v1/deliveries/{letter['id']}/redeliver")
    assert (again.status_code, again.json()["state"]) == (202, "pending")
    hands.deliver()
    ((key, _),) = hands.receiver.taken
    assert key == letter["event"] and dead(crm) == []


def test_one_subject_waits_for_its_turn_and_others_go_on(hands: Hands, crm: TestClient) -> None:
    hands.listen(crm, ["lead.updated"])
    stuck = lead(crm, "battery-bee")
    hands.receiver.answer = lambda said: 422 if said["data"]["id"] == stuck["id"] else 200
    report(crm, stuck, stage="talks")
    free = lead(crm, "battery-two")
    hands.deliver()
    assert [each["id"] for each in hands.receiver.of("lead.updated")] == [free["id"]]
    hands.receiver.answer = lambda _: 200
    hands.wait(hours=1)
    hands.deliver()
    told = [each["version"] for each in hands.receiver.of("lead.updated")[1:]]
    assert told == [1, 2]


def test_a_destination_that_breaks_the_protocol_holds_up_nobody(
    hands: Hands, crm: TestClient
) -> None:
    hands.listen(crm, ["lead.updated"])
    odd = hands.listen(crm, ["lead.updated"])
    with hands.served.service.database.writing() as session:
        subscription_in(session, odd["id"]).url = "gopher://127.0.0.1/"
    lead(crm, "battery-bee")
    hands.deliver()
    assert hands.receiver.types() == ["lead.updated"]
    (failed,) = crm.get(f"/v1/deliveries?subscription={odd['id']}").json()["deliveries"]
    assert failed["state"] == "pending" and failed["error"]


def test_a_ping_tells_whether_messages_arrive(hands: Hands, crm: TestClient) -> None:
    made = hands.listen(crm, ["gap.opened"])
    sent = crm.post(f"/v1/subscriptions/{made['id']}/ping")
    assert sent.status_code == 202
    hands.deliver()
    assert hands.receiver.of("ping") == [{"subscription": made["id"]}]
    assert crm.get(f"/v1/deliveries/{sent.json()['id']}").json()["state"] == "delivered"


def test_an_old_secret_signs_beside_the_new_one_for_a_while(hands: Hands, crm: TestClient) -> None:
    made = hands.listen(crm)
    old = hands.receiver.secrets.copy()
    path = f"/v1/subscriptions/{made['id']}"
    fresh = crm.post(f"{path}/secret", json={"overlap_hours": 24}).json()
    assert fresh["secret"] not in old and fresh["secrets"] == 2
    crm.post(f"{path}/ping")
    hands.deliver()
    assert hands.receiver.signatures == [2], "the receiver that knows the old secret alone"
    hands.wait(hours=25)
    crm.post(f"{path}/ping")
    hands.deliver()
    assert hands.receiver.forged == 1
    hands.receiver.secrets = [fresh["secret"]]
    hands.wait(hours=1)
    hands.deliver()
    assert hands.receiver.signatures == [2, 1]


def test_a_secret_is_shown_once(hands: Hands, crm: TestClient) -> None:
    body = {"url": hands.url, "types": ["lead.updated"]}
    key = {"Idempotency-Key": "subscribe"}
    made = crm.post("/v1/subscriptions", json=body, headers=key)
    assert made.json()["secret"].startswith("whsec_")
    shown = crm.get(made.headers["location"])
    assert "secret" not in shown.json() and shown.json()["region"] == CITY
    again = crm.post("/v1/subscriptions", json=body, headers=key)
    assert (again.status_code, "whsec_" in again.text) == (409, False)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_redirects_are_not_followed(hands: Hands, crm: TestClient, status: int) -> None:
    hands.listen(crm, ["lead.updated"])
    hands.receiver.answer = lambda _: status
    lead(crm, "battery-bee")
    hands.deliver()
    (tried,) = crm.get("/v1/deliveries").json()["deliveries"]
    assert (tried["state"], tried["status"]) == ("pending", status)


def test_a_receiver_that_is_gone_is_left_alone(hands: Hands, crm: TestClient) -> None:
    made = hands.listen(crm, ["lead.updated"])
    hands.receiver.answer = lambda _: 410
    lead(crm, "battery-bee")
    hands.deliver()
    assert crm.get(f"/v1/subscriptions/{made['id']}").json()["active"] is False
    assert len(dead(crm)) == 1


def test_private_destinations_are_refused_unless_allowed(town_folder: Path) -> None:
    with eventful(town_folder, private_destinations=False) as hands:
        crm = hands.client("leads", region=CITY)
        for url in (hands.url, "https://127.0.0.1/hook", "https://169.254.169.254/"):
            refused = crm.post("/v1/subscriptions", json={"url": url, "types": ["lead.updated"]})
            assert (refused.status_code, refused.json()["type"]) == (422, "/problems/bad-input")


def test_a_scope_is_needed_to_hear_of_gaps(hands: Hands) -> None:
    unbound = hands.client("leads")
    body = {"url": hands.url, "types": ["gap.opened"]}
    assert unbound.post("/v1/subscriptions", json=body).status_code == 422
    unknown = body | {"region": "亚特兰蒂斯"}
    assert unbound.post("/v1/subscriptions", json=unknown).status_code == 422


def test_a_subscription_is_its_clients_own(hands: Hands, crm: TestClient) -> None:
    made = hands.listen(crm)
    path = f"/v1/subscriptions/{made['id']}"
    other, admin = hands.client("leads", region=CITY), hands.client("leads", "admin")
    assert other.get(path).status_code == 403
    assert other.post(f"{path}/ping").status_code == 403
    assert other.delete(path).status_code == 403
    assert other.get("/v1/subscriptions").json()["total"] == 0
    assert admin.get("/v1/subscriptions").json()["total"] == 1
    assert hands.client("read").get("/v1/subscriptions").status_code == 403


def test_a_client_has_a_bounded_number_of_subscriptions(hands: Hands, crm: TestClient) -> None:
    for _ in range(MOST):
        hands.listen(crm, ["lead.updated"])
    body = {"url": hands.url, "types": ["lead.updated"]}
    assert crm.post("/v1/subscriptions", json=body).status_code == 409


def test_a_subscription_is_changed_paused_and_removed(hands: Hands, crm: TestClient) -> None:
    made = hands.listen(crm)
    path = f"/v1/subscriptions/{made['id']}"
    assert crm.patch(path, json={"active": False}).status_code == 428
    paused = crm.patch(path, json={"active": False}, headers={"If-Match": '"v1"'})
    assert paused.json()["active"] is False
    late = crm.patch(path, json={"types": ["gap.opened"]}, headers={"If-Match": '"v1"'})
    assert late.status_code == 412
    lead(crm, "battery-bee")
    hands.deliver()
    assert hands.receiver.taken == []
    assert crm.delete(path).status_code == 204
    assert crm.get(path).status_code == 404


def test_what_was_delivered_long_ago_is_forgotten(hands: Hands, crm: TestClient) -> None:
    hands.listen(crm)
    lead(crm, "battery-bee")
    hands.deliver()
    assert crm.get("/v1/deliveries").json()["total"] > 0
    hands.wait(days=31)
    hands.publish(FRESH)
    hands.deliver()
    kept = crm.get("/v1/deliveries?type=lead.updated").json()["total"]
    assert kept == 0
    assert set(EVERY) >= set(hands.receiver.types())


def test_the_document_tells_of_every_message(hands: Hands, crm: TestClient) -> None:
    hands.listen(crm)
    made = lead(crm, "battery-bee")
    report(crm, made, stage="operating")
    crm.post(
        f"/v1/subscriptions/{crm.get('/v1/subscriptions').json()['subscriptions'][0]['id']}/ping"
    )
    hands.deliver()
    assert len(set(hands.receiver.types())) >= 4
    for _, message in hands.receiver.taken:
        model = MESSAGES[message["type"].split(".")[0]]
        assert model.model_validate(message).model_dump(mode="json").keys() == message.keys()
    told = crm.get("/openapi.json").json()["webhooks"]
    assert set(told) == set(MESSAGES)
