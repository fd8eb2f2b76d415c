// Tells before sending that a file is too large; the server checks again by size and content.
export function checkFileSizes(root) {
  for (const field of root.querySelectorAll("input[type=file][data-max-bytes]")) {
    field.addEventListener("change", () => {
      const limit = Number(field.dataset.maxBytes);
      const tooLarge = [...field.files].some((file) => file.size > limit);
      field.setCustomValidity(tooLarge ? field.dataset.tooLarge : "");
      if (tooLarge) field.reportValidity();
    });
  }
}
