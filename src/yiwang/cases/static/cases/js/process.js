// Draws the process of a case and marks where it stands. Without script the list below the drawing says it.
const place = document.getElementById("diagram");

const readable = 0.9;

async function draw() {
  const answer = await fetch(place.dataset.source, { credentials: "same-origin" });
  if (!answer.ok) return;
  const viewer = new window.BpmnJS({ container: place });
  await viewer.importXML(await answer.text());
  const canvas = viewer.get("canvas");
  const mark = (ids, name) =>
    ids.split(" ").filter((id) => id && viewer.get("elementRegistry").get(id)).forEach((id) => canvas.addMarker(id, name));
  mark(place.dataset.passed, "yw-passed");
  mark(place.dataset.present, "yw-present");
  canvas.zoom("fit-viewport", "auto");
  // A wide process fitted to the page is too small to read: come closer, to where the case stands.
  const here = viewer.get("elementRegistry").get(place.dataset.present.split(" ")[0]);
  if (canvas.zoom() < readable && here) {
    canvas.zoom(readable, { x: here.x + here.width / 2, y: here.y + here.height / 2 });
    canvas.scrollToElement(here, { top: 120, left: 240, right: 240, bottom: 120 });
  }
}

if (place) window.addEventListener("load", draw);
