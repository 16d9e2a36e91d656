import type { Delivery, Hook, Token } from "../core/programs";
import { del, get, patch, post } from "./api";

/** The programs that are let in, and what one can be given. */
export function tokens(): Promise<{ tokens: Token[]; acts: string[] }> {
  return get("/api/tokens");
}

/** Lets a program in; its secret is told this once. */
export function addToken(name: string, acts: string[], days: number): Promise<Token & { secret: string }> {
  return post("/api/tokens", { name, acts, days });
}

/** Shuts a program out. */
export function removeToken(token: string): Promise<void> {
  return del(`/api/tokens/${encodeURIComponent(token)}`);
}

/** The addresses that are told, and of what they can be. */
export function hooks(): Promise<{ hooks: Hook[]; kinds: string[] }> {
  return get("/api/hooks");
}

/** Tells an address from now on; the key that signs is told this once. */
export function addHook(url: string, kinds: string[], project: string): Promise<Hook & { secret: string }> {
  return post("/api/hooks", { url, kinds, ...(project ? { project } : {}) });
}

/** Switches an address on or off. */
export function switchHook(hook: string, on: boolean): Promise<void> {
  return patch(`/api/hooks/${encodeURIComponent(hook)}`, { on });
}

/** Takes an address away. */
export function removeHook(hook: string): Promise<void> {
  return del(`/api/hooks/${encodeURIComponent(hook)}`);
}

/** Tells an address that this is a test. */
export function testHook(hook: string): Promise<Delivery> {
  return post(`/api/hooks/${encodeURIComponent(hook)}/test`, {});
}
