// The server's description of itself (OpenAPI), as the guide shows it.

interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  description?: string;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  enum?: unknown[];
}

interface Content {
  content?: Record<string, { schema?: Schema }>;
}

interface Operation {
  summary?: string;
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema?: Schema }[];
  requestBody?: Content;
  responses?: Record<string, Content>;
  "x-act": string;
  "x-allow": string[] | null;
}

/** The document as far as the guide reads it. */
export interface Description {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

/** One field of what is sent or answered. */
export interface Part {
  name: string;
  kind: string;
  words: string;
  needed: boolean;
}

/** What is sent or answered: the fields of an object, or a file of some kind. */
export interface Shape {
  file: string;
  parts: Part[];
}

/** One request that can be made. */
export interface Entry {
  verb: string;
  path: string;
  words: string;
  act: string;
  roles: string[];
  params: Part[];
  sends: Shape | null;
  gets: Shape | null;
}

const ORDER = ["get", "post", "put", "patch", "delete"];

/** All requests in groups by the noun of their path, in the order of their paths. */
export function entries(d: Description): { noun: string; list: Entry[] }[] {
  const groups = new Map<string, Entry[]>();
  for (const path of Object.keys(d.paths).sort()) {
    const verbs = Object.entries(d.paths[path]!).sort((a, b) => ORDER.indexOf(a[0]) - ORDER.indexOf(b[0]));
    for (const [verb, op] of verbs) {
      const noun = nounOf(path);
      groups.set(noun, [...(groups.get(noun) ?? []), entry(d, verb, path, op)]);
    }
  }
  return [...groups].map(([noun, list]) => ({ noun, list }));
}

/** The part of a path that says what it is about: /api/projects/{project}/items is about items. */
export function nounOf(path: string): string {
  const parts = path.split("/").filter((p) => p !== "" && p !== "api");
  return parts[0] === "projects" && parts.length > 2 ? parts[2]! : (parts[0] ?? "");
}

function entry(d: Description, verb: string, path: string, op: Operation): Entry {
  const params = (op.parameters ?? []).filter((p) => p.in === "path" || p.in === "query")
    .map((p) => ({ name: p.name, kind: kind(p.schema), words: p.description ?? "", needed: p.required ?? false }));
  return {
    verb: verb.toUpperCase(), path, words: op.summary ?? "", act: op["x-act"], roles: op["x-allow"] ?? [], params,
    sends: shape(d, op.requestBody), gets: shape(d, op.responses?.["200"]),
  };
}

function shape(d: Description, of: Content | undefined): Shape | null {
  const first = Object.entries(of?.content ?? {})[0];
  if (!first) return null;
  const [media, { schema }] = first;
  if (media !== "application/json") return { file: media, parts: [] };
  const whole = resolve(d, schema);
  const parts = Object.entries(whole?.properties ?? {})
    .map(([name, s]) => ({ name, kind: kind(s), words: s.description ?? "", needed: whole?.required?.includes(name) ?? false }));
  return { file: "", parts };
}

function resolve(d: Description, s: Schema | undefined): Schema | undefined {
  return s?.$ref ? d.components.schemas[s.$ref.split("/").pop()!] : s;
}

/** What a value is, in a word: a type, the name of an object, one of some texts, or a list of those. */
export function kind(s: Schema | undefined): string {
  if (!s) return "";
  if (s.$ref) return s.$ref.split("/").pop()!;
  if (s.items) return `${kind(s.items)}[]`;
  if (s.enum) return s.enum.map(String).join(" | ");
  return (Array.isArray(s.type) ? s.type.filter((t) => t !== "null")[0] : s.type) ?? "any";
}
