// Icons: 24 grid, 1.75 stroke, no fill, the colour of the text beside them.
const SHAPES: Record<string, string> = {
  add: "M12 16V5M7 10l5-5 5 5M4 15v5h16v-5",
  alike: "M4 4h7v7H4zM4 15h5v5H4zM15 4h5v5h-5zM13 13h7v7h-7z",
  back: "M15 5l-7 7 7 7",
  check: "M5 12l5 5 9-10",
  child: "M12 3a9 9 0 100 18 9 9 0 000-18M8.5 14.5q3.5 3 7 0M9 10v.1M15 10v.1",
  close: "M6 6l12 12M18 6L6 18",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  device: "M7 3h10v18H7zM10 11l1.500 1.500 3-3.500M11 18h2",
  down: "M6 9l6 6 6-6",
  download: "M12 4v11M7 10l5 5 5-5M4 19h16",
  edit: "M4 20l1-4L16 5l3 3L8 19z",
  filter: "M4 7h16M7 12h10M10 17h4",
  flag: "M6 21V4M6 4.500q3.500-1.500 6 0t6 0v8q-3.500 1.500-6 0t-6 0",
  folder: "M3 6h7l2 2h9v11H3z",
  grid: "M4 4h4v4H4zM10 4h4v4h-4zM16 4h4v4h-4zM4 10h4v4H4zM10 10h4v4h-4zM16 10h4v4h-4zM4 16h4v4H4zM10 16h4v4h-4zM16 16h4v4h-4z",
  help: "M12 3a9 9 0 100 18 9 9 0 000-18M9.500 9.500a2.500 2.500 0 115 0c0 1.700-2.500 2-2.500 4M12 16.800v.1",
  hide: "M4 4l16 16M10 6.200A9.500 9.500 0 0112 6c5 0 8 4 9 6-.4.900-1.300 2.200-2.600 3.400M6.500 7.700C4.600 9 3.500 10.800 3 12c1 2 4 6 9 6 1.500 0 2.900-.400 4-1",
  left: "M15 5l-7 7 7 7",
  listen: "M4 10v4h3l5 4V6L7 10zM15.500 9.500a3.500 3.500 0 010 5M18 7a7 7 0 010 10",
  menu: "M5 7h14M5 12h14M5 17h14",
  mixed: "M4 9h15l-4-4M20 15H5l4 4",
  person: "M12 4a4 4 0 100 8 4 4 0 000-8M4.500 20c.500-4 3.500-6 7.500-6s7 2 7.500 6",
  plus: "M12 5v14M5 12h14",
  question: "M9 9a3 3 0 116 0c0 2-3 2.400-3 5M12 17.800v.1",
  right: "M9 5l7 7-7 7",
  skip: "M5 6l6 6-6 6M13 6l6 6-6 6",
  undo: "M9 6L5 10l4 4M5 10h9a5 5 0 010 10h-3",
  up: "M6 15l6-6 6 6",
  warning: "M12 4L2.500 20h19zM12 10v5M12 17.500v.500",
};

/** A drawn sign; the word beside it carries the meaning, so it is hidden from readers of the page. */
export function Icon({ name, size = 20 }: { name: string; size?: number }) {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path d={SHAPES[name]} />
    </svg>
  );
}

/** The mark: a ring of eight people round a hearth. */
export function Mark({ size = 24 }: { size?: number }) {
  const people = Array.from({ length: 8 }, (_, i) => (Math.PI / 4) * i);
  return (
    <svg class="mark" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      {people.map((a) => <circle key={a} cx={12 + 9 * Math.cos(a)} cy={12 + 9 * Math.sin(a)} r="2" />)}
      <circle class="hearth" cx="12" cy="12" r="3" />
    </svg>
  );
}
