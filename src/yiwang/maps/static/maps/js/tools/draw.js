// Draws a point, a line or an area and gives it as GeoJSON.
import { atlas, tool } from "../atlas.js";
import { takeTyped } from "../sketch.js";

let kind = "area";
let isReady = false;

function opened(panel) {
  const out = panel.querySelector("[data-drawn]");
  const buttons = [...panel.querySelectorAll("[data-kind]")];
  const tell = (geometry, corners) => {
    out.value = geometry ? JSON.stringify(geometry) : "";
    panel.querySelector("[data-typed]").value = (corners ?? []).map((corner) => corner.join(",")).join("\n");
  };
  const begin = (wanted) => {
    kind = wanted;
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.kind === kind));
    atlas.sketch.start(kind, { changed: tell, done: () => atlas.say(out.value) });
  };
  if (!isReady) {
    isReady = true;
    for (const button of buttons) button.addEventListener("click", () => { begin(button.dataset.kind); atlas.map.getCanvas().focus({ preventScroll: true }); });
    takeTyped(panel, atlas.sketch, () => kind, atlas.say);
  }
  begin(kind);
}

tool("draw", { opened });
