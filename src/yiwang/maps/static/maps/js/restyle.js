// Gives a map another style. Of those asked for one after the other the last is put on, in whatever order they
// arrive: by itself the map would put a late older one over a newer one.
const askings = new WeakMap();

/** `style` is an address or the style itself; `options` are those of `map.setStyle`. */
export async function restyle(map, style, options = {}) {
  askings.get(map)?.abort();
  const asking = new AbortController();
  askings.set(map, asking);
  try {
    const found = typeof style === "string" ? await fetched(style, asking.signal) : style;
    // only from a style that is there the map can tell what differs
    if (!asking.signal.aborted) map.setStyle(found, { ...options, diff: Boolean(map.style?._loaded) });
  } catch (problem) {
    if (!asking.signal.aborted) throw problem;
  }
}

async function fetched(address, signal) {
  const answer = await fetch(address, { credentials: "same-origin", signal });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}
