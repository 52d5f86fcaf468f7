/* Sends files one after another, as they are dropped or chosen. Without this script the form sends them all at once. */
"use strict";

(function () {
  const form = document.getElementById("upload");
  const input = document.getElementById("files");
  const list = document.getElementById("receipts");
  const waiting = [];
  let busy = false;

  const words = (name) => document.getElementById(`word-${name}`).content.textContent;

  function add(files) {
    for (const file of files) {
      const item = document.getElementById("sending").content.firstElementChild.cloneNode(true);
      item.querySelector(".name").textContent = file.name;
      list.prepend(item);
      waiting.push([file, item]);
    }
    next();
  }

  function next() {
    if (busy || !waiting.length) return;
    busy = true;
    const [file, item] = waiting.shift();
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append("files", file, file.name);
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", document.querySelector("meta[name=csrf-token]").content);
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) item.querySelector("progress").value = (100 * event.loaded) / event.total;
    });
    request.addEventListener("loadend", () => {
      finish(item, request);
      busy = false;
      next();
    });
    request.send(body);
  }

  function finish(item, request) {
    let answer = {};
    try {
      answer = JSON.parse(request.responseText);
    } catch (error) {
      console.warn(error);
    }
    item.querySelector("progress").remove();
    item.classList.remove("sending");
    const say = (kind, text) => {
      item.classList.add(kind);
      item.querySelector(".words").textContent = text;
    };
    if (request.status === 413) say("bad", words("large"));
    else if (answer.message) say("bad", answer.message);
    else if (!answer.id) say("bad", words("lost"));
    else {
      say(answer.new ? "ok" : "warn", words(answer.new ? "new" : "known"));
      const link = document.createElement("a");
      link.href = answer.url;
      link.textContent = words("open");
      item.append(" ", link);
      row(answer);
    }
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

  form.classList.add("live");
  input.addEventListener("change", () => {
    add(input.files);
    input.value = "";
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
    add(event.dataTransfer.files);
  });
})();
