// On foot in the city: the eye stands 1.7 m above the ground, steps go forward and back, turns are on the spot.
// A sentence from the city's own server says where one stands and looks. Escape goes back to flying.
import { LngLat } from "../../vendor/maplibre/maplibre-gl.mjs";
import { told } from "./told.js";

const EYE = 1.7;
const STEP = 2;
const TURN = 15;
const LIFT = 10;
const HIGHEST = 60;
// what the map takes for its middle lies so far ahead: nearer, and houses would be cut before the eye
const REACH = 40;
// metres of a degree, of the sphere that MapLibre measures on
const DEGREE = (6371008.8 * Math.PI) / 180;
const FLYING = { fov: 36.87, maxZoom: 20, maxPitch: 85, zoom: 17.5, pitch: 58 };
const WALKING = { fov: 60, maxZoom: 24, maxPitch: 160 };
const GESTURES = ["boxZoom", "doubleClickZoom", "dragPan", "dragRotate", "keyboard", "scrollZoom", "touchPitch", "touchZoomRotate"];
// a key that is held asks thirty times a second, and nobody runs so
const PACE = 120;
const LATER = 250;
// steps: out of a house, and away from its wall
const FURTHEST_BACK = 60;
const CLEAR = 10;

const radians = (degrees) => (degrees * Math.PI) / 180;

function moved([lng, lat], bearing, metres) {
  const north = lat + (metres * Math.cos(radians(bearing))) / DEGREE;
  return [lng + (metres * Math.sin(radians(bearing))) / (DEGREE * Math.cos(radians(lat))), north];
}

function isWithin([x, y], rings) {
  let isIn = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
      const [[x1, y1], [x2, y2]] = [ring[i], ring[j]];
      if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) isIn = !isIn;
    }
  }
  return isIn;
}

// Where one looks at a house from the middle of it, one steps back out of its walls.
function outside(map, layer, at, bearing) {
  const raised = map.getStyle().layers.find((each) => each.type === "fill-extrusion" && each["source-layer"] === layer);
  const found = raised ? map.querySourceFeatures(raised.source, { sourceLayer: layer }) : [];
  const areas = found.flatMap(({ geometry }) => (geometry.type === "MultiPolygon" ? geometry.coordinates : [geometry.coordinates]));
  const isFree = (tried) => !areas.some((rings) => isWithin(tried, rings));
  for (let steps = 0; steps <= FURTHEST_BACK; steps += 1) {
    if (!isFree(moved(at, bearing, -STEP * steps))) continue;
    if (!steps) return at;
    // a wall right before the eye is all that one would see
    let clear = 0;
    while (clear < CLEAR && isFree(moved(at, bearing, -STEP * (steps + clear + 1)))) clear += 1;
    return moved(at, bearing, -STEP * (steps + clear - (clear < CLEAR && clear ? 1 : 0)));
  }
  return at;
}

