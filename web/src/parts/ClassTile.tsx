import type { Class } from "../core/project";
import { COLOURED } from "../core/classes";
import "../style/tile.css";

const SIZES = { choice: [34, 46], small: [26, 34], line: [18, 23], caption: [15, 19], bar: [0, 12] } as const;

/** The marks of the foot in a cell of 8 x 8, by the place of the class: pattern and colour go together. */
const PATTERNS = [
  "M1.500 0v8M5.500 0v8", // upright comb
  "M2 2h.01M6 6h.01", // dots
  "M-2 8L8-2M2 10L10 2M-2 4L4-2", // slanted comb
  "M0 3l2-2 2 2 2-2 2 2M0 7l2-2 2 2 2-2 2 2", // chevrons
  "M4 1.500a2.500 2.500 0 100 5 2.500 2.500 0 000-5", // rings
  "M0 2h8M0 6h8", // level lines
  "M0 0l8 8M8 0L0 8", // net
  "M4 .500L7.500 4 4 7.500 .500 4z", // lozenges
];

/** A class as it looks everywhere: a head with its key over a patterned foot. From the ninth class on it has no colour. */
export function ClassTile({ class: c, place, size }: { class: Class; place: number; size: keyof typeof SIZES }) {
  if (size === "bar") return <Bar place={place} />;
  const [w, h] = SIZES[size];
  const foot = Math.round(h * 0.3);
  const coloured = place < COLOURED;
  return (
    <svg class={coloured ? `tile tile-${place + 1}` : "tile tile-plain"} width={w} height={h} viewBox={`0 0 ${w} ${h}`} aria-hidden="true">
      <rect class="tile-ground" x="0.500" y="0.500" width={w - 1} height={h - 1} rx="3.500" />
      {coloured && <rect class="tile-foot" x="1" y={h - foot} width={w - 2} height={foot - 1} fill={`url(#pattern-${place + 1})`} />}
      {coloured && <rect class="tile-rule" x="1" y={h - foot - 1} width={w - 2} height="1" />}
      <text class="tile-key" x={w / 2} y={coloured ? (h - foot) / 2 : h / 2} font-size={Math.round(h * 0.41)}>{c.key || ""}</text>
    </svg>
  );
}

function Bar({ place }: { place: number }) {
  const k = place < COLOURED ? place + 1 : 0;
  return (
    <svg class={k ? `tile tile-${k}` : "tile tile-plain"} width="100%" height="12" aria-hidden="true">
      <rect class="tile-ground" width="100%" height="12" />
      {k > 0 && <rect class="tile-foot" y="7" width="100%" height="5" fill={`url(#pattern-${k})`} />}
    </svg>
  );
}

/** The patterns, defined once in the page. */
export function TilePatterns() {
  return (
    <svg class="tile-patterns" width="0" height="0" aria-hidden="true">
      <defs>
        {PATTERNS.map((d, i) => (
          <pattern key={d} id={`pattern-${i + 1}`} width="8" height="8" patternUnits="userSpaceOnUse">
            <path class={`tile-marks tile-${i + 1}`} d={d} />
          </pattern>
        ))}
      </defs>
    </svg>
  );
}
