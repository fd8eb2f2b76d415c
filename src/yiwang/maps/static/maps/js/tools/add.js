// Draws what is missing on a layer; it stands in the form as GeoJSON, where it can be written too.
import { atlas, tool } from "../atlas.js";
import { takeTyped } from "../sketch.js";

function opened(panel) {
  const form = panel.querySelector("[data-new]");
  const kind = form.dataset.new;
  const box = form.elements.shape;
  const tell = (geometry, corners) => {
    box.value = geometry ? JSON.stringify(geometry) : "";
    panel.querySelector("[data-typed]").value = (corners ?? []).map((corner) => corner.join(",")).join("\n");
  };
  // what was refused is drawn no more than it is typed: a shape in the form stays until something is drawn
  atlas.sketch.start(kind, { changed: tell, done: () => atlas.say(box.value) });
  takeTyped(panel, atlas.sketch, () => kind, atlas.say);
}

tool("add", { opened });
