// The search box as a combobox (WAI-ARIA: editable, with list): rows while typing, arrows choose, Enter opens. On the
// search screen also: long lists of filters are folded, the link of a search is copied.
"use strict";

(function () {
  const box = document.querySelector("input[data-suggests]");
  if (!box) return;
  const WAIT = 120;  // milliseconds between two keys of somebody who is still typing
  const list = document.createElement("ul");
  list.id = "offered";
  list.className = "offered";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.dataset.offered);
  list.hidden = true;
  box.after(list);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  })) box.setAttribute(name, value);

  let timer = 0, asked = null, typed = box.value;
  const rows = () => [...list.querySelectorAll("[role=option]")];

  function choose(row) {
    for (const one of rows()) one.setAttribute("aria-selected", String(one === row));
    if (row) {
      box.setAttribute("aria-activedescendant", row.id);
      row.scrollIntoView({ block: "nearest" });
    } else box.removeAttribute("aria-activedescendant");
  }

  function show(open) {
    list.hidden = !open;
    box.setAttribute("aria-expanded", String(open));
    if (!open) choose(null);
  }

  async function ask() {
    asked?.abort();
    asked = new AbortController();
    const words = box.value.trim();
    if (words.length < 2) { list.replaceChildren(); show(false); return; }
    try {
      const answer = await fetch(`${box.dataset.suggests}?q=${encodeURIComponent(words)}`, { signal: asked.signal });
      if (!answer.ok || answer.redirected) return;  // no list is no harm: the search itself says what is wrong
      list.innerHTML = await answer.text();  // made by our own templates, which escape
      show(rows().length > 0 && document.activeElement === box);
    } catch (error) {
      if (error.name !== "AbortError" && !(error instanceof TypeError)) throw error;
    }
  }

  box.addEventListener("input", () => {
    if (box.value === typed) return;
    typed = box.value;
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });

  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const all = rows(), at = all.findIndex((row) => row.getAttribute("aria-selected") === "true");
    if (event.key === "Escape" && !list.hidden) show(false);
    else if (event.key === "Enter" && !list.hidden && at >= 0) window.location.assign(all[at].dataset.url);
    else if (["ArrowDown", "ArrowUp"].includes(event.key) && all.length) {
      if (list.hidden) show(true);
      const next = event.key === "ArrowDown" ? at + 1 : at < 0 ? all.length - 1 : at - 1;
      choose(all[next] ?? null);  // beyond both ends: back to what was typed
    } else return;
    event.preventDefault();
  });

  list.addEventListener("mousedown", (event) => event.preventDefault());  // the box keeps the focus
  list.addEventListener("click", (event) => {
    const row = event.target.closest("[role=option]");
    if (row) window.location.assign(row.dataset.url);
  });
  box.addEventListener("blur", () => show(false));
})();

(function () {
  const narrow = window.matchMedia("(max-width: 62rem)");
  const filters = document.querySelector("details[data-folds]");
  if (filters && narrow.matches) filters.open = false;
  for (const list of document.querySelectorAll(".facet[data-more]")) {
    if (!list.querySelector(".more")) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = list.dataset.more;
    list.classList.add("folded");
    button.addEventListener("click", () => { list.classList.remove("folded"); button.remove(); });
    list.after(button);
  }
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copies]");
    if (!button) return;
    try {
      await navigator.clipboard.writeText(window.location.href);
      window.saraban.say(button.dataset.copies);
    } catch {
      window.saraban.say(window.location.href);  // where the browser forbids it, the link can be read
    }
  });
})();
