/* Asks how far packets are and puts the answer in place. Whatever is shown comes from the server, escaped there. */
"use strict";

(function () {
  const FIRST_MS = 1000;
  const SLOWEST_MS = 8000;
  let wait = FIRST_MS;
  let asking = null;

  function unended() {
    return [...document.querySelectorAll("[data-packet]:not([data-final])")].filter((item) => item.dataset.packet);
  }

  function address() {
    const place = document.querySelector("[data-status]");
    return place ? place.dataset.status : "";
  }

  function show(item, news) {
    const cell = item.querySelector(".standing");
    if (cell && cell.innerHTML !== news.html) {
      cell.innerHTML = news.html;
      wait = FIRST_MS;
    }
    const pages = item.querySelector(".page-count");
    if (pages && news.pages) pages.textContent = news.pages;
    if (news.final) {
      item.dataset.final = "";
      if ("reload" in item.dataset) location.reload();
    }
  }

  async function ask() {
    asking = null;
    const items = unended().slice(0, 50);
    if (!items.length || !address()) return;
    const query = new URLSearchParams(items.map((item) => ["id", item.dataset.packet]));
    try {
      const answer = await fetch(`${address()}?${query}`, { headers: { Accept: "application/json" } });
      if (answer.status === 401) return;
      if (answer.ok) {
        for (const news of await answer.json()) {
          items.filter((item) => item.dataset.packet === news.id).forEach((item) => show(item, news));
        }
      }
    } catch (error) {
      console.warn(error);
    }
    wait = Math.min(wait * 1.3, SLOWEST_MS);
    plan();
  }

  function plan() {
    if (asking === null) asking = setTimeout(ask, wait);
  }

  document.addEventListener("packets-changed", () => {
    wait = FIRST_MS;
    plan();
  });
  plan();
})();
