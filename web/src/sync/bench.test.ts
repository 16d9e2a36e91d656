import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Bench } from "./bench";
import type { Settle } from "./reviews";

// The page's pictures need a browser; here every picture decodes at once.
class DecodedImage {
  src = "";
  decode = () => Promise.resolve();
}

/** A server with a list of reviews: what is decided leaves it. */
class Server {
  open = ["a", "b", "c"];
  got: Settle[] = [];
  up = true;
  taken = new Set<string>();
  answer(method: string, url: string, body: Settle): Response {
    if (!this.up) throw new TypeError("no line");
    const task = /reviews\/(\w+)$/.exec(url)?.[1];
    if (task && this.taken.has(task)) return Response.json({ type: "conflict", title: "You answered this picture yourself." }, { status: 409 });
    if (task) return Response.json({ task, item: task, thumb: "", asked: false, pictures: { "320": "u" }, width: 4, height: 3, votes: [], decided: null });
    if (method === "GET") return Response.json({ left: this.open.length, tasks: this.open.map((t) => ({ task: t, item: t, thumb: "", asked: false })) });
    if (this.taken.has(body.task)) return Response.json({ type: "conflict", title: "You answered this picture yourself." }, { status: 409 });
    this.got.push(body);
    this.open = this.open.filter((t) => t !== body.task);
    return Response.json({ thought: { class: "c", rightOf10: 7, near: [] } });
  }
}

let server: Server;
let bench: Bench;

vi.stubGlobal("Image", DecodedImage);
vi.stubGlobal("fetch", async (url: string, init: RequestInit) => server.answer(init.method!, url, init.body ? JSON.parse(String(init.body)) : null));

beforeEach(async () => {
  server = new Server();
  bench = new Bench("p", () => 320);
  await bench.fill();
  await shows("a");
});

afterEach(() => bench.end());

/** Waits until a task's picture is before her; ten seconds, for a machine with other work. */
const shows = (task: string) => vi.waitFor(() => expect([bench.view.value?.task, bench.shot.value !== null]).toEqual([task, true]), { timeout: 10_000, interval: 5 });
const decided = () => server.got.map((s) => [s.task, s.class]);

it("shows the most pressing first and each once, then says that nothing is left", async () => {
  for (const task of ["a", "b", "c"]) {
    await shows(task);
    await bench.settle("x", "", false);
  }
  expect(decided()).toEqual([["a", "x"], ["b", "x"], ["c", "x"]]);
  expect([bench.state.value, bench.left.value, bench.done.value]).toEqual(["empty", 0, 3]);
});

it("tells what the child thought once the decision is stored, and sends note and gold along", async () => {
  expect(bench.last.value).toBeNull();
  await bench.settle("x", "six legs", true);
  expect(bench.last.value?.thought?.rightOf10).toBe(7);
  expect(server.got[0]).toMatchObject({ note: "six legs", gold: true });
});

it("brings the last one back with what was decided, and lets another decision take its place", async () => {
  await bench.settle("x", "six legs", true);
  await shows("b");
  await bench.again();
  await shows("a");
  expect(bench.view.value?.decided).toMatchObject({ class: "x", note: "six legs", gold: true });
  await bench.settle("y", "", false);
  expect(decided()).toEqual([["a", "x"], ["a", "y"]]);
  expect(server.got[0]!.id).not.toBe(server.got[1]!.id);
  await shows("b");
});

it("puts aside what she skips until all else is through", async () => {
  await bench.skip();
  await shows("b");
  await bench.settle("x", "", false);
  await shows("c");
  await bench.settle("x", "", false);
  expect(bench.state.value).toBe("aside");
  await bench.takeUp();
  await shows("a");
});

it("keeps the picture before her when the line is down, and stores it when it is back", async () => {
  server.up = false;
  await bench.settle("x", "", false);
  expect([bench.view.value?.task, bench.done.value, bench.problem.value !== ""]).toEqual(["a", 0, true]);
  server.up = true;
  await bench.settle("x", "", false);
  expect(decided()).toEqual([["a", "x"]]);
  expect(bench.problem.value).toBe("");
});

it("goes on and says why when a picture is not hers to decide", async () => {
  server.taken.add("a");
  await bench.settle("x", "", false);
  await shows("b");
  expect(bench.problem.value).toContain("answered this picture yourself");
  expect(decided()).toEqual([]);
});
