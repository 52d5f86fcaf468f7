/* Sends files one after another, as they are dropped or chosen, whole folders too. What a closed page left unsent is
   told at the next visit. Without this script the form sends the chosen files all at once. */
"use strict";

(function () {
  const form = document.getElementById("upload");
  const list = document.getElementById("receipts");
  const sum = document.getElementById("sum");
  const FEW = 3;           // files whose receipts all stand
  const READABLE = /\.(pdf|jpe?g|png|tiff?|txt)$/i;
  const ALIVE_MS = 4000;   // how often a page that sends says so
  const DEAD_MS = 15000;   // a page silent for so long was closed
  const KEPT = `saraban-unsent:${form.dataset.person}:`;
  const mine = KEPT + Math.random().toString(36).slice(2);
  const waiting = [];
  const lost = [];
  const count = { all: 0, done: 0, new: 0, known: 0, bad: 0 };
  let busy = null;

  const words = (name) => document.getElementById(`word-${name}`).content.textContent;
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

  /* --- sending ------------------------------------------------------------------------------------------------------ */

  function enqueue(parcel) {
    parcel.item = document.getElementById("sending").content.firstElementChild.cloneNode(true);
    parcel.item.querySelector(".name").textContent = parcel.name;
    list.prepend(parcel.item);
    waiting.push(parcel);
  }

  function add(files) {
    for (const file of files) enqueue({ files: [file], name: file.name });
    count.all += files.length;
    next();
  }

  // Pictures that are to be one packet, in their order; ``refused`` is called if one of them can never be taken in.
  function together(files, refused) {
    enqueue({ files, name: filled(words("set"), { n: files.length }), together: true, refused });
    count.all += 1;
    next();
  }

  function body(parcel) {
    const data = new FormData();
    if (parcel.together) data.append("together", "1");
    for (const file of parcel.files) data.append("files", file, file.name);
    return data;
  }

  function next() {
    remember();
    tell();
    if (busy || !waiting.length) return;
    const parcel = waiting.shift();
    busy = parcel;
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", document.querySelector("meta[name=csrf-token]").content);
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) parcel.item.querySelector("progress").value = (100 * event.loaded) / event.total;
    });
    request.addEventListener("loadend", () => {
      finish(parcel, request);
      busy = null;
      next();
    });
    request.send(body(parcel));
  }

  function finish(parcel, request) {
    let answer = {};
    try {
      answer = JSON.parse(request.responseText);
    } catch (error) {
      console.info(error);
    }
    const item = parcel.item;
    item.querySelector("progress").hidden = true;
    item.classList.remove("sending");
    const say = (kind, text) => {
      item.classList.add(kind);
      item.querySelector(".words").textContent = text;
      count.done += 1;
      count[{ ok: "new", warn: "known", bad: "bad" }[kind]] += 1;
    };
    const settled = request.status === 422 || request.status === 413;
    if (request.status === 413) say("bad", words("large"));
    else if (answer.id) {
      say(answer.new ? "ok" : "warn", words(answer.new ? "new" : "known"));
      item.append(" ", link(answer.url, words("open")));
      row(answer);
      if (answer.new && count.all > FEW) item.remove();  // the table below tells of it: what needs a person stays in sight
    } else {
      say("bad", answer.message || words("lost"));
      if (answer.message?.includes(parcel.name)) item.querySelector(".name").remove();  // it is named there
      if (!settled) lost.push(parcel);
      else if (parcel.refused) parcel.refused();
    }
  }

  function link(address, text) {
    const made = document.createElement("a");
    made.href = address;
    made.textContent = text;
    return made;
  }

  function row(news) {
    const table = document.querySelector("table[data-status] tbody");
    const known = [...table.querySelectorAll("[data-packet]")].some((one) => one.dataset.packet === news.id);
    if (known) return;
    const line = document.getElementById("row").content.firstElementChild.cloneNode(true);
    line.dataset.packet = news.id;
    line.querySelector("a").href = news.url;
    line.querySelector("a").textContent = news.name;
    line.querySelector(".standing").innerHTML = news.html;
    if (news.final) line.dataset.final = "";
    table.prepend(line);
    const empty = table.closest("section").querySelector(".empty");
    if (empty) empty.remove();
    document.dispatchEvent(new Event("packets-changed"));
  }

  function tell() {
    sum.hidden = count.all < 2 && !lost.length;
    sum.querySelector("span").textContent = filled(words("sum"), count);
    sum.querySelector(".again").hidden = Boolean(busy) || waiting.length > 0 || !lost.length;
  }

  sum.querySelector(".again").addEventListener("click", () => {
    for (const parcel of lost.splice(0)) {
      parcel.item.remove();
      count.done -= 1;
      count.bad -= 1;
      enqueue(parcel);
    }
    next();
  });

  /* --- what a closed page left unsent -------------------------------------------------------------------------------- */

  function remember() {
    const left = [...(busy ? [busy] : []), ...waiting, ...lost].flatMap((parcel) => parcel.files.map((file) => file.name));
    if (left.length) localStorage.setItem(mine, JSON.stringify({ at: Date.now(), left }));
    else localStorage.removeItem(mine);
  }

  setInterval(() => {
    if (busy || lost.length) remember();
  }, ALIVE_MS);

  window.addEventListener("beforeunload", (event) => {
    if (busy) event.preventDefault();
  });

  function unsent() {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(KEPT));
    const dead = keys.map((key) => [key, JSON.parse(localStorage.getItem(key))])
      .filter(([, kept]) => Date.now() - kept.at > DEAD_MS);
    const names = dead.flatMap(([, kept]) => kept.left);
    const notice = document.getElementById("unsent");
    if (!names.length) return;
    const told = notice.querySelector(".told");
    told.textContent = filled(told.dataset.told, { n: names.length });
    for (const name of names) notice.querySelector("ul").append(Object.assign(document.createElement("li"), { textContent: name }));
    notice.querySelector("button").addEventListener("click", () => {
      dead.forEach(([key]) => localStorage.removeItem(key));
      notice.hidden = true;
    });
    notice.hidden = false;
  }

  /* --- choosing and dropping ----------------------------------------------------------------------------------------- */

  // Of a folder only what can be read, in the order of its names; the rest is counted and told.
  function ofFolder(files) {
    const way = (file) => file.way || file.webkitRelativePath || file.name;
    const fit = files.filter((file) => READABLE.test(file.name) && !/(^|\/)(\.|~\$)/.test(way(file)));
    if (fit.length < files.length) window.saraban.say(filled(words("skipped"), { n: files.length - fit.length }));
    return fit.sort((one, other) => way(one).localeCompare(way(other), "th", { numeric: true }));
  }

  async function filesIn(entry) {
    if (entry.isFile) {
      const file = await new Promise((give, fail) => entry.file(give, fail));
      file.way = entry.fullPath;
      return [file];
    }
    const reader = entry.createReader();
    const found = [];
    for (;;) {  // a reader gives a hundred entries at a time
      const some = await new Promise((give, fail) => reader.readEntries(give, fail));
      if (!some.length) break;
      for (const one of some) found.push(...await filesIn(one));
    }
    return found;
  }

  async function dropped(transfer) {
    const files = [...transfer.files];  // both must be taken before the first wait
    const entries = [...transfer.items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
    const folders = entries.filter((entry) => entry.isDirectory);
    if (!folders.length) add(files);
    else for (const entry of entries) add(entry.isFile ? await filesIn(entry) : ofFolder(await filesIn(entry)));
  }

  for (const hidden of document.querySelectorAll(".ways .scripted")) hidden.hidden = false;
  form.classList.add("live");
  const [input, folder] = [document.getElementById("files"), document.getElementById("folder")];
  input.addEventListener("change", () => {
    add([...input.files]);
    input.value = "";
  });
  folder.addEventListener("change", () => {
    add(ofFolder([...folder.files]));
    folder.value = "";
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const name of ["dragenter", "dragover"]) {
    document.addEventListener(name, (event) => {
      if (!event.dataTransfer || ![...event.dataTransfer.types].includes("Files")) return;
      event.preventDefault();
      form.classList.add("over");
    });
  }
  for (const name of ["dragleave", "drop"]) {
    document.addEventListener(name, (event) => {
      if (name === "drop" || event.relatedTarget === null) form.classList.remove("over");
    });
  }
  document.addEventListener("drop", (event) => {
    if (!event.dataTransfer || !event.dataTransfer.files.length) return;
    event.preventDefault();
    dropped(event.dataTransfer);
  });
  unsent();
  window.saraban.intake = { together, filled, words };
})();
