// The overview's chart: the table's figures as bars, those who are latest on top. Needs Chart.js.
"use strict";

(function () {
  const canvas = document.getElementById("chart");
  const data = document.getElementById("chart-data");
  if (!canvas || !data || !window.Chart) return;
  const MOST = 40;
  const rows = JSON.parse(data.textContent)
    .sort((one, other) => other.late - one.late || other.open - one.open || one.name.localeCompare(other.name, "th"))
    .slice(0, MOST);
  const tone = getComputedStyle(document.documentElement);
  const color = (name) => tone.getPropertyValue(name).trim();
  const size = parseFloat(tone.fontSize);
  Chart.defaults.font.family = color("--fonts");
  Chart.defaults.font.size = size * 0.9;
  Chart.defaults.color = color("--ink");
  canvas.parentElement.style.height = `${rows.length * size * 1.9 + size * 5}px`;
  const bar = (key, background) => ({
    label: canvas.dataset[key], data: rows.map((row) => row[key]), backgroundColor: background, maxBarThickness: size * 1.3,
  });
  new Chart(canvas, {
    type: "bar",
    data: {
      labels: rows.map((row) => row.name),
      datasets: [bar("late", color("--bad")), bar("open", "#d98200"), bar("done", color("--ok"))],
    },
    options: {
      indexAxis: "y", maintainAspectRatio: false, animation: false,
      scales: { x: { stacked: true, ticks: { precision: 0 } }, y: { stacked: true, ticks: { autoSkip: false } } },
      plugins: { legend: { position: "top" } },
    },
  });
})();
