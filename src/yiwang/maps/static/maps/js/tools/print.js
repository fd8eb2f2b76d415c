// Takes what is in view to the page that prints it.
import { atlas, tool } from "../atlas.js";

let isReady = false;

tool("print", {
  opened(panel) {
    if (isReady) return;
    isReady = true;
    const form = panel.querySelector("[data-print-form]");
    form.addEventListener("submit", () => {
      form.elements.layers.value = atlas.chosen().join(",");
      form.elements.box.value = atlas.box().map((degree) => degree.toFixed(6)).join(",");
      form.elements.at.value = "";
      form.elements.valid.value = atlas.day || "";
    });
  },
});
