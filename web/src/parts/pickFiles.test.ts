import { describe, expect, it } from "vitest";
import { folderNames, sortFiles } from "./pickFiles";

const picked = (path: string, type = "") => ({ file: { name: path.split("/").pop()!, type } as File, path });

describe("chosen files", () => {
  it("go three ways: pictures, zips, the rest; junk of systems goes unsaid", () => {
    const sorted = sortFiles([picked("a/x.jpg"), picked("all.zip"), picked("notes.txt", "text/plain"), picked("a/.DS_Store"), picked("__MACOSX/x.jpg")]);
    expect([sorted.pictures, sorted.zips, sorted.others].map((l) => l.map((f) => f.path))).toEqual([["a/x.jpg"], ["all.zip"], ["notes.txt"]]);
  });
  it("offer their folders as classes when there are several", () => {
    expect(folderNames([picked("set/pest/1.jpg"), picked("set/leaf/2.jpg"), picked("set/pest/3.jpg")])).toEqual(["leaf", "pest"]);
    expect(folderNames([picked("set/1.jpg"), picked("set/2.jpg")])).toEqual([]);
    expect(folderNames([picked("1.jpg")])).toEqual([]);
  });
});
