// Who belongs to the organisation, and the devices its people share.

/** The roles there are, those most people have first. */
export const ROLES = ["annotator", "reviewer", "manager", "client", "owner"] as const;

/** A person of the organisation. */
export interface Person {
  id: string;
  name: string;
  login: string;
  role: string;
  created: number;
  /** She has a PIN for shared devices. */
  pin: boolean;
  /** Her PIN is locked after too many wrong ones. */
  locked: boolean;
  /** Whoever asks may change and remove her. */
  leads: boolean;
  /** What a client sees. */
  projects: string[];
}

/** Everybody, and how many were removed. */
export interface Everybody {
  people: Person[];
  former: number;
}

/** A browser that several people share. */
export interface Device {
  id: string;
  name: string;
  people: string[];
  /** When a browser opened its link, 0 while none did. */
  enrolled: number;
}

/** The device this page is shown on, and who signs in there with a PIN. */
export interface SharedDevice {
  name: string;
  people: { id: string; name: string; language: string; pin: boolean }[];
}

/** One browser that is signed in. */
export interface Session {
  id: string;
  agent: string;
  /** The shared device on which a PIN opened it, else empty. */
  device: string;
  created: number;
  seen: number;
  this: boolean;
}

/** Whether people of a role share devices and have a PIN. */
export function usesPIN(role: string): boolean {
  return role === "annotator" || role === "reviewer";
}

/** The roles that somebody of a role may give. */
export function mayGive(role: string): string[] {
  return role === "owner" ? [...ROLES] : ROLES.filter((r) => r !== "owner" && r !== "manager");
}
