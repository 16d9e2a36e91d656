// Pictures that are fetched and decoded before they are needed, so that the
// next one is on the screen in the same frame as the key press.
import type { Task } from "../core/annotation";

/** A decoded picture, or the failure to get it. */
export type Shot = HTMLImageElement | "broken";

const AT_ONCE = 3;
const TRIES = 3;
const BETWEEN = 1500;

/** Fetches and decodes pictures in the order they are asked for, a few at a time. */
export class Pictures {
  private readonly shots = new Map<string, Shot>();
  private readonly wanted: Task[] = [];
  private readonly underWay = new Set<string>();
  private readonly waiters = new Map<string, (shot: Shot) => void>();

  /** side tells the long side to fetch, in device pixels. */
  constructor(private readonly side: () => number) {}

  /** Asks for pictures that are not there yet. */
  want(tasks: readonly Task[]): void {
    for (const t of tasks) {
      if (!this.shots.has(t.id) && !this.underWay.has(t.id) && !this.wanted.includes(t)) this.wanted.push(t);
    }
    this.work();
  }

  /** The decoded picture of a task, undefined while it is on its way. */
  ready(task: Task): Shot | undefined {
    return this.shots.get(task.id);
  }

  /** Calls back once the picture of a task is there. */
  when(task: Task, then: (shot: Shot) => void): void {
    const shot = this.shots.get(task.id);
    if (shot) then(shot);
    else this.waiters.set(task.id, then);
  }

  /** Forgets pictures that nobody will look at again. */
  forget(task: Task): void {
    this.shots.delete(task.id);
    this.waiters.delete(task.id);
  }

  /** Tries once more to get a picture that failed. */
  again(task: Task): void {
    this.shots.delete(task.id);
    this.now(task);
  }

  /** Asks for the picture somebody is waiting for, before all others. */
  now(task: Task): void {
    const at = this.wanted.findIndex((t) => t.id === task.id);
    if (at >= 0) this.wanted.splice(at, 1);
    if (!this.shots.has(task.id) && !this.underWay.has(task.id)) this.wanted.unshift(task);
    this.work();
  }

  private work(): void {
    while (this.underWay.size < AT_ONCE && this.wanted.length > 0) void this.fetch(this.wanted.shift()!);
  }

  private async fetch(task: Task): Promise<void> {
    this.underWay.add(task.id);
    const shot = await load(fitting(task, this.side()));
    if (shot !== "broken") new Image().src = task.pictures["320"] ?? ""; // the strip shows it once the picture is answered
    this.underWay.delete(task.id);
    this.shots.set(task.id, shot);
    this.waiters.get(task.id)?.(shot);
    this.waiters.delete(task.id);
    this.work();
  }
}

/** The smallest stored picture that fills the place, else the largest. */
export function fitting(task: Task, side: number): string {
  const sides = Object.keys(task.pictures).map(Number).sort((a, b) => a - b);
  const longest = Math.max(task.width, task.height);
  const enough = sides.find((s) => s >= Math.min(side, longest)) ?? sides.at(-1);
  return task.pictures[String(enough)] ?? "";
}

async function load(url: string): Promise<Shot> {
  for (let left = TRIES; left > 0; left--) {
    const img = new Image();
    img.decoding = "sync";
    img.draggable = false;
    img.src = url;
    try {
      await img.decode();
      return img;
    } catch {
      if (left > 1) await new Promise((r) => setTimeout(r, BETWEEN));
    }
  }
  return "broken";
}
