// Faults of a grid on a map, over its cells; the list below says the same and leads to each place.
import { Map as Drawing, NavigationControl, ScaleControl } from "../../vendor/maplibre/maplibre-gl.mjs";

const place = document.getElementById("grid-map");

function extentOf(features) {
  const corners = features.flatMap((feature) => (feature.geometry.type === "Point" ? [feature.geometry.coordinates] : feature.geometry.coordinates.flat()));
  const easts = corners.map((corner) => corner[0]);
  const norths = corners.map((corner) => corner[1]);
  return [[Math.min(...easts), Math.min(...norths)], [Math.max(...easts), Math.max(...norths)]];
}

function addFaults(map, found) {
  map.addSource("faults", { type: "geojson", data: found });
  map.addLayer({ id: "fault-areas", type: "fill", source: "faults", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": "#d4351c", "fill-opacity": 0.45 } });
  map.addLayer({ id: "fault-lines", type: "line", source: "faults", filter: ["==", ["geometry-type"], "Polygon"], paint: { "line-color": "#942514", "line-width": 2 } });
  map.addLayer({ id: "fault-points", type: "circle", source: "faults", filter: ["==", ["geometry-type"], "Point"], paint: { "circle-color": "#d4351c", "circle-radius": 6, "circle-stroke-color": "#ffffff", "circle-stroke-width": 1.5 } });
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
  map.once("load", () => { addFaults(map, found); place.dataset.drawn = "yes"; });
  follow(map);
}

if (place) draw().catch(() => { place.hidden = true; });
