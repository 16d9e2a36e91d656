import { type Signal, signal } from "@preact/signals";
import type { Filter } from "../core/doubt";
import type { ItemRow } from "../core/project";
import { items } from "../sync/projects";
import type { Choice } from "./Filters";

/** Rows asked for at a time, and the most that are held. */
const PAGE = 200;
const MOST = 10000;

/** The browse page's memory of one project: rows, filters and the place one was at. */
export class Browsing {
  readonly rows: Signal<readonly ItemRow[]> = signal([]);
  readonly filter: Signal<Filter> = signal({ classes: new Set(), states: new Set() });
  readonly shown = signal(60);
  readonly at = signal("");
  readonly busy = signal(false);
  readonly problem = signal("");

  constructor(readonly project: string) {}

  /** Reads all pages anew; what was there stays visible until the new rows are there. */
  async load(): Promise<void> {
    if (this.busy.value) return;
    this.busy.value = true;
    this.problem.value = "";
    try {
      await this.pages();
    } catch (e) {
      this.problem.value = e instanceof Error ? e.message : "";
    }
    this.busy.value = false;
  }

  /** Turns one filter on or off. */
  choose(c: Choice): void {
    const f = this.filter.value;
    this.filter.value = {
      classes: c.class === undefined ? f.classes : flip(f.classes, c.class),
      states: c.state === undefined ? f.states : flip(f.states, c.state),
    };
    this.shown.value = 60;
  }

  private async pages(): Promise<void> {
    const first = this.rows.value.length === 0;
    let all: ItemRow[] = [];
    let cursor = "";
    do {
      const page = await items(this.project, cursor, PAGE);
      all = all.concat(page.items ?? []);
      cursor = page.next ?? "";
      if (first) this.rows.value = all;
    } while (cursor && all.length < MOST);
    this.rows.value = all;
  }
}

function flip<T>(set: ReadonlySet<T>, one: T): Set<T> {
  const out = new Set(set);
  if (!out.delete(one)) out.add(one);
  return out;
}

const memory = new Map<string, Browsing>();

/** The browsing of a project: the same on the grid and on one picture, so that Esc returns to the place. */
export function browsing(project: string): Browsing {
  let b = memory.get(project);
  if (!b) memory.set(project, (b = new Browsing(project)));
  return b;
}
