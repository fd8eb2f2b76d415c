// A button with data-confirm asks once more. Without script the server's own confirmation page stands.
export function confirmActs(root) {
  root.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-confirm]");
    if (button && !window.confirm(button.dataset.confirm)) event.preventDefault();
  });
}
