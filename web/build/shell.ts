import { createHash } from "node:crypto";
import type { OutputBundle, OutputChunk } from "rollup";
import type { Plugin } from "vite";

/** The pages that are there without a line; all others are fetched when they are opened. */
export const OFFLINE = ["Work", "Home", "Pack", "SignIn", "Nowhere", "outbox"];

/** Tells the worker which files to keep on the device: the offline pages, what they import, and their styles. */
export function shell(): Plugin {
  return {
    name: "shell",
    enforce: "post",
    generateBundle(_, bundle) {
      const worker = bundle["sw.js"] as OutputChunk;
      const files = ["/", "/mark.svg", ...[...kept(bundle)].sort().map((f) => `/${f}`)];
      const entry = chunks(bundle).find((c) => c.isEntry && c !== worker)!.fileName;
      const version = createHash("sha256").update(files.join("\n")).update(worker.code).update(String(source(bundle, "index.html"))).digest("hex").slice(0, 12);
      worker.code = worker.code.replaceAll("__SHELL__", "shellOfThisBuild");
      worker.code = `const shellOfThisBuild=${JSON.stringify({ version, files, entry })};${worker.code}`;
    },
  };
}

const chunks = (bundle: OutputBundle) => Object.values(bundle).filter((c): c is OutputChunk => c.type === "chunk");

function source(bundle: OutputBundle, name: string) {
  const asset = bundle[name];
  return asset?.type === "asset" ? asset.source : "";
}

function kept(bundle: OutputBundle): Set<string> {
  const files = new Set<string>();
  const take = (c: OutputChunk | undefined) => {
    if (!c || files.has(c.fileName)) return;
    files.add(c.fileName);
    for (const css of c.viteMetadata?.importedCss ?? []) files.add(css);
    for (const name of c.imports) take(bundle[name] as OutputChunk | undefined);
  };
  for (const c of chunks(bundle)) if ((c.isEntry && c.fileName !== "sw.js") || (c.isDynamicEntry && OFFLINE.includes(c.name))) take(c);
  return files;
}
