/* The strip of pages on the review screen: the lines between letters are dragged, or moved by keys, to where they
   belong. Every change is one form that goes to the server, which answers with the letters read anew. */
"use strict";

(function () {
  const strip = document.querySelector(".bounds .strip");
  const form = document.getElementById("bound");
  if (!strip || !form) return;
  const gaps = [...strip.querySelectorAll(".gap")];
  const SLACK = 5;    // pixels of a click that trembles
  const AWAY = 40;    // pixels outside the strip at which a line is let go
  let held = null;    // {gap, x, y, moving, aim, away}

  const page = (gap) => Number(gap.dataset.gap);

  // The places to which a line may go: between the letters before and after it.
  function room(gap) {
    const place = gaps.indexOf(gap);
    const before = gaps.findLastIndex((one, at) => at < place && one.classList.contains("set"));
    const after = gaps.findIndex((one, at) => at > place && one.classList.contains("set"));
    return gaps.slice(before + 1, after < 0 ? gaps.length : after);
  }

  function send(gap, fields) {
    form.elements.page.value = page(gap);
    for (const name of ["do", "value", "to"]) form.elements[name].value = fields[name] || "";
    strip.classList.add("sent");
    form.requestSubmit();
  }

  const split = (gap) => send(gap, { do: "set", value: "letter" });
  const join = (gap) => send(gap, { do: "set", value: "same" });

  function aimAt(gap) {
    gaps.forEach((one) => one.classList.toggle("aim", one === gap && one !== held.gap));
    held.aim = gap;
    held.gap.classList.toggle("leaving", gap !== held.gap);
  }

  function letGo() {
    gaps.forEach((one) => one.classList.remove("aim", "leaving"));
    strip.classList.remove("moving", "away");
    held = null;
  }

  function settle() {
    const { gap, aim, away } = held;
    letGo();
    if (away) join(gap);
    else if (aim && aim !== gap) send(gap, { do: "move", to: String(page(aim)) });
  }

  function nearest(gap, x, y) {
    const far = (one) => {
      const box = one.getBoundingClientRect();
      const down = y < box.top ? box.top - y : Math.max(0, y - box.bottom);
      return Math.hypot(x - (box.left + box.right) / 2, down);
    };
    return room(gap).reduce((best, one) => (far(one) < far(best) ? one : best));
  }

  function drag(event) {
    if (!held || held.keys) return;
    if (!held.moving && Math.hypot(event.clientX - held.x, event.clientY - held.y) < SLACK) return;
    held.moving = true;
    strip.classList.add("moving");
    const box = strip.getBoundingClientRect();
    held.away = event.clientY < box.top - AWAY || event.clientY > box.bottom + AWAY;
    strip.classList.toggle("away", held.away);
    aimAt(held.away ? held.gap : nearest(held.gap, event.clientX, event.clientY));
  }

  function press(event, gap) {
    const ways = { ArrowLeft: -1, ArrowRight: 1 };
    if (event.key in ways) {
      if (!held) held = { gap, aim: gap, keys: true };
      const places = room(gap);
      const next = places[places.indexOf(held.aim) + ways[event.key]];
      if (next) aimAt(next);
      window.saraban.say(strip.dataset.aims.replace("{n}", page(held.aim)));
    } else if (event.key === "Enter" && held) settle();
    else if (event.key === "Escape" && held) letGo();
    else if (event.key === "Delete" || event.key === "Backspace") join(gap);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  for (const gap of gaps) {
    gap.hidden = false;
    if (!gap.classList.contains("set")) {
      gap.addEventListener("click", () => split(gap));
      continue;
    }
    gap.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      gap.setPointerCapture(event.pointerId);
      held = { gap, x: event.clientX, y: event.clientY, aim: gap };
    });
    gap.addEventListener("pointermove", drag);
    gap.addEventListener("pointerup", () => held && (held.moving ? settle() : letGo()));
    gap.addEventListener("pointercancel", () => held && letGo());
    gap.addEventListener("keydown", (event) => press(event, gap));
    gap.addEventListener("blur", () => held && held.keys && letGo());
  }
  document.querySelector(".bounds .how").hidden = false;
  const last = gaps.find((gap) => location.hash === `#leaf-${page(gap)}`);
  // The one that was just changed; the browser's own jump to the page takes the focus away until then.
  if (last) window.addEventListener("load", () => requestAnimationFrame(() => last.focus({ preventScroll: true })));
})();
