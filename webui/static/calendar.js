// A calendar of the Buddhist era for fields that take a typed day (WAI-ARIA date picker dialog). Without scripts the
// fields are typed in, as they can be with them.
"use strict";

(function () {
  const inputs = document.querySelectorAll("input[data-calendar]");
  if (!inputs.length) return;
  const words = JSON.parse(document.getElementById("calendar-words").textContent);
  const language = document.documentElement.lang, DAY = 86_400_000, BE = 543;
  const monthName = new Intl.DateTimeFormat(language, { month: "long", timeZone: "UTC" });
  const dayName = new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" });
  const shortName = new Intl.DateTimeFormat(language, { weekday: "narrow", timeZone: "UTC" });
  const at = (iso) => new Date(`${iso}T00:00:00Z`);
  const iso = (day) => day.toISOString().slice(0, 10);
  const be = (day) => day.getUTCFullYear() + BE;
  const typedForm = (day) => `${day.getUTCDate()}/${day.getUTCMonth() + 1}/${be(day)}`;
  const wholeName = (day) => `${dayName.format(day)} ${day.getUTCDate()} ${monthName.format(day)} ${be(day)}`;
  let input = null, shown = at(words.today);

  const dialog = document.createElement("dialog");
  dialog.className = "days";
  dialog.setAttribute("aria-labelledby", "days-title");
  dialog.innerHTML = `<header><button type="button" data-months="-12">«</button><button type="button" data-months="-1">‹</button>
    <h2 id="days-title" aria-live="polite"></h2>
    <button type="button" data-months="1">›</button><button type="button" data-months="12">»</button></header>
    <table role="grid" aria-labelledby="days-title"><thead></thead><tbody></tbody></table>
    <footer><button type="button" data-shuts></button></footer>`;
  document.body.append(dialog);
  for (const [months, name] of [[-12, "yearBefore"], [-1, "before"], [1, "after"], [12, "yearAfter"]]) {
    const button = dialog.querySelector(`[data-months="${months}"]`);
    button.setAttribute("aria-label", words[name]);
    button.title = words[name];
  }
  dialog.querySelector("[data-shuts]").textContent = words.close;

  // The same day of another month, or that month's last.
  function moved(day, months) {
    const last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + months + 1, 0));
    return new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), Math.min(day.getUTCDate(), last.getUTCDate())));
  }

  // Months by name, in full and short, as Thai writes them: ตุลาคม, ต.ค.
  const months = ["long", "short"].flatMap((length) => [...Array(12).keys()].map((month) => [
    new Intl.DateTimeFormat("th", { month: length, timeZone: "UTC" }).format(Date.UTC(2000, month)), month + 1]));
  const monthOf = (text) => Number(text) || new Map(months).get(text);

  // Days as people type them, in either digits: 1/10/2566, ๑ ต.ค. ๒๕๖๖. Anything else opens on today.
  function typedDay(text) {
    const plain = text.replace(/[๐-๙]/g, (sign) => "๐๑๒๓๔๕๖๗๘๙".indexOf(sign)).trim();
    const found = plain.match(/^(\d{1,2})[\s/]+([^\s/]+)[\s/]+(\d{4})$/);
    const day = found && new Date(Date.UTC(Number(found[3]) - BE, monthOf(found[2]) - 1, Number(found[1])));
    return day && !Number.isNaN(day.getTime()) ? day : at(words.today);
  }

  function draw(focus) {
    const first = new Date(Date.UTC(shown.getUTCFullYear(), shown.getUTCMonth(), 1));
    const start = new Date(first.getTime() - first.getUTCDay() * DAY);
    dialog.querySelector("h2").textContent = `${monthName.format(shown)} ${be(shown)}`;
    const head = document.createElement("tr");
    for (let place = 0; place < 7; place += 1) {
      const cell = document.createElement("th"), day = new Date(start.getTime() + place * DAY);
      cell.scope = "col";
      cell.abbr = dayName.format(day);
      cell.textContent = shortName.format(day);
      head.append(cell);
    }
    dialog.querySelector("thead").replaceChildren(head);
    const body = dialog.querySelector("tbody");
    body.replaceChildren();
    for (let week = 0; week < 6; week += 1) {
      const row = document.createElement("tr");
      for (let place = 0; place < 7; place += 1) row.append(cell(new Date(start.getTime() + (week * 7 + place) * DAY)));
      if (row.textContent) body.append(row);
    }
    if (focus) dialog.querySelector(`[data-day="${iso(shown)}"]`).focus();
  }

  function cell(day) {
    const made = document.createElement("td");
    if (day.getUTCMonth() !== shown.getUTCMonth()) return made;
    const button = document.createElement("button"), chosen = iso(day) === iso(shown);
    button.type = "button";
    button.dataset.day = iso(day);
    button.textContent = day.getUTCDate();
    button.setAttribute("aria-label", wholeName(day));
    button.setAttribute("aria-pressed", String(chosen));
    button.tabIndex = chosen ? 0 : -1;
    button.classList.toggle("today", iso(day) === words.today);
    made.append(button);
    return made;
  }

  dialog.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.months) { shown = moved(shown, Number(button.dataset.months)); draw(false); return; }
    if (button.dataset.day) input.value = typedForm(at(button.dataset.day));
    dialog.close();
  });
  dialog.addEventListener("close", () => input.focus());
  dialog.addEventListener("keydown", (event) => {
    if (!event.target.dataset.day) return;
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key];
    if (step) shown = new Date(shown.getTime() + step * DAY);
    else if (event.key === "PageUp") shown = moved(shown, event.shiftKey ? -12 : -1);
    else if (event.key === "PageDown") shown = moved(shown, event.shiftKey ? 12 : 1);
    else if (event.key === "Home") shown = new Date(shown.getTime() - shown.getUTCDay() * DAY);
    else if (event.key === "End") shown = new Date(shown.getTime() + (6 - shown.getUTCDay()) * DAY);
    else return;
    event.preventDefault();
    draw(true);
  });

  for (const one of inputs) {
    const around = document.createElement("span"), button = document.createElement("button");
    around.className = "dated";
    button.type = "button";
    button.innerHTML = document.getElementById("calendar-icon").innerHTML;  // our own markup
    const label = document.querySelector(`label[for="${one.id}"]`).textContent;
    button.setAttribute("aria-label", `${words.open}: ${label}`);
    button.setAttribute("aria-haspopup", "dialog");
    button.title = words.open;
    one.before(around);
    around.append(one, button);
  }
  document.addEventListener("click", (event) => {  // rows added to a list have such fields too
    const button = event.target.closest(".dated > button");
    if (!button) return;
    input = button.previousElementSibling;
    shown = typedDay(input.value);
    dialog.showModal();
    draw(true);
  });
})();
