import { expect, it } from "vitest";
import { fitting } from "./pictures";

const task = (width: number, height: number) => ({ id: "a", task: "t", item: "i", width, height, pictures: { "320": "small", "720": "middle", "1440": "large" } });

it.each([
  ["a phone takes the smallest that fills it", 300, task(4000, 3000), "small"],
  ["a place between two sizes takes the larger", 721, task(4000, 3000), "large"],
  ["a screen larger than all takes the largest", 3000, task(4000, 3000), "large"],
  ["a small picture is not asked for larger than it is", 1440, task(500, 400), "middle"],
])("%s", (_, side, of, want) => {
  expect(fitting(of, side)).toBe(want);
});
