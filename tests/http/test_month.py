"""A CRM lives through a month with the service, and ends up knowing what the service knows.

It pulls changes, takes targets over as leads, reports how they come along, loses replies, is
overtaken by a colleague, goes down for a day, and comes back.
"""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from ..support.graphs import Graph
from .eventful import CHAIN, CITY, Hands, eventful

DAYS, DOWN = 30, 12
STAGES = ["lead", "talks", "signed", "building", "operating"]
EVERY_STATUS = "strong,adequate,weak,missing,unknown"
SCOPE = {"region": CITY, "chain": CHAIN}


class Crm:
    """A recruiting CRM with a book of products and one of leads."""

    def __init__(self, hands: Hands, seed: int) -> None:
        self.api = hands.client("read", "leads", region=CITY)
        self.colleague = hands.client("leads", region=CITY)
        self.chance = random.Random(seed)  # noqa: S311 - a rehearsal
        self.receiver = hands.receiver
        self.heard: set[str] = set()
        self.snapshot = 0
        self.statuses: dict[str, str] = {}
        self.leads: dict[str, dict[str, Any]] = {}
        self.posted = 0
        self.overtakes = 0
        self.missed = 0
        hands.listen(self.api)
        self.begin()

    def begin(self) -> None:
        """Read once how every product stands; from here on only changes are pulled."""
        found = self.api.get("/v1/gaps", params=SCOPE | {"status": EVERY_STATUS}).json()
        self.snapshot = found["snapshot"]["number"]
        self.statuses = {gap["product"]["id"]: gap["status"]["code"] for gap in found["gaps"]}

    def answers(self, _: dict[str, Any]) -> int:
        return 200

    def is_down(self, _: dict[str, Any]) -> int:
        self.missed += 1
        return 503

    def read_the_post(self) -> None:
        """Take in the messages that have come, each once."""
        for key, message in self.receiver.taken:
            if key not in self.heard:
                self.heard.add(key)
                if message["type"] == "lead.updated":
                    self.keep(message["data"])
                elif message["type"] == "snapshot.published":
                    self.pull(message["data"]["snapshot"])

    def keep(self, lead: dict[str, Any]) -> None:
        """Keep the newest version of a lead: what comes late changes nothing."""
        known = self.leads.get(lead["id"])
        if known is None or known["version"] < lead["version"]:
            self.leads[lead["id"]] = lead

    def pull(self, until: int) -> None:
        if until <= self.snapshot:
            return
        asked = SCOPE | {"since": self.snapshot, "until": until, "limit": 3}
        cursor: dict[str, str] = {}
        while True:
            page = self.api.get("/v1/changes", params=asked | cursor).json()
            for change in page["changes"]:
                self.statuses[change["product"]["id"]] = change["after"]["code"]
            if page["next"] is None:
                break
            cursor = {"cursor": page["next"]}
        self.snapshot = until

    def take_over(self) -> None:
        """Take the best target of a gap over; now and then the reply is lost on the way."""
        wanted = sorted(
            key for key, status in self.statuses.items() if status in ("weak", "missing")
        )
        if not wanted:
            return
        product = self.chance.choice(wanted)
        offered = self.api.get("/v1/targets", params={"region": CITY, "product": product}).json()
        if not offered["targets"]:
            return
        firm = offered["targets"][0]["enterprise"]["id"]
        body = {"region": CITY, "product": product, "enterprise": firm}
        key = {"Idempotency-Key": f"{product}/{firm}"}
        if self.chance.random() < 0.4:
            self.api.post("/v1/leads", json=body, headers=key)
        made = self.api.post("/v1/leads", json=body, headers=key)
        if made.status_code == 201 and made.json()["id"] not in self.leads:
            self.posted += 1
            self.keep(made.json())
        assert made.status_code in (201, 409), made.text

    def report(self) -> None:
        """Report how the leads come along: most go a stage on, some come to nothing."""
        for lead in list(self.leads.values()):
            stage = lead["stage"]["code"]
            if stage in ("operating", "ended") or self.chance.random() < 0.6:
                continue
            told: dict[str, Any] = {"stage": STAGES[STAGES.index(stage) + 1]}
            if self.chance.random() < 0.25:
                told = {"stage": "ended", "reason": "用地谈不拢"}
            if self.chance.random() < 0.3:
                self.overtaken(lead)
            self.keep(self.update(lead, told))

    def overtaken(self, lead: dict[str, Any]) -> None:
        """A colleague notes something on the service's own page."""
        tag = self.colleague.get(f"/v1/leads/{lead['id']}").headers["etag"]
        path, note = f"/v1/leads/{lead['id']}", {"note": "已电话联系"}
        assert self.colleague.patch(path, json=note, headers={"If-Match": tag}).status_code == 200

    def update(self, lead: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
        """Update a lead; where somebody was faster, read it again and go on from there."""
        path, tag = f"/v1/leads/{lead['id']}", f'"v{lead["version"]}"'
        for _ in range(2):
            answer = self.api.patch(path, json=told, headers={"If-Match": tag})
            if answer.status_code == 200:
                found: dict[str, Any] = answer.json()
                return found
            assert answer.status_code == 412
            self.overtakes += 1
            tag = self.api.get(path).headers["etag"]
        raise AssertionError("overtaken twice")


def news(day: int) -> Graph | None:
    """What the rest of the world brings, by day: imports of others."""
    graph = Graph()
    match day:
        case 4:
            graph.firm(
                "motor-two", "A1", name="甲一电机有限公司", makes={"motor": 1.0}, revenue=1e8
            )
        case 9:
            graph.firm("motor-one", "A1x", name="东县电机有限公司", status="closed")
        case 12:
            graph.firm("cathode-bee", "B1", name="乙一正极有限公司", makes={"cathode": 1.0})
            graph.firm("motor-two", "A1", name="甲一电机有限公司", status="closed")
        case 17:
            for number in range(4):
                name = f"乙一电池{number}号有限公司"
                graph.firm(f"battery-{number}", "B1", name=name, makes={"battery": 1.0})
        case 23:
            graph.firm("cathode-one", "A1x", name="东县正极有限公司", makes={"cathode": 1.0})
        case _:
            return None
    return graph


def a_month(hands: Hands, crm: Crm) -> None:
    for day in range(1, DAYS + 1):
        up = day != DOWN
        hands.receiver.answer = crm.answers if up else crm.is_down
        if up:
            crm.read_the_post()
            crm.report()
            crm.take_over()
        if change := news(day):
            hands.publish(change)
        hands.deliver()
        hands.wait(days=1)
    hands.deliver()
    crm.read_the_post()


def all_leads(api: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = {}
    cursor: dict[str, str] = {}
    while True:
        page = api.get("/v1/leads", params={"limit": "2"} | cursor).json()
        found |= {each["id"]: each for each in page["leads"]}
        if page["next"] is None:
            return found
        cursor = {"cursor": page["next"]}


def test_after_a_month_the_crm_knows_what_the_service_knows(town_folder: Path) -> None:
    with eventful(town_folder) as hands:
        hands.moment -= timedelta(days=DAYS + 1)
        crm = Crm(hands, seed=2)
        a_month(hands, crm)
        known = {key: (each["version"], each["stage"]["code"]) for key, each in crm.leads.items()}
        held = all_leads(crm.api)
        assert known == {k: (each["version"], each["stage"]["code"]) for k, each in held.items()}
        assert len(held) == crm.posted >= 3, "a lost reply makes no second lead"
        assert all(each["in_graph"] for each in held.values())
        asked = SCOPE | {"status": EVERY_STATUS}
        now = crm.api.get("/v1/gaps", params=asked).json()
        assert crm.snapshot == now["snapshot"]["number"] > 10
        assert crm.statuses == {gap["product"]["id"]: gap["status"]["code"] for gap in now["gaps"]}
        for lead in held.values():
            product, firm = lead["product"]["id"], lead["enterprise"]["id"]
            if lead["stage"]["code"] == "operating":
                assert crm.statuses[product] not in ("missing", "unknown"), "it closed its gap"
            if lead["stage"]["code"] == "ended":
                offered = crm.api.get("/v1/targets", params={"region": CITY, "product": product})
                ids = {each["enterprise"]["id"] for each in offered.json()["targets"]}
                assert firm not in ids, "it is not offered again for that gap"
        stages = {each["stage"]["code"] for each in held.values()}
        assert stages & {"operating", "ended"}
        assert crm.overtakes and crm.missed, "the month had its troubles"
        assert hands.receiver.forged == 0
        assert crm.api.get("/v1/deliveries?state=dead").json()["total"] == 0
        assert crm.api.get("/v1/deliveries?state=pending").json()["total"] == 0
        assert {"gap.opened", "gap.closed", "target.entered"} <= set(hands.receiver.types())
