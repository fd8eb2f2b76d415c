// Buildings in 3-D: fly by keys or buttons, walk at eye height, drag the time of day to see light and shadows, point at
// two places for a sight line. Where the browser has no WebGL the picture and the list say the same.
import { Map as Drawing, Marker, NavigationControl, ScaleControl } from "../../vendor/maplibre/maplibre-gl.mjs";
import { terrain } from "./terrain.js";
import { told } from "./told.js";
import { lay } from "./tubes.js";
import { walking } from "./walking.js";

const place = document.getElementById("solids");
const words = place.dataset;
const moment = document.getElementById("moment");
const sight = document.getElementById("sight");
const slide = document.getElementById("f-slide");
const clock = document.getElementById("f-time");
const day = document.getElementById("f-day");
const said = document.getElementById("said");
const NOTHING = { type: "FeatureCollection", features: [] };
const SKY = { "sky-color": "#9cc3d6", "horizon-color": "#e6f0f4", "fog-color": "#f3f2f1", "sky-horizon-blend": 0.7, "horizon-fog-blend": 0.6, "fog-ground-blend": 0.85 };
const STEP = 120;
const EYE = 1.6;

const still = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
const two = (number) => String(number).padStart(2, "0");
const minutes = () => { const [hour, minute] = clock.value.split(":").map(Number); return hour * 60 + minute; };

// Where the middle goes, in pixels of the ground below it: of those on the screen one may be kilometres near the
// horizon, or lie above it.
function ahead(map, pixels) {
  const { lng, lat } = map.getCenter();
  const degrees = (pixels * 360) / (512 * 2 ** map.getZoom());
  const [way, north] = [map.getBearing(), lat].map((each) => (each * Math.PI) / 180);
  return [lng + degrees * Math.sin(way), lat + degrees * Math.cos(way) * Math.cos(north)];
}

// Each key and button: where the middle goes, or how the eye turns.
const MOVES = {
  forward: (map, with_) => map.easeTo({ center: ahead(map, STEP), ...with_ }),
  back: (map, with_) => map.easeTo({ center: ahead(map, -STEP), ...with_ }),
  left: (map, with_) => map.easeTo({ bearing: map.getBearing() - 15, ...with_ }),
  right: (map, with_) => map.easeTo({ bearing: map.getBearing() + 15, ...with_ }),
  up: (map, with_) => map.easeTo({ zoom: map.getZoom() - 0.5, ...with_ }),
  down: (map, with_) => map.easeTo({ zoom: map.getZoom() + 0.5, ...with_ }),
  "look-up": (map, with_) => map.easeTo({ pitch: Math.min(map.getPitch() + 8, 85), ...with_ }),
  "look-down": (map, with_) => map.easeTo({ pitch: Math.max(map.getPitch() - 8, 0), ...with_ }),
};
const KEYS = { w: "forward", s: "back", a: "left", d: "right", r: "up", f: "down", q: "look-up", e: "look-down" };

const ARROWS = { arrowup: "forward", arrowdown: "back", arrowleft: "left", arrowright: "right" };

function move(map, way) {
  // a key that is held asks anew before the last move ends: only an even pace stays the same
  MOVES[way](map, { duration: still() ? 0 : 250, easing: (share) => share });
}

// By keys and buttons, on foot or flying; arrows are MapLibre's own while one flies.
function steer(map, walker) {
  map.getCanvas().addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    const way = KEYS[key] ?? (walker.where() && ARROWS[key]);
    if (!way || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (!walker.move(way, event)) move(map, way);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (button && !walker.move(button.dataset.move)) move(map, button.dataset.move);
  });
}

// Where one is: on foot where one stands, flying the middle of what is seen.
let here = (map) => map.getCenter();

// West, south, east, north around the middle: far towards the horizon nobody sees a shadow.
function box(map) {
  const { lng, lat } = here(map);
  const half = Math.min(Math.max(900 / 2 ** map.getZoom(), 0.002), 0.02);
  return [lng - half, lat - half * 0.8, lng + half, lat + half * 0.8].map((each) => each.toFixed(6));
}

function lit(map, sun) {
  const high = Math.max(sun.altitude, 0);
  // sun and viewer turn apart: the light stays where it is on the map
  map.setLight({ anchor: "map", position: [1.5, sun.azimuth, 90 - high], color: high < 12 ? "#ffd9a8" : "#ffffff", intensity: sun.altitude > 0 ? 0.45 : 0.12 });
}

