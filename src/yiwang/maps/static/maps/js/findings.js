// What a check or a study found, on a map over the layers it is about; the list below says the same.
import { Map as Drawing, NavigationControl, ScaleControl } from "../../vendor/maplibre/maplibre-gl.mjs";

const place = document.getElementById("findings-map");

function cornersOf(coordinates) {
  return typeof coordinates[0] === "number" ? [coordinates] : coordinates.flatMap(cornersOf);
}

function extentOf(features) {
  const box = [[Infinity, Infinity], [-Infinity, -Infinity]];
  for (const feature of features) {
    for (const corner of cornersOf(feature.geometry.coordinates)) {
      for (const axis of [0, 1]) {
        box[0][axis] = Math.min(box[0][axis], corner[axis]);
        box[1][axis] = Math.max(box[1][axis], corner[axis]);
      }
    }
  }
  return box;
}

function addFindings(map, found) {
  const colour = ["coalesce", ["get", "colour"], "#d4351c"];
  map.addSource("findings", { type: "geojson", data: found });
  map.addLayer({ id: "finding-areas", type: "fill", source: "findings", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": colour, "fill-opacity": 0.45 } });
  map.addLayer({ id: "finding-lines", type: "line", source: "findings", filter: ["!=", ["geometry-type"], "Point"], paint: { "line-color": ["coalesce", ["get", "colour"], "#942514"], "line-width": 2 } });
  map.addLayer({ id: "finding-points", type: "circle", source: "findings", filter: ["==", ["geometry-type"], "Point"], paint: { "circle-color": colour, "circle-radius": 6, "circle-stroke-color": "#ffffff", "circle-stroke-width": 1.5 } });
}

function follow(map) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-at]");
    if (!link) return;
    event.preventDefault();
    const [zoom, lat, lng] = link.dataset.at.split("/").map(Number);
    map.jumpTo({ center: [lng, lat], zoom });
    place.scrollIntoView({ block: "nearest" });
    map.getCanvas().focus({ preventScroll: true });
  });
}

async function draw() {
  const words = place.dataset;
  const answer = await fetch(words.findings, { credentials: "same-origin" });
  const found = await answer.json();
  if (!found.features.length) return;
  place.hidden = false;
  const map = new Drawing({
    container: place,
    style: words.style ? `${words.style}?lang=${words.lang}` : { version: 8, sources: {}, layers: [] },
    bounds: extentOf(found.features),
    fitBoundsOptions: { padding: 40, maxZoom: 17 },
    attributionControl: false,
    dragRotate: false,
    maxZoom: 20,
    locale: { "Map.Title": words.map, "NavigationControl.ZoomIn": words.zoomIn, "NavigationControl.ZoomOut": words.zoomOut },
  });
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new ScaleControl({ maxWidth: 120 }), "bottom-left");
  map.once("load", () => { addFindings(map, found); place.dataset.drawn = "yes"; });
  follow(map);
}

if (place) draw().catch(() => { place.hidden = true; });
