// How sure a class is, and steps among tiles.

/** Where a tile of a grid stands on the screen. */
export interface Place {
  top: number;
  left: number;
}

/** Where an arrow key leads in a grid, -1 for keys that lead nowhere. Rows may be of any length. */
export function step(key: string, at: number, places: readonly Place[]): number {
  const last = places.length - 1;
  switch (key) {
    case "Home": return 0;
    case "End": return last;
    case "ArrowLeft": return Math.max(0, at - 1);
    case "ArrowRight": return Math.min(last, at + 1);
    case "ArrowUp": return nextRow(places, at, -1);
    case "ArrowDown": return nextRow(places, at, 1);
  }
  return -1;
}

/** The tile of the row above or below that stands nearest, the same when there is none. */
function nextRow(places: readonly Place[], at: number, way: 1 | -1): number {
  const from = places[at]!;
  let best = at;
  for (const [i, p] of places.entries()) {
    const further = (p.top - from.top) * way;
    if (further <= 0) continue;
    const was = (places[best]!.top - from.top) * way;
    if (best === at || further < was || further === was && Math.abs(p.left - from.left) < Math.abs(places[best]!.left - from.left)) best = i;
  }
  return best;
}

/** "7 of 10" from a posterior: the whole number of ten, 0 for under one. */
export function ofTen(p: number): number {
  if (p >= 0.995) return 10;
  return Math.min(9, Math.round(p * 10));
}

