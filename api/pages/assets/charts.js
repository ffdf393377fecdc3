// Charts by ECharts, drawn on canvas: a policy without inline styles leaves its HTML tips unstyled.
"use strict";
(() => {
  const COLOURS = { strong: "#00795a", adequate: "#0072b2", weak: "#eaa93a", missing: "#d55e00", unknown: "#cbd2d9" };
  const FONT = getComputedStyle(document.body).fontFamily;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);

  const DECALS = [[0, 0], [Math.PI / 4, 8], [-Math.PI / 4, 6], [0, 5], [Math.PI / 2, 7]].map(([rotation, gap], at) => ({
    color: "rgba(255, 255, 255, 0.45)", symbol: "rect", symbolSize: at ? 1 : 0, rotation, dashArrayX: [1, 0], dashArrayY: [1.5, gap || 99],
  }));
  const shares = ({ names, series }) => ({
    grid: { left: 4, right: 16, top: 30, bottom: 4, containLabel: true },
    legend: { top: 0, itemWidth: 14, itemHeight: 10 },
    tooltip: { trigger: "axis", renderMode: "richText", axisPointer: { type: "shadow" } },
    xAxis: { type: "value", splitLine: { lineStyle: { color: "#e8edf2" } } },
    yAxis: { type: "category", data: names, inverse: true, axisTick: { show: false } },
    series: series.map(({ code, name, data }) => ({
      name, data, type: "bar", stack: "all", barMaxWidth: 18 * rem / 14, itemStyle: { color: COLOURS[code] },
    })),
    // Patterns as well as colours, for those who do not tell colours apart.
    aria: { enabled: true, decal: { show: true, decals: DECALS } },
  });

  const PALETTE = ["#1d5fa3", "#a85d00", "#0a6b4e", "#7a4aa0", "#b0123b", "#5d6773", "#3c8f95", "#8a7a1a"];
  const SHAPES = ["circle", "rect", "triangle", "diamond", "roundRect", "pin", "arrow", "circle"];
  const graph = ({ categories, nodes, links }, place) => ({
    color: PALETTE,
    legend: { bottom: 0, itemWidth: 12, itemHeight: 12, data: categories.map((name, at) => ({ name, icon: SHAPES[at % SHAPES.length] })) },
    tooltip: { renderMode: "richText", formatter: ({ dataType, data }) => dataType === "edge" ? data.name : data.name },
    series: [{
      type: "graph", layout: "force", roam: true, top: 10, bottom: 40, draggable: true,
      force: { repulsion: 520, edgeLength: [70, 170], gravity: 0.12, layoutAnimation: !still },
      categories: categories.map((name) => ({ name })),
      edgeSymbol: ["none", "arrow"], edgeSymbolSize: 6,
      lineStyle: { color: "#a9b4bf", curveness: 0.08 },
      label: { show: true, position: "right", width: 130, overflow: "truncate" },
      labelLayout: { hideOverlap: true },
      data: nodes.map((node) => ({
        ...node, symbol: SHAPES[node.category % SHAPES.length],
        symbolSize: node.id === place.dataset.centre ? 26 : node.steps > 1 ? 9 : 13,
        label: node.id === place.dataset.centre ? { fontWeight: "bold" } : {},
      })),
      links, emphasis: { focus: "adjacency" },
    }],
  });

  const KINDS = { shares, graph };
  for (const place of document.querySelectorAll("[data-chart]")) {
    const chart = echarts.init(place, null, { renderer: "canvas" });
    const option = KINDS[place.dataset.chart](JSON.parse(place.dataset.values), place);
    chart.setOption({ textStyle: { fontFamily: FONT, fontSize: 12 * rem / 14 }, animation: !still, ...option });
    new ResizeObserver(() => chart.resize()).observe(place);
    addEventListener("beforeprint", () => chart.resize());
    if (place.dataset.page) {
      chart.on("click", ({ data }) => {
        if (data && data.id && data.id.match(/^(e_|[0-9A-Z]{18}$)/)) location.assign(`${place.dataset.page}?id=${encodeURIComponent(data.id)}`);
      });
    }
  }
})();
