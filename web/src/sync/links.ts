import { get, post } from "./api";
import { navigate } from "../core/route";
import { type Me, entered, shareDevice } from "./me";

/** What a one-time link is for. */
export interface LinkView {
  name: string;
  login?: string;
  role: string;
  kind: "owner" | "invite" | "demo" | "device";
}

/** Asks what a link is for, without using it. */
export function link(token: string): Promise<LinkView> {
  return get(`/api/links/${encodeURIComponent(token)}`);
}

/** Uses a link: whoever opens it first is in. */
export async function takeLink(token: string, body: { name?: string; login?: string; password?: string }): Promise<void> {
  entered(await post<Me>(`/api/links/${encodeURIComponent(token)}`, body));
}

/** Makes this browser a device that several people share; nobody is signed in by it. */
export async function enrolDevice(token: string): Promise<void> {
  await post(`/api/links/${encodeURIComponent(token)}`, {});
  shareDevice();
  navigate("/");
}
