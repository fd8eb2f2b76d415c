// Draws the process of a case and marks where it stands. Without script the list below the drawing says it.
const place = document.getElementById("diagram");

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
}

if (place) window.addEventListener("load", draw);
