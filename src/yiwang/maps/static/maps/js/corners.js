// Moves the corners of a shape (GeoJSON): drag one, drag a small dot between two to add one, double-click removes.
const NEAR = 14;
const LAYERS = [
  { id: "own-edit-fill", type: "fill", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": "#c63d2b", "fill-opacity": 0.16 } },
  { id: "own-edit-line", type: "line", filter: ["!=", ["geometry-type"], "Point"], paint: { "line-color": "#c63d2b", "line-width": 2.5 } },
  { id: "own-edit-between", type: "circle", filter: ["==", ["get", "role"], "between"], paint: { "circle-color": "#c63d2b", "circle-radius": 3.5, "circle-opacity": 0.7 } },
  { id: "own-edit-corner", type: "circle", filter: ["==", ["get", "role"], "corner"], paint: { "circle-color": "#ffffff", "circle-radius": 6, "circle-stroke-color": "#c63d2b", "circle-stroke-width": 2 } },
];
// Beyond this many corners only those in view can be taken hold of.
const MOST_SHOWN = 2000;
const collection = (features) => ({ type: "FeatureCollection", features });
const point = (coordinates, role) => ({ type: "Feature", geometry: { type: "Point", coordinates }, properties: { role } });

export class Corners {
  constructor(map, shape, changed) {
    Object.assign(this, { map, changed, held: null });
    this.set(shape);
    map.on("mousedown", (event) => this.take(event));
    map.on("touchstart", (event) => { if (event.points.length === 1) this.take(event); });
    map.on("mousemove", (event) => this.move(event));
    map.on("touchmove", (event) => this.move(event));
    map.on("mouseup", () => this.leave());
    map.on("touchend", () => this.leave());
    map.on("dblclick", (event) => this.remove(event));
    map.on("moveend", () => this.show());
    map.on("styledata", () => this.show());
  }

  /** Put another shape there. */
  set(shape) {
    this.shape = shape;
    this.lines = linesOf(shape.type, shape.coordinates);
    this.show();
  }

  near({ x, y }) {
    let found = null;
    let least = NEAR;
    const judge = (position, line, at, isNew) => {
      const seen = this.map.project(position);
      const away = Math.hypot(seen.x - x, seen.y - y);
      if (away < least) [least, found] = [away, { line, at, isNew }];
    };
    for (const line of this.lines) {
      line.positions.forEach((position, at) => judge(position, line, at, false));
      if (found || line.isPoint) continue;
      for (let at = 1; at < line.positions.length; at += 1) judge(middle(line.positions[at - 1], line.positions[at]), line, at, true);
    }
    return found;
  }

  take(event) {
    const found = this.near(event.point);
    if (!found) return;
    event.preventDefault();
    this.map.dragPan.disable();
    this.held = { ...found, started: false };
  }

  move(event) {
    this.map.getCanvas().classList.toggle("yw-atlas-drawing", Boolean(this.held || (event.originalEvent.type === "mousemove" && this.near(event.point))));
    if (!this.held) return;
    const { line, at } = this.held;
    const here = [Number(event.lngLat.lng.toFixed(9)), Number(event.lngLat.lat.toFixed(9))];
    if (this.held.isNew && !this.held.started) line.positions.splice(at, 0, here);
    this.held.started = true;
    put(line, at, here);
    this.show();
  }

  leave() {
    if (!this.held) return;
    this.map.dragPan.enable();
    if (this.held.started) this.changed(this.shape);
    this.held = null;
  }

  remove(event) {
    const found = this.near(event.point);
    if (!found || found.isNew) return;
    event.preventDefault();
    const { line, at } = found;
    if (line.isPoint || line.positions.length <= (line.isRing ? 4 : 2)) return;
    line.positions.splice(at, 1);
    if (line.isRing && at === 0) line.positions[line.positions.length - 1] = [...line.positions[0]];
    this.show();
    this.changed(this.shape);
  }

  show() {
    const source = this.map.getSource("own-edit");
    if (source) { source.setData(this.picture()); return; }
    if (!this.map.style?._loaded) return;
    this.map.addSource("own-edit", { type: "geojson", data: this.picture() });
    for (const layer of LAYERS) this.map.addLayer({ ...layer, source: "own-edit" });
  }

  picture() {
    const all = this.lines.reduce((sum, line) => sum + line.positions.length, 0);
    const bounds = this.map.getBounds();
    const isShown = (position) => all <= MOST_SHOWN || bounds.contains(position);
    const dots = [];
    for (const { positions, isRing, isPoint } of this.lines) {
      const corners = isRing ? positions.slice(0, -1) : positions;
      dots.push(...corners.filter(isShown).map((position) => point(position, "corner")));
      if (isPoint) continue;
      for (let at = 1; at < positions.length; at += 1) {
        const between = middle(positions[at - 1], positions[at]);
        if (isShown(between)) dots.push(point(between, "between"));
      }
    }
    return collection([{ type: "Feature", geometry: this.shape, properties: { role: "shape" } }, ...dots]);
  }
}

const middle = (one, other) => [(one[0] + other[0]) / 2, (one[1] + other[1]) / 2];

// a ring's first corner is its last too
function put(line, at, here) {
  if (line.isPoint) { line.positions[0].splice(0, 2, ...here); return; }
  line.positions[at] = here;
  const last = line.positions.length - 1;
  if (line.isRing && at === 0) line.positions[last] = [...here];
  if (line.isRing && at === last) line.positions[0] = [...here];
}

function linesOf(type, coordinates) {
  if (type === "Point") return [{ positions: [coordinates], isPoint: true }];
  if (type === "LineString") return [{ positions: coordinates }];
  if (type === "MultiLineString") return coordinates.map((positions) => ({ positions }));
  if (type === "Polygon") return coordinates.map((positions) => ({ positions, isRing: true }));
  if (type === "MultiPolygon") return coordinates.flat().map((positions) => ({ positions, isRing: true }));
  throw new TypeError(type);
}
