import "../style/dots.css";

/** Ten dots, so many of them full. */
export function Dots({ ten, few }: { ten: number; few: boolean }) {
  return (
    <span class={few ? "dots dots-few" : "dots"} aria-hidden="true">
      {Array.from({ length: 10 }, (_, i) => <i key={i} class={i < ten ? "full" : ""} />)}
    </span>
  );
}
