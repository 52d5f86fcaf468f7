// The chain as a graph that can be moved through, and its other views; details of a letter or a citation in a dialog.
"use strict";

const views = document.getElementById("views");
const panel = document.getElementById("panel");
const canvas = document.getElementById("canvas");
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const VIEWS = ["graph", "time", "tree", "table"];
let graph = null;

function show(name) {
  for (const section of document.querySelectorAll(".view")) section.hidden = section.id !== name;
  for (const button of views.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.dataset.view === name));
  document.querySelector("[data-png]").hidden = name !== "graph";
  if (name === "graph") draw();
  sessionStorage.setItem("chain-view", name);
}

// Fetches a page and shows the piece of it that matters.
async function detail(address) {
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  if (!answer.ok) { window.saraban.say(document.body.dataset.failed); return; }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  panel.querySelector(".inner").replaceChildren(page.querySelector(".piece"));
  if (!panel.open) panel.showModal();
}

function style() {
  const level = { department: "#1b4f8f", province: "#0b6e69", district: "#8a4f00", lao: "#7a3380", none: "#536070" };
  return [
    { selector: "node", style: { shape: "round-rectangle", width: 190, height: 62, label: "data(shown)", "text-wrap": "wrap",
      "text-valign": "center", "font-family": "Sarabun, sans-serif", "font-size": 15, "line-height": 1.35, color: "#fff",
      "background-color": (node) => level[node.data("level")], "border-width": 2, "border-color": (node) => level[node.data("level")] } },
    { selector: "node[?absent]", style: { "background-color": "#fff", color: colour("--ink"), "border-style": "dashed" } },
    { selector: "node[?doubtful]", style: { "border-color": "#d98200", "border-width": 4 } },
    { selector: "node[?asked]", style: { "outline-width": 4, "outline-color": "#ffb300", "outline-offset": 3 } },
    { selector: "node:selected", style: { "outline-width": 4, "outline-color": "#d98200", "outline-offset": 3 } },
    { selector: "edge", style: { width: 2.5, "line-color": "#7d8da1", "target-arrow-color": "#7d8da1", "target-arrow-shape": "triangle",
      "curve-style": "bezier", label: "data(days)", "font-family": "Sarabun, sans-serif", "font-size": 13, color: colour("--ink"),
      "text-background-color": "#fff", "text-background-opacity": 1, "text-background-padding": 2 } },
    { selector: "edge[state != 'linked']", style: { "line-style": "dashed", "line-color": "#d98200", "target-arrow-color": "#d98200" } },
    // One that skips a level goes around the letters between, so that its days can be read.
    { selector: "edge[?far]", style: { "curve-style": "unbundled-bezier", "control-point-distances": -170, "control-point-weights": 0.5 } },
    { selector: "edge[state = 'absent']", style: { "line-color": "#9fb0c5", "target-arrow-color": "#9fb0c5" } },
    { selector: "edge.near", style: { width: 5, "line-color": "#1b4f8f", "target-arrow-color": "#1b4f8f", "z-index": 9 } },
    { selector: "edge:selected", style: { width: 5 } },
  ];
}

// The origin on top, each letter below those it cites, as far to the right as they stand; those of one stand together,
// by date. Long rows become several lines, filled from top to bottom, so that this stays so.
function places(nodes, edges) {
  const rows = Map.groupBy(nodes, (node) => node.depth);
  const cited = Map.groupBy(edges, (edge) => edge.target);
  const found = {};
  const over = (node) => {
    const above = (cited.get(node.id) ?? []).map((edge) => found[edge.source]?.x).filter((x) => x !== undefined);
    return above.length ? above.reduce((sum, x) => sum + x, 0) / above.length : 0;
  };
  let y = 0;
  for (const depth of [...rows.keys()].sort((one, other) => one - other)) {
    const row = rows.get(depth).map((node) => ({ ...node, over: over(node) }));
    row.sort((one, other) => one.over - other.over || one.order.localeCompare(other.order) || one.id.localeCompare(other.id));
    const lines = Math.ceil(row.length / Math.max(6, Math.ceil(Math.sqrt(row.length * 2))));
    const wide = Math.ceil(row.length / lines);
    row.forEach((node, place) => {
      found[node.id] = { x: (Math.floor(place / lines) - (wide - 1) / 2) * 225, y: y + (place % lines) * 95 };
    });
    y += lines * 95 + 55;
  }
  return found;
}

