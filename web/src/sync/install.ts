import { Problem, get } from "./api";

/** What a device needs to trust a server with an authority of its own. */
export interface Install {
  fingerprint: string;
  /** Where the server is once the device trusts it. */
  secure: string;
  /** Where other devices open the page that helps, with the QR code of the address: an SVG path on a grid. */
  pages: { address: string; code: string; side: number }[];
}

/** How this device comes to trust the server; "none" where nothing needs to be set up. */
export function install(): Promise<Install | "none"> {
  return get<Install>("/api/install").catch((e: unknown) => {
    if (e instanceof Problem && e.status === 404) return "none" as const;
    throw e;
  });
}

/** Whether this device trusts the server by now: a browser reads nothing from one that it does not trust. */
export async function isTrusted(secure: string): Promise<boolean> {
  if (location.protocol === "https:") return true;
  return fetch(`${secure}/api/install`, { mode: "no-cors", cache: "no-store", credentials: "omit" }).then(() => true, () => false);
}
