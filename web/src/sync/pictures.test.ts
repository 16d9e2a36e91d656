import { afterEach, describe, expect, it, vi } from "vitest";
import { Pictures, fitting } from "./pictures";

const task = (width: number, height: number) => ({ id: "a", task: "t", item: "i", width, height, pictures: { "320": "small", "720": "middle", "1440": "large" } });

it.each([
  ["a phone takes the smallest that fills it", 300, task(4000, 3000), "small"],
  ["a place between two sizes takes the larger", 721, task(4000, 3000), "large"],
  ["a screen larger than all takes the largest", 3000, task(4000, 3000), "large"],
  ["a small picture is not asked for larger than it is", 1440, task(500, 400), "middle"],
])("%s", (_, side, of, want) => {
  expect(fitting(of, side)).toBe(want);
});

describe("pictures", () => {
  afterEach(() => void vi.unstubAllGlobals());

  /** A browser that fetches what it is told and decodes it when the test says so. */
  function browser(): { asked: string[]; decode: (src: string, ok?: boolean) => Promise<void> } {
    const asked: string[] = [];
    const under = new Map<string, (ok: boolean) => void>();
    class Shot {
      set src(url: string) {
        asked.push(url);
        this.url = url;
      }
      private url = "";
      decode = () => new Promise<void>((yes, no) => under.set(this.url, (ok) => (ok ? yes() : no(new Error("broken")))));
    }
    vi.stubGlobal("Image", Shot);
    return { asked, decode: async (src, ok = true) => (under.get(src)!(ok), void (await new Promise((r) => setTimeout(r)))) };
  }

  const tasks = Array.from({ length: 6 }, (_, i) => ({ id: `t${i}`, task: `${i}`, item: `${i}`, width: 800, height: 600, pictures: { 320: `s${i}`, 720: `p${i}` } }));

  it("are fetched in the order of the work, three at a time", async () => {
    const { asked, decode } = browser();
    new Pictures(() => 720).want(tasks);
    expect(asked).toEqual(["p0", "p1", "p2"]);
    await decode("p1");
    expect(asked).toEqual(["p0", "p1", "p2", "s1", "p3"]);
  });

  it("that somebody waits for come before all others", async () => {
    const { asked, decode } = browser();
    const pictures = new Pictures(() => 720);
    pictures.want(tasks);
    pictures.now(tasks[5]!);
    await decode("p0");
    expect(asked.at(-1)).toBe("p5");
  });

  it("are ready once they are decoded, not before", async () => {
    const { decode } = browser();
    const pictures = new Pictures(() => 720);
    pictures.want(tasks);
    expect(pictures.ready(tasks[0]!)).toBeUndefined();
    await decode("p0");
    expect(pictures.ready(tasks[0]!)).toBeDefined();
  });
});
