// The learning curve as numbers on a drawing: scales, paths, where labels go.
import type { CurvePoint } from "./project";

/** A point of the drawing's data: answers per picture, right of 100. */
export interface Dot {
  x: number;
  y: number;
  low: number;
  high: number;
}

/** The drawing area and the data it spans. */
export interface Frame {
  left: number;
  top: number;
  width: number;
  height: number;
  maxX: number;
  minY: number;
}

/** The points that carry an estimate, by answers per picture, in order. */
export function dots(points: readonly CurvePoint[]): Dot[] {
  const out: Dot[] = [];
  for (const p of points) {
    if (p.estimated === null || p.items <= 0) continue;
    const y = p.estimated * 100;
    out.push({ x: p.answers / p.items, y, low: (p.low ?? p.estimated) * 100, high: (p.high ?? p.estimated) * 100 });
  }
  return out.sort((a, b) => a.x - b.x);
}

/** How far to the right the drawing reaches: what a majority would take, or more once passed. */
export function reach(all: readonly Dot[], majority: number): number {
  const last = all.length > 0 ? all[all.length - 1]!.x : 0;
  return Math.max(majority, Math.ceil(last * 1.05 * 2) / 2, 1);
}

/** The lowest gridline, a multiple of 20 below everything drawn, never above 80. */
export function floorOf(all: readonly Dot[]): number {
  const least = all.reduce((m, d) => Math.min(m, d.low), 60);
  return Math.max(0, Math.min(80, Math.floor(least / 20) * 20));
}

/** Horizontal place of x. */
export function atX(f: Frame, x: number): number {
  return round(f.left + (Math.min(x, f.maxX) / f.maxX) * f.width);
}

/** Vertical place of y. */
export function atY(f: Frame, y: number): number {
  const share = (Math.max(f.minY, Math.min(100, y)) - f.minY) / (100 - f.minY);
  return round(f.top + (1 - share) * f.height);
}

/** The child's line as an SVG path. */
export function line(f: Frame, all: readonly Dot[]): string {
  return all.map((d, i) => `${i === 0 ? "M" : "L"}${atX(f, d.x)} ${atY(f, d.y)}`).join(" ");
}

/** The band between low and high as a closed SVG path. */
export function band(f: Frame, all: readonly Dot[]): string {
  if (all.length < 2) return "";
  const up = all.map((d, i) => `${i === 0 ? "M" : "L"}${atX(f, d.x)} ${atY(f, d.high)}`);
  const down = [...all].reverse().map((d) => `L${atX(f, d.x)} ${atY(f, d.low)}`);
  return [...up, ...down, "Z"].join(" ");
}

/** The grid's heights: every 20 from the floor to 100. */
export function heights(minY: number): number[] {
  const out: number[] = [];
  for (let y = minY; y <= 100; y += 20) out.push(y);
  return out;
}

/** The whole numbers under the axis. */
export function steps(maxX: number): number[] {
  const step = maxX > 6 ? Math.ceil(maxX / 6) : 1;
  const out: number[] = [];
  for (let x = 0; x <= maxX; x += step) out.push(x);
  return out;
}

/** The line of three people on every picture: from the first height to the child's best, straight. */
export function majorityLine(f: Frame, all: readonly Dot[], majority: number): { path: string; end: number } {
  const start = all.length > 0 ? Math.max(f.minY, Math.min(all[0]!.y, 60)) : f.minY;
  const end = 94;
  return { path: `M${atX(f, 0)} ${atY(f, start)} L${atX(f, majority)} ${atY(f, end)}`, end };
}

/** Where the label of the child's line stands: beside its middle, on the free side below it. */
export function labelSpot(f: Frame, all: readonly Dot[]): { x: number; y: number; anchor: "start" | "end" } {
  const last = all[all.length - 1];
  if (!last) return { x: f.left, y: f.top, anchor: "start" };
  const room = f.left + f.width - atX(f, last.x);
  const low = atY(f, last.low) + 24;
  const y = Math.min(low, f.top + f.height - 8);
  if (room > 110) return { x: Math.max(f.left + 8, atX(f, last.x) - 20), y, anchor: "start" };
  return { x: atX(f, last.x), y, anchor: "end" };
}

function round(n: number): number {
  return Math.round(n * 10) / 10;
}
