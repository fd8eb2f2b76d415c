// Dragging on a page fills in the sides of a rectangle; without script they are typed.
const page = document.querySelector("[data-severing]");
if (page) {
  const mark = page.querySelector("[data-new]");
  const sides = ["left", "top", "right", "bottom"].map((name) => document.getElementById(name));
  const { width, height } = page.viewBox.baseVal;
  let from = null;

  const share = (event) => {
    const seen = page.getBoundingClientRect();
    const within = (value) => Math.min(Math.max(value, 0), 1);
    return [within((event.clientX - seen.left) / seen.width), within((event.clientY - seen.top) / seen.height)];
  };
  page.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    page.setPointerCapture(event.pointerId);
    from = share(event);
  });
  page.addEventListener("pointermove", (event) => {
    if (!from) return;
    const to = share(event);
    const box = [Math.min(from[0], to[0]), Math.min(from[1], to[1]), Math.max(from[0], to[0]), Math.max(from[1], to[1])];
    box.forEach((value, place) => { sides[place].value = (value * 100).toFixed(2); });
    mark.setAttribute("x", box[0] * width);
    mark.setAttribute("y", box[1] * height);
    mark.setAttribute("width", (box[2] - box[0]) * width);
    mark.setAttribute("height", (box[3] - box[1]) * height);
  });
  page.addEventListener("pointerup", () => { from = null; });
}
