import { expect, it } from "vitest";
import type { Class } from "./project";
import { heads, merged, upNext, type ReviewTask, type ReviewVote } from "./review";

const task = (id: string): ReviewTask => ({ task: id, item: id, thumb: "", asked: false });
const vote = (answer: string, cls = ""): ReviewVote => ({ person: 1, answer, class: cls, afterSeen: false });
const classes: Class[] = [{ id: "b", name: "Beetle" }, { id: "l", name: "Leaf" }];

it("counts who said each class, and nobody for not sure, skips and classes that are gone", () => {
  const n = heads([vote("class", "Beetle"), vote("class", "Beetle"), vote("class", "Leaf"), vote("class", "Moth"), vote("not_sure"), vote("skip")], classes);
  expect([...n]).toEqual([["b", 2], ["l", 1]]);
});

it("goes on to the first that was not put aside", () => {
  const list = [task("a"), task("b"), task("c")];
  expect(upNext(list, new Set(["a"]))?.task).toBe("b");
  expect(upNext(list, new Set(["a"]), "b")?.task).toBe("c");
  expect(upNext(list, new Set(["a", "b", "c"]))).toBeUndefined();
});

it("does not bring back what was decided while the list was on its way", () => {
  expect(merged([task("a"), task("b")], new Set(["a"])).map((one) => one.task)).toEqual(["b"]);
});
