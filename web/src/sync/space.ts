// The room this device has for pictures and answers.
import { signal } from "@preact/signals";

const TIGHT = 30_000_000; // bytes: a pack of 500 pictures, and answers for years

/** Bytes that are free for us; null while nobody knows. */
export const free = signal<number | null>(null);

/** Whether room runs short, told before it hurts. */
export const tight = signal(false);

/** Looks how much room there is. */
export async function lookAtSpace(): Promise<void> {
  const { quota, usage } = (await navigator.storage?.estimate?.().catch(() => undefined)) ?? {};
  if (quota === undefined || usage === undefined) return;
  free.value = Math.max(0, quota - usage);
  tight.value = free.value < TIGHT;
}
