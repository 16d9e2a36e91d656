import { describe, expect, it } from "vitest";
import { NOTHING, count, expect as more, isJunk, kindOf, maySendAgain, minutesLeft, pause, settled, withReport, worthRetry } from "./upload";

describe("an upload", () => {
  it("knows pictures and zips by name or type", () => {
    expect(kindOf("a.JPG", "")).toBe("picture");
    expect(kindOf("scan", "image/png")).toBe("picture");
    expect(kindOf("all.zip", "")).toBe("zip");
    expect(kindOf("notes.txt", "text/plain")).toBe("other");
    expect(kindOf("logo.svg", "image/svg+xml")).toBe("other");
  });
  it("leaves out what systems put into folders", () => {
    for (const p of [".DS_Store", "a/.hidden.png", "__MACOSX/a.png", "b/Thumbs.db"]) expect(isJunk(p)).toBe(true);
    expect(isJunk("a/b.png")).toBe(false);
  });
  it("counts every picture once", () => {
    let t = more(NOTHING, 3);
    t = count(t, "imported");
    t = count(t, "refused", { name: "x.txt", reason: "no picture" });
    t = count(t, "known");
    expect(settled(t)).toBe(t.total);
    expect(t.reasons).toHaveLength(1);
  });
  it("lists at most a hundred reasons and counts all", () => {
    let t = NOTHING;
    for (let i = 0; i < 150; i++) t = count(t, "refused", { name: `${i}`, reason: "r" });
    expect([t.refused, t.reasons.length]).toEqual([150, 100]);
  });
  it("adds what a zip reports", () => {
    const t = withReport(more(NOTHING, 1), { imported: 5, known: 1, refused: 2, reasons: null }, 10);
    expect([t.total, settled(t)]).toEqual([11, 8]);
  });
  it("promises no time before there is a pace", () => {
    expect(minutesLeft({ ...NOTHING, total: 100, imported: 2 }, 0, 60000)).toBeNull();
    expect(minutesLeft({ ...NOTHING, total: 100, imported: 50 }, 0, 120000)).toBe(2);
    expect(minutesLeft({ ...NOTHING, total: 100, imported: 100 }, 0, 120000)).toBeNull();
  });
  it("waits longer each time, at most half a minute", () => {
    expect(pause(0, 0)).toBe(250);
    expect(pause(20, 0.999)).toBeLessThanOrEqual(30000);
  });
  it("tries again when the line or the server failed, not when the picture did", () => {
    expect([0, 429, 503].map(worthRetry)).toEqual([true, true, true]);
    expect([400, 404, 413].map(worthRetry)).toEqual([false, false, false]);
  });
  it("keeps for later what came after the session had ended", () => {
    expect([401, 0, 503, 413].map(maySendAgain)).toEqual([true, true, true, false]);
  });
});
