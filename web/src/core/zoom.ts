// How a picture is enlarged and moved in its place.

/** An enlargement: moved by x and y from the middle, in CSS pixels. */
export interface View {
  scale: number;
  x: number;
  y: number;
}

/** The whole picture, as it is shown first. */
export const WHOLE: View = { scale: 1, x: 0, y: 0 };

const MOST = 8;

/** The view enlarged by a factor about a point, which stays where it is. The point is seen from the middle. */
export function zoomAt(v: View, factor: number, at: { x: number; y: number }, size: { width: number; height: number }): View {
  const scale = Math.min(MOST, Math.max(1, v.scale * factor));
  const by = scale / v.scale;
  return held({ scale, x: at.x - (at.x - v.x) * by, y: at.y - (at.y - v.y) * by }, size);
}

/** The view moved by some pixels. */
export function drag(v: View, dx: number, dy: number, size: { width: number; height: number }): View {
  return held({ ...v, x: v.x + dx, y: v.y + dy }, size);
}

/** The view held so that it never leaves its place. */
function held(v: View, size: { width: number; height: number }): View {
  const most = (side: number) => (side * (v.scale - 1)) / 2;
  const within = (n: number, limit: number) => Math.min(limit, Math.max(-limit, n)) + 0;
  return { scale: v.scale, x: within(v.x, most(size.width)), y: within(v.y, most(size.height)) };
}
