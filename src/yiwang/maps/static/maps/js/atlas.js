// What tools get of the map page. A tool is a module beside this one that calls `tool(key, {opened, closed})`:
// `opened(panel, atlas)` when its panel is shown, `closed()` when another takes its place.
const place = document.getElementById("map");
const layers = document.getElementById("layers");
const said = document.getElementById("said");
const tools = new Map();
let open = "";

export const atlas = {
  /** The MapLibre map; null where the browser can't draw one. Sources and layers named own-… outlive a change of style. */
  map: null,
  /** The drawing surface (sketch.js). */
  sketch: null,
  /** The day that the map shows, such as 2026-03-01; empty for today. */
  day: place.dataset.day,
  lang: place.dataset.lang,
  /** Codes of the layers that are switched on. */
  chosen: () => [...layers.querySelectorAll("input[name=layers]:checked")].map((box) => box.value),
  /** The key of the tool that is open; empty where none is. */
  opened: () => open,
  /** West, south, east, north of what is in view, in degrees. */
  box() {
    const bounds = atlas.map.getBounds();
    const inside = (value, most) => Math.max(-most, Math.min(most, value));
    return [inside(bounds.getWest(), 180), inside(bounds.getSouth(), 85), inside(bounds.getEast(), 180), inside(bounds.getNorth(), 85)];
  },
  /** The address of a style of layers on a day. */
  style(codes, day) {
    if (!codes.length) return { version: 8, sources: {}, layers: [{ id: "ground", type: "background", paint: { "background-color": "#f3f2f1" } }] };
    const valid = day ? `&valid=${day}` : "";
    return new URL(`${place.dataset.styles.replace("_", codes.join(","))}?lang=${atlas.lang}${valid}`, window.location.href).href;
  },
  /** Show another day, or today with an empty one. */
  showDay(day) {
    atlas.day = day;
    place.dispatchEvent(new Event("yw:layers"));
  },
  /** Say something to readers of the screen. */
  say(text) { said.textContent = text; },
  /** Go to a place; as near as it is already or nearer. */
  goTo([lng, lat], zoom) {
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    atlas.map[still ? "jumpTo" : "easeTo"]({ center: [lng, lat], zoom: Math.max(zoom, atlas.map.getZoom()) });
  },
  /** Be told when layers or the day change, or the map has moved. */
  onLayers(told) { place.addEventListener("yw:layers", told); },
};

/** Announce a tool; it is opened at once where the page came with it open. */
export function tool(key, { opened, closed = () => {} }) {
  tools.set(key, { opened, closed });
  const panel = document.getElementById(`tool-${key}`);
  if (panel && !panel.hidden && atlas.map) show(key);
}

/** Open a tool, or none. */
export function show(key) {
  if (open) tools.get(open)?.closed();
  for (const panel of document.querySelectorAll("[data-panel]")) panel.hidden = panel.dataset.panel !== key;
  for (const link of document.querySelectorAll("[data-tool]")) {
    if (link.dataset.tool === key) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  atlas.sketch?.clear();
  open = key;
  place.dispatchEvent(new Event("yw:tool"));
  if (key) tools.get(key)?.opened(document.getElementById(`tool-${key}`), atlas);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-tool], [data-close]");
  if (!link || !atlas.map) return;
  const panel = link.closest("[data-panel], #here");
  event.preventDefault();
  if (panel?.id === "here") { panel.hidden = true; atlas.map.getCanvas().focus(); return; }
  const before = open;
  const key = panel || link.dataset.tool === open ? "" : link.dataset.tool;
  show(key);
  const next = key ? document.getElementById(`tool-${key}`) : document.querySelector(`[data-tool="${before}"]`);
  next?.focus({ preventScroll: !key });
});

/** Open what the page came with, once the map is there. */
export function begin() {
  const panel = document.querySelector("[data-panel]:not([hidden])");
  if (panel && tools.has(panel.dataset.panel)) show(panel.dataset.panel);
}
