"""The page's map for a chain of 120 products and 3,000 firms, in the server and in a browser.

Both are printed beside a floor of the same run: a file that the service gives without thinking,
and a page that holds the same map as a picture without the scripts.
"""

from __future__ import annotations

import gzip
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pandas as pd
from lianpu.atlas import Atlas
from lianpu.graph.snapshot import publish
from lianpu.graph.store.embedded import EmbeddedStore
from lianpu.ingest import run as run_import
from lianpu.ingest.library import library_inputs
from lianpu.maps.layout import lay_out
from lianpu.maps.svg import svg
from playwright.sync_api import Page, sync_playwright

from bench.codes import credit_codes
from bench.scene import Scene, settings_for

CHAIN, FIRMS = "新能源汽车", 3_000
CITIES = {"芜湖市": 340200, "合肥市": 340100, "南昌市": 360100, "深圳市": 440300, "宁德市": 350900}
VIEW = f"/page/map?region=芜湖市&chain={CHAIN}"
TIMES, STEPS = 7, 30
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
_ZOOM = """async (steps) => {
  const frame = () => new Promise(requestAnimationFrame);
  const found = [];
  const svg = document.querySelector("svg.lp-map");
  for (let at = 0; at < steps; at++) {
    await frame();
    const start = performance.now();
    const deltaY = at % 2 ? 240 : -240;
    const { width, height } = svg.getBoundingClientRect();
    svg.dispatchEvent(new WheelEvent("wheel", {
      deltaY, clientX: width / 2, clientY: height / 2, bubbles: true, cancelable: true }));
    svg.getBoundingClientRect();
    const handled = performance.now();
    await frame(); await frame();
    found.push([handled - start, performance.now() - start]);
  }
  return found;
}"""
_PAINT = """() => performance.getEntriesByName("first-contentful-paint")[0].startTime"""


def run(scene: Scene) -> None:
    """Print what the map costs."""
    data = scene.folder.parent / f"page-{FIRMS}"
    if not data.exists():
        _fill(data)
    _on_paper(data)
    with _listening(data) as address:
        _in_the_server(address)
        _in_a_browser(address)


def _fill(data: Path) -> None:
    """Import the library and firms that make one to three products of the chain each."""
    settings = settings_for(data)
    store = EmbeddedStore(data, settings)
    try:
        store.migrate()
        run_import(store, [*library_inputs()], settings=settings)
        publish(store, data / "snapshots", keep=1)
        run_import(store, _firms(data), settings=settings, template="enterprises")
        publish(store, data / "snapshots", keep=1)
    finally:
        store.close()


def _firms(data: Path) -> pd.DataFrame:
    chance = np.random.default_rng(1)
    nodes = Atlas(settings_for(data)).chain_map(CHAIN).nodes
    names = np.array([each.product.name for each in nodes])
    cities = np.array([*CITIES])[chance.integers(0, len(CITIES), FIRMS)]
    codes = np.array([str(CITIES[city]) for city in cities.tolist()]).astype(np.bytes_)
    makes = [
        "|".join(chance.choice(names, chance.integers(1, 4), replace=False)) for _ in range(FIRMS)
    ]
    return pd.DataFrame(
        {
            "企业名称": [f"测算{number:04d}号制造有限公司" for number in range(FIRMS)],
            "统一社会信用代码": credit_codes(np.arange(FIRMS), codes).to_pylist(),
            "所在地区": cities,
            "主营产品": makes,
            "营业收入（万元）": chance.lognormal(8, 1.5, FIRMS).round(1),
        }
    )


def _on_paper(data: Path) -> None:
    """Layout and drawing alone, in this process."""
    atlas = Atlas(settings_for(data))
    answer = atlas.chain_map(CHAIN, "芜湖市", firms=2)
    drawing = lay_out(answer)
    text = svg(drawing)
    shown = sum(len(block.boxes) for block in drawing.blocks)
    firms = len(atlas.index().firms)
    print(f"{len(answer.nodes)} products ({shown} boxes), {len(answer.edges)} edges, {firms} firms")
    print(f"layout          {_median(lambda: lay_out(answer))}")
    print(f"drawing as SVG  {_median(lambda: svg(drawing))}")
    kilobytes = len(text.encode()) / 1000
    packed = len(gzip.compress(text.encode())) / 1000
    print(f"SVG             {kilobytes:.0f} kB, {packed:.0f} kB compressed")


def _in_the_server(address: str) -> None:
    with httpx.Client(base_url=address, timeout=120) as client:
        start = time.perf_counter()
        page = client.get(VIEW)
        first = (time.perf_counter() - start) * 1000
        page.raise_for_status()
        print(f"floor: version  {_median(lambda: client.get('/v1/version'))}")
        print(f"map, first time {first:.0f} ms (names the targets of every gap)")
        print(f"map, again      {_median(lambda: client.get(VIEW))}")
        print(f"page            {len(page.content) / 1000:.0f} kB")
        panel = f"/page/panel?region=芜湖市&chain={CHAIN}&product=动力电池"
        print(f"panel           {_median(lambda: client.get(panel))}")


def _in_a_browser(address: str) -> None:
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        print("no Chromium here: nothing is measured in a browser")
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        context = browser.new_context(
            base_url=address, viewport={"width": 1920, "height": 1080}, reduced_motion="reduce"
        )
        tab = context.new_page()
        print(f"first paint, floor: a plain list             {_paints(tab, '/page/enterprises')}")
        print(f"first paint, map                            {_paints(tab, VIEW)}")
        steps: list[list[float]] = tab.evaluate(_ZOOM, STEPS)
        handled, shown = zip(*steps, strict=True)
        print(f"zoom step, handled                          {_spread(list(handled))}")
        print(f"zoom step, until the second frame after it  {_spread(list(shown))}")
        browser.close()


def _paints(tab: Page, view: str) -> str:
    found: list[float] = []
    for _ in range(TIMES):
        tab.goto(view)
        tab.wait_for_load_state("networkidle")
        found.append(float(tab.evaluate(_PAINT)))
    return _spread(found)


def _median(work: Callable[[], Any]) -> str:
    clock: list[float] = []
    processor: list[float] = []
    for _ in range(TIMES):
        start, before = time.perf_counter(), time.process_time()
        work()
        clock.append((time.perf_counter() - start) * 1000)
        processor.append((time.process_time() - before) * 1000)
    return f"{_spread(clock)} (processor here {statistics.median(processor):.1f} ms)"


def _spread(milliseconds: list[float]) -> str:
    return f"median {statistics.median(milliseconds):.1f} ms, worst {max(milliseconds):.1f} ms"


@contextmanager
def _listening(data: Path) -> Generator[str]:
    """Serve in a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    start = "from lianpu.api.cli.app import main; main()"
    said = ["--data", str(data), "serve", "--demo", "--port", port]
    quiet = subprocess.DEVNULL
    server = subprocess.Popen([sys.executable, "-c", start, *said], stdout=quiet, stderr=quiet)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(f"{address}/v1/health")
        yield address
    finally:
        server.terminate()
        server.wait()


def _wait(address: str) -> None:
    for _ in range(600):
        try:
            httpx.get(address).raise_for_status()
            return
        except httpx.TransportError:
            time.sleep(0.1)
    raise RuntimeError("the server did not start")
