import { expect, test } from "vitest";
import type { Task } from "./annotation";
import { spoken, step, turned } from "./tiles";

const tile = (n: number): Task => ({ id: `a${n}`, task: `t${n}`, item: `i${n}`, pictures: {}, width: 4, height: 3, proposal: "pest" });
const tiles = [0, 1, 2].map(tile);

test("every picture is said to be of the class but those struck out, and each has its own id", () => {
  const said = spoken(tiles, "pest", new Set(["a1"]), 3000);
  expect(said.map((a) => [a.assignment, a.answer, a.class ?? ""])).toEqual([["a0", "class", "pest"], ["a1", "strike", ""], ["a2", "class", "pest"]]);
  expect(new Set(said.map((a) => a.id)).size).toBe(3);
  expect(said.map((a) => a.tookMillis)).toEqual([1000, 1000, 1000]);
});

test("what comes back follows the undo that brought it", () => {
  const [back] = spoken([{ ...tiles[0]!, follows: "u0" }], "pest", new Set(["a0"]), 10);
  expect(back).toMatchObject({ answer: "strike", replaces: "u0" });
});

test("striking out twice is not striking out", () => {
  const once = turned(new Set(), "a1");
  expect([...once]).toEqual(["a1"]);
  expect([...turned(once, "a1")]).toEqual([]);
});

test("arrows move within the page and stay at its edges", () => {
  expect([step(0, "ArrowRight", 6, 24), step(0, "ArrowDown", 6, 24), step(0, "ArrowLeft", 6, 24), step(20, "ArrowDown", 6, 24), step(7, "ArrowUp", 6, 24)]).toEqual([1, 6, 0, 20, 1]);
});
