import { describe, expect, it } from "vitest";
import { measured, sideFor } from "./line";

describe("the picture that is fetched", () => {
  it.each([
    ["fills the screen on a good line", 1440, { effectiveType: "4g" }, 0, 1440],
    ["fills the screen where nothing is known", 1024, {}, 0, 1024],
    ["is of 720 pixels on a poor line", 1440, { effectiveType: "3g" }, 0, 720],
    ["is of 720 pixels where a poor line was measured", 1440, { effectiveType: "4g" }, 40_000, 720],
    ["is never larger than the screen", 300, { effectiveType: "3g" }, 40_000, 300],
    ["is small on a slow line", 1440, { effectiveType: "2g" }, 0, 320],
    ["is small where a slow line was measured", 1440, {}, 9_000, 320],
    ["is small for who saves data", 1440, { saveData: true }, 500_000, 320],
  ] as const)("%s", (_, screen, hints, speed, want) => {
    expect(sideFor(screen, hints, speed)).toBe(want);
  });
});

describe("the measured speed", () => {
  it("starts with the first picture and follows the next ones", () => {
    const first = measured(0, 30_000, 1000);
    expect(first).toBe(30_000);
    expect(measured(first, 30_000, 3000)).toBe(24_000);
  });
  it("is not moved by what came from a cache, or by a few bytes", () => {
    expect(measured(30_000, 30_000, 3)).toBe(30_000);
    expect(measured(30_000, 500, 900)).toBe(30_000);
  });
});
