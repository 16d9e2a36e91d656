import { expect, it } from "vitest";
import { match } from "./route";

it.each([
  ["/", "/", {}],
  ["/projects/:p/work", "/projects/7/work", { p: "7" }],
  ["/projects/:p/work", "/projects/7/work/", { p: "7" }],
  ["/projects/:p", "/projects/a%20b", { p: "a b" }],
  ["/projects/:p", "/projects/%", { p: "%" }],
  ["/projects/:p", "/projects/", null],
  ["/projects/:p", "/projects/7/work", null],
  ["/help", "/people", null],
])("pattern %s on path %s gives %o", (pattern, path, want) => {
  expect(match(pattern, path)).toEqual(want);
});
