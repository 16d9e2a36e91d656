// What this device keeps: answers on their way, packs and their tasks. One
// database for everybody who shares the device; every row names its person.
import { type DBSchema, type IDBPDatabase, type IDBPObjectStore, openDB } from "idb";
import type { Annotation, Task } from "../core/annotation";
import type { ProjectView } from "../core/project";

/** A kept answer; n is the order in which answers were given here. */
export interface Kept {
  n?: number;
  person: string;
  project: string;
  answer: Annotation;
  /** Why the server will not take it; it is kept until the person has read that. */
  problem?: string;
}

/** A pack on the device: what the work page needs without a line, but for tasks and pictures. */
export interface PackRow {
  person: string;
  project: string;
  id: string;
  /** Until when its pictures are hers alone. */
  until: number;
  /** Long side of its pictures, in device pixels. */
  side: number;
  view: ProjectView;
}

/** A task of a pack; open is 0 once it is answered here. */
export interface PackTask {
  assignment: string;
  person: string;
  project: string;
  open: 0 | 1;
  task: Task;
}

export interface Schema extends DBSchema {
  answers: { key: number; value: Kept; indexes: { person: string; problem: [string, string] } };
  packs: { key: [string, string]; value: PackRow; indexes: { person: string } };
  tasks: { key: string; value: PackTask; indexes: { of: [string, string]; open: [string, string, number] } };
}

export type Device = IDBPDatabase<Schema>;

/** The answers, in a transaction that may do other things besides. */
export type Answers = IDBPObjectStore<Schema, ArrayLike<"answers" | "packs" | "tasks">, "answers", IDBTransactionMode>;

/**
 * Opens what the device keeps. A page of another version, in another tab, gives way by loading itself anew. One that is left while it makes the
 * database is frozen with that, and every page after it would wait for it: the browser ends it once another asks for the lock that it holds.
 */
export function openDevice(): Promise<Device> {
  return alone("akhra-open", () => openDB<Schema>("akhra", 2, {
    upgrade(db, before, _after, tx) {
      if (before < 1) db.createObjectStore("answers", { keyPath: "n", autoIncrement: true }).createIndex("person", "person");
      if (before < 2) {
        tx.objectStore("answers").createIndex("problem", ["person", "problem"]);
        db.createObjectStore("packs", { keyPath: ["person", "project"] }).createIndex("person", "person");
        const tasks = db.createObjectStore("tasks", { keyPath: "assignment" });
        tasks.createIndex("of", ["person", "project"]);
        tasks.createIndex("open", ["person", "project", "open"]);
      }
    },
    blocking: () => globalThis.location?.reload(),
  }));
}

/** Runs on one page of this device at a time, where the browser can promise that. */
export function alone<T>(name: string, run: () => Promise<T>): Promise<T> {
  if (typeof navigator === "undefined" || !navigator.locks) return run();
  return navigator.locks.request(name, run) as Promise<T>;
}
