// Draws an area and shows beside the map what the layers have in it; of a line, the ways to profiles of pipes.
import { atlas, tool } from "../atlas.js";
import { Part } from "../parts.js";
import { takeTyped } from "../sketch.js";

let kind = "area";
let isReady = false;
let found = null;

function ask(form, found) {
  form.elements.layers.value = atlas.chosen().join(",");
  const asked = new URLSearchParams(new FormData(form));
  asked.set("part", "1");
  found.show(`${form.action}?${asked}`);
}

function opened(panel) {
  const form = panel.querySelector("[data-select]");
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
    // what is wrong with the area (422) is told in the part itself
    found = new Part(panel.querySelector("[data-found]"), form.dataset.failed, (answer) => answer.ok || answer.status === 422);
    for (const button of buttons) button.addEventListener("click", () => { begin(button.dataset.kind); atlas.map.getCanvas().focus({ preventScroll: true }); });
    form.addEventListener("submit", (event) => { event.preventDefault(); ask(form, found); });
    takeTyped(panel, atlas.sketch, () => kind, atlas.say);
  }
  begin(kind);
}

tool("select", { opened });
