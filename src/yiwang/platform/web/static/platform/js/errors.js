// After a refused form the error summary takes the focus, so that it is read first; its links lead to
// the field itself with the question's label in view.
export function focusErrors(root) {
  const summary = root.querySelector("[data-error-summary]");
  if (!summary) return;
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    const field = link && root.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    const label = field.closest("fieldset")?.querySelector("legend") ?? root.querySelector(`label[for="${field.id}"]`);
    (label ?? field).scrollIntoView({ block: "start" });
    field.focus({ preventScroll: true });
  });
}
