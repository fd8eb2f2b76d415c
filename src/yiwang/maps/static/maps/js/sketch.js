// The drawing surface: points, lines, areas and boxes by mouse, touch or keyboard, or moved by their corners.
// Everything it puts on the map is named own-…, which a change of style leaves there (see map.js).
const NEAR = 12;
const EMPTY = { type: "FeatureCollection", features: [] };
const LAYERS = [
  { id: "own-sketch-fill", type: "fill", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": "#c63d2b", "fill-opacity": 0.14 } },
  { id: "own-sketch-line", type: "line", filter: ["!=", ["geometry-type"], "Point"], paint: { "line-color": "#c63d2b", "line-width": 2.5 } },
  { id: "own-sketch-point", type: "circle", filter: ["==", ["geometry-type"], "Point"], paint: {
    "circle-color": ["case", ["==", ["get", "role"], "middle"], "#c63d2b", "#ffffff"], "circle-radius": ["case", ["==", ["get", "role"], "middle"], 3.5, 6],
    "circle-stroke-color": "#c63d2b", "circle-stroke-width": 2, "circle-opacity": ["case", ["==", ["get", "role"], "middle"], 0.6, 1] } },
];
const LEAST = { point: 1, line: 2, box: 2, area: 3 };
const round = (place) => [Number(place.lng.toFixed(7)), Number(place.lat.toFixed(7))];

export class Sketch {
  constructor(map) {
    this.map = map;
    this.corners = [];
    this.kind = "";
    this.pointer = null;
    map.on("load", () => this.show());
    map.on("click", (event) => this.clicked(event));
    map.on("dblclick", (event) => { if (this.kind) { event.preventDefault(); this.finish(); } });
    map.on("mousemove", (event) => { if (this.kind && this.corners.length) { this.pointer = round(event.lngLat); this.show(); } });
    map.getCanvas().addEventListener("keydown", (event) => this.pressed(event), true);
  }

  /** Whether clicks belong to a drawing. */
  get busy() { return this.kind !== ""; }

  /** Begin to draw a point, line, area or box; told of each change and of the end, with GeoJSON or null. */
  start(kind, { changed = () => {}, done = () => {} } = {}) {
    this.clear();
    Object.assign(this, { kind, drawn: kind, changed, done });
    this.map.getCanvas().classList.add("yw-atlas-drawing");
    this.map.getContainer().classList.add("yw-citymap--drawing");
  }

  /** Take a corner, such as a typed one. */
  add(corner) {
    if (this.kind === "point") this.corners = [];
    this.corners.push(corner);
    this.told();
    if ((this.kind === "point") || (this.kind === "box" && this.corners.length === 2)) this.finish();
  }

  /** Take back the last corner. */
  undo() { this.corners.pop(); this.told(); }

  /** Stop taking corners; what is drawn stays. */
  finish() {
    if (!this.kind || this.corners.length < LEAST[this.kind]) return;
    this.rest();
    this.show();
    this.done(this.geometry);
  }

  /** Put a drawing there as a whole: corners of a kind. */
  set(kind, corners) {
    this.rest();
    Object.assign(this, { drawn: kind, corners });
    this.told();
  }

  /** Take everything away. */
  clear() {
    this.rest();
    Object.assign(this, { corners: [], changed: () => {}, done: () => {} });
    this.show();
  }

  rest() {
    Object.assign(this, { kind: "", pointer: null });
    this.map.getCanvas().classList.remove("yw-atlas-drawing");
    this.map.getContainer().classList.remove("yw-citymap--drawing");
  }

  /** What is drawn as GeoJSON, or null while corners are missing. */
  get geometry() { return shaped(this.drawn, this.corners); }

  told() { this.show(); this.changed?.(this.geometry, this.corners); }

  clicked(event) {
    if (!this.kind) return;
    const first = this.corners[0] && this.map.project(this.corners[0]);
    const closes = this.kind === "area" && this.corners.length >= 3 && Math.hypot(first.x - event.point.x, first.y - event.point.y) < NEAR;
    if (closes) return this.finish();
    const last = this.corners.at(-1);
    const here = round(event.lngLat);
    if (!last || last[0] !== here[0] || last[1] !== here[1]) this.add(here);
  }

  pressed(event) {
    if (!this.kind) return;
    if (event.key === " ") this.add(round(this.map.getCenter()));
    else if (event.key === "Backspace") this.undo();
    else if (event.key === "Enter") this.finish();
    else if (event.key === "Escape") { this.corners = []; this.told(); }
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  show() {
    if (!this.map.getSource("own-sketch")) {
      if (!this.map.isStyleLoaded() && !this.map.style?._loaded) return;
      this.map.addSource("own-sketch", { type: "geojson", data: EMPTY });
      for (const layer of LAYERS) this.map.addLayer({ ...layer, source: "own-sketch" });
    }
    this.map.getSource("own-sketch").setData(this.picture());
  }

  picture() {
    const seen = this.pointer && this.kind !== "point" ? [...this.corners, this.pointer] : this.corners;
    const shape = shaped(this.drawn, seen) ?? shaped("line", seen);
    const points = this.corners.map((corner) => feature({ type: "Point", coordinates: corner }, "corner"));
    return { type: "FeatureCollection", features: [...(shape ? [feature(shape, "shape")] : []), ...points] };
  }
}

const feature = (geometry, role) => ({ type: "Feature", geometry, properties: { role } });

function shaped(kind, corners) {
  if (!kind || corners.length < LEAST[kind]) return null;
  if (kind === "point") return { type: "Point", coordinates: corners[0] };
  if (kind === "line") return { type: "LineString", coordinates: corners };
  if (kind === "area") return { type: "Polygon", coordinates: [[...corners, corners[0]]] };
  const [[ax, ay], [bx, by]] = corners;
  const [west, east, south, north] = [Math.min(ax, bx), Math.max(ax, bx), Math.min(ay, by), Math.max(ay, by)];
  return { type: "Polygon", coordinates: [[[west, south], [east, south], [east, north], [west, north], [west, south]]] };
}

/** Read corners that somebody typed, one a line; throws the number of a line that is none. */
export function readCorners(text) {
  return text.split("\n").map((line) => line.trim()).map((line, at) => {
    if (!line) return null;
    const found = line.match(/^(-?\d+(?:\.\d+)?)\s*[,，\s]\s*(-?\d+(?:\.\d+)?)$/);
    const corner = found && [Number(found[1]), Number(found[2])];
    if (!corner || Math.abs(corner[0]) > 180 || Math.abs(corner[1]) > 85) throw new RangeError(String(at + 1));
    return corner;
  }).filter(Boolean);
}

/** Join the buttons and the box for typed corners of a tool's panel with the drawing. */
export function takeTyped(panel, sketch, kind, say) {
  const box = panel.querySelector("[data-typed]");
  const error = panel.querySelector("[data-typed-error]");
  panel.querySelector("[data-undo]")?.addEventListener("click", () => sketch.undo());
  panel.querySelector("[data-clear]")?.addEventListener("click", () => { sketch.corners = []; sketch.told(); });
  panel.querySelector("[data-typed-apply]")?.addEventListener("click", () => {
    error.hidden = true;
    try {
      const corners = readCorners(box.value);
      sketch.set(kind(), corners);
      if (corners.length) sketch.map.jumpTo({ center: corners[0] });
      sketch.done?.(sketch.geometry);
    } catch (problem) {
      error.textContent = box.dataset.wrong.replace("#", problem.message);
      error.hidden = false;
      say(error.textContent);
    }
  });
}
