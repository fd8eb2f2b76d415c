// Draws the area that a question asks for: the corners come into its box, and what is typed there comes onto the map.
// Without script, or without WebGL, the box takes the corners alone.
import { Map as Drawing, NavigationControl, ScaleControl } from "../../vendor/maplibre/maplibre-gl.mjs";
import { Sketch, readCorners } from "./sketch.js";

function drawing(fold) {
  const box = document.getElementById(fold.dataset.draws);
  const place = fold.querySelector(".yw-drawing__canvas");
  const said = fold.querySelector("[data-said]");
  const words = place.dataset;

  // corners a line or WKT; what is neither is left to the city to refuse
  function typed() {
    const wkt = box.value.match(/^\s*POLYGON\s*\(\s*\(([^()]*)\)\s*\)\s*$/i);
    try {
      const corners = readCorners(wkt ? wkt[1].replaceAll(",", "\n") : box.value);
      const last = corners.at(-1);
      if (corners.length > 1 && last[0] === corners[0][0] && last[1] === corners[0][1]) corners.pop();
      return corners;
    } catch {
      return [];
    }
  }

  function begins() {
    const corners = typed();
    const [west, south, east, north] = words.whole.split(",").map(Number);
    if (!corners.length) return { bounds: [[west, south], [east, north]], fitBoundsOptions: { padding: 24 } };
    const [easts, norths] = [corners.map((corner) => corner[0]), corners.map((corner) => corner[1])];
    const bounds = [[Math.min(...easts), Math.min(...norths)], [Math.max(...easts), Math.max(...norths)]];
    return { bounds, fitBoundsOptions: { padding: 60, maxZoom: 18 } };
  }

  function draw() {
    place.hidden = false;
    const map = new Drawing({
      container: place,
      style: words.style,
      ...begins(),
      attributionControl: false,
      dragRotate: false,
      doubleClickZoom: false,
      maxZoom: 20,
      locale: { "Map.Title": words.map, "NavigationControl.ZoomIn": words.zoomIn, "NavigationControl.ZoomOut": words.zoomOut },
    });
    map.addControl(new NavigationControl({ showCompass: false }), "top-right");
    map.addControl(new ScaleControl({ maxWidth: 120 }), "bottom-left");
    const sketch = new Sketch(map);
    const tell = (geometry, corners) => {
      box.value = corners.map((corner) => corner.join(",")).join("\n");
      box.dispatchEvent(new Event("input", { bubbles: true }));
      said.textContent = words.corners.replace("#", corners.length);
    };
    const done = () => { said.textContent = words.done.replace("#", sketch.corners.length); };
    const anew = () => sketch.start("area", { changed: tell, done });
    const take = () => {
      const corners = typed();
      if (corners.length < 3) return;
      sketch.rest();
      Object.assign(sketch, { drawn: "area", corners });
      sketch.show();
    };
    map.once("load", () => {
      anew();
      take();
      map.once("idle", () => { place.dataset.drawn = "yes"; });
    });
    box.addEventListener("change", take);
    fold.querySelector("[data-undo]").addEventListener("click", () => { sketch.undo(); });
    fold.querySelector("[data-end]").addEventListener("click", () => { sketch.finish(); });
    fold.querySelector("[data-anew]").addEventListener("click", () => { anew(); sketch.told(); map.getCanvas().focus({ preventScroll: true }); });
  }

  fold.hidden = false;
  fold.addEventListener("toggle", () => {
    if (!fold.open || place.dataset.begun) return;
    place.dataset.begun = "yes";
    try {
      draw();
    } catch {
      fold.hidden = true;
    }
  });
}

for (const fold of document.querySelectorAll(".yw-drawing")) drawing(fold);