// `place` is the map's element with its words; `say` says something to those who hear the page.
export function walking(map, place, say) {
  const button = document.getElementById("walk");
  const sentence = document.getElementById("standing");
  let stance = null;
  let ground = 0;
  let asked = 0;
  let timer = 0;

  const tell = async () => {
    const mine = (asked += 1);
    const { at, bearing, up } = stance;
    const query = new URLSearchParams({ layer: place.dataset.layer, at: at.map((each) => each.toFixed(6)).join(","), bearing: bearing.toFixed(1), up: String(up) });
    const found = await told(`${sentence.dataset.from}?${query}`);
    if (mine !== asked) return;
    sentence.textContent = found ? found.words : sentence.dataset.failed;
  };

  const stand = () => {
    const { at, bearing, up } = stance;
    ground = map.queryTerrainElevation(at) ?? 0;
    const ahead = moved(at, bearing, REACH * Math.cos(radians(up)));
    const eye = ground + EYE;
    map.jumpTo(map.calculateCameraOptionsFromTo(new LngLat(...at), eye, new LngLat(...ahead), eye + REACH * Math.sin(radians(up))));
  };

  const go = (changed) => {
    stance = { ...stance, ...changed };
    stand();
    place.dataset.stance = [...stance.at.map((each) => each.toFixed(6)), stance.bearing, stance.up].join(",");
    clearTimeout(timer);
    timer = setTimeout(tell, LATER);
  };

  const turn = (degrees) => go({ bearing: (stance.bearing + degrees + 360) % 360 });
  const lift = (degrees) => go({ up: Math.max(-HIGHEST, Math.min(HIGHEST, stance.up + degrees)) });
  const moves = {
    forward: () => go({ at: moved(stance.at, stance.bearing, STEP) }),
    back: () => go({ at: moved(stance.at, stance.bearing, -STEP) }),
    left: () => turn(-TURN),
    right: () => turn(TURN),
    "look-up": () => lift(LIFT),
    "look-down": () => lift(-LIFT),
  };

  const change = (isOn) => {
    const view = isOn ? WALKING : FLYING;
    for (const gesture of GESTURES) map[gesture][isOn ? "disable" : "enable"]();
    map.setCenterClampedToGround(!isOn);
    map.setVerticalFieldOfView(view.fov);
    map.setMaxZoom(view.maxZoom);
    map.setMaxPitch(view.maxPitch);
    button.setAttribute("aria-pressed", String(isOn));
    for (const each of document.querySelectorAll("[data-flying]")) each.disabled = isOn;
    place.classList.toggle("yw-citymap--walking", isOn);
    sentence.hidden = !isOn;
    sentence.textContent = "";
  };

  const enter = () => {
    const { lng, lat } = map.getCenter();
    const bearing = (Math.round(map.getBearing()) + 360) % 360;
    const at = outside(map, place.dataset.layer, [lng, lat], bearing);
    change(true);
    go({ at, bearing, up: 0 });
    say(button.dataset.on);
  };

  const leave = () => {
    if (!stance) return;
    const { at, bearing } = stance;
    clearTimeout(timer);
    asked += 1;
    stance = null;
    place.dataset.stance = "";
    map.jumpTo({ center: at, bearing, zoom: FLYING.zoom, pitch: FLYING.pitch, elevation: map.queryTerrainElevation(at) ?? 0 });
    change(false);
    say(button.dataset.off);
  };

  button.addEventListener("click", () => {
    (stance ? leave : enter)();
    map.getCanvas().focus({ preventScroll: true });
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") leave(); });
  // heights of the ground that come later, or are exaggerated, lift or lower the eye
  map.on("idle", () => { if (stance && Math.abs((map.queryTerrainElevation(stance.at) ?? 0) - ground) > 0.05) stand(); });
  lookByPointer(map.getCanvas(), () => stance !== null, (right, down) => {
    go({ bearing: (stance.bearing - right * 0.2 + 360) % 360, up: Math.max(-HIGHEST, Math.min(HIGHEST, stance.up + down * 0.2)) });
  });

  let last = 0;
  return {
    where: () => (stance ? new LngLat(...stance.at) : null),
    leave,
    // whether the key or button moved somebody on foot
    move(way, event) {
      if (!stance || !moves[way]) return stance !== null;
      if (event?.repeat && event.timeStamp - last < PACE) return true;
      last = event?.timeStamp ?? 0;
      moves[way]();
      return true;
    },
  };
}

// What is drawn follows the finger or the mouse.
function lookByPointer(canvas, isOn, turned) {
  let from = null;
  canvas.addEventListener("pointerdown", (event) => { if (isOn() && event.isPrimary) from = [event.clientX, event.clientY]; });
  canvas.addEventListener("pointermove", (event) => {
    if (!from || !isOn() || !event.isPrimary) return;
    turned(event.clientX - from[0], event.clientY - from[1]);
    from = [event.clientX, event.clientY];
  });
  for (const end of ["pointerup", "pointercancel", "pointerleave"]) canvas.addEventListener(end, () => { from = null; });
}
