// Draws the ground that is to be dug; the form beside the map sends it to be checked.
import { atlas, tool } from "../atlas.js";
import { takeTyped } from "../sketch.js";

let kind = "area";
let isReady = false;

function opened(panel) {
  const form = panel.querySelector("[data-dig-form]");
  const buttons = [...panel.querySelectorAll("[data-kind]")];
  const tell = (geometry, corners) => {
    form.elements.corners.value = (corners ?? []).map((corner) => corner.join(",")).join("\n");
  };
  const begin = (wanted) => {
    kind = wanted;
    form.elements.shape.value = kind;
    form.querySelector("[data-width]").hidden = kind !== "line";
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.kind === kind));
    atlas.sketch.start(kind, { changed: tell, done: () => form.elements.depth.focus() });
  };
  if (!isReady) {
    isReady = true;
    for (const button of buttons) button.addEventListener("click", () => { begin(button.dataset.kind); atlas.map.getCanvas().focus({ preventScroll: true }); });
    takeTyped(panel, atlas.sketch, () => kind, atlas.say);
  }
  begin(kind);
}

tool("dig", { opened });
