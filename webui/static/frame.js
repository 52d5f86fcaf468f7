// What every page has: the way by keys, dialogs, the menu on narrow screens, and words said to screen readers.
"use strict";

const typing = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;
const said = document.getElementById("said");
let going = 0;  // the time until which a letter after g chooses a room

// Shows a short word at the foot of the page for some seconds; screen readers say it.
function say(text) {
  said.textContent = text;
  said.classList.add("shown");
  setTimeout(() => said.classList.remove("shown"), 4000);
}

// Which key was pressed, by its place as a Latin keyboard writes it: on a Thai one the key beside shift types ฝ, not /.
function key(event) {
  if (event.code === "Slash") return event.shiftKey || event.key === "?" ? "?" : "/";
  const known = { Equal: "+", Minus: "-", NumpadAdd: "+", NumpadSubtract: "-" }[event.code];
  const [, sign] = /^(?:Key|Digit|Numpad)([A-Z0-9])$/.exec(event.code) ?? [];
  return known ?? sign?.toLowerCase() ?? event.key;
}

function open(id) {
  const dialog = document.getElementById(id);
  if (dialog && !dialog.open) dialog.showModal();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector("dialog[open]")) return;
  const pressed = key(event);
  const go = Date.now() < going && document.querySelector(`nav.main a[data-go="${CSS.escape(pressed)}"]`);
  going = 0;
  if (go) go.click();
  else if (pressed === "/") document.getElementById("q")?.focus();
  else if (pressed === "?") open("keys");
  else if (pressed === "g") { going = Date.now() + 1500; return; }
  else return;
  event.preventDefault();
});

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) open(opener.dataset.opens);
  const sender = event.target.closest("form:has([data-requires]) button");  // some of its buttons need a field filled in
  for (const one of sender?.form.querySelectorAll("[data-requires]") ?? []) {
    sender.form.elements[one.dataset.requires].required = "requires" in sender.dataset;
  }
  const printer = event.target.closest("[data-prints]");
  if (printer) window.print();
});

// A box that ticks all boxes of a name, and tells by itself whether all are ticked.
for (const whole of document.querySelectorAll("[data-ticks]")) {
  const boxes = [...document.querySelectorAll(`input[name="${whole.dataset.ticks}"]`)];
  whole.closest("[hidden]").hidden = boxes.length < 2;
  document.addEventListener("change", (event) => {
    if (event.target === whole) boxes.forEach((box) => { box.checked = whole.checked; });
    else if (boxes.includes(event.target)) whole.checked = boxes.every((box) => box.checked);
  });
}

document.addEventListener("submit", (event) => {
  const question = event.submitter?.dataset.asks ?? event.target.dataset.asks;
  if (question && !window.confirm(question)) event.preventDefault();
});

const narrow = window.matchMedia("(max-width: 56rem)");
const menu = document.querySelector("nav.main details");
if (menu) {
  const fold = () => { menu.open = !narrow.matches; };
  fold();
  narrow.addEventListener("change", fold);
}

window.saraban = { say, key };
