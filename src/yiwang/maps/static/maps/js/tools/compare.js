// Another day or other layers of the same place, beside what the map shows.
import { atlas, tool } from "../atlas.js";
import { restyle } from "../restyle.js";
import { swipe } from "../swipe.js";

let other = null;
let listened = false;

const codes = (panel) => [...panel.querySelectorAll("[data-other]:checked")].map((box) => box.value);

function opened(panel) {
  const day = panel.querySelector("[data-other-day]");
  const { map: title, today } = panel.querySelector("[data-compare]").dataset;
  const style = () => atlas.style(codes(panel), day.value);
  other = swipe(title, panel.querySelector("[data-border]"));
  restyle(other.map, style());
  if (listened) return;
  listened = true;
  const draw = () => {
    if (other) restyle(other.map, style());
    atlas.say(day.value || today);
  };
  day.addEventListener("change", draw);
  for (const box of panel.querySelectorAll("[data-other]")) box.addEventListener("change", draw);
}

function closed() {
  other?.take();
  other = null;
}

tool("compare", { opened, closed });
