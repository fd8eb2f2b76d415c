// Lengths and areas of what somebody marks on the map.
import { atlas, tool } from "../atlas.js";
import { areaOf, lengthOf } from "../geodesy.js";
import { takeTyped } from "../sketch.js";

let kind = "line";
let isReady = false;

function opened(panel) {
  const words = panel.querySelector("[data-length]").dataset;
  const out = panel.querySelector("[data-measured]");
  const buttons = [...panel.querySelectorAll("[data-kind]")];
  const tell = (geometry, corners) => {
    const line = corners ?? [];
    const ring = kind === "area" && line.length > 2;
    const parts = ring
      ? [`${words.area} ${area(areaOf(line), words)}`, `${words.around} ${length(lengthOf([...line, line[0]]), words)}`]
      : [`${words.length} ${length(lengthOf(line), words)}`];
    out.textContent = parts.join(" · ");
    panel.querySelector("[data-typed]").value = line.map((corner) => corner.join(",")).join("\n");
  };
  const begin = (wanted) => {
    kind = wanted;
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.kind === kind));
    atlas.sketch.start(kind, { changed: tell, done: () => atlas.say(out.textContent) });
  };
  if (!isReady) {
    isReady = true;
    for (const button of buttons) button.addEventListener("click", () => { begin(button.dataset.kind); atlas.map.getCanvas().focus({ preventScroll: true }); });
    takeTyped(panel, atlas.sketch, () => kind, atlas.say);
  }
  begin(kind);
}

const number = (value, places) => value.toLocaleString(atlas.lang === "en" ? "en" : "zh-CN", { maximumFractionDigits: places });
const length = (metres, words) => (metres < 1000 ? `${number(metres, 1)} ${words.m}` : `${number(metres / 1000, 3)} ${words.km}`);
const area = (square, words) => {
  if (square < 10000) return `${number(square, 1)} ${words.m2}`;
  return square < 1e6 ? `${number(square / 1e4, 3)} ${words.ha}` : `${number(square / 1e6, 3)} ${words.km2}`;
};

tool("measure", { opened });
