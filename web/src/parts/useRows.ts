import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";

/** Which part of a long grid is drawn, and how much room the rest takes. */
export interface Rows {
  first: number;
  last: number;
  above: number;
  below: number;
}

/** Screens drawn beyond each edge of the one that is seen. */
const BEYOND = 1.5;

/** The part of a grid of equal tiles that is worth drawing: what is seen, and a little more. */
export function rowsSeen(count: number, columns: number, height: number, top: number, screen: number): Rows {
  const rows = Math.ceil(count / columns);
  const from = Math.max(0, Math.min(rows, Math.floor((-top - BEYOND * screen) / height)));
  const to = Math.min(rows, Math.ceil((-top + (1 + BEYOND) * screen) / height));
  return { first: from * columns, last: Math.min(count, Math.max(to, from + 1) * columns), above: from * height, below: Math.max(0, rows - Math.max(to, from + 1)) * height };
}

/** Columns, gaps and the caption's height, as the style of the grid has them. */
function measure(width: number): { columns: number; height: number } {
  const wide = matchMedia("(min-width: 901px)").matches;
  const [columns, gap, line, caption] = wide ? [5, 14, 10, 36] : [2, 8, 4, 40];
  const tile = (width - gap * (columns - 1)) / columns;
  return { columns, height: tile * 0.75 + caption + line };
}

/** How far below the top of a box the row of a tile begins. */
export function rowTop(box: HTMLElement, place: number): number {
  const { columns, height } = measure(box.clientWidth);
  return Math.floor(place / columns) * height;
}

/** Follows scrolling and tells which tiles of a box to draw. */
export function useRows(box: RefObject<HTMLElement>, count: number): Rows {
  const [rows, setRows] = useState<Rows>({ first: 0, last: Math.min(count, 30), above: 0, below: 0 });
  useEffect(() => {
    const look = () => {
      const el = box.current;
      if (!el) return;
      const { columns, height } = measure(el.clientWidth);
      const now = rowsSeen(count, columns, height, el.getBoundingClientRect().top, innerHeight);
      setRows((was) => (was.first === now.first && was.last === now.last && was.above === now.above && was.below === now.below ? was : now));
    };
    look();
    addEventListener("scroll", look, { passive: true });
    addEventListener("resize", look);
    return () => {
      removeEventListener("scroll", look);
      removeEventListener("resize", look);
    };
  }, [count]);
  return rows.last === 0 ? { ...rows, last: Math.min(count, 30) } : rows; // what has just come is drawn at once, so that it can take the focus
}
