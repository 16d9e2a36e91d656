import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Annotation, type Task, offered } from "../core/annotation";
import { newId } from "../core/id";
import { Desk } from "./desk";
import { Outbox } from "./outbox";

// The page's pictures need a browser; here every picture decodes at once.
class DecodedImage {
  src = "";
  decode = () => Promise.resolve();
}

/** A server with a queue of its own: leases come back until they are answered. */
class Server {
  open: Task[] = [];
  got: Annotation[] = [];
  up = true;
  mine = 0;
  planted = new Set<string>();
  constructor(n: number) {
    for (let i = 0; i < n; i++) this.open.push({ id: newId(), task: newId(), item: `item ${i}`, pictures: { "320": "u" }, width: 4, height: 3 });
  }
  answer(url: string, body: { n: number; answers: Annotation[] }): Response {
    if (!this.up) throw new TypeError("no line");
    if (url.endsWith("/lease")) return Response.json({ assignments: this.open.slice(0, body.n), left: this.open.length, mine: this.mine });
    for (const a of body.answers) {
      this.got.push(a);
      if (a.answer !== "undo") this.open = this.open.filter((t) => t.id !== a.assignment);
    }
    return Response.json({ verdicts: body.answers.map((a) => ({ id: a.id, outcome: "stored", planted: this.planted.has(a.assignment), thought: a.answer === "class" ? { class: "c", rightOf10: 7, near: [] } : null })) });
  }
}

/** Waits for a check to hold; ten seconds, for a machine with other work. */
const until = (check: () => void) => vi.waitFor(check, { timeout: 10_000, interval: 5 });

let server: Server;
let outbox: Outbox;
let desk: Desk;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  vi.stubGlobal("Image", DecodedImage);
  vi.stubGlobal("CompressionStream", undefined);
  const here = (server = new Server(30)); // what is still on its way to another test's arrives there
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => here.answer(url, JSON.parse(String(init.body))));
  await begin();
});

afterEach(() => {
  desk.end();
  outbox.close();
  vi.unstubAllGlobals();
});

async function begin(): Promise<void> {
  outbox = await Outbox.open("asha");
  desk = new Desk("p", outbox, () => 320);
  await desk.start();
  await shown();
}

const shown = () => until(() => expect(desk.shot.value).not.toBeNull());
const item = () => desk.task.value?.item;
const beetle = { answer: "class", class: "c" } as const;

describe("work", () => {
  it("shows one picture after the other, each once, until none is left", async () => {
    const seen: (string | undefined)[] = [];
    while (seen.length < 30) {
      await shown();
      seen.push(item());
      await desk.say(beetle);
      await until(() => expect(desk.state.value === "working" || seen.length === 30).toBe(true));
    }
    await until(() => expect(desk.state.value).toBe("empty"));
    expect(new Set(seen).size).toBe(30);
    expect(desk.done.value).toBe(30);
    await until(() => expect(server.got).toHaveLength(30));
  });

  it("counts what she answered before, here or elsewhere, as hers", async () => {
    server.mine = 60;
    const again = new Desk("p", outbox, () => 320);
    await again.start();
    await until(() => expect(again.task.value).not.toBeNull());
    expect(again.done.value).toBe(60);
    await again.say(beetle);
    await until(() => expect(server.got).toHaveLength(1));
    expect(again.done.value).toBe(61);
    again.end();
  });

  it("shows the next picture once the answer lies on the device and before it is sent; nothing else can be said meanwhile", async () => {
    server.up = false;
    const before = item();
    let keep = (): void => undefined;
    const put = vi.spyOn(outbox, "put").mockImplementationOnce(() => new Promise((kept) => (keep = kept)));
    const said = desk.say(beetle);
    await desk.say({ answer: "not_sure" });
    await desk.undo();
    expect(item()).toBe(before);
    keep();
    await said;
    expect(item()).not.toBe(before);
    expect(desk.shot.value).not.toBeNull();
    expect(put).toHaveBeenCalledTimes(1);
  });

  it("tells what the model thought only of the answer she gave last", async () => {
    await desk.say(beetle);
    await until(() => expect(desk.thought.value?.rightOf10).toBe(7));
    server.up = false;
    await desk.say(beetle);
    expect(desk.thought.value).toBeNull();
  });

  it("goes on without a line while pictures lie ahead, and nothing is asked again after a reload", async () => {
    server.up = false;
    const seen: (string | undefined)[] = [];
    for (let i = 0; i < 5; i++) {
      seen.push(item());
      await desk.say(beetle);
    }
    desk.end();
    outbox.close();
    server.up = true;
    const sent = server.got.length;
    await begin();
    expect(seen).not.toContain(item());
    await until(() => expect(server.got).toHaveLength(sent + 5));
  });

  it("does not ask what was answered in another tab", async () => {
    const before = desk.task.value!;
    desk.gone(before.id);
    expect(item()).not.toBe(before.item);
  });
});

