import type { Device, Everybody, Person, Session } from "../core/people";
import { del, get, patch, post, put } from "./api";

const person = (id: string) => `/api/people/${encodeURIComponent(id)}`;
const device = (id: string) => `/api/devices/${encodeURIComponent(id)}`;

/** A link to pass on, shown once. */
export interface MadeLink {
  url: string;
  expires: number;
}

/** Everybody of the organisation. */
export function people(): Promise<Everybody> {
  return get("/api/people");
}

/** A one-time link for a new person. */
export function invite(name: string, role: string): Promise<MadeLink> {
  return post("/api/people/links", { name, role });
}

/** A one-time link by which somebody chooses a new password. */
export function newPassword(user: string): Promise<MadeLink> {
  return post("/api/people/links", { user });
}

/** Another role, or the projects a client sees. */
export function changePerson(id: string, change: { role?: string; projects?: string[] }): Promise<Person> {
  return patch(person(id), change);
}

/** Removes somebody; her answers stay without her name. */
export function removePerson(id: string): Promise<void> {
  return del(person(id));
}

/** A new PIN for somebody, shown once; a locked one is open again. */
export async function newPIN(id: string): Promise<string> {
  return (await post<{ pin: string }>(`${person(id)}/pin`, {})).pin;
}

/** One's own PIN. */
export function setOwnPIN(pin: string): Promise<void> {
  return put("/api/me/pin", { pin });
}

/** Where somebody is signed in; one's own sessions without an id. */
export async function sessions(id?: string): Promise<Session[]> {
  return (await get<{ sessions: Session[] | null }>(id ? `${person(id)}/sessions` : "/api/me/sessions")).sessions ?? [];
}

/** Ends a session of somebody, or one's own. */
export function endSession(session: string, id?: string): Promise<void> {
  return del(`${id ? person(id) : "/api/me"}/sessions/${encodeURIComponent(session)}`);
}

/** The devices that people share. */
export async function devices(): Promise<Device[]> {
  return (await get<{ devices: Device[] | null }>("/api/devices")).devices ?? [];
}

/** A new device, or another name and other people. */
export function putDevice(d: Pick<Device, "id" | "name" | "people">): Promise<Device> {
  return put(device(d.id), { name: d.name, people: d.people });
}

/** A one-time link that enrols the browser that opens it. */
export function enrolLink(id: string): Promise<MadeLink> {
  return post(`${device(id)}/links`, {});
}

/** Forgets a device; whoever is signed in there is out. */
export function removeDevice(id: string): Promise<void> {
  return del(device(id));
}
