// Picks an entry on a map: what lies where somebody points comes into the page's list, chosen; what is chosen on
// the list is shown on the map. Without script, or without WebGL, the list and its search do the same.
import { Map as Drawing, NavigationControl, ScaleControl } from "../../vendor/maplibre/maplibre-gl.mjs";

const NEAR = 16;
const isStill = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

// One map beside one list. In a form that is filled in, the page comes back with the list of the place (data-at,
// data-button); on a page that does nothing but pick, the list is fetched.
function picking(place) {
  const words = place.dataset;
  const rows = document.getElementById(words.picksOn);
  let asked = 0;

  const chosen = () => rows.querySelector("input[data-entry]:checked") ?? rows.querySelector("[data-standing]");

  function begins() {
    const first = chosen() ?? rows.querySelector("[data-lng]");
    const [west, south, east, north] = words.whole.split(",").map(Number);
    // a search or an earlier choice begins there; otherwise all of it is shown
    return first?.dataset.lng && (chosen() || words.found)
      ? { center: [Number(first.dataset.lng), Number(first.dataset.lat)], zoom: NEAR }
      : { bounds: [[west, south], [east, north]], fitBoundsOptions: { padding: 24 } };
  }

  function mark(map) {
    const one = chosen();
    const isIt = ["==", ["id"], Number(one?.dataset.entry ?? -1)];
    for (const id of ["own-chosen-under", "own-chosen"]) map.setFilter(id, isIt);
    place.dataset.chosen = one?.value ?? one?.dataset.key ?? "";
  }

  function show(map) {
    const { lng, lat } = chosen()?.dataset ?? {};
    mark(map);
    if (!lng) return;
    map[isStill() ? "jumpTo" : "easeTo"]({ center: [Number(lng), Number(lat)], zoom: Math.max(NEAR, map.getZoom()) });
  }

  async function pick(map, { lng, lat }) {
    const at = `${lng.toFixed(6)},${lat.toFixed(6)}`;
    if (words.at) {
      place.closest("form").elements.namedItem(words.at).value = at;
      document.getElementById(words.button).click();
      return;
    }
    asked += 1;
    const turn = asked;
    const query = new URLSearchParams({ part: "rows", at });
    const answer = await fetch(`${window.location.pathname}?${query}`, { credentials: "same-origin" });
    if (!answer.ok || turn !== asked) return;
    rows.innerHTML = await answer.text();
    const input = chosen();
    mark(map);
    const said = document.getElementById("pick-said");
    said.textContent = input ? words.picked.replace("{key}", input.value) : words.none;
  }

  function draw() {
    place.hidden = false;
    const map = new Drawing({
      container: place,
      style: words.style,
      ...begins(),
      attributionControl: false,
      dragRotate: false,
      maxZoom: 19,
      locale: { "Map.Title": words.map, "NavigationControl.ZoomIn": words.zoomIn, "NavigationControl.ZoomOut": words.zoomOut },
    });
    map.addControl(new NavigationControl({ showCompass: false }), "top-right");
    map.addControl(new ScaleControl({ maxWidth: 120 }), "bottom-left");
    for (const beside of place.parentElement.querySelectorAll("[data-with-map]")) beside.hidden = false;
    map.once("load", () => {
      const drawn = { type: "line", source: "yiwang", "source-layer": words.layer, filter: ["==", ["id"], -1] };
      map.addLayer({ id: "own-chosen-under", ...drawn, paint: { "line-color": "#ffffff", "line-width": 8 } });
      map.addLayer({ id: "own-chosen", ...drawn, paint: { "line-color": "#c63d2b", "line-width": 4 } });
      mark(map);
      map.on("click", (event) => pick(map, event.lngLat));
      map.getCanvas().addEventListener("keydown", (event) => {
        if (event.key === "Enter") pick(map, map.getCenter());
      });
      rows.addEventListener("change", () => show(map));
      map.getCanvas().style.cursor = "pointer";
      map.once("idle", () => { place.dataset.drawn = "yes"; });
    });
  }

  function tryToDraw() {
    try {
      draw();
    } catch {
      place.hidden = true;
    }
  }

  // within a form the map unfolds when it is wanted, and stays open when the page comes back with its list
  const fold = place.closest(".yw-pick__unfold");
  if (fold === null) {
    tryToDraw();
    return;
  }
  fold.hidden = false;
  fold.addEventListener("toggle", () => { if (fold.open && !place.dataset.begun) { place.dataset.begun = "yes"; tryToDraw(); } });
  fold.open = words.found === "yes";
}

for (const place of document.querySelectorAll(".yw-pick__canvas")) picking(place);
