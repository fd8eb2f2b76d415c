// Orthophotos and heights below the layers; another year over the right part of the map, cut at a border.
// An area that lets nothing through, such as the districts' white, is ground too: imagery lies over it.
import { atlas, tool } from "../atlas.js";
import { restyle } from "../restyle.js";
import { swipe } from "../swipe.js";

const NAME = "own-imagery";
let other = null;
let listened = false;

const source = (address) => ({ type: "raster", url: new URL(address, window.location.href).href, tileSize: 256 });
const drawn = { id: NAME, type: "raster", source: NAME };

const isGround = (each) => each.type === "background" || (each.type === "fill" && (each.paint?.["fill-opacity"] ?? 1) === 1);

// The first layer that is drawn over imagery: all that follows the ground, which the lowest opaque areas are part of.
const firstOver = (layers) => layers.find((each) => each.id !== NAME && !isGround(each));

function sink() {
  const map = atlas.map;
  if (!map.getLayer(NAME)) return;
  const layers = map.getStyle().layers;
  const order = layers.map((each) => each.id);
  const first = firstOver(layers);
  const wanted = first ? order.indexOf(first.id) - 1 : order.length - 1;
  const at = order.indexOf(NAME);
  // moving tells of a change of style, which calls this again: only where it lies elsewhere
  if (at !== wanted) map.moveLayer(NAME, first?.id);
}

function base(address) {
  const map = atlas.map;
  if (map.getLayer(NAME)) map.removeLayer(NAME);
  if (map.getSource(NAME)) map.removeSource(NAME);
  if (!address) return;
  map.addSource(NAME, source(address));
  map.addLayer(drawn);
  sink();
}

const under = (address) => (before, next) => {
  const layers = [...next.layers];
  const at = layers.indexOf(firstOver(layers));
  layers.splice(at < 0 ? layers.length : at, 0, drawn);
  return { ...next, sources: { ...next.sources, [NAME]: source(address) }, layers };
};

const overlaid = (address) => other && restyle(other.map, atlas.style(atlas.chosen(), atlas.day), { transformStyle: under(address) });

function take() {
  other?.take();
  other = null;
}

function compare(panel, address) {
  take();
  if (!address) return;
  other = swipe(panel.querySelector("[data-imagery]").dataset.right, panel.querySelector("[data-border]"));
  overlaid(address);
}

// Imagery that lies outside what is in view is gone to.
function goTo(option) {
  const [zoom, lat, lng] = (option?.dataset.at ?? "").split("/").map(Number);
  if (!Number.isFinite(zoom)) return;
  const [west, south, east, north] = option.dataset.box.split(",").map(Number);
  const [left, below, right, above] = atlas.box();
  const isInView = west < right && left < east && south < above && below < north;
  if (!isInView || atlas.map.getZoom() < zoom - 1) atlas.goTo([lng, lat], zoom);
}

function opened(panel) {
  const below = panel.querySelector("[data-base]");
  const right = panel.querySelector("[data-other]");
  if (right.value) compare(panel, right.value);
  if (listened) return;
  listened = true;
  below.addEventListener("change", () => {
    base(below.value);
    goTo(below.selectedOptions[0]);
    atlas.say(below.selectedOptions[0].textContent);
  });
  right.addEventListener("change", () => {
    compare(panel, right.value);
    goTo(right.selectedOptions[0]);
    atlas.say(right.selectedOptions[0].textContent);
  });
  atlas.map.on("styledata", sink);
  atlas.onLayers(() => overlaid(right.value));
}

tool("imagery", { opened, closed: take });
