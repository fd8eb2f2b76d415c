// A second map over the first, cut at a border that moves: what two tools compare by.
import { Map as Drawing } from "../../vendor/maplibre/maplibre-gl.mjs";
import { atlas } from "./atlas.js";

const view = (map) => ({ center: map.getCenter(), zoom: map.getZoom(), bearing: map.getBearing(), pitch: map.getPitch() });

// `title` names the second map to who can't see it; `slider` is the border for the keyboard. It shows nothing until
// its `map` is given a style.
export function swipe(title, slider) {
  const sheet = document.createElement("div");
  sheet.className = "yw-atlas-other";
  const border = document.createElement("div");
  border.className = "yw-atlas-border";
  const frame = atlas.map.getContainer();
  frame.append(sheet, border);
  const map = new Drawing({
    container: sheet, ...view(atlas.map), attributionControl: false, interactive: false, maxZoom: 20, locale: { "Map.Title": title },
  });
  // what is seen through the sheet is moved by the map below
  map.getCanvas().tabIndex = -1;
  const follow = () => map.jumpTo(view(atlas.map));
  const cut = () => {
    sheet.style.clipPath = `inset(0 0 0 ${slider.value}%)`;
    border.style.left = `${slider.value}%`;
  };
  atlas.map.on("move", follow);
  slider.addEventListener("input", cut);
  cut();
  border.addEventListener("pointerdown", (event) => {
    border.setPointerCapture(event.pointerId);
    event.stopPropagation();
  });
  border.addEventListener("pointermove", (event) => {
    if (!border.hasPointerCapture(event.pointerId)) return;
    const { left, width } = frame.getBoundingClientRect();
    slider.value = String(Math.round(((event.clientX - left) / width) * 100));
    cut();
  });
  return {
    map,
    take() {
      atlas.map.off("move", follow);
      slider.removeEventListener("input", cut);
      map.remove();
      sheet.remove();
      border.remove();
    },
  };
}