describe("what the child offers", () => {
  it("is gone once she was told what it thinks; an answer given then says that it was seen", async () => {
    const task = desk.task.value!;
    task.proposal = "c";
    expect(offered(task)).toBe("c");
    await desk.say(beetle);
    await until(() => expect(desk.thought.value).not.toBeNull());
    await desk.undo();
    expect(item()).toBe(task.item);
    expect(offered(desk.task.value)).toBe("");
    await desk.say({ answer: "class", class: "d" });
    await until(() => expect(server.got).toHaveLength(3));
    expect(server.got.map((a) => a.afterSeen)).toEqual([undefined, undefined, true]);
  });

  it("is offered again when nothing was told yet, and such an answer is as the first", async () => {
    const task = desk.task.value!;
    task.proposal = "c";
    server.up = false;
    await desk.say(beetle);
    await desk.undo();
    expect(offered(desk.task.value)).toBe("c");
    await desk.say(beetle);
    server.up = true;
    void outbox.send();
    await until(() => expect(server.got).toHaveLength(3));
    expect(server.got.map((a) => a.afterSeen)).toEqual([undefined, undefined, undefined]);
  });

  it("was wrong on purpose: she is told of the last answer, and only after it", async () => {
    server.planted.add(desk.task.value!.id);
    expect(desk.planted.value).toBe(false);
    await desk.say(beetle);
    await until(() => expect(desk.planted.value).toBe(true));
    await desk.say(beetle);
    expect(desk.planted.value).toBe(false);
    await desk.undo();
    expect(desk.planted.value).toBe(true);
  });
});

describe("undo", () => {
  it("brings the picture back; the new answer follows the undo, the undo names the old answer", async () => {
    const first = item();
    await desk.say(beetle);
    await desk.undo();
    expect(item()).toBe(first);
    await desk.say({ answer: "not_sure" });
    await until(() => expect(server.got).toHaveLength(3));
    const [said, back, again] = server.got;
    expect([back!.answer, back!.replaces]).toEqual(["undo", said!.id]);
    expect([again!.answer, again!.replaces, again!.assignment]).toEqual(["not_sure", back!.id, said!.assignment]);
  });

  it("reaches ten answers back and no further", async () => {
    const seen: (string | undefined)[] = [];
    for (let i = 0; i < 12; i++) {
      await shown();
      seen.push(item());
      await desk.say(beetle);
    }
    for (let i = 0; i < 12; i++) await desk.undo();
    expect(item()).toBe(seen[2]);
    expect(desk.undoable.value).toBe(0);
  });

  it("shows what was before her again after the taken-back picture", async () => {
    await desk.say(beetle);
    const second = item();
    await desk.undo();
    await desk.say(beetle);
    expect(item()).toBe(second);
  });
});

it("an answer the device cannot keep leaves its picture before her and says so", async () => {
  const first = item();
  vi.spyOn(outbox, "put").mockRejectedValueOnce(new DOMException("full", "QuotaExceededError"));
  await desk.say(beetle);
  expect(item()).toBe(first);
  expect(desk.problem.value).toBe("full");
  expect(desk.done.value).toBe(0);
});
