// Shows the chosen file's name in the page's language; the browser's own words are of the system's language.
export function nameChosenFiles(root) {
  for (const field of root.querySelectorAll(".yw-file input[type=file]:not([data-chooser])")) {
    const shown = field.parentElement.querySelector(".yw-file__name");
    const nothing = shown.textContent;
    const tell = () => {
      shown.textContent = [...field.files].map((file) => file.name).join("、") || nothing;
    };
    field.addEventListener("change", tell);
    tell();
  }
}

// Tells before sending that a file is too large; the server checks again by size and content.
export function checkFileSizes(root) {
  for (const field of root.querySelectorAll("input[type=file][data-max-bytes]:not([data-chooser])")) {
    field.addEventListener("change", () => {
      const limit = Number(field.dataset.maxBytes);
      const tooLarge = [...field.files].some((file) => file.size > limit);
      field.setCustomValidity(tooLarge ? field.dataset.tooLarge : "");
      if (tooLarge) field.reportValidity();
    });
  }
}
