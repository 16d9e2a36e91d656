import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { t } from "../../core/words";
import { Icon } from "../Icon";

const DIGITS = 6;

/** Six digits by touch or keyboard; the last one sends. */
export function PinPad({ busy, onPIN }: { busy: boolean; onPIN: (pin: string) => Promise<boolean> }) {
  const typed = useRef(""); // digits may come faster than the page is drawn
  const [count, setCount] = useState(0);
  const set = (pin: string) => setCount((typed.current = pin).length);
  const add = (digit: string) => {
    if (busy || typed.current.length === DIGITS) return;
    set(typed.current + digit);
    if (typed.current.length === DIGITS) void onPIN(typed.current).then((right) => !right && set(""));
  };
  const back = () => set(typed.current.slice(0, -1));
  useLayoutEffect(() => {
    const key = (e: KeyboardEvent) => {
      if (/^\d$/.test(e.key)) add(e.key);
      else if (e.key === "Backspace") back();
    };
    addEventListener("keydown", key);
    return () => removeEventListener("keydown", key);
  });
  return (
    <div class="pin">
      <p class="pin-dots" role="status" aria-label={t("pin.typed", { n: count, m: DIGITS })}>
        {Array.from({ length: DIGITS }, (_, i) => <span key={i} class={i < count ? "on" : ""} />)}
      </p>
      <div class="pin-keys">
        {["1", "2", "3", "4", "5", "6", "7", "8", "9"].map((d) => <button key={d} type="button" class="button" onClick={() => add(d)}>{d}</button>)}
        <span />
        <button type="button" class="button" onClick={() => add("0")}>0</button>
        <button type="button" class="button" aria-label={t("pin.back")} onClick={back}><Icon name="back" size={22} /></button>
      </div>
    </div>
  );
}
