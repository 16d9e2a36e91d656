// What helps after a fault, by what the server answered.

/** To ask again, to go to the projects, or to sign in. */
export type WayOut = "again" | "home" | "sign-in";

/** The way out of a fault. Status 0 is a line that is down. What is not there or not hers is not asked for again. */
export function wayOut(status: number): WayOut {
  if (status === 401) return "sign-in";
  return [400, 403, 404, 405, 410, 422].includes(status) ? "home" : "again";
}