async function draw() {
  if (graph) { graph.resize(); return; }
  const answer = await fetch(canvas.dataset.from);
  if (!answer.ok) { show("tree"); return; }
  const data = await answer.json();
  const due = (node) => (node.due ? `\n⚑ ${canvas.dataset.due} ${node.due}` : "");
  const depth = Object.fromEntries(data.nodes.map((node) => [node.id, node.depth]));
  const elements = {
    nodes: data.nodes.map((node) => ({ data: { ...node, shown: `${node.number}\n${node.date}${due(node)}` } })),
    edges: data.edges.map((edge) => ({ data: { ...edge, far: depth[edge.target] - depth[edge.source] > 1 } })),
  };
  const at = places(data.nodes, data.edges);
  await document.fonts.ready;
  graph = cytoscape({ container: canvas, elements, style: style(), layout: { name: "preset", positions: (node) => at[node.id()], padding: 25 },
    minZoom: 0.08, maxZoom: 2.5, autoungrabify: true });
  if (graph.zoom() > 1.1) { graph.zoom(1.1); graph.center(); }
  if (graph.zoom() < 0.45) { graph.zoom(0.6); graph.center(graph.nodes("[?asked]")); }
  graph.on("select", "node", (event) => {
    graph.edges().removeClass("near");
    event.target.connectedEdges().addClass("near");
  });
  graph.on("tap", "node", (event) => detail(canvas.dataset.letter.replace("ID", encodeURIComponent(event.target.id()))));
  graph.on("tap", "edge", (event) => detail(canvas.dataset.step.replace("UPPER", encodeURIComponent(event.target.target().id()))
    .replace("LOWER", encodeURIComponent(event.target.source().id()))));
  graph.on("mouseover", "node, edge", () => { canvas.classList.add("over"); });
  graph.on("mouseout", "node, edge", () => { canvas.classList.remove("over"); });
}

// Arrow keys go to the nearest letter in that direction.
const WAYS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
function step(way) {
  const here = graph.$("node:selected").nonempty() ? graph.$("node:selected")[0] : graph.nodes("[?asked]")[0];
  if (!here) return;
  const from = here.position();
  let best = null, least = Infinity;
  graph.nodes().forEach((node) => {
    const to = node.position();
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const along = dx * way[0] + dy * way[1];
    const aside = Math.abs(dx * way[1]) + Math.abs(dy * way[0]);
    if (along > 1 && along + 2 * aside < least) { least = along + 2 * aside; best = node; }
  });
  graph.$(":selected").unselect();
  const chosen = best ?? here;
  chosen.select();
  graph.center(chosen);
  window.saraban.say([chosen.data("levelWord"), chosen.data("number"), chosen.data("date"), chosen.data("subject")].filter(Boolean).join(" · "));
}

views.hidden = false;
document.querySelector("[data-png]").hidden = false;
views.addEventListener("click", (event) => { const button = event.target.closest("[data-view]"); if (button) show(button.dataset.view); });
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-panel]");
  if (link && !event.ctrlKey && !event.metaKey) { event.preventDefault(); detail(link.href); }
});
for (const button of document.querySelectorAll("[data-graph]")) {
  button.addEventListener("click", () => {
    const middle = { x: graph.width() / 2, y: graph.height() / 2 };
    if (button.dataset.graph === "fit") graph.fit(undefined, 25);
    else graph.zoom({ level: graph.zoom() * (button.dataset.graph === "in" ? 1.3 : 1 / 1.3), renderedPosition: middle });
  });
}
document.querySelector("[data-png]").addEventListener("click", (event) => {
  const link = document.createElement("a");
  link.download = event.currentTarget.dataset.png;
  link.href = graph.png({ full: true, scale: 2, bg: "#ffffff", maxWidth: 8000, maxHeight: 8000 });
  link.click();
});
canvas.addEventListener("keydown", (event) => {
  if (!graph) return;
  if (WAYS[event.key]) step(WAYS[event.key]);
  else if (event.key === "Enter") graph.$("node:selected").emit("tap");
  else return;
  event.preventDefault();
});
document.addEventListener("keydown", (event) => {
  if (event.target.closest("input, select, textarea, dialog") || event.ctrlKey || event.altKey || event.metaKey) return;
  const name = VIEWS[Number(window.saraban.key(event)) - 1];
  if (name) show(name);
});
// An address that ends in #table opens the table, to be sent on.
const asked = () => VIEWS.find((name) => location.hash === `#${name}`);
window.addEventListener("hashchange", () => { if (asked()) show(asked()); });
show(asked() ?? sessionStorage.getItem("chain-view") ?? "graph");
