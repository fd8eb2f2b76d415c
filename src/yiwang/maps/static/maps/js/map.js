// Draws the chosen layers, lists what is in view and what is where somebody points. Without script, or where
// the browser has no WebGL, the page's list says the same.
import { Map as Drawing, NavigationControl, ScaleControl } from "../../vendor/maplibre/maplibre-gl.mjs";
import { atlas, begin } from "./atlas.js";
import { Part } from "./parts.js";
import { restyle } from "./restyle.js";
import { Sketch } from "./sketch.js";

const place = document.getElementById("map");
const layers = document.getElementById("layers");
const here = document.getElementById("here");
const words = place.dataset;
const inView = new Part(document.getElementById("view-list"), words.unlisted);
const atPlace = new Part(document.getElementById("here-list"), words.unlisted);

function begins() {
  const said = words.begins.split("/").map(Number);
  const [west, south, east, north] = words.whole.split(",").map(Number);
  return said.length === 3 && said.every(Number.isFinite)
    ? { zoom: said[0], center: [said[2], said[1]] }
    : { bounds: [[west, south], [east, north]], fitBoundsOptions: { padding: 24 } };
}

function list(part, box, more = {}) {
  const asked = new URLSearchParams({ layers: atlas.chosen().join(","), box: box.join(","), ...more });
  if (atlas.day) asked.set("valid", atlas.day);
  return part.show(`${words.features}?${asked}`);
}

async function tellWhatIsAt(map, point) {
  const reach = 6;
  const low = map.unproject([point.x - reach, point.y + reach]);
  const high = map.unproject([point.x + reach, point.y - reach]);
  const middle = map.unproject(point);
  here.hidden = false;
  document.getElementById("here-place").textContent = `${middle.lng.toFixed(6)}, ${middle.lat.toFixed(6)}`;
  await list(atPlace, [low.lng, low.lat, high.lng, high.lat], { here: "yes" });
}

function remember(map) {
  // where a feature is edited the address stays that of the feature
  if (words.editing) return;
  const { lng, lat } = map.getCenter();
  const asked = new URLSearchParams({ layers: atlas.chosen().join(",") });
  if (atlas.day) asked.set("valid", atlas.day);
  const at = `${map.getZoom().toFixed(2)}/${lat.toFixed(5)}/${lng.toFixed(5)}`;
  const tool = atlas.opened() ? `&tool=${atlas.opened()}` : "";
  const address = `${window.location.pathname}?${asked.toString().replaceAll("%2C", ",")}&at=${at}${tool}`;
  window.history.replaceState(null, "", address);
  for (const link of layers.querySelectorAll("[data-add]")) link.search = `?at=${at}`;
}

// What tools draw stays when layers change: sources and layers named own-….
const keepOwn = (before, next) => {
  const own = (before?.layers ?? []).filter((each) => each.id.startsWith("own-"));
  const sources = Object.entries(before?.sources ?? {}).filter(([name]) => name.startsWith("own-"));
  return { ...next, sources: { ...next.sources, ...Object.fromEntries(sources) }, layers: [...next.layers, ...own] };
};

function follow(map) {
  let timer = 0;
  const look = () => {
    remember(map);
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const problem = await list(inView, atlas.box());
      if (problem) atlas.say(problem);
    }, 300);
  };
  map.on("moveend", look);
  map.on("click", (event) => { if (!atlas.sketch.busy && !words.editing) tellWhatIsAt(map, event.point); });
  map.getCanvas().addEventListener("keydown", async (event) => {
    if (event.key !== "Enter" || atlas.sketch.busy) return;
    await tellWhatIsAt(map, map.project(map.getCenter()));
    here.focus();
  });
  here.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    here.hidden = true;
    map.getCanvas().focus({ preventScroll: true });
  });
  place.addEventListener("yw:tool", () => remember(map));
  layers.addEventListener("change", (event) => { if (event.target.name === "layers") place.dispatchEvent(new Event("yw:layers")); });
  atlas.onLayers(() => {
    restyle(map, atlas.style(atlas.chosen(), atlas.day), { transformStyle: keepOwn });
    look();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-at]");
    if (!link) return;
    event.preventDefault();
    const box = link.dataset.layer && layers.querySelector(`input[value="${CSS.escape(link.dataset.layer)}"]`);
    if (box && !box.checked) { box.checked = true; place.dispatchEvent(new Event("yw:layers")); }
    const [zoom, lat, lng] = link.dataset.at.split("/").map(Number);
    atlas.goTo([lng, lat], zoom);
    place.scrollIntoView({ block: "nearest" });
    map.getCanvas().focus({ preventScroll: true });
  });
}

