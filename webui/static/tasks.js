// The board by keys: arrows go from card to card, digits press a card's buttons in their order. After a move the
// address ends in the card's link, so that the browser gives it the focus again.
"use strict";

(function () {
  const lanes = [...document.querySelectorAll(".lane")].map((lane) => [...lane.querySelectorAll(".card")]);
  const link = (card) => card && card.querySelector("[data-card]");

  function place() {
    const card = document.activeElement?.closest(".card");
    for (const [column, cards] of lanes.entries()) {
      const row = cards.indexOf(card);
      if (row >= 0) return [column, row];
    }
    return null;
  }

  // The nearest lane with cards in a direction, and its card at the same height or the last one.
  function aside(column, row, step) {
    for (let next = column + step; next >= 0 && next < lanes.length; next += step) {
      if (lanes[next].length) return lanes[next][Math.min(row, lanes[next].length - 1)];
    }
    return null;
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.target.closest("input, textarea, select")) return;
    const here = place();
    if (!here) {
      if (!event.key.startsWith("Arrow")) return;
      link(lanes.find((cards) => cards.length)?.[0])?.focus();
      event.preventDefault();
      return;
    }
    const [column, row] = here;
    const next = {
      ArrowDown: () => lanes[column][row + 1], ArrowUp: () => lanes[column][row - 1],
      ArrowRight: () => aside(column, row, 1), ArrowLeft: () => aside(column, row, -1),
    }[event.key];
    if (next) link(next())?.focus();
    else if (/^[1-9]$/.test(window.saraban.key(event))) {
      const button = lanes[column][row].querySelectorAll("[data-move]")[Number(window.saraban.key(event)) - 1];
      if (!button) return;
      button.click();
    } else return;
    event.preventDefault();
  });
})();
