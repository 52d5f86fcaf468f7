// An entry as it is filled in: faults beside the fields, what is still lacking, and more rows of a list.
"use strict";

(function () {
  const form = document.getElementById("entry");
  const lacking = document.getElementById("lacking");
  if (!form) return;
  const token = document.querySelector('meta[name="csrf-token"]').content;
  let waiting = null;
  let touched = new Set();

  // The server counts only rows with something in them; so does this, to know which row it speaks of.
  function fieldsByPath() {
    const found = new Map();
    for (const field of form.querySelectorAll("[data-path]")) {
      const row = field.closest("[data-row]");
      found.set(row ? null : field.dataset.path, field);
    }
    found.delete(null);
    for (const list of form.querySelectorAll("[data-repeats]")) {
      const rows = [...list.querySelectorAll("[data-row]")].filter((row) =>
        [...row.querySelectorAll("input, select")].some((input) => input.type !== "file" ? input.value : input.files.length));
      rows.forEach((row, place) => {
        for (const field of row.querySelectorAll("[data-path]")) {
          found.set(field.dataset.path.replace(/\[\d+\]/, `[${place + 1}]`), field);
        }
      });
    }
    return found;
  }

  function show(news) {
    const fields = fieldsByPath();
    for (const field of form.querySelectorAll("[data-path]")) mark(field, "");
    for (const [path, message] of Object.entries(news.faults)) {
      const field = fields.get(path);
      if (field && touched.has(field)) mark(field, message);
    }
    lacking.hidden = news.lacking.length === 0;
    lacking.querySelector("ul").replaceChildren(...news.lacking.map((message) => {
      const item = document.createElement("li");
      item.textContent = message;
      return item;
    }));
  }

  function mark(field, message) {
    field.classList.toggle("wrong", message !== "");
    const place = field.querySelector(".fault");
    if (place.textContent !== message) place.textContent = message;
    const input = field.querySelector("input:not([type=hidden]), select");
    if (input) input.toggleAttribute("aria-invalid", message !== "");
  }

  async function check() {
    const data = new FormData(form);
    for (const [name, value] of [...data.entries()]) if (value instanceof File) data.delete(name);
    try {
      const answer = await fetch(form.dataset.check, {
        method: "POST", body: data, headers: { "X-CSRFToken": token, Accept: "application/json" },
      });
      if (answer.ok) show(await answer.json());
    } catch (error) {
      console.warn(error);  // saving says it anyway
    }
  }

  form.addEventListener("change", (event) => {
    touched.add(event.target.closest("[data-path]"));
    clearTimeout(waiting);
    waiting = setTimeout(check, 150);
  });

  for (const list of form.querySelectorAll("[data-repeats]")) {
    const button = list.querySelector(".more-rows");
    const rows = () => [...list.querySelectorAll("[data-row]")];
    const grow = () => { button.hidden = rows().length >= Number(list.dataset.most); };
    grow();
    button.addEventListener("click", () => {
      const last = rows().at(-1);
      const number = rows().length;
      const row = last.cloneNode(true);
      for (const item of row.querySelectorAll("*")) {
        for (const name of ["id", "name", "for", "aria-describedby"]) {
          const value = item.getAttribute(name);
          if (value) item.setAttribute(name, value.replaceAll(/\.\d+(?=\.|\s|$)/g, `.${number}`));
        }
        if (item.dataset.path) item.dataset.path = item.dataset.path.replace(/\[\d+\]/, `[${number + 1}]`);
        if (item.matches("input, select")) item.value = "";
      }
      for (const item of row.querySelectorAll("input[type=hidden], a")) item.remove();
      for (const item of row.querySelectorAll(".fault")) item.textContent = "";
      const place = row.querySelector(".place");
      if (place) place.textContent = number + 1;
      last.after(row);
      row.querySelector("input, select").focus();
      grow();
    });
  }
})();