let asked = 0;
async function shade(map) {
  const mine = (asked += 1);
  const { lng, lat } = here(map);
  const query = new URLSearchParams({ layer: words.layer, centre: `${lng.toFixed(6)},${lat.toFixed(6)}`, day: day.value, time: clock.value, box: box(map).join(",") });
  const found = await told(`${words.shadows}?${query}`);
  if (mine !== asked) return;
  const source = map.getSource("own-shadows");
  if (!found) {
    source.setData(NOTHING);
    document.getElementById("sun-words").textContent = words.many;
    return;
  }
  source.setData(found);
  lit(map, found.sun);
  document.getElementById("sun-words").textContent = found.words;
  document.getElementById("sun-day").textContent = found.daylight;
  place.dataset.shaded = String(found.square_metres);
}

function follow(map) {
  let timer = 0;
  const later = () => { clearTimeout(timer); timer = setTimeout(() => shade(map), 120); };
  slide.value = String(minutes());
  slide.setAttribute("aria-valuetext", clock.value);
  slide.addEventListener("input", () => {
    clock.value = `${two(Math.floor(slide.value / 60))}:${two(slide.value % 60)}`;
    slide.setAttribute("aria-valuetext", clock.value);
    later();
  });
  clock.addEventListener("change", () => { slide.value = String(minutes()); later(); });
  day.addEventListener("change", later);
  map.on("moveend", () => {
    const { lng, lat } = here(map);
    const middle = `${lng.toFixed(6)},${lat.toFixed(6)}`;
    for (const field of document.querySelectorAll("input[name=centre]")) field.value = middle;
    later();
  });
  shade(map);
}

function goToNames(map, walker) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-at]");
    if (!link) return;
    event.preventDefault();
    walker.leave();
    const [, lat, lng] = link.dataset.at.split("/").map(Number);
    map[still() ? "jumpTo" : "easeTo"]({ center: [lng, lat], zoom: Math.max(map.getZoom(), 17) });
    place.scrollIntoView({ block: "nearest" });
    map.getCanvas().focus({ preventScroll: true });
  });
}

const ends = () => [sight.elements.eye.value, sight.elements.far.value].map((text) => text.split(",").map(Number));

function drawLine(map) {
  const [eye, far] = ends();
  if (eye.length !== 3 || far.length !== 3 || [...eye, ...far].some((each) => !Number.isFinite(each))) return;
  map.getSource("own-sight").setData({ type: "Feature", properties: {}, geometry: { type: "LineString", coordinates: [eye.slice(0, 2), far.slice(0, 2)] } });
}

// Two places by the pointer; by keyboard Enter takes the middle of the map.
function point(map, walker) {
  const button = document.getElementById("point");
  const marks = [];
  let wanted = "";
  const take = ({ lng, lat }) => {
    if (!wanted) return;
    sight.elements[wanted].value = `${lng.toFixed(6)},${lat.toFixed(6)},${EYE}`;
    marks.push(new Marker({ color: wanted === "eye" ? "#1d70b8" : "#d4351c" }).setLngLat([lng, lat]).addTo(map));
    if (wanted === "eye") { wanted = "far"; said.textContent = button.dataset.second; button.textContent = button.dataset.second; return; }
    wanted = "";
    sight.elements.centre.value = `${map.getCenter().lng.toFixed(6)},${map.getCenter().lat.toFixed(6)}`;
    sight.elements.time.value = clock.value;
    sight.elements.day.value = day.value;
    sight.requestSubmit();
  };
  button.addEventListener("click", () => {
    walker.leave();
    while (marks.length) marks.pop().remove();
    wanted = "eye";
    said.textContent = button.dataset.first;
    button.textContent = button.dataset.first;
    map.getCanvas().focus({ preventScroll: true });
  });
  map.on("click", (event) => take(event.lngLat));
  map.getCanvas().addEventListener("keydown", (event) => { if (event.key === "Enter") take(map.getCenter()); });
}

let layGround = () => {};

