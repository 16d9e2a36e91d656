// Who is signed in on this page, and what she may do.
import { signal } from "@preact/signals";
import { navigate } from "../core/route";
import { language, speak } from "../core/words";
import { Problem, del, get, patch, post } from "./api";

/** The signed-in person, her organisation and what she may do. */
export interface Me {
  user: { id: string; name: string; login: string; role: string; language: string };
  org: { name: string };
  may: string[];
  /** The page came over plain http from another machine: offline work is off. */
  insecure: boolean;
}

/** Who is signed in; null when nobody is, undefined before we know. */
export const me = signal<Me | null | undefined>(undefined);

/** Why we do not know who is signed in: the sentence to show. */
export const lost = signal("");

/** Whether the signed-in person may do an act. */
export function may(act: string): boolean {
  return me.value?.may.includes(act) ?? false;
}

/** Asks who is signed in. */
export async function whoami(): Promise<void> {
  try {
    arrive(await get<Me>("/api/me"));
    lost.value = "";
  } catch (e) {
    if (e instanceof Problem && e.status === 401) me.value = null;
    else lost.value = e instanceof Error ? e.message : "";
  }
}

export async function signIn(login: string, password: string): Promise<void> {
  arrive(await post<Me>("/api/session", { login, password }));
}

/** Somebody has come in by a link. */
export function entered(m: Me): void {
  arrive(m);
  navigate("/");
}

/** Signs out. What waits in the outbox stays on the device and waits on. */
export async function signOut(): Promise<void> {
  await del("/api/session");
  me.value = null;
  navigate("/");
}

/** Switches the language here, and for her next device. */
export async function chooseLanguage(l: string): Promise<void> {
  speak(l);
  if (me.value) await patch("/api/me", { language: l });
}

function arrive(m: Me): void {
  me.value = m;
  if (m.user.language && m.user.language !== language.value) speak(m.user.language);
}
