/* Photographs of one letter: taken or chosen page by page, put in order, sent as one packet. */
"use strict";

(function () {
  const form = document.getElementById("photos");
  const tray = document.getElementById("tray");
  const button = form.querySelector(".plain button");
  const { together, filled, words } = window.saraban.intake;
  let shots = [];

  async function paint(canvas, file) {
    try {
      const image = await createImageBitmap(file);
      const scale = Math.min(canvas.width / image.width, canvas.height / image.height);
      const [width, height] = [image.width * scale, image.height * scale];
      canvas.getContext("2d").drawImage(image, (canvas.width - width) / 2, (canvas.height - height) / 2, width, height);
    } catch (error) {
      console.info(error);  // a kind of picture that the browser does not draw; the server may
    }
  }

  function add(files) {
    for (const file of files) {
      const item = document.getElementById("shot").content.firstElementChild.cloneNode(true);
      paint(item.querySelector("canvas"), file);
      shots.push({ file, item });
    }
    show();
  }

  function show() {
    shots.forEach(({ item }, place) => {
      const name = filled(words("page"), { n: place + 1 });
      item.querySelector(".place").textContent = name;
      item.querySelector("canvas").setAttribute("aria-label", name);
      item.querySelector("[data-move='-1']").disabled = place === 0;
      item.querySelector("[data-move='1']").disabled = place === shots.length - 1;
      if (tray.children[place] !== item) tray.insertBefore(item, tray.children[place] || null);
    });
    form.classList.toggle("filled", shots.length > 0);
    button.textContent = filled(button.dataset.words, { n: shots.length });
  }

  tray.addEventListener("click", (event) => {
    const pressed = event.target.closest("button");
    const place = pressed ? shots.findIndex(({ item }) => item.contains(pressed)) : -1;
    if (place < 0) return;
    const [shot] = shots.splice(place, 1);
    if ("drop" in pressed.dataset) shot.item.remove();
    else shots.splice(place + Number(pressed.dataset.move), 0, shot);
    show();
    if (!pressed.disabled && pressed.isConnected) pressed.focus();
  });

  for (const id of ["camera", "pictures"]) {
    const input = document.getElementById(id);
    input.addEventListener("change", () => {
      add([...input.files]);
      input.value = "";
    });
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!shots.length) return;
    const sent = shots;
    shots = [];
    tray.replaceChildren();
    show();
    together(sent.map(({ file }) => file), () => {  // they come back, so that the odd one can be taken out
      shots = [...sent, ...shots];
      show();
    });
  });
  form.classList.add("live");
})();
