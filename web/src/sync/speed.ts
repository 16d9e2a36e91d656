// How fast pictures come over this device's line.
import { type LineHints, measured, sideFor } from "../core/line";

let perSecond = 0;

/** Measures from now on. */
export function measureLine(): void {
  if (typeof PerformanceObserver === "undefined") return;
  new PerformanceObserver((list) => {
    for (const e of list.getEntries() as PerformanceResourceTiming[]) {
      if (e.name.includes("/api/pictures/")) perSecond = measured(perSecond, e.encodedBodySize, e.responseEnd - e.startTime);
    }
  }).observe({ type: "resource", buffered: true });
}

/** The long side of a picture to fetch for this screen and line, in device pixels; share is how much of the screen it takes. */
export function sideHere(share: number): number {
  const line = (navigator as { connection?: LineHints }).connection ?? {};
  return sideFor(Math.max(screen.width, screen.height) * share * Math.min(2, devicePixelRatio), line, perSecond);
}
