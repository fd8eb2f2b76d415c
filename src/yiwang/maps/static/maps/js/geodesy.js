// Lengths and areas on the sphere of the Earth's mean radius (IUGG 1980): within 0.5% of the ellipsoid.
const RADIUS = 6371008.8;
const radians = (degrees) => (degrees * Math.PI) / 180;

/** Metres along a line of [longitude, latitude] by the haversine formula. */
export function lengthOf(line) {
  let sum = 0;
  for (let at = 1; at < line.length; at += 1) sum += between(line[at - 1], line[at]);
  return sum;
}

function between([fromLng, fromLat], [toLng, toLat]) {
  const up = Math.sin(radians(toLat - fromLat) / 2);
  const across = Math.sin(radians(toLng - fromLng) / 2);
  const root = up * up + Math.cos(radians(fromLat)) * Math.cos(radians(toLat)) * across * across;
  return 2 * RADIUS * Math.asin(Math.min(1, Math.sqrt(root)));
}

/** Square metres within a ring of [longitude, latitude], closed or not (Chamberlain and Duquette, JPL 2007). */
export function areaOf(ring) {
  let sum = 0;
  for (let at = 0; at < ring.length; at += 1) {
    const [fromLng, fromLat] = ring[at];
    const [toLng, toLat] = ring[(at + 1) % ring.length];
    sum += radians(toLng - fromLng) * (2 + Math.sin(radians(fromLat)) + Math.sin(radians(toLat)));
  }
  return Math.abs((sum * RADIUS * RADIUS) / 2);
}
