// Who is signed in on this page, and what she may do.
import { signal } from "@preact/signals";
import { navigate } from "../core/route";
import { takeUp } from "../core/theme";
import { language, speak } from "../core/words";
import type { SharedDevice } from "../core/people";
import { Problem, del, get, patch, post } from "./api";

/** The signed-in person, her organisation and what she may do. */
export interface Me {
  user: { id: string; name: string; login: string; role: string; language: string };
  org: { name: string };
  may: string[];
  /** A PIN signed her in, on a device that others use too. */
  shared: boolean;
  /** She has a PIN for shared devices. */
  pin: boolean;
  /** The page came over plain http from another machine: offline work is off. */
  insecure: boolean;
}

/** Who is signed in; null when nobody is, undefined before we know. */
export const me = signal<Me | null | undefined>(undefined);

/** Why we do not know who is signed in: the sentence to show. */
export const lost = signal("");

const REMEMBERED = "akhra.me";
const SHARED = "akhra.device";
const SOON = 2500; // how long a page waits for the line before it goes on with what it remembers

/** Whether the signed-in person may do an act. */
export function may(act: string): boolean {
  return me.value?.may.includes(act) ?? false;
}

/** Asks who is signed in. Without a line it is whoever was signed in here last: she goes on with what lies on the device. */
export async function whoami(): Promise<void> {
  const soon = setTimeout(() => {
    const here = remembered();
    if (here && me.peek() === undefined) me.value = here;
  }, SOON);
  try {
    arrive(await get<Me>("/api/me"));
    lost.value = "";
  } catch (e) {
    if (e instanceof Problem && e.status === 401) nobody();
    else lost.value = e instanceof Error ? e.message : "";
    const here = e instanceof Problem && e.status === 0 ? remembered() : null;
    if (here && !me.value) arrive(here);
  } finally {
    clearTimeout(soon);
  }
}

export async function signIn(login: string, password: string): Promise<void> {
  arrive(await post<Me>("/api/session", { login, password }));
}

/** Remembers that people share this device. */
export function shareDevice(): void {
  localStorage.setItem(SHARED, "yes");
}

/** Who may sign in here with a PIN; null on a device that nobody enrolled, or without a line. */
export async function thisDevice(): Promise<SharedDevice | null> {
  if (!localStorage.getItem(SHARED)) return null;
  try {
    return await get<SharedDevice>("/api/device");
  } catch (e) {
    if (e instanceof Problem && e.status === 404) localStorage.removeItem(SHARED);
    return null;
  }
}

export async function signInPIN(user: string, pin: string): Promise<void> {
  arrive(await post<Me>("/api/session/pin", { user, pin }));
}

/** Leaves a shared device: the next person cannot go on as her, even when the line is down. */
export async function leaveDevice(): Promise<void> {
  await del("/api/session").catch(() => undefined);
  nobody();
  navigate("/");
}

/** Asks again who one is, after one's account changed. */
export async function refreshMe(): Promise<void> {
  arrive(await get<Me>("/api/me"));
}

/** Somebody has come in by a link. */
export function entered(m: Me): void {
  arrive(m);
  navigate("/");
}

/** Signs out. What waits in the outbox stays on the device and waits on. */
export async function signOut(): Promise<void> {
  await del("/api/session");
  nobody();
  navigate("/");
}

/** Switches the language here, and for her next device. */
export async function chooseLanguage(l: string): Promise<void> {
  speak(l);
  if (me.value) await patch("/api/me", { language: l });
}

function nobody(): void {
  localStorage.removeItem(REMEMBERED);
  me.value = null;
}

function remembered(): Me | null {
  try {
    return JSON.parse(localStorage.getItem(REMEMBERED) ?? "null") as Me | null;
  } catch {
    return null;
  }
}

function arrive(m: Me): void {
  me.value = m;
  takeUp(m.user.id);
  localStorage.setItem(REMEMBERED, JSON.stringify(m));
  if (m.user.language && m.user.language !== language.value) speak(m.user.language);
}
