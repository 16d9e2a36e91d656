import { afterEach, describe, expect, it } from "vitest";
import { ago, clock, date, duration, language, moment, number, size } from "./words";

afterEach(() => (language.value = "en"));

describe("numbers", () => {
  it.each([[0, "0"], [999, "999"], [1000, "1,000"], [123456, "1,23,456"], [12345678, "1,23,45,678"], [-1234.5, "-1,234.5"], [-0.4, "-0.4"], [NaN, "–"], [Infinity, "–"]])("%d is written %s", (n, text) => {
    expect(number(n)).toBe(text);
  });

  it.each([[0.5, 2, "0.50"], [1.005, 2, "1.01"], [2.675, 2, "2.68"], [0.999, 2, "1.00"], [-0.001, 2, "0.00"], [1234567.891, 1, "12,34,567.9"], [2.5, 0, "3"]])("%d to %d places is written %s", (n, places, text) => {
    expect(number(n, places)).toBe(text);
  });

  it("are what a browser with the words of India writes", () => {
    const browser = new Intl.NumberFormat("en-IN", { maximumFractionDigits: 0 });
    for (let i = 0, n = 1; i < 200; i++, n = (n * 48271) % 2147483647) expect(number(n)).toBe(browser.format(n));
  });
});

describe("sizes", () => {
  it.each([[0, "0 B"], [999, "999 B"], [1000, "1 KB"], [64_300, "64 KB"], [999_600, "1.0 MB"], [3_460_000, "3.5 MB"], [12_000_000_000, "12 GB"], [2e18, "20,00,000 TB"]])("%d bytes are %s", (n, text) => {
    expect(size(n)).toBe(text);
  });
});

const now = new Date(2026, 10, 24, 15, 30, 5).getTime();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe("moments", () => {
  it("are told by day, time and both", () => {
    expect([date(now), clock(now), moment(now)]).toEqual(["24 Nov 2026", "15:30", "24 Nov 2026, 15:30:05"]);
    language.value = "hi";
    expect(date(now)).toBe("24 नव॰ 2026");
  });

  it.each([
    [-HOUR, "just now"], [0, "just now"], [59_999, "just now"], [MINUTE, "1 min ago"], [59 * MINUTE, "59 min ago"], [HOUR, "1 h ago"], [15 * HOUR, "15 h ago"],
    [16 * HOUR, "yesterday, 23:30"], [39 * HOUR, "yesterday, 00:30"], [40 * HOUR, "22 Nov 2026"], [400 * 24 * HOUR, "20 Oct 2025"],
  ])("%d ms before are %s", (before, text) => {
    expect(ago(now - before, now)).toBe(text);
  });

  it("of the last evening are hours ago while it is night", () => {
    const night = new Date(2026, 10, 24, 1, 0).getTime();
    expect(ago(night - 2 * HOUR, night)).toBe("2 h ago");
  });
});

describe("durations", () => {
  it.each([[0, "0.0 s"], [2345, "2.3 s"], [45_400, "45 s"], [59_499, "59 s"], [59_500, "1 min"], [90_000, "2 min"], [59.6 * MINUTE, "1 h 00 min"], [3 * HOUR + 5 * MINUTE, "3 h 05 min"], [1200 * HOUR, "1,200 h 00 min"]])("%d ms are %s", (ms, text) => {
    expect(duration(ms)).toBe(text);
  });

  it("are told in Hindi", () => {
    language.value = "hi";
    expect([duration(2345), duration(12 * MINUTE), ago(now - 5 * MINUTE, now)]).toEqual(["2.3 सेकंड", "12 मिनट", "5 मिनट पहले"]);
  });
});
