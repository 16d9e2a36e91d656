// The outbox of whoever is signed in. It sends wherever she is in the app, not
// only on the page where answers are given.
import { effect, signal } from "@preact/signals";
import { t } from "../core/words";
import { may, me } from "./me";
import type { Outbox } from "./outbox";

/** Her outbox once it is open, for pages that tell what waits. */
export const mine = signal<Outbox | null>(null);

let current: { person: string; box: Promise<Outbox> } | null = null;

/** Opens the outbox of the person who is signed in; everybody on the page shares the one. */
export function myOutbox(): Promise<Outbox> {
  const person = me.peek()!.user.id;
  if (current?.person === person) return current.box;
  leave();
  const box = open(person);
  current = { person, box };
  box.then((b) => current?.box === box && (mine.value = b), () => current?.box === box && (current = null));
  return box;
}

/** Keeps sending while somebody is signed in who answers, and stops when she leaves. */
export function keepSending(): void {
  const send = () => void mine.peek()?.send();
  addEventListener("online", send);
  document.addEventListener("visibilitychange", send);
  effect(() => {
    if (!me.value) leave();
    else if (may("annotate")) void myOutbox().then((b) => b.send(), () => undefined);
  });
}

async function open(person: string): Promise<Outbox> {
  const { Outbox } = await import("./outbox");
  return Outbox.open(person).catch(() => {
    throw new Error(t("work.noPlace"));
  });
}

function leave(): void {
  void current?.box.then((b) => b.close(), () => undefined);
  current = null;
  mine.value = null;
}
