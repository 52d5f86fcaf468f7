/* The review screen: fields and their places on the page show one another; keys for every step. Forms work without. */
"use strict";

(function () {
  const sheets = document.querySelector(".review .sheets");
  if (!sheets) return;
  const items = [...document.querySelectorAll(".item")];
  const help = document.getElementById("keys");
  const KEPT = `review:${location.pathname}`;
  const WIDEST = 6;
  const STEP = 1.4;
  const LARGE_FROM = 1.9;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  let wide = 1;
  let turn = 0;

  /* --- the picture ------------------------------------------------------------------------------------------------ */

  function layOut() {
    sheets.querySelectorAll(".sheet").forEach((sheet) => {
      sheet.style.width = `${wide * 100}%`;
      const turning = sheet.querySelector(".turning");
      if (!turning) return;
      const paper = turning.querySelector(".paper");
      const image = paper.querySelector("img");
      const shape = image.getAttribute("height") / image.getAttribute("width");
      const room = turning.clientWidth;
      const lies = turn % 180 !== 0;
      const width = lies ? room / shape : room;
      paper.style.width = `${width}px`;
      paper.style.transformOrigin = "0 0";
      const high = width * shape;
      const shift = { 0: [0, 0], 90: [high, 0], 180: [width, high], 270: [0, width] }[turn];
      paper.style.transform = turn ? `translate(${shift[0]}px, ${shift[1]}px) rotate(${turn}deg)` : "";
      turning.style.height = `${lies ? width : high}px`;
      if (wide >= LARGE_FROM && image.dataset.large && image.src !== image.dataset.large) {
        image.src = image.dataset.large;
        delete image.dataset.large;
      }
    });
  }

  function zoom(to) {
    const across = (sheets.scrollLeft + sheets.clientWidth / 2) / sheets.scrollWidth;
    const down = (sheets.scrollTop + sheets.clientHeight / 2) / sheets.scrollHeight;
    wide = Math.max(1, Math.min(WIDEST, to));
    layOut();
    sheets.scrollLeft = across * sheets.scrollWidth - sheets.clientWidth / 2;
    sheets.scrollTop = down * sheets.scrollHeight - sheets.clientHeight / 2;
    remember();
  }

  function rotate() {
    turn = (turn + 90) % 360;
    layOut();
    remember();
  }

  function remember() {
    sessionStorage.setItem(KEPT, JSON.stringify({ wide, turn }));
  }

  /* --- fields ------------------------------------------------------------------------------------------------------ */

  function chosen() {
    return document.querySelector(".item.chosen");
  }

  function into(mark, how) {
    const place = mark.getBoundingClientRect();
    const frame = sheets.getBoundingClientRect();
    sheets.scrollBy({
      top: place.top - frame.top - (frame.height - place.height) / 2,
      left: place.left - frame.left - (frame.width - place.width) / 2,
      behavior: how,
    });
  }

  function choose(item, how = calm) {
    if (!item) return;
    document.querySelectorAll(".chosen, .lit").forEach((one) => one.classList.remove("chosen", "lit"));
    item.classList.add("chosen");
    item.focus({ preventScroll: true });
    const mark = item.dataset.mark && document.getElementById(item.dataset.mark);
    if (mark) {
      mark.classList.add("lit");
      into(mark, how);
    }
    item.scrollIntoView({ block: "nearest", behavior: how });
  }

  function step(by) {
    const place = items.indexOf(chosen());
    choose(items[Math.max(0, Math.min(items.length - 1, place + by))]);
  }

  function skip() {
    const place = items.indexOf(chosen());
    const next = [...items.slice(place + 1), ...items.slice(0, place)].find((item) => item.classList.contains("doubtful"));
    if (next) choose(next);
  }

  function press(button) {
    if (button && !button.disabled) button.click();
  }

  function beside(by) {
    const tabs = [...document.querySelectorAll(".letters-nav a")];
    const next = tabs[tabs.findIndex((tab) => tab.getAttribute("aria-current")) + by];
    if (next) location.assign(next.href);
  }

  function edit(item) {
    const input = item && item.querySelector(".inputs input, .inputs textarea, .inputs select");
    if (!input) return;
    input.focus();
    if (input.select) input.select();
  }

  const KEYS = {
    KeyN: () => step(1), KeyJ: () => step(1), ArrowDown: () => step(1),
    KeyP: () => step(-1), KeyK: () => step(-1), ArrowUp: () => step(-1),
    KeyS: skip, KeyR: rotate,
    KeyE: () => edit(chosen()), Enter: () => edit(chosen()),
    BracketLeft: () => beside(-1), BracketRight: () => beside(1),
    Equal: () => zoom(wide * STEP), NumpadAdd: () => zoom(wide * STEP),
    Minus: () => zoom(wide / STEP), NumpadSubtract: () => zoom(wide / STEP), Digit0: () => zoom(1),
  };

  /* Keys are known by their place, so that they work with a Thai keyboard too. */
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    const typing = event.target.closest("input, textarea, select");
    if (typing) {
      if (event.key === "Escape") {
        const form = typing.closest("form");
        form.reset();
        mark(form);
        choose(typing.closest(".item"), "auto");
      } else if (event.key === "Enter" && typing.matches("textarea") && !event.shiftKey
                 && !typing.closest("#f-recipients")) {
        event.preventDefault();
        typing.form.requestSubmit(typing.form.querySelector(".buttons button"));
      }
      return;
    }
    if (event.target.closest("a, button, summary") && (event.key === "Enter" || event.key === " ")) return;
    const item = chosen();
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
    let act = KEYS[event.code];
    if (event.code === "Slash" && event.shiftKey) act = () => help.open || help.showModal();  // a Thai keyboard types ฦ
    else if (event.code === "KeyA" && event.shiftKey) act = () => press(document.getElementById("accept-all"));
    else if (event.code === "KeyA") act = () => press(item && item.querySelector(".accept"));
    else if (digit) act = () => press(item && item.querySelectorAll(".choices button")[digit[1] - 1]);
    if (!act || (event.target === sheets && event.code.startsWith("Arrow"))) return;
    event.preventDefault();
    act();
  });

  function mark(form) {
    const button = form.querySelector(".accept");
    if (!button || !button.dataset.wrong) return;
    const changed = [...form.querySelectorAll(".inputs input, .inputs textarea")].some((one) => one.value !== one.defaultValue)
      || [...form.querySelectorAll(".inputs option")].some((one) => one.selected !== one.defaultSelected);
    const words = button.querySelector("span");
    button.dataset.right = button.dataset.right || words.textContent;
    words.textContent = changed ? button.dataset.wrong : button.dataset.right;
    button.classList.toggle("changed", changed);
  }

  document.addEventListener("input", (event) => {
    if (event.target.form) mark(event.target.form);
  });

  /* What is offered for an input is taken over into it; the clerk looks at the rest and saves. */
  document.querySelectorAll(".fills").forEach((group) => { group.hidden = false; });
  document.addEventListener("click", (event) => {
    const offer = event.target.closest("[data-fills]");
    if (!offer) return;
    const input = document.getElementById(offer.dataset.fills);
    input.value = offer.dataset.value;
    mark(input.form);
    choose(offer.closest(".item"));  // not the input: the next key may take over another one
    window.saraban.say(offer.querySelector("b").textContent);
  });

  document.addEventListener("focusin", (event) => {
    const item = event.target.closest(".item");
    if (!item || item.classList.contains("chosen")) return;
    document.querySelectorAll(".chosen, .lit").forEach((one) => one.classList.remove("chosen", "lit"));
    item.classList.add("chosen");
    const place = item.dataset.mark && document.getElementById(item.dataset.mark);
    if (place) {
      place.classList.add("lit");
      into(place, calm);
    }
  });

  document.addEventListener("click", (event) => {
    const box = event.target.closest("[data-field]");
    const see = event.target.closest(".see");
    if (box || see) event.preventDefault();
    if (box && !dragged) choose(document.getElementById(`f-${box.dataset.field}`));
    else if (event.target.closest(".item") && !event.target.closest("button, input, textarea, select, summary")) {
      choose(event.target.closest(".item"));
    }
  });

  /* --- dragging the page ------------------------------------------------------------------------------------------- */

  let held = null;
  let dragged = false;
  const SLACK = 4;

  sheets.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.pointerType === "touch") return;
    held = { x: event.clientX, y: event.clientY, left: sheets.scrollLeft, top: sheets.scrollTop };
    dragged = false;
  });
  window.addEventListener("pointermove", (event) => {
    if (!held) return;
    const [x, y] = [event.clientX - held.x, event.clientY - held.y];
    if (Math.abs(x) + Math.abs(y) > SLACK) dragged = true;
    if (!dragged) return;
    sheets.classList.add("held");
    sheets.scrollTo(held.left - x, held.top - y);
  });
  window.addEventListener("pointerup", () => {
    held = null;
    sheets.classList.remove("held");
  });
  sheets.addEventListener("dragstart", (event) => event.preventDefault());
  sheets.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoom(event.deltaY < 0 ? wide * STEP : wide / STEP);
  }, { passive: false });

  /* --- beginning --------------------------------------------------------------------------------------------------- */

  const buttons = document.querySelector(".zoom");
  buttons.hidden = false;
  buttons.addEventListener("click", (event) => {
    const how = event.target.dataset.zoom;
    if (how) zoom(how === "fit" ? 1 : how === "in" ? wide * STEP : wide / STEP);
    if ("turn" in event.target.dataset) rotate();
  });
  const hints = document.getElementById("hints");
  if (hints) hints.hidden = false;
  window.addEventListener("resize", layOut);

  const kept = JSON.parse(sessionStorage.getItem(KEPT) || "{}");
  wide = kept.wide || 1;
  turn = kept.turn || 0;
  layOut();
  document.querySelectorAll(".item form").forEach(mark);
  const named = location.hash.startsWith("#f-") && document.getElementById(location.hash.slice(1));
  const start = document.querySelector(".item.wrong") || named || document.querySelector(".item.doubtful") || items[0];
  const following = document.getElementById("following");
  if (following) following.focus();  // this packet is done: Enter goes on with the next
  else if (start && !location.hash.startsWith("#leaf-")) choose(start, "auto");  // else the clerk is at the strip of pages
  const overtaken = document.getElementById("overtaken");
  if (overtaken) overtaken.scrollIntoView({ block: "nearest" });
})();
