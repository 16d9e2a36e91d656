import { expect, it } from "vitest";
import { actOf, reviewActOf } from "./keys";

const press = (code: string, key = "", more = {}) => ({ code, key, ctrlKey: false, metaKey: false, altKey: false, repeat: false, ...more });
const keys = ["1", "2", "q"];

it.each([
  ["a class digit", press("Digit2", "2"), { do: "class", key: "2" }],
  ["the same digit on the number pad", press("Numpad2", "2"), { do: "class", key: "2" }],
  ["a digit typed on a Hindi keyboard", press("Digit1", "१"), { do: "class", key: "1" }],
  ["a letter of a class", press("KeyQ", "q"), { do: "class", key: "q" }],
  ["a digit no class has", press("Digit7", "7"), null],
  ["zero", press("Digit0", "0"), { do: "not-sure" }],
  ["Enter", press("Enter", "Enter"), { do: "accept" }],
  ["A, for what is offered", press("KeyA", "a"), { do: "accept" }],
  ["Backspace", press("Backspace", "Backspace"), { do: "undo" }],
  ["a question mark", press("Slash", "?"), { do: "guide" }],
  ["E, for the examples", press("KeyE", "e"), { do: "guide" }],
  ["a browser's own combination", press("Digit1", "1", { ctrlKey: true }), null],
  ["a key held down", press("Digit1", "1", { repeat: true }), null],
  ["an arrow held down", press("ArrowLeft", "ArrowLeft", { repeat: true }), { do: "pan", x: 1, y: 0 }],
])("%s", (_, e, want) => {
  expect(actOf(e, false, keys)).toEqual(want);
});

it("while somebody types, keys are letters", () => {
  expect(actOf(press("Digit1", "1"), true, keys)).toBeNull();
});

it.each([
  ["N is a note", press("KeyN", "n"), { do: "note" }],
  ["G a known answer", press("KeyG", "g"), { do: "gold" }],
  ["a class that has the letter goes first", press("KeyQ", "q"), { do: "class", key: "q" }],
  ["nothing is offered", press("Enter", "Enter"), null],
  ["not sure is no decision", press("Digit0", "0"), null],
  ["nothing is objected to or hidden", press("KeyO", "o"), null],
  ["Z looks again", press("KeyZ", "z"), { do: "undo" }],
  ["a browser's own combination", press("KeyN", "n", { ctrlKey: true }), null],
])("for a reviewer: %s", (_, e, want) => {
  expect(reviewActOf(e, false, keys)).toEqual(want);
});

it("while a reviewer types her note, keys are letters", () => {
  expect(reviewActOf(press("KeyG", "g"), true, keys)).toBeNull();
});
