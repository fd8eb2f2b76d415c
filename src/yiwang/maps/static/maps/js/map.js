// Draws the chosen layers, lists what is in view and what is where somebody points. Without script, or where
// the browser has no WebGL, the page's list says the same.
import { Map as Drawing, NavigationControl, ScaleControl } from "../../vendor/maplibre/maplibre-gl.mjs";

const place = document.getElementById("map");
const layers = document.getElementById("layers");
const words = place.dataset;

const chosen = () => [...layers.querySelectorAll("input[name=layers]:checked")].map((box) => box.value).join(",");
const style = () => {
  const codes = chosen();
  if (!codes) return { version: 8, sources: {}, layers: [{ id: "ground", type: "background", paint: { "background-color": "#f3f2f1" } }] };
  return `${words.styles.replace("_", codes)}?lang=${words.lang}`;
};

function begins() {
  const said = (new URLSearchParams(window.location.search).get("at") || "").split("/").map(Number);
  const [west, south, east, north] = words.whole.split(",").map(Number);
  return said.length === 3 && said.every(Number.isFinite)
    ? { zoom: said[0], center: [said[2], said[1]] }
    : { bounds: [[west, south], [east, north]], fitBoundsOptions: { padding: 24 } };
}

async function list(target, box) {
  const asked = new URLSearchParams({ layers: chosen(), box: box.join(",") });
  const answer = await fetch(`${words.features}?${asked}`, { credentials: "same-origin" });
  if (answer.ok) target.innerHTML = await answer.text();
}

const inside = (value, most) => Math.max(-most, Math.min(most, value));
const boxOf = (bounds) => [
  inside(bounds.getWest(), 180), inside(bounds.getSouth(), 85), inside(bounds.getEast(), 180), inside(bounds.getNorth(), 85),
];

async function tellWhatIsAt(map, point) {
  const reach = 6;
  const low = map.unproject([point.x - reach, point.y + reach]);
  const high = map.unproject([point.x + reach, point.y - reach]);
  const here = document.getElementById("here");
  here.hidden = false;
  await list(document.getElementById("here-list"), [low.lng, low.lat, high.lng, high.lat]);
}

function remember(map) {
  const { lng, lat } = map.getCenter();
  const asked = new URLSearchParams({ layers: chosen() });
  const at = `${map.getZoom().toFixed(2)}/${lat.toFixed(5)}/${lng.toFixed(5)}`;
  const address = `${window.location.pathname}?${asked.toString().replaceAll("%2C", ",")}&at=${at}`;
  window.history.replaceState(null, "", address);
}

function follow(map) {
  let timer = 0;
  const look = () => {
    remember(map);
    clearTimeout(timer);
    timer = setTimeout(() => list(document.getElementById("view-list"), boxOf(map.getBounds())), 300);
  };
  map.on("moveend", look);
  map.on("click", (event) => tellWhatIsAt(map, event.point));
  map.getCanvas().addEventListener("keydown", async (event) => {
    if (event.key !== "Enter") return;
    await tellWhatIsAt(map, map.project(map.getCenter()));
    document.getElementById("here").focus();
  });
  layers.addEventListener("change", () => { map.setStyle(style()); look(); });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-at]");
    if (!link) return;
    event.preventDefault();
    const [zoom, lat, lng] = link.dataset.at.split("/").map(Number);
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    map[still ? "jumpTo" : "easeTo"]({ center: [lng, lat], zoom: Math.max(zoom, map.getZoom()) });
    place.scrollIntoView({ block: "nearest" });
    map.getCanvas().focus({ preventScroll: true });
  });
}

function share() {
  const button = document.getElementById("share");
  button.parentElement.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(window.location.href);
    button.textContent = button.dataset.done;
  });
}

function draw() {
  place.hidden = false;
  const map = new Drawing({
    container: place,
    style: style(),
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
  follow(map);
  share();
  document.getElementById("apply").remove();
  map.once("idle", () => { place.dataset.drawn = "yes"; });
}

try {
  draw();
} catch {
  place.textContent = words.failed;
  place.classList.add("yw-citymap--failed");
}
