/* Asks how far the jobs are, for as long as one of them waits or runs, and puts the list as it stands then in place. */
"use strict";

(function () {
  const PAUSE_MS = 3000;

  async function look() {
    const queue = document.querySelector("#queue[data-unended]");
    if (!queue) return;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const news = answer.ok && page.getElementById("queue");
      if (answer.ok && !news) return; // signed out: the page of the sign-in came
      if (news && !queue.querySelector("details[open]")) put(queue, news);
    } catch (error) {
      console.warn(error);
    }
    setTimeout(look, PAUSE_MS);
  }

  function put(queue, news) {
    const held = queue.contains(document.activeElement) ? document.activeElement.id : "";
    queue.replaceWith(document.adoptNode(news));
    if (held) document.getElementById(held)?.focus();
  }

  setTimeout(look, PAUSE_MS);
})();
