import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { openDB } from "idb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Annotation, undo } from "../core/annotation";
import { newId } from "../core/id";
import { Outbox, type Verdict } from "./outbox";

/** Waits for a check to hold; ten seconds, for a machine with other work. */
const until = (check: () => void) => vi.waitFor(check, { timeout: 10_000, interval: 5 });

let boxes: Outbox[] = [];
let server: (answers: Annotation[]) => Response | Promise<Response>;
let received: Annotation[][] = [];
let quiet: (boolean | undefined)[] = [];
let signedIn = "asha";

const stored = (answers: Annotation[]) => Response.json({ verdicts: answers.map((a) => ({ id: a.id, outcome: "stored" })) });
const problem = (status: number, title: string) => Response.json({ type: "x", title, status }, { status });

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  received = [];
  quiet = [];
  server = stored;
  signedIn = "asha";
  vi.stubGlobal("CompressionStream", undefined);
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    if (url === "/api/me") return Response.json({ user: { id: signedIn } });
    const { answers, quiet: still } = JSON.parse(String(init.body)) as { answers: Annotation[]; quiet?: boolean };
    const answer = await server(answers);
    quiet.push(still);
    received.push(answers);
    return answer;
  });
});

afterEach(() => {
  for (const b of boxes) b.close();
  boxes = [];
  vi.unstubAllGlobals();
});

async function open(person = "asha"): Promise<Outbox> {
  const box = await Outbox.open(person);
  boxes.push(box);
  return box;
}

function answer(): Annotation {
  return { id: newId(), assignment: newId(), answer: "not_sure", tookMillis: 900 };
}

const settled = (box: Outbox) => until(() => expect(box.waiting.value).toBe(0));

describe("an answer", () => {
  it("is sent, and forgotten once the server has it", async () => {
    const box = await open();
    const a = answer();
    await box.put("p", a);
    await settled(box);
    expect(received).toEqual([[a]]);
    expect(await box.assignments()).toEqual([]);
  });

  it("waits while the line is down, through a reload, and is sent later under the same id", async () => {
    server = () => Promise.reject(new TypeError("no line"));
    const first = await open();
    const a = answer();
    await first.put("p", a);
    await until(() => expect(first.line.value).toBe("down"));
    first.close();
    server = stored;
    const box = await open();
    expect(box.waiting.value).toBe(1);
    expect(await box.assignments()).toEqual([a.assignment]);
    await box.send();
    await settled(box);
    expect(received.flat()).toEqual([a]);
  });

  it("is sent again when the server's word was lost, and a duplicate is as good as stored", async () => {
    let lost = true;
    server = (answers) => {
      if (lost) {
        lost = false;
        throw new TypeError("cut");
      }
      return Response.json({ verdicts: answers.map((a) => ({ id: a.id, outcome: "duplicate" })) });
    };
    const box = await open();
    await box.put("p", answer());
    await until(() => expect(box.line.value).toBe("down"));
    await box.send();
    await settled(box);
  });

  it("waits when the session has ended, until somebody signs in", async () => {
    server = () => problem(401, "Please sign in.");
    const box = await open();
    await box.put("p", answer());
    await until(() => expect(box.line.value).toBe("signed-out"));
    expect(box.waiting.value).toBe(1);
    server = stored;
    await box.send();
    await settled(box);
  });

  it("that is refused is kept with the reason until it was read, and does not hold up the others", async () => {
    const bad = answer();
    const good = answer();
    server = (answers) =>
      Response.json({
        verdicts: answers.map((a): Verdict => (a.id === bad.id ? { id: a.id, outcome: "refused", problem: { type: "invalid", title: "The class is gone." } } : { id: a.id, outcome: "stored" })),
      });
    const box = await open();
    await box.put("p", bad);
    await box.put("p", good);
    await settled(box);
    expect(box.refused.value.map((k) => [k.answer.id, k.problem])).toEqual([[bad.id, "The class is gone."]]);
    await box.forget(box.refused.value[0]!.n!);
    expect(box.refused.value).toEqual([]);
  });

  it("of a project that is gone is refused, not tried for ever", async () => {
    server = () => problem(404, "There is no such project.");
    const box = await open();
    await box.put("p", answer());
    await settled(box);
    expect(box.refused.value).toHaveLength(1);
  });
});

describe("answers that cannot be taken as they are", () => {
  it("wait when somebody else has signed in in another tab, though the server says they were not given to her", async () => {
    signedIn = "binita";
    server = (answers) => Response.json({ verdicts: answers.map((a) => ({ id: a.id, outcome: "refused", problem: { type: "not_found", title: "This picture was not given to you." } })) });
    const box = await open();
    await box.put("p", answer());
    await until(() => expect(box.line.value).toBe("signed-out"));
    expect([box.waiting.value, box.refused.value.length]).toEqual([1, 0]);
  });

  it("wait when the page is too old for the server", async () => {
    server = () => Response.json({ type: "invalid", title: "Load the page again.", status: 400, errors: [{ location: "body.v", message: "" }] }, { status: 400 });
    const box = await open();
    await box.put("p", answer());
    await until(() => expect(box.line.value).toBe("down"));
    expect([box.waiting.value, box.refused.value.length]).toEqual([1, 0]);
  });

  it("wait when the server has no verdict for them", async () => {
    server = () => Response.json({ verdicts: [] });
    const box = await open();
    await box.put("p", answer());
    await until(() => expect(box.line.value).toBe("down"));
    expect(received).toHaveLength(1);
    expect(box.waiting.value).toBe(1);
  });

  it("do not hold up the others: one that spoils the request is found and kept apart", async () => {
    server = () => Promise.reject(new TypeError("no line"));
    const box = await open();
    const given = Array.from({ length: 9 }, answer);
    for (const a of given) await box.put("p", a);
    await until(() => expect(box.line.value).toBe("down"));
    const bad = given[4]!;
    received = [];
    server = (answers) => (answers.some((a) => a.id === bad.id) ? problem(400, "The answers could not be read.") : stored(answers));
    await box.send();
    await settled(box);
    expect(box.refused.value.map((k) => k.answer.id)).toEqual([bad.id]);
    const taken = received.filter((b) => b.every((a) => a.id !== bad.id)).flat();
    expect(taken).toEqual(given.filter((a) => a !== bad));
  });
});

