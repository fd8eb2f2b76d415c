// Draws an area and shows beside the map what the layers have in it; of a line, the ways to profiles of pipes.
import { atlas, tool } from "../atlas.js";
import { takeTyped } from "../sketch.js";

let kind = "area";
let isReady = false;

async function ask(form, found) {
  form.elements.layers.value = atlas.chosen().join(",");
  const asked = new URLSearchParams(new FormData(form));
  asked.set("part", "1");
  try {
    const answer = await fetch(`${form.action}?${asked}`, { credentials: "same-origin" });
    if (!answer.ok && answer.status !== 422) throw new Error(String(answer.status));
    found.innerHTML = await answer.text();
  } catch {
    found.textContent = form.dataset.failed;
  }
}

function opened(panel) {
  const form = panel.querySelector("[data-select]");
  const found = panel.querySelector("[data-found]");
  const buttons = [...panel.querySelectorAll("[data-kind]")];
  const tell = (geometry, corners) => {
    form.elements.corners.value = (corners ?? []).map((corner) => corner.join(",")).join("\n");
  };
  const begin = (wanted) => {
    kind = wanted;
    form.elements.shape.value = kind;
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.kind === kind));
    atlas.sketch.start(kind, { changed: tell, done: () => ask(form, found) });
  };
  if (!isReady) {
    isReady = true;
    for (const button of buttons) button.addEventListener("click", () => { begin(button.dataset.kind); atlas.map.getCanvas().focus({ preventScroll: true }); });
    form.addEventListener("submit", (event) => { event.preventDefault(); ask(form, found); });
    takeTyped(panel, atlas.sketch, () => kind, atlas.say);
  }
  begin(kind);
}

tool("select", { opened });
