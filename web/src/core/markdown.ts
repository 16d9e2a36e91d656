// A small part of Markdown as plain data: headings, lists, bold, italic, links
// and pictures of the project. What is none of these is text, HTML too. Reading
// costs a time that grows as the text does.

/** A piece of a line. */
export type Inline =
  | { kind: "text"; text: string }
  | { kind: "break" }
  | { kind: "bold" | "italic"; inner: Inline[] }
  | { kind: "link"; href: string; inner: Inline[] }
  | { kind: "picture"; from: "item" | "picture"; id: string; alt: string };

/** A part of the text. */
export type Block = { kind: "heading"; level: 1 | 2 | 3; inner: Inline[] } | { kind: "list"; ordered: boolean; items: Inline[][] } | { kind: "paragraph"; inner: Inline[] };

const DEEPEST = 3; // bold in italic in a link
const LABEL = 300;
const ADDRESS = 2000;
const HEADING = /^(#{1,3})[ \t]+(\S.*)$/;
const DOT = /^[ \t]{0,3}[-*+][ \t]+(\S.*)$/;
const NUMBER = /^[ \t]{0,3}\d{1,3}[.)][ \t]+(\S.*)$/;
const ID = /^(item|picture):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Reads a text. */
export function blocks(text: string): Block[] {
  const out: Block[] = [];
  let lines: string[] = []; // of the paragraph or list item that is being read
  let items: string[][] | null = null;
  let ordered = false;
  const close = () => {
    if (items) out.push({ kind: "list", ordered, items: items.map((i) => inline(i.join("\n"))) });
    else if (lines.length > 0) out.push({ kind: "paragraph", inner: inline(lines.join("\n")) });
    [lines, items] = [[], null];
  };
  const item = (first: string, numbered: boolean) => {
    if (!items || ordered !== numbered) {
      close();
      [items, ordered] = [[], numbered];
    }
    items.push((lines = [first]));
  };
  for (const line of text.replace(/\r\n?/g, "\n").split("\n")) {
    const heading = HEADING.exec(line);
    const [dot, numbered] = [DOT.exec(line), NUMBER.exec(line)];
    if (heading) {
      close();
      out.push({ kind: "heading", level: heading[1]!.length as 1 | 2 | 3, inner: inline(heading[2]!) });
    } else if (dot) item(dot[1]!, false);
    else if (numbered) item(numbered[1]!, true);
    else if (line.trim() === "") close();
    else lines.push(line.trim());
  }
  close();
  return out;
}

/** Reads one line or several. */
export function inline(text: string, depth = 0): Inline[] {
  const out: Inline[] = [];
  let plain = "";
  const put = (one: Inline) => {
    if (plain) out.push({ kind: "text", text: plain });
    plain = "";
    out.push(one);
  };
  for (let at = 0; at < text.length; ) {
    const found = text[at] === "\n" ? { one: { kind: "break" } as Inline, end: at + 1 } : depth < DEEPEST ? mark(text, at, depth) : null;
    if (found) {
      put(found.one);
      at = found.end;
    } else if (text[at] === "\\" && /[\\*#[\]()!+-]/.test(text[at + 1] ?? "")) {
      plain += text[at + 1];
      at += 2;
    } else plain += text[at++];
  }
  if (plain) out.push({ kind: "text", text: plain });
  return out;
}

interface Found {
  one: Inline;
  end: number;
}

/** The mark that begins at a place, null when none does. */
function mark(text: string, at: number, depth: number): Found | null {
  switch (text[at]) {
    case "*": return emphasis(text, at, depth);
    case "[": return link(text, at, depth);
    case "!": return text[at + 1] === "[" ? picture(text, at) : null;
  }
  return null;
}

function emphasis(text: string, at: number, depth: number): Found | null {
  const sign = text[at + 1] === "*" ? "**" : "*";
  const from = at + sign.length;
  const end = text.slice(from, from + ADDRESS).indexOf(sign) + from;
  if (end <= from || /\s/.test(text[from]!) || /\s/.test(text[end - 1]!)) return null;
  return { one: { kind: sign === "*" ? "italic" : "bold", inner: inline(text.slice(from, end), depth + 1) }, end: end + sign.length };
}

function link(text: string, at: number, depth: number): Found | null {
  const parts = labelled(text, at);
  const href = parts && address(parts.target);
  return href ? { one: { kind: "link", href, inner: inline(parts.label, DEEPEST - 1 > depth ? DEEPEST - 1 : DEEPEST) }, end: parts.end } : null;
}

function picture(text: string, at: number): Found | null {
  const parts = labelled(text, at + 1);
  const id = parts && ID.exec(parts.target);
  return id ? { one: { kind: "picture", from: id[1] as "item" | "picture", id: id[2]!, alt: parts.label }, end: parts.end } : null;
}

/** [label](target) at a place. */
function labelled(text: string, at: number): { label: string; target: string; end: number } | null {
  const close = text.slice(at, at + LABEL).indexOf("](") + at;
  if (close <= at) return null;
  const end = text.slice(close + 2, close + ADDRESS).indexOf(")") + close + 2;
  if (end < close + 3) return null;
  return { label: text.slice(at + 1, close), target: text.slice(close + 2, end).trim(), end: end + 1 };
}

/** An address that a link may have, "" for any other: http and https, nobody's name in it. */
function address(text: string): string {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return "";
  const url = new URL(text);
  return /^https?:$/.test(url.protocol) && !url.username && !url.password ? url.href : "";
}

/** Every picture that a text shows. */
export function pictures(text: string): { from: "item" | "picture"; id: string }[] {
  const of = (list: Inline[]): { from: "item" | "picture"; id: string }[] =>
    list.flatMap((i) => (i.kind === "picture" ? [{ from: i.from, id: i.id }] : "inner" in i ? of(i.inner) : []));
  return blocks(text).flatMap((b) => (b.kind === "list" ? b.items.flatMap(of) : of(b.inner)));
}
