// Which of the stored pictures a screen and a line call for.

/** What the browser tells of its line; absent where it does not. */
export interface LineHints {
  saveData?: boolean;
  effectiveType?: string;
}

const SLOW = 15_000; // bytes a second: a picture of 720 pixels takes more than two seconds
const POOR = 60_000; // one of 1440 pixels does

/**
 * The long side to fetch, in device pixels: what the screen shows, less where the line is poor. perSecond is the measured speed in
 * bytes, 0 when nothing was measured.
 */
export function sideFor(screen: number, hints: LineHints, perSecond: number): number {
  const slow = hints.saveData || /2g$/.test(hints.effectiveType ?? "") || (perSecond > 0 && perSecond < SLOW);
  if (slow) return Math.min(screen, 320);
  const poor = hints.effectiveType === "3g" || (perSecond > 0 && perSecond < POOR);
  return poor ? Math.min(screen, 720) : screen;
}

/** The measured speed after one more picture: the newest count most, and one of a cache says nothing. */
export function measured(before: number, bytes: number, millis: number): number {
  if (bytes < 4000 || millis < 20) return before;
  const now = (bytes * 1000) / millis;
  return before === 0 ? now : 0.7 * before + 0.3 * now;
}
