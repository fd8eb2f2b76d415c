// Moves the shape of one feature; what it becomes stands in the form as GeoJSON, where it can be written too.
import { atlas, tool } from "../atlas.js";
import { Corners } from "../corners.js";

function opened(panel) {
  const form = panel.querySelector("[data-edit]");
  const box = form.elements.shape;
  const said = document.createElement("p");
  said.className = "govuk-error-message";
  said.hidden = true;
  box.before(said);
  let corners = null;
  const draw = (text) => {
    try {
      const shape = JSON.parse(text);
      if (corners) corners.set(shape);
      else corners = new Corners(atlas.map, shape, (moved) => { box.value = JSON.stringify(moved); atlas.say(form.dataset.moved); });
      said.hidden = true;
    } catch {
      said.textContent = form.dataset.unread;
      said.hidden = !text.trim().startsWith("{");
    }
  };
  draw(box.value || form.dataset.edit);
  if (corners) atlas.map.fitBounds(boundsOf(corners.lines), { padding: 60, maxZoom: 19, animate: false });
  box.addEventListener("change", () => draw(box.value));
  const buttons = panel.querySelector("[data-edit-buttons]");
  buttons.hidden = false;
  buttons.querySelector("[data-back]").addEventListener("click", () => { box.value = form.dataset.edit; draw(box.value); });
}

function boundsOf(lines) {
  const places = lines.flatMap((line) => line.positions);
  const [east, north] = [places.map((place) => place[0]), places.map((place) => place[1])];
  const least = (values) => values.reduce((one, other) => Math.min(one, other));
  const most = (values) => values.reduce((one, other) => Math.max(one, other));
  return [[least(east), least(north)], [most(east), most(north)]];
}

tool("edit", { opened });
