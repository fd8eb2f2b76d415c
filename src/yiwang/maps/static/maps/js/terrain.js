// The ground below the city from the heights that the page names: switched off by a box, raised by a slider.
// Where the page names none there is no panel, and the ground stays level.
const HEIGHTS = "own-terrain";
const SHADE = "own-hillshade";

const isGround = (each) => each.type === "background" || (each.type === "fill" && (each.paint?.["fill-opacity"] ?? 1) === 1);

// `told` hears in words what is shown. Gives what lays the ground again after a change of style.
export function terrain(map, told) {
  const panel = document.getElementById("terrain");
  if (!panel) return () => {};
  const box = document.getElementById("f-terrain");
  const slide = document.getElementById("f-exaggeration");
  const said = document.getElementById("exaggeration-said");
  const source = { type: "raster-dem", url: new URL(panel.dataset.source, window.location.href).href, tileSize: 256, encoding: "terrarium" };

  const lay = () => {
    // of one source for both MapLibre would draw the shade as coarse as the ground
    for (const name of [HEIGHTS, SHADE]) if (!map.getSource(name)) map.addSource(name, source);
    if (!map.getLayer(SHADE)) {
      const above = map.getStyle().layers.find((each) => !isGround(each));
      const paint = { "hillshade-exaggeration": 0.35, "hillshade-illumination-anchor": "map" };
      map.addLayer({ id: SHADE, type: "hillshade", source: SHADE, paint }, above?.id);
    }
    map.setLayoutProperty(SHADE, "visibility", box.checked ? "visible" : "none");
    map.setTerrain(box.checked ? { source: HEIGHTS, exaggeration: Number(slide.value) } : null);
    panel.dataset.shown = box.checked ? slide.value : "";
  };
  const change = () => {
    said.textContent = slide.value;
    slide.disabled = !box.checked;
    lay();
    told(box.checked ? panel.dataset.on.replace("{n}", slide.value) : panel.dataset.off);
  };
  box.addEventListener("change", change);
  slide.addEventListener("input", change);
  return lay;
}
