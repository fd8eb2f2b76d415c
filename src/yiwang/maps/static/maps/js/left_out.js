// Says under each layer how much of it this zoom leaves out or brings together. Tiles count it themselves: in a
// layer of their own, `_reduced`, stand rule, how many are there and how many are drawn.
import { atlas } from "./atlas.js";

const layers = document.getElementById("layers");

function counted(map) {
  const found = new Map();
  if (!map.getSource("yiwang")) return found;
  for (const { properties } of map.querySourceFeatures("yiwang", { sourceLayer: "_reduced" })) {
    const before = found.get(properties.layer) ?? { rule: properties.rule, present: 0, shown: 0 };
    before.present += properties.present;
    before.shown += properties.shown;
    found.set(properties.layer, before);
  }
  return found;
}

function tell(map) {
  const found = counted(map);
  for (const line of layers.querySelectorAll("[data-left]")) {
    const left = found.get(line.dataset.left);
    const words = left && layers.dataset[left.rule];
    line.hidden = !words;
    // Of what is nearly whole one doesn't say that it is.
    if (words) line.textContent = words.replace("{share}", Math.min(99, Math.ceil((100 * left.shown) / left.present)));
  }
}

if (atlas.map) atlas.map.on("idle", () => tell(atlas.map));
