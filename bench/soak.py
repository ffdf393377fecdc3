"""The service over a long time, as a CRM uses it: does its memory grow?

Two connections ask, with a pause after each question, for what a CRM and its people look at: gaps,
targets, explanations, enterprises, changes, lists, spreadsheets, pages. They take targets over as
leads and report on them; a third hands in a small sheet now and then. So snapshots are published
all the time, events are worked out for a subscription and posted to a receiver, and old snapshots,
indexes and answers have to go. `LIANPU_BENCH_SOAK` sets the seconds.
"""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import numpy as np
from lianpu.api.http.auth.scopes import SCOPES
from lianpu.atlas import Atlas

from bench.scene import Scene, settings_for
from bench.servers import Server, new_key, serve_lianpu, serve_receiver, serving

SECONDS = float(os.environ.get("LIANPU_BENCH_SOAK", "3600"))
PAUSE, SHEET_PAUSE, SAMPLE = 0.3, 120.0, 10.0
WARM = 1 / 6
"""The part of the time after which memory is taken to have settled."""
_HTTP = {"write_seconds": 90.0, "private_destinations": True, "answers_kept_megabytes": 16}
_STAGES = ("talks", "signed", "building", "operating")
_CSV, _XLSX = "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def run(scene: Scene) -> None:
    """Print the service's memory over the time, and how it grew after it was warm."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(shutil.copytree(scene.data(), Path(folder) / "data"))
        key, cities = new_key(data, [*SCOPES]), _cities(data)
        with serving(serve_lianpu, data, _HTTP) as service, serving(serve_receiver) as receiver:
            samples = asyncio.run(_live(service, receiver, key, cities))
    _tell(samples)


def _cities(data: Path) -> list[str]:
    regions = Atlas(settings_for(data)).index().regions
    pairs = zip(regions.codes, regions.levels, strict=True)
    return [str(code) for code, level in pairs if level in ("city", "county")]


async def _live(
    service: Server, receiver: Server, key: str, cities: list[str]
) -> list[tuple[float, float]]:
    end, samples, start = time.monotonic() + SECONDS, [(0.0, service.memory)], time.monotonic()
    async with httpx.AsyncClient(
        base_url=f"http://127.0.0.1:{service.port}",
        headers={"Authorization": f"Bearer {key}"},
        timeout=120,
    ) as client:
        crm = Crm(client, cities)
        await crm.listen(f"http://127.0.0.1:{receiver.port}/", cities[0])
        await client.post("/page/sign-in", data={"key": key})

        async def watch() -> None:
            samples.append((time.monotonic() - start, service.memory))
            if len(samples) % 30 == 0:
                print(f"  {samples[-1][0]:.0f} s: {samples[-1][1]:.0f} MiB", flush=True)

        tasks = [(crm.ask, PAUSE), (crm.ask, PAUSE), (crm.hand_in, SHEET_PAUSE), (watch, SAMPLE)]
        await asyncio.gather(*(_again(each, pause, end) for each, pause in tasks))
        last = (await client.get("/v1/chains")).headers["x-lianpu-snapshot"]
    print(f"  {sum(crm.asked.values())} requests: {dict(crm.asked)}")
    print(f"  the last snapshot: {last}; processor {service.processor:.0f} s")
    return samples


async def _again(work: Callable[[], Awaitable[None]], pause: float, end: float) -> None:
    while time.monotonic() < end:
        await work()
        await asyncio.sleep(min(pause, max(0.0, end - time.monotonic())))


class Crm:
    """A CRM: what it asks for by and by, and what it has come to know."""

    def __init__(self, client: httpx.AsyncClient, cities: list[str]) -> None:
        self._client, self._cities = client, cities
        self._chance = random.Random(1)  # noqa: S311 - a rehearsal
        self._gap: tuple[str, str] | None = None
        self._target = ""
        self._leads: list[tuple[str, str, int]] = []
        self._turn = 0
        self.asked: Counter[str] = Counter()
        """Requests by what was asked and the answer's status."""

    async def listen(self, url: str, region: str) -> None:
        """Subscribe to everything about a region."""
        types = ["gap.opened", "gap.closed", "target.entered", "target.left"]
        types += ["lead.updated", "import.finished", "snapshot.published"]
        await self._say("POST", "/v1/subscriptions", {"url": url, "types": types, "region": region})

    async def ask(self) -> None:
        """Do one of the things that a CRM does, in proportion."""
        chosen = self._chance.choices(list(_DAILY), [*_DAILY.values()])[0]
        await chosen(self)

    async def gaps(self) -> None:
        """Ask for the gaps of a region, in several forms, and remember one."""
        region = self._chance.choice(self._cities)
        form = self._chance.choice(["application/json"] * 6 + [_CSV, _XLSX])
        answer = await self._get("/v1/gaps", {"region": region, "limit": 20}, form)
        if form == "application/json" and (found := answer.json().get("gaps")):
            self._gap = region, self._chance.choice(found)["product"]["id"]
            known = {"If-None-Match": answer.headers["etag"], "Accept": form}
            await self._client.get(str(answer.request.url), headers=known)

    async def targets(self) -> None:
        """Ask whom to call for the gap, and remember one."""
        if self._gap:
            asked = {"region": self._gap[0], "product": self._gap[1], "limit": 20}
            found = (await self._get("/v1/targets", asked)).json().get("targets")
            self._target = self._chance.choice(found)["enterprise"]["id"] if found else ""

    async def explain(self) -> None:
        """Ask why the gap is one."""
        if self._gap:
            await self._get("/v1/explain", {"region": self._gap[0], "product": self._gap[1]})

    async def look_up(self) -> None:
        """Search an enterprise; read its profile, its neighbourhood, who needs what it makes."""
        name = f"合成{self._chance.randrange(10_000)}"
        await self._get("/v1/enterprises", {"q": name, "limit": 5})
        if self._target:
            path = f"/v1/enterprises/{self._target}"
            rest = self._chance.choice(["", "", "/neighbourhood", "/openings"])
            await self._get(path + rest, {})

    async def browse(self) -> None:
        """Look at lists and at what changed."""
        region = self._chance.choice(self._cities)
        path, asked = self._chance.choice(
            [
                ("/v1/changes", {"region": region}),
                ("/v1/coverage", {"region": region}),
                ("/v1/shortlist", {"region": region}),
                ("/v1/regions", {"within": region}),
                ("/v1/products", {"q": str(self._chance.randrange(1000))}),
                ("/v1/leads", {"region": region}),
                ("/v1/imports", {}),
                ("/v1/audit", {}),
                ("/metrics", {}),
            ]
        )
        await self._get(path, asked)

    async def page(self) -> None:
        """Look at the page for people."""
        view = self._chance.choice(["gaps", "overview", "changes", "leads", "imports", "map"])
        asked = {"region": self._chance.choice(self._cities)}
        await self._get(f"/page/{view}", asked, "text/html")

    async def take_over(self) -> None:
        """Take the target over as a lead."""
        if self._gap and self._target:
            body = {"region": self._gap[0], "product": self._gap[1], "enterprise": self._target}
            made = await self._say("POST", "/v1/leads", body)
            if made.status_code == 201:
                self._leads.append((made.json()["id"], made.headers["etag"], 0))

    async def report(self) -> None:
        """Report how a lead comes along."""
        if not self._leads:
            return
        key, tag, at = self._leads.pop(self._chance.randrange(len(self._leads)))
        told = {"stage": _STAGES[at]} if at < len(_STAGES) else {"note": "已投产"}
        answer = await self._say("PATCH", f"/v1/leads/{key}", told, {"If-Match": tag})
        if answer.status_code == 200 and at < len(_STAGES):
            self._leads.append((key, answer.headers["etag"], at + 1))

    async def hand_in(self) -> None:
        """Hand in a small sheet with a new firm and a bad row, and follow the import."""
        self._turn += 1
        where = self._chance.choice(self._cities)
        name = f"浸泡测试{self._turn}号新材料有限公司"
        sheet = f"企业名称,所在地区,营业收入\n{name},{where},3000万\n坏行有限公司,{where},很多\n"
        files = {"files": (f"{self._turn}.csv", sheet.encode(), _CSV)}
        made = await self._client.post("/v1/imports", files=files)
        self.asked[f"import {made.status_code}"] += 1
        if made.status_code != 202:
            return
        path = f"/v1/imports/{made.json()['id']}"
        async with self._client.stream("GET", f"{path}/events") as events:
            async for _ in events.aiter_lines():
                pass
        await self._get(f"{path}/errors", {}, _XLSX)

    async def _get(
        self, path: str, asked: dict[str, Any], form: str = "application/json"
    ) -> httpx.Response:
        answer = await self._client.get(path, params=asked, headers={"Accept": form})
        return self._noted(path, answer)

    async def _say(
        self, method: str, path: str, body: dict[str, Any], headers: dict[str, str] | None = None
    ) -> httpx.Response:
        self._turn += 1
        given = {"Idempotency-Key": f"{self._turn}-{time.time_ns()}"} | (headers or {})
        answer = await self._client.request(method, path, json=body, headers=given)
        return self._noted(f"{method} {path}", answer)

    def _noted(self, path: str, answer: httpx.Response) -> httpx.Response:
        self.asked["/".join(path.split("/")[:3]) + f" {answer.status_code}"] += 1
        # 503 and 504 say to try again: a snapshot has just been cleared away, a machine is busy.
        if answer.status_code == 500:
            raise RuntimeError(f"{path}: {answer.text}")
        return answer


