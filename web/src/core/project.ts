// What the project pages read from the server. Names follow the HTTP API.

/** One class of a label set. */
export interface Class {
  id: string;
  name: string;
  names?: Record<string, string>;
  key?: string;
  colour?: string;
  words?: string;
  examples?: string[];
  deleted?: boolean;
}

/** A project's rules of asking and stopping. */
export interface Settings {
  overlap: number;
  cap: number;
  stopAt: number;
  explore: number;
  showModel: boolean;
  target: number;
  delta: number;
  audit: number;
  strategy: string;
  started: boolean;
  seed: number;
}

/** A project as its card on the first page. */
export interface ProjectCard {
  id: string;
  name: string;
  question: string;
  items: number;
  answers: number;
  done: number;
  cover: string | null;
}

/** A project with its classes and counts. */
export interface ProjectView {
  id: string;
  name: string;
  question: string;
  settings: Settings;
  labelSet: { version: number; classes: Class[] };
  counts: { items: number; answers: number; done: number; review: number; open: number; annotators: number };
}

/** One point of the learning curve; estimates are shares of one, null when too few. */
export interface CurvePoint {
  version: number;
  answers: number;
  items: number;
  estimated: number | null;
  low: number | null;
  high: number | null;
  at: number;
}

/** How well the child knows one class, on blind answers. */
export interface ClassReport {
  id: string;
  right: number;
  of: number;
  words: string;
  taughtBy: number;
  yours: number;
  /** Pictures of this class that still want answers. */
  stillAsks: number;
}

/** Two classes that get mixed up, with a picture of each. */
export interface MixedPair {
  a: string;
  b: string;
  times: number;
  /** Addresses of the pictures, empty when there is none. */
  itemA: string;
  itemB: string;
}

/** A picture that will be asked soon, and why. */
export interface NextUp {
  item: string;
  thumb: string;
  why: string;
  a?: string;
  b?: string;
}

/** Someone who answers. */
export interface Worker {
  name: string;
  answers: number;
  now: boolean;
}

/** A proved promise: at most this share is wrong, with this confidence. */
export interface Certificate {
  wrong: number;
  confidence: number;
  delivered: number;
}

/** Everything the project page shows. */
export interface Progress {
  answers: number;
  items: number;
  answersPerPicture: number;
  estimate: { right: number; of: number; low: number; high: number } | null;
  certified: Certificate | null;
  curve: CurvePoint[] | null;
  classes: ClassReport[] | null;
  pairs: MixedPair[] | null;
  next: NextUp[] | null;
  people: Worker[] | null;
  model: { version: number; training: boolean } | null;
}

/** One picture in the grid. */
export interface ItemRow {
  id: string;
  name: string;
  width: number;
  height: number;
  thumb: string;
  url: string;
  class: string;
  posterior: number;
  answers: number;
  state: string;
}

/** One standing answer on a picture; its class goes by name. */
export interface VoteView {
  annotator: string;
  answer: string;
  class: string;
  afterSeen: boolean;
  stored: number;
}

/** Taught pictures nearest to this one, for one class. */
export interface TaughtBy {
  class: string;
  items: { id: string; thumb: string; yours: boolean }[] | null;
}

/** One picture with all that is known about it. */
export interface ItemView extends ItemRow {
  /** The posterior of each live class, in their order; absent before the first answer. */
  weights?: number[] | null;
  votes: VoteView[] | null;
  thought: { class: string; rightOf10: number } | null;
  taughtBy: TaughtBy[] | null;
}

/** A long piece of work. */
export interface Job {
  id: string;
  kind: string;
  state: string;
  done: number;
  total: number;
  note: string;
  report?: ImportReport | null;
}

/** What an import did. */
export interface ImportReport {
  imported: number;
  known: number;
  refused: number;
  reasons: Refusal[] | null;
}

/** One file that could not be taken. */
export interface Refusal {
  name: string;
  reason: string;
}

/** A person of the organisation. */
export interface Person {
  id: string;
  name: string;
  login: string;
  role: string;
  created: number;
}

/** The picture of an item at one of the stored sizes. */
export function pictureUrl(project: string, item: string, side: 320 | 720 | 1440): string {
  return `/api/pictures/${encodeURIComponent(project)}/${encodeURIComponent(item)}/${side}`;
}

/** The classes people may still choose, in order. */
export function live(classes: readonly Class[]): Class[] {
  return classes.filter((c) => !c.deleted);
}
