// Programs that are let in and addresses that are told, as the pages read them from the server.

/** A program by its token; what it shows is told once, when it is made. */
export interface Token {
  token: string;
  name: string;
  acts: string[];
  by: string;
  created: number;
  expires: number;
  used: number;
}

/** One attempt to tell an address. */
export interface Delivery {
  at: number;
  events: number;
  status: number;
  note?: "unsent" | "inside" | "slow" | "no-name" | "unreachable";
  tookMs: number;
  test: boolean;
}

/** An address that is told of events. */
export interface Hook {
  hook: string;
  project: string;
  url: string;
  kinds: string[];
  on: boolean;
  since: number;
  next: number;
  created: number;
  deliveries: Delivery[];
}

/** Whether an address took what it was told. */
export function took(d: Delivery): boolean {
  return d.status >= 200 && d.status < 300;
}

/** A key of the words for a kind of event: they have no dots. */
export function kindWord(kind: string): string {
  return kind.replace(".", "-");
}
