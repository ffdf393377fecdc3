// The chain map: zooming, looking for a product, folding groups, the panel beside it, the keyboard.
"use strict";
(() => {
  const SPACE = "http://www.w3.org/2000/svg";
  const HEADING = 15; // height of a group's heading on the sheet, points
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const tip = document.getElementById("tip");
  const panel = document.getElementById("panel");
  const found = document.getElementById("found");
  let map; // what is set up anew when a drawing comes in

  const add = (parent, name, look) => {
    const made = document.createElementNS(SPACE, name);
    for (const [key, value] of Object.entries(look)) made.setAttribute(key, value);
    parent.append(made);
    return made;
  };

  function setUp() {
    const pane = document.getElementById("map");
    const svg = pane && pane.querySelector("svg.lp-map");
    if (!svg || svg.dataset.ready) return;
    svg.dataset.ready = "yes";
    const world = document.createElementNS(SPACE, "g");
    world.setAttribute("class", "world");
    world.append(...[...svg.childNodes].filter((node) => node.nodeName !== "title"));
    svg.querySelector("title")?.remove(); // it would cover the tips; the label says the same
    svg.append(world);
    const zoom = d3.zoom().scaleExtent([1, 12]).on("zoom", ({ transform }) => {
      world.setAttribute("transform", transform);
      hideTip();
    });
    svg.setAttribute("preserveAspectRatio", "xMidYMin meet");
    const { width, height } = svg.viewBox.baseVal;
    zoom.translateExtent([[0, 0], [width, height]]);
    const chosen = d3.select(svg).call(zoom).on("dblclick.zoom", null);
    map = { pane, svg, zoom, chosen, boxes: [...svg.querySelectorAll(".lp-box")] };
    map.boxes.forEach(readyBox);
    svg.querySelectorAll(".lp-block").forEach(readyBlock);
    const open = map.boxes.find((box) => box.dataset.product === pane.dataset.now) || null;
    mark(open);
    (open || map.boxes[0])?.setAttribute("tabindex", "0");
  }

  function readyBox(box) {
    const title = box.querySelector("title");
    box.dataset.says = title ? title.textContent : "";
    title?.remove();
    // The name that is spoken holds what is written, and then what only the picture says.
    const lines = [...box.querySelectorAll("text")];
    lines.forEach((each) => each.after(" ")); // so that one word does not run into the next
    const written = lines.map((each) => each.textContent).join(" ");
    const more = box.dataset.says.split(/[；;]/).map((each) => each.trim()).filter((each) => !written.includes(each));
    box.setAttribute("role", "button");
    box.setAttribute("tabindex", "-1");
    box.setAttribute("aria-label", [written, ...more].join(", "));
  }

  function readyBlock(block) {
    const frame = block.querySelector(":scope > rect");
    if (!frame || !block.dataset.group) return;
    const folded = !block.querySelector(".lp-box");
    const look = { x: frame.getAttribute("x"), y: frame.getAttribute("y"), width: frame.getAttribute("width") };
    const words = folded ? map.pane.dataset.unfold : map.pane.dataset.fold;
    add(block, "rect", {
      ...look, height: folded ? frame.getAttribute("height") : HEADING, fill: "transparent", class: "fold",
      role: "button", tabindex: "0", "aria-expanded": String(!folded), "aria-label": `${words} ${block.dataset.group}`,
    });
  }

  // Looking at a product
  function mark(box) {
    map.svg.querySelectorAll(".now, .on").forEach((each) => each.classList.remove("now", "on"));
    map.svg.classList.toggle("looking", Boolean(box));
    if (!box) return;
    box.classList.add("now");
    const block = box.closest(".lp-block").dataset.block;
    map.svg.querySelectorAll(".lp-flow").forEach((flow) => {
      if (flow.dataset.start === block || flow.dataset.end === block) flow.classList.add("on");
    });
  }

  function remember(name, values) {
    const url = new URL(location.href);
    url.searchParams.delete(name);
    for (const value of values) url.searchParams.append(name, value);
    history.replaceState(history.state, "", url);
    return url;
  }

  async function open(box) {
    mark(box);
    remember("product", [box.dataset.product]);
    const url = new URL(map.pane.dataset.panel, location.href);
    url.searchParams.set("product", box.dataset.product);
    document.querySelector(".map-and-panel").classList.add("open");
    await htmx.ajax("GET", url.pathname + url.search, { target: "#panel", swap: "innerHTML" });
    panel.focus({ preventScroll: true });
  }

  function close() {
    const box = map.svg.querySelector(".now");
    document.querySelector(".map-and-panel").classList.remove("open");
    panel.replaceChildren();
    remember("product", []);
    mark(null);
    box?.focus();
  }

  async function fold(block) {
    const url = new URL(location.href);
    const folded = new Set(url.searchParams.getAll("fold"));
    if (!folded.delete(block.dataset.group)) folded.add(block.dataset.group);
    const address = remember("fold", folded);
    await htmx.ajax("GET", address.pathname + address.search, { target: "#map", select: "#map", swap: "outerHTML" });
  }

  // Tips
  function showTip(box, x, y) {
    const [name, ...rest] = box.dataset.says.split(/[；;]/);
    tip.replaceChildren();
    tip.append(Object.assign(document.createElement("b"), { textContent: name }));
    for (const line of rest) tip.append(Object.assign(document.createElement("span"), { textContent: line.trim() }));
    tip.hidden = false;
    tip.style.left = `${Math.min(x + 14, innerWidth - tip.offsetWidth - 8)}px`;
    tip.style.top = `${Math.min(y + 14, innerHeight - tip.offsetHeight - 8)}px`;
  }
  const hideTip = () => { tip.hidden = true; };

  // Looking for a name
  function look(text) {
    const wanted = text.trim().toLowerCase();
    const hits = map.boxes.filter((box) => {
      const hit = wanted !== "" && box.dataset.says.toLowerCase().includes(wanted);
      box.classList.toggle("hit", hit);
      return hit;
    });
    map.svg.classList.toggle("seeking", wanted !== "");
    found.textContent = wanted ? String(hits.length) : "";
    return hits;
  }

  function goTo(box) {
    const { x, y, width, height } = box.getBBox();
    const change = still ? map.chosen : map.chosen.transition().duration(250);
    const view = map.svg.viewBox.baseVal;
    const at = d3.zoomIdentity.translate(view.width / 2, view.height / 2).scale(2.2).translate(-x - width / 2, -y - height / 2);
    map.zoom.transform(change, at);
  }

  // The next box in the direction of an arrow key: near, and not far off that direction.
  const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  function neighbour(box, [dx, dy]) {
    const middle = (each) => { const r = each.getBBox(); return [r.x + r.width / 2, r.y + r.height / 2]; };
    const [x, y] = middle(box);
    let best = null;
    let least = Infinity;
    for (const each of map.boxes) {
      const [u, v] = middle(each);
      const ahead = (u - x) * dx + (v - y) * dy;
      const aside = Math.abs((u - x) * dy) + Math.abs((v - y) * dx);
      if (each !== box && ahead > 1 && ahead + 3 * aside < least) { best = each; least = ahead + 3 * aside; }
    }
    return best;
  }

  function step(kind) {
    const change = still ? map.chosen : map.chosen.transition().duration(150);
    if (kind === "fit") map.zoom.transform(change, d3.zoomIdentity);
    else map.zoom.scaleBy(change, kind === "in" ? 1.5 : 1 / 1.5);
  }

  document.addEventListener("click", (event) => {
    const target = event.target;
    const zoomer = target.closest("[data-zoom]");
    const chip = target.closest("[data-status]");
    if (zoomer) return step(zoomer.dataset.zoom);
    if (target.closest("[data-close]")) return close();
    if (chip) return only(chip);
    if (!target.closest("svg.lp-map")) return;
    if (target.classList.contains("fold")) return fold(target.closest(".lp-block"));
    const box = target.closest(".lp-box");
    if (box) { hideTip(); open(box); }
  });

  function only(chip) {
    chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true"));
    const wanted = [...document.querySelectorAll("[data-status][aria-pressed=true]")].map((each) => each.dataset.status);
    for (const box of map.boxes) {
      box.classList.toggle("off", wanted.length > 0 && !wanted.some((status) => box.classList.contains(`lp-${status}`)));
    }
  }

  document.addEventListener("keydown", (event) => {
    const on = event.target;
    if (event.key === "Escape" && panel.childElementCount) return close();
    if (on.matches("[data-map-find]") && event.key === "Enter") {
      const [first] = look(on.value);
      if (first) goTo(first);
      return;
    }
    if (!on.closest("svg.lp-map")) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      if (on.classList.contains("fold")) fold(on.closest(".lp-block"));
      else if (on.matches(".lp-box")) open(on);
    } else if (event.key in WAYS && on.matches(".lp-box")) {
      event.preventDefault();
      const next = neighbour(on, WAYS[event.key]);
      if (next) { on.setAttribute("tabindex", "-1"); next.setAttribute("tabindex", "0"); next.focus({ preventScroll: true }); }
    } else if ("+=-0".includes(event.key)) {
      step(event.key === "0" ? "fit" : event.key === "-" ? "out" : "in");
    }
  });

  document.addEventListener("input", (event) => { if (event.target.matches("[data-map-find]")) look(event.target.value); });
  document.addEventListener("pointermove", (event) => {
    const box = event.target.closest?.(".lp-box");
    if (box && box.dataset.says && !event.buttons) showTip(box, event.clientX, event.clientY); else hideTip();
  });
  document.addEventListener("focusin", (event) => {
    if (!event.target.matches(".lp-box:focus-visible")) return hideTip();
    const { right, bottom } = event.target.getBoundingClientRect();
    showTip(event.target, right, bottom);
  });
  let before;
  addEventListener("beforeprint", () => {
    if (!map) return;
    before = d3.zoomTransform(map.svg);
    map.zoom.transform(map.chosen, d3.zoomIdentity);
  });
  addEventListener("afterprint", () => { if (before) map.zoom.transform(map.chosen, before); });
  document.addEventListener("htmx:afterSettle", setUp);
  setUp();
})();