function addOwn(map, isClosed = true) {
  const raised = map.getStyle().layers.find((each) => each.type === "fill-extrusion");
  // here buildings are looked at and not through: their walls differ by the light
  if (raised && isClosed) map.setPaintProperty(raised.id, "fill-extrusion-opacity", 1);
  map.setSky(SKY);
  layGround();
  map.addSource("own-shadows", { type: "geojson", data: NOTHING });
  map.addLayer({ id: "own-shadows", type: "fill", source: "own-shadows", paint: { "fill-color": "#1f2937", "fill-opacity": isClosed ? 0.35 : 0.08 } }, raised?.id);
  map.addSource("own-sight", { type: "geojson", data: NOTHING });
  map.addLayer({ id: "own-sight", type: "line", source: "own-sight", paint: { "line-color": "#c63d2b", "line-width": 3, "line-dasharray": [2, 1] } });
}

// Soil, then what lies in it, then street and houses that let light through.
const OPEN = { fill: ["fill-opacity", 0.25], line: ["line-opacity", 0.3], "fill-extrusion": ["fill-extrusion-opacity", 0.3] };

function opened(style, under) {
  const layers = style.layers.map((each) => {
    if (each.type === "background") return { ...each, paint: { "background-color": "#d8cfc4" } };
    if (under.includes(each["source-layer"])) return each;
    const [name, share] = OPEN[each.type] ?? [];
    return name ? { ...each, paint: { ...each.paint, [name]: share } } : each;
  });
  return { ...style, layers };
}

function look(map) {
  const button = document.getElementById("below");
  if (!button) return;
  const codes = (address) => address.split("/").pop().replace(".json", "").split(",");
  const under = codes(button.dataset.style).filter((code) => !codes(words.style).includes(code));
  let opening = 0;
  const sink = () => {
    if (place.dataset.below !== "yes") return;
    const mine = opening;
    const isWanted = () => mine === opening && place.dataset.below === "yes";
    lay(map, { under, from: button.dataset.pipes, box: box(map).join(","), isWanted, drawn: (many) => { if (isWanted()) place.dataset.tubes = String(many); } });
  };
  let timer = 0;
  for (const change of ["moveend", "terrain"]) map.on(change, () => { clearTimeout(timer); timer = setTimeout(sink, 400); });
  button.addEventListener("click", () => {
    const isOpen = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(isOpen));
    opening += 1;
    place.dataset.tubes = "";
    place.dataset.below = "";
    const own = map.getStyle();
    const line = own.sources["own-sight"].data;
    const from = `${isOpen ? button.dataset.style : words.style}?lang=${words.lang}`;
    map.setStyle(from, { diff: false, transformStyle: (before, next) => (isOpen ? opened(next, under) : next) });
    map.once("style.load", () => {
      addOwn(map, !isOpen);
      map.getSource("own-sight").setData(line);
      shade(map);
      map.once("idle", () => { place.dataset.below = isOpen ? "yes" : "no"; sink(); });
    });
    said.textContent = isOpen ? button.dataset.on : button.dataset.off;
  });
}

function draw() {
  place.hidden = false;
  const [lng, lat] = words.centre.split(",").map(Number);
  const map = new Drawing({
    container: place,
    style: `${words.style}?lang=${words.lang}`,
    center: [lng, lat],
    zoom: 16.5,
    pitch: 58,
    bearing: -20,
    maxPitch: 85,
    minZoom: 11,
    maxZoom: 20,
    attributionControl: false,
    canvasContextAttributes: { antialias: true },
    locale: { "Map.Title": words.map, "NavigationControl.ZoomIn": words.zoomIn, "NavigationControl.ZoomOut": words.zoomOut, "NavigationControl.ResetBearing": words.north },
  });
  map.addControl(new NavigationControl({ visualizePitch: true }), "top-right");
  map.addControl(new ScaleControl({ maxWidth: 120 }), "bottom-left");
  // the map says what the picture said
  document.getElementById("picture").remove();
  map.once("load", () => {
    layGround = terrain(map, (text) => { said.textContent = text; });
    addOwn(map);
    const walker = walking(map, place, (text) => { said.textContent = text; });
    here = (drawn) => walker.where() ?? drawn.getCenter();
    steer(map, walker);
    follow(map);
    goToNames(map, walker);
    drawLine(map);
    point(map, walker);
    look(map);
    map.once("idle", () => { place.dataset.drawn = "yes"; });
  });
}

try {
  draw();
} catch {
  place.textContent = words.failed;
  place.classList.add("yw-citymap--failed");
}
