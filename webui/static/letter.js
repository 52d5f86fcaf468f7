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
  buttons.hidden = false;
  buttons.addEventListener("click", (event) => {
    const how = event.target.dataset.zoom;
    if (how) zoom(how === "fit" ? 0 : step + (how === "in" ? 1 : -1));
  });
  sheets.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "+" || event.key === "=") zoom(step + 1);
    if (event.key === "-") zoom(step - 1);
    if (event.key === "0") zoom(0);
  });
})();
