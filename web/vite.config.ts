import preact from "@preact/preset-vite";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { shell } from "./build/shell";
import { words } from "./build/words";

/** Writes each text file of the build packed beside it, and keeps the place of the folder in git. */
function packed(dir: string): Plugin {
  return {
    name: "packed",
    closeBundle() {
      for (const name of readdirSync(dir, { recursive: true, encoding: "utf8" })) {
        if (!/\.(js|css|html|svg|json|webmanifest)$/.test(name)) continue;
        const text = readFileSync(join(dir, name));
        writeFileSync(join(dir, `${name}.gz`), gzipSync(text, { level: 9 }));
        writeFileSync(join(dir, `${name}.br`), brotliCompressSync(text));
      }
      writeFileSync(join(dir, ".keep"), "");
    },
  };
}

export default defineConfig({
  plugins: [words(), preact(), shell(), packed("dist")],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    target: "es2020",
    rollupOptions: {
      input: { index: "index.html", sw: "src/worker/sw.ts" },
      output: { entryFileNames: (chunk) => (chunk.name === "sw" ? "sw.js" : "assets/[name]-[hash].js") },
    },
  },
  test: { testTimeout: 30_000, setupFiles: ["build/spoken.ts"] },
  server: { proxy: { "/api": "http://127.0.0.1:8080" } },
});
