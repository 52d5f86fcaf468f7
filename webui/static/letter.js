/* The letter screen: a field shows its place on the page picture, a place shows its field, and pictures zoom. */
"use strict";

(function () {
  const sheets = document.querySelector(".sheets");
  if (!sheets) return;
  const STEPS = ["fit", "z2", "z3", "z4"];
  let step = 0;

  function zoom(to) {
    const middle = (sheets.scrollTop + sheets.clientHeight / 2) / sheets.scrollHeight;
    step = Math.max(0, Math.min(STEPS.length - 1, to));
    sheets.classList.remove(...STEPS);
    sheets.classList.add(STEPS[step]);
    sheets.scrollTop = middle * sheets.scrollHeight - sheets.clientHeight / 2;
  }

  function light(element, name) {
    document.querySelectorAll(`.${name}`).forEach((one) => one.classList.remove(name));
    if (element) element.classList.add(name);
  }

  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";

  document.addEventListener("click", (event) => {
    const see = event.target.closest("[data-mark]");
    const place = event.target.closest("[data-field]");
    if (see) {
      event.preventDefault();
      const mark = document.getElementById(see.dataset.mark);
      light(mark, "lit");
      light(see.closest(".field"), "chosen");
      mark.scrollIntoView({ block: "center", inline: "center", behavior: calm });
    } else if (place) {
      const field = document.getElementById(`f-${place.dataset.field}`);
      if (!field) return;
      event.preventDefault();
      light(place.querySelector("rect"), "lit");
      light(field, "chosen");
      field.scrollIntoView({ block: "center", behavior: calm });
      field.focus({ preventScroll: true });
    }
  });

  const buttons = document.querySelector(".zoom");
  const texts = buttons.querySelector("[data-texts]");
  function texting() {
    const on = sheets.classList.toggle("texting");
    texts.setAttribute("aria-pressed", String(on));
  }
  buttons.hidden = false;
  buttons.addEventListener("click", (event) => {
    if (event.target.closest("[data-texts]")) texting();
    const how = event.target.dataset.zoom;
    if (how) zoom(how === "fit" ? 0 : step + (how === "in" ? 1 : -1));
  });

  // Lines of the picture are copied as lines, each as far as it is selected.
  document.addEventListener("copy", (event) => {
    const selection = getSelection();
    if (!selection.rangeCount) return;
    const chosen = selection.getRangeAt(0);
    const lines = [...sheets.querySelectorAll("text.line")].filter((line) => selection.containsNode(line, true));
    if (!lines.length) return;
    const said = lines.map((line) => {
      const part = document.createRange();
      part.selectNodeContents(line);
      if (line.contains(chosen.startContainer)) part.setStart(chosen.startContainer, chosen.startOffset);
      if (line.contains(chosen.endContainer)) part.setEnd(chosen.endContainer, chosen.endOffset);
      return part.toString();
    });
    event.clipboardData.setData("text/plain", said.join("\n"));
    event.preventDefault();
  });

  // From where something is, to the next or the one before.
  function move(items, by, go) {
    const here = items.findIndex((item) => item.classList.contains("chosen") || item.contains(document.activeElement));
    const next = items[Math.max(0, Math.min(items.length - 1, here + by))];
    if (next) go(next);
  }
  const fields = [...document.querySelectorAll(".field[id]")];
  const pages = [...sheets.querySelectorAll(".sheet")];
  const toField = (field) => { light(field, "chosen"); field.focus(); field.querySelector("[data-mark]")?.click(); };
  const toPage = (by) => {
    const now = pages.findIndex((page) => page.getBoundingClientRect().bottom > sheets.getBoundingClientRect().top + 40);
    pages[Math.max(0, Math.min(pages.length - 1, now + by))]?.scrollIntoView({ block: "start", behavior: calm });
  };
  const KEYS = {
    "+": () => zoom(step + 1), "-": () => zoom(step - 1), 0: () => zoom(0), t: texting,
    j: () => move(fields, 1, toField), k: () => move(fields, -1, toField), n: () => toPage(1), p: () => toPage(-1),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const act = KEYS[window.saraban.key(event)];
    if (event.target.closest("input, textarea, select, dialog") || !act) return;
    event.preventDefault();
    act();
  });
})();
