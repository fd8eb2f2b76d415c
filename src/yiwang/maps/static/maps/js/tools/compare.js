// A second map over the first, cut at a border that moves: another day or other layers of the same place.
import { Map as Drawing } from "../../../vendor/maplibre/maplibre-gl.mjs";
import { atlas, tool } from "../atlas.js";

let other = null;
let sheet = null;
let listened = false;

const view = (map) => ({ center: map.getCenter(), zoom: map.getZoom(), bearing: map.getBearing(), pitch: map.getPitch() });
const follow = () => other?.jumpTo(view(atlas.map));

function codes(panel) {
  return [...panel.querySelectorAll("[data-other]:checked")].map((box) => box.value);
}

function cut(panel) {
  const at = panel.querySelector("[data-border]").value;
  sheet.style.clipPath = `inset(0 0 0 ${at}%)`;
  sheet.nextElementSibling.style.left = `${at}%`;
}

function opened(panel) {
  sheet = document.createElement("div");
  sheet.className = "yw-atlas-other";
  const border = document.createElement("div");
  border.className = "yw-atlas-border";
  atlas.map.getContainer().append(sheet, border);
  const day = panel.querySelector("[data-other-day]");
  other = new Drawing({
    container: sheet, style: atlas.style(codes(panel), day.value), ...view(atlas.map), attributionControl: false, interactive: false, maxZoom: 20,
    locale: { "Map.Title": panel.querySelector("[data-compare]").dataset.map },
  });
  // what is seen through the sheet is moved by the map below
  other.getCanvas().tabIndex = -1;
  atlas.map.on("move", follow);
  cut(panel);
  border.addEventListener("pointerdown", (event) => {
    border.setPointerCapture(event.pointerId);
    event.stopPropagation();
  });
  border.addEventListener("pointermove", (event) => {
    if (!border.hasPointerCapture(event.pointerId)) return;
    const frame = atlas.map.getContainer().getBoundingClientRect();
    panel.querySelector("[data-border]").value = String(Math.round(((event.clientX - frame.left) / frame.width) * 100));
    cut(panel);
  });
  if (listened) return;
  listened = true;
  const draw = () => {
    other?.setStyle(atlas.style(codes(panel), day.value));
    atlas.say(day.value || panel.querySelector("[data-compare]").dataset.today);
  };
  panel.querySelector("[data-border]").addEventListener("input", () => cut(panel));
  day.addEventListener("change", draw);
  for (const box of panel.querySelectorAll("[data-other]")) box.addEventListener("change", draw);
}

function closed() {
  atlas.map.off("move", follow);
  other?.remove();
  sheet?.nextElementSibling.remove();
  sheet?.remove();
  other = null;
}

tool("compare", { opened, closed });
