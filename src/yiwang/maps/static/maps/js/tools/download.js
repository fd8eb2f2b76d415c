// Of the layers, those that are on the map.
import { atlas, tool } from "../atlas.js";

let isReady = false;

function sift(panel) {
  const chosen = atlas.chosen();
  let shown = 0;
  for (const line of panel.querySelectorAll("[data-layer]")) {
    line.hidden = !chosen.includes(line.dataset.layer);
    if (!line.hidden) shown += 1;
  }
  panel.querySelector("[data-none]").hidden = shown > 0;
}

function opened(panel) {
  if (!isReady) {
    isReady = true;
    atlas.onLayers(() => sift(panel));
  }
  sift(panel);
}

tool("download", { opened });
