// The key's ceremony is allauth's; when it fails or is cancelled, say so beside the button.
document.addEventListener("allauth.error", (event) => {
  const words = document.getElementById("key-problem");
  if (words) {
    event.preventDefault();
    words.hidden = false;
    words.focus();
  }
});
