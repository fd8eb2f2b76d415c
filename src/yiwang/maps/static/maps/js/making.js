// Draws what the form of a layer says now, beside it. Tiles are asked for with the form itself, so that nothing
// is saved by looking and no address tells what is being made. Without script the form works the same.
import { Map as Drawing, NavigationControl, addProtocol } from "../../vendor/maplibre/maplibre-gl.mjs";

const form = document.getElementById("making");
const place = document.getElementById("preview");
const said = document.getElementById("preview-said");
const words = place.dataset;
let asked = 0;
// Publishing and dropping end the draft: what is still asked of it then would be answered that there is none.
let leaving = new AbortController();
window.addEventListener("submit", (event) => { if (!event.defaultPrevented) leaving.abort(); });
window.addEventListener("pageshow", () => { leaving = new AbortController(); });

// Who leaves hears no answer, good or bad.
async function send(more, given = []) {
  const body = new FormData(form);
  for (const [name, value] of Object.entries(more)) body.set(name, value);
  const signal = AbortSignal.any([leaving.signal, ...given]);
  try {
    const answer = await fetch(form.dataset.preview, { method: "POST", body, credentials: "same-origin", signal });
    return { ok: answer.ok, status: answer.status, said: await answer.blob() };
  } catch (failure) {
    if (leaving.signal.aborted) return new Promise(() => {});
    throw failure;
  }
}

addProtocol("candidate", async ({ url }, abort) => {
  const [zoom, column, row] = url.split("/").slice(-3);
  const answer = await send({ tile: `${zoom}/${column}/${row}` }, [abort.signal]);
  if (!answer.ok) throw new Error(`${answer.status}`);
  return { data: await answer.said.arrayBuffer() };
});

async function show(map) {
  asked += 1;
  const turn = asked;
  const answer = await send({});
  if (turn !== asked) return;
  const told = await answer.said.text().then(JSON.parse).catch(() => ({ problems: [] }));
  said.textContent = (told.problems ?? []).join(" ");
  if (!answer.ok || !told.style) return;
  told.style.sources.yiwang.tiles = [`candidate://${turn}/{z}/{x}/{y}`];
  map.setStyle(told.style, { diff: false });
  map.once("idle", () => { place.dataset.drawn = "yes"; });
}

function draw() {
  const [west, south, east, north] = words.whole.split(",").map(Number);
  place.hidden = false;
  const map = new Drawing({
    container: place,
    style: { version: 8, sources: {}, layers: [] },
    bounds: [[west, south], [east, north]],
    attributionControl: false,
    dragRotate: false,
    maxZoom: 18,
    locale: { "Map.Title": words.map, "NavigationControl.ZoomIn": words.zoomIn, "NavigationControl.ZoomOut": words.zoomOut },
  });
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  let timer = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => show(map), 500);
  });
  map.once("load", () => show(map));
}

try {
  draw();
} catch {
  place.hidden = true;
}