// An entry that led here (`focus=layer/entry`) stands out.
function pointOut(map) {
  const [layer, entry] = (new URLSearchParams(window.location.search).get("focus") || "").split("/");
  if (!/^[a-z][a-z0-9_]*$/.test(layer) || !/^\d+$/.test(entry || "")) return;
  const drawn = { source: "yiwang", "source-layer": layer };
  const isIt = ["==", ["id"], Number(entry)];
  map.once("load", () => {
    map.addLayer({ id: "own-focus", type: "line", ...drawn, filter: isIt, paint: { "line-color": "#c63d2b", "line-width": 4 } });
    map.addLayer({ id: "own-focus-point", type: "circle", ...drawn, filter: ["all", isIt, ["==", ["geometry-type"], "Point"]], paint: {
      "circle-radius": 12, "circle-opacity": 0, "circle-stroke-color": "#c63d2b", "circle-stroke-width": 4 } });
  });
}

function tellWhere(map) {
  const where = document.getElementById("where");
  const put = ({ lng, lat }) => {
    where.querySelector("[data-lng]").textContent = lng.toFixed(5);
    where.querySelector("[data-lat]").textContent = lat.toFixed(5);
    where.querySelector("[data-zoom]").textContent = map.getZoom().toFixed(1);
  };
  where.hidden = false;
  put(map.getCenter());
  map.on("mousemove", (event) => put(event.lngLat));
  map.on("moveend", () => put(map.getCenter()));
}

// Names typed into the field leave the layers that bear them, and open their groups; chosen ones stay.
function sift() {
  const field = document.getElementById("layers-named");
  const none = document.getElementById("layers-none");
  const groups = [...layers.querySelectorAll("details")];
  const before = new Map();
  field.parentElement.hidden = false;
  field.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  field.addEventListener("input", () => {
    const wanted = field.value.trim().toLowerCase();
    for (const group of groups) {
      let found = 0;
      const isWhole = group.querySelector("summary").textContent.toLowerCase().includes(wanted);
      for (const line of group.querySelectorAll("[data-names]")) {
        line.hidden = !isWhole && !line.dataset.names.toLowerCase().includes(wanted);
        if (!line.hidden) found += 1;
      }
      group.hidden = found === 0;
      if (wanted && !before.has(group)) before.set(group, group.open);
      group.open = wanted ? found > 0 : before.get(group) ?? group.open;
    }
    if (!wanted) before.clear();
    none.hidden = groups.some((group) => !group.hidden);
  });
}

function share() {
  const button = document.getElementById("share");
  button.parentElement.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(window.location.href);
    button.lastElementChild.textContent = button.dataset.done;
    atlas.say(button.dataset.done);
  });
}

function draw() {
  place.hidden = false;
  const map = new Drawing({
    container: place,
    style: atlas.style(atlas.chosen(), atlas.day),
    ...begins(),
    attributionControl: false,
    dragRotate: false,
    maxZoom: 20,
    locale: {
      "Map.Title": words.map,
      "NavigationControl.ZoomIn": words.zoomIn,
      "NavigationControl.ZoomOut": words.zoomOut,
      "NavigationControl.ResetBearing": words.north,
    },
  });
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new ScaleControl({ maxWidth: 120 }), "bottom-left");
  atlas.map = map;
  atlas.sketch = new Sketch(map);
  pointOut(map);
  follow(map);
  tellWhere(map);
  sift();
  share();
  document.getElementById("apply").hidden = true;
  map.once("idle", () => { place.dataset.drawn = "yes"; });
  begin();
}

try {
  draw();
} catch {
  place.textContent = words.failed;
  place.classList.add("yw-citymap--failed");
}
