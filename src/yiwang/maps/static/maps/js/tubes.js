// Pipes as tubes at their depth: drawn after the soil and before the street, which lets light through. Pipes of
// unknown depth, and all while one is too far above to tell, stay the flat lines of their layer.
import { MercatorCoordinate } from "../../vendor/maplibre/maplibre-gl.mjs";
import { told } from "./told.js";

const LAYER = "own-tubes";
// tiles bear depths from here on
const FROM_ZOOM = 15;
const SIDES = 8;
const LEAST_PIXELS = 1.5;
const FLOATS = 10;
const VERTEX = `#version 300 es
uniform mat4 u_matrix; uniform float u_least;
in vec3 a_middle; in vec3 a_outward; in float a_radius; in vec3 a_colour; out vec3 v_colour;
void main() { gl_Position = u_matrix * vec4(a_middle + a_outward * max(a_radius, u_least), 1.0); v_colour = a_colour; }`;
const FRAGMENT = `#version 300 es
precision mediump float; in vec3 v_colour; out vec4 colour;
void main() { colour = vec4(v_colour, 1.0); }`;

const parts = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255);

// Corners of triangles: the middle of the tube from the origin in units of the map, the way outward, radius, colour.
function tube(pipe, origin, unit, ground, out) {
  const colour = parts(pipe.colour);
  const radius = (pipe.wide / 2) * unit;
  const places = pipe.course.map(([lng, lat, down]) => {
    const { x, y } = MercatorCoordinate.fromLngLat([lng, lat]);
    return [x - origin.x, y - origin.y, (ground([lng, lat]) - down) * unit];
  });
  for (let i = 1; i < places.length; i += 1) {
    const [from, to] = [places[i - 1], places[i]];
    const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
    if (!length) continue;
    const across = [-(to[1] - from[1]) / length, (to[0] - from[0]) / length];
    for (let side = 0; side < SIDES; side += 1) {
      const turns = [side, side + 1].map((each) => (each * 2 * Math.PI) / SIDES);
      const corner = (place, turn) => [...place, across[0] * Math.cos(turn), across[1] * Math.cos(turn), Math.sin(turn), radius];
      // lit from above
      const lit = 0.75 + 0.25 * Math.sin((turns[0] + turns[1]) / 2);
      const [a, b, c, d] = [corner(from, turns[0]), corner(from, turns[1]), corner(to, turns[0]), corner(to, turns[1])];
      for (const each of [a, b, c, b, d, c]) out.push(...each, ...colour.map((share) => share * lit));
    }
  }
}

// A matrix of columns, moved to the origin in full precision.
function moved(m, { x, y }) {
  const to = [...m];
  for (let row = 0; row < 4; row += 1) to[12 + row] += m[row] * x + m[4 + row] * y;
  return new Float32Array(to);
}

function program(gl) {
  const made = gl.createProgram();
  for (const [kind, text] of [[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, FRAGMENT]]) {
    const shader = gl.createShader(kind);
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    gl.attachShader(made, shader);
  }
  gl.linkProgram(made);
  return gl.getProgramParameter(made, gl.LINK_STATUS) ? made : null;
}

class Tubes {
  constructor(pipes, ground, drawn) {
    Object.assign(this, { id: LAYER, type: "custom", renderingMode: "3d", drawn });
    const [lng, lat] = pipes[0].course[0];
    this.origin = MercatorCoordinate.fromLngLat([lng, lat]);
    this.corners = [];
    for (const pipe of pipes) tube(pipe, this.origin, this.origin.meterInMercatorCoordinateUnits(), ground, this.corners);
  }

  onAdd(map, gl) {
    this.map = map;
    this.program = program(gl);
    if (!this.program) return;
    this.buffer = gl.createBuffer();
    this.vertices = gl.createVertexArray();
    gl.bindVertexArray(this.vertices);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    gl.bufferData(gl.ARRAY_BUFFER, new Float32Array(this.corners), gl.STATIC_DRAW);
    for (const [name, size, offset] of [["a_middle", 3, 0], ["a_outward", 3, 3], ["a_radius", 1, 6], ["a_colour", 3, 7]]) {
      const at = gl.getAttribLocation(this.program, name);
      gl.enableVertexAttribArray(at);
      gl.vertexAttribPointer(at, size, gl.FLOAT, false, FLOATS * 4, offset * 4);
    }
    gl.bindVertexArray(null);
  }

  onRemove(map, gl) {
    gl.deleteBuffer(this.buffer);
    gl.deleteVertexArray(this.vertices);
    gl.deleteProgram(this.program);
  }

  render(gl, { defaultProjectionData }) {
    if (!this.program || this.map.getZoom() < FROM_ZOOM) return;
    gl.useProgram(this.program);
    gl.uniformMatrix4fv(gl.getUniformLocation(this.program, "u_matrix"), false, moved(defaultProjectionData.mainMatrix, this.origin));
    // from afar a pipe would be thinner than a pixel
    gl.uniform1f(gl.getUniformLocation(this.program, "u_least"), LEAST_PIXELS / (512 * 2 ** this.map.getZoom()));
    // the ground before the pipes doesn't hide them, and they don't hide the street above
    gl.clear(gl.DEPTH_BUFFER_BIT);
    gl.bindVertexArray(this.vertices);
    gl.drawArrays(gl.TRIANGLES, 0, this.corners.length / FLOATS);
    gl.bindVertexArray(null);
    gl.clear(gl.DEPTH_BUFFER_BIT);
    this.drawn();
  }
}

// `under` are the codes of the layers below the street, `box` what is looked at; `isWanted` tells whether the street is
// still open when the answer comes, `drawn` hears with each picture how many pipes are tubes in it.
export async function lay(map, { under, from, box, isWanted, drawn }) {
  const layers = (await told(`${from}?box=${box}`))?.layers ?? [];
  if (!isWanted()) return;
  const pipes = layers.flatMap((each) => each.pipes);
  if (map.getLayer(LAYER)) map.removeLayer(LAYER);
  const shown = map.getStyle().layers;
  const tubes = pipes.length ? new Tubes(pipes, (at) => map.queryTerrainElevation(at) ?? 0, () => drawn(pipes.length)) : null;
  const above = shown.find((each) => each.type !== "background" && each.type !== "hillshade" && !under.includes(each["source-layer"]));
  if (tubes) map.addLayer(tubes, above?.id);
  else drawn(0);
  for (const code of under) {
    const depths = (tubes?.program && layers.find((each) => each.layer === code)?.depths) || null;
    const flat = depths && ["any", ["<", ["zoom"], FROM_ZOOM], ...depths.map((name) => ["!", ["has", name]])];
    for (const each of shown) if (each["source-layer"] === code) map.setFilter(each.id, flat);
  }
}