_DAILY: dict[Callable[[Crm], Awaitable[None]], int] = {
    Crm.gaps: 30,
    Crm.targets: 20,
    Crm.explain: 10,
    Crm.look_up: 12,
    Crm.browse: 12,
    Crm.page: 8,
    Crm.take_over: 4,
    Crm.report: 4,
}
"""What is done, and how often in proportion."""


def _tell(samples: list[tuple[float, float]]) -> None:
    """Print the start, the warm state, the end, the slope and a course of twelve steps."""
    warm = [each for each in samples if each[0] >= SECONDS * WARM]
    seconds, memory = np.array(warm).T
    slope = float(np.polyfit(seconds / 3600, memory, 1)[0])
    sixth = max(1, len(samples) // 12)
    steps = [samples[at : at + sixth] for at in range(0, len(samples), sixth)]
    course = " ".join(f"{statistics.median(each[1] for each in step):.0f}" for step in steps)
    tail = statistics.median(each[1] for each in samples[-sixth:])
    print(
        f"  memory, MiB: {samples[0][1]:.0f} at the start, {memory[0]:.0f} warm, {tail:.0f} at the "
        f"end, {max(each[1] for each in samples):.0f} at the most; slope {slope:+.0f} an hour"
    )
    print(f"  medians of twelfths of the time: {course}", flush=True)