it("a task that was taken back is no longer among those answered here", async () => {
  server = () => Promise.reject(new TypeError("no line"));
  const box = await open();
  const [kept, back] = [answer(), answer()];
  await box.put("p", kept);
  await box.put("p", back);
  await box.put("p", undo(back));
  expect(await box.assignments()).toEqual([kept.assignment]);
});

describe("many answers", () => {
  it("go in the order they were given, at most 200 at once, each project by itself", async () => {
    server = () => Promise.reject(new TypeError("no line"));
    const box = await open();
    const given: Annotation[] = [];
    for (let i = 0; i < 230; i++) {
      given.push(answer());
      await box.put(i < 225 ? "p" : "q", given[i]!);
    }
    await until(() => expect(box.line.value).toBe("down"));
    received = [];
    server = stored;
    await box.send();
    await settled(box);
    expect(received.map((b) => b.length)).toEqual([200, 25, 5]);
    expect(received.flat()).toEqual(given);
  });

  it("of two people on one device are never mixed", async () => {
    server = () => Promise.reject(new TypeError("no line"));
    const asha = await open("asha");
    await asha.put("p", answer());
    const binita = await open("binita");
    expect(binita.waiting.value).toBe(0);
    server = stored;
    await binita.send();
    expect(received).toEqual([]);
    expect(asha.waiting.value).toBe(1);
  });
});

describe("a device", () => {
  it("that was filled by the page before this one keeps what waits", async () => {
    const old = await openDB("akhra", 1, { upgrade: (db) => void db.createObjectStore("answers", { keyPath: "n", autoIncrement: true }).createIndex("person", "person") });
    const [waits, refused] = [answer(), answer()];
    await old.add("answers", { person: "asha", project: "p", answer: waits });
    await old.add("answers", { person: "asha", project: "p", answer: refused, problem: "The class is gone." });
    old.close();
    const box = await open();
    expect([box.waiting.value, box.refused.value.map((k) => k.answer.id)]).toEqual([1, [refused.id]]);
    await box.send();
    await settled(box);
    expect(received.flat()).toEqual([waits]);
  });

  it("writes what waits to a file, of this person alone, and keeps it", async () => {
    server = () => Promise.reject(new TypeError("no line"));
    const box = await open();
    const other = await open("binita");
    await other.put("q", answer());
    const given = [answer(), answer()];
    for (const a of given) await box.put("p", a);
    const file = await box.file();
    expect(file).toMatchObject({ v: 1, person: "asha", answers: given.map((a) => ({ project: "p", answer: a })) });
    expect(box.waiting.value).toBe(2);
  });
});

describe("what goes over the line", () => {
  it("is packed where the browser can", async () => {
    vi.unstubAllGlobals();
    let sent: { init: RequestInit; bytes: number } | null = null;
    let text = "";
    vi.stubGlobal("fetch", async (_: string, init: RequestInit) => {
      const body = init.body as Blob;
      sent = { init, bytes: body.size };
      text = await new Response(body.stream().pipeThrough(new DecompressionStream("gzip"))).text();
      return stored((JSON.parse(text) as { answers: Annotation[] }).answers);
    });
    const box = await open();
    await box.put("p", answer());
    await settled(box);
    expect((sent!.init.headers as Record<string, string>)["Content-Encoding"]).toBe("gzip");
    expect(sent!.bytes).toBeLessThan(text.length);
  });

  it("leaves out what the child thought when many come at once", async () => {
    server = () => Promise.reject(new TypeError("no line"));
    const box = await open();
    for (let i = 0; i < 12; i++) await box.put("p", answer());
    await until(() => expect(box.line.value).toBe("down"));
    server = stored;
    await box.send();
    await settled(box);
    expect(quiet.at(-1)).toBe(true);
    await box.put("p", answer());
    await settled(box);
    expect(quiet.at(-1)).toBeUndefined();
  });
});

it("what the model thought is told to whoever listens", async () => {
  const heard: Verdict[] = [];
  const box = await open();
  box.hear((v) => heard.push(v));
  const a = answer();
  server = () => Response.json({ verdicts: [{ id: a.id, outcome: "stored", thought: { class: "c", rightOf10: 8, near: [] } }] });
  await box.put("p", a);
  await settled(box);
  expect(heard[0]?.thought?.rightOf10).toBe(8);
});
