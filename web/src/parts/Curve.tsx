import type { CurvePoint } from "../core/project";
import { type Dot, type Frame, atX, atY, band, dots, floorOf, heights, labelSpot, line, majorityLine, reach, steps } from "../core/curve";
import { number, t } from "../core/words";

/** What the learning curve is drawn from. */
export interface CurveProps {
  points: readonly CurvePoint[];
  /** Answers per picture that asking several people everything would take. */
  majority: number;
  /** Promised share right, 0 when none is chosen. */
  target: number;
  /** Width of the drawing in CSS pixels. */
  width: number;
}

/** The learning curve: the child's line with its band, the promise, and what asking three people would take. */
export function Curve({ points, majority, target, width }: CurveProps) {
  const all = dots(points);
  const narrow = width < 480;
  const height = narrow ? 190 : 290;
  const frame: Frame = {
    left: narrow ? 34 : 40, top: 34, width: width - (narrow ? 46 : 170), height: height - 88,
    maxX: reach(all, majority), minY: floorOf(all),
  };
  return (
    <figure class="curve">
      {all.length === 0 && <figcaption class="label">{t("project.curve.none")}</figcaption>}
      <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={spoken(all, target)}>
        <Grid frame={frame} />
        <Majority frame={frame} all={all} majority={majority} narrow={narrow} />
        {target > 0 && <Promised frame={frame} target={target} narrow={narrow} />}
        {all.length > 0 && <Child frame={frame} all={all} />}
        <text class="axis" x={frame.left - 8} y={12}>{t("project.curve.right")}</text>
        <text class="axis" x={frame.left + frame.width / 2} y={height - 6} text-anchor="middle">{t("project.curve.answers")}</text>
      </svg>
    </figure>
  );
}

function Grid({ frame }: { frame: Frame }) {
  const right = frame.left + frame.width;
  return (
    <g>
      {heights(frame.minY).map((y) => (
        <g key={y}>
          <path class="curve-grid" d={`M${frame.left} ${atY(frame, y)}H${right}`} />
          <text class="axis" x={frame.left - 8} y={atY(frame, y) + 4} text-anchor="end">{y}</text>
        </g>
      ))}
      {steps(frame.maxX).map((x) => (
        <text key={x} class="axis" x={atX(frame, x)} y={frame.top + frame.height + 20} text-anchor="middle">{x}</text>
      ))}
    </g>
  );
}

function Majority({ frame, all, majority, narrow }: { frame: Frame; all: Dot[]; majority: number; narrow: boolean }) {
  const { path, end } = majorityLine(frame, all, majority);
  const x = atX(frame, majority * (narrow ? 0.72 : 0.7));
  return (
    <g>
      <path class="curve-majority" d={path} />
      {!narrow && <text class="curve-note" x={atX(frame, majority) + 8} y={atY(frame, end) + 22}>{t("project.curve.majorityShort", { n: majority })}</text>}
      <text class="curve-note" x={x} y={frame.top + frame.height * (narrow ? 0.62 : 0.6)} text-anchor="middle">
        {t(narrow ? "project.curve.majorityShort" : "project.curve.majority", { n: majority })}
      </text>
    </g>
  );
}

function Promised({ frame, target, narrow }: { frame: Frame; target: number; narrow: boolean }) {
  const y = atY(frame, target * 100);
  const right = frame.left + frame.width;
  return (
    <g>
      <path class="curve-promise" d={`M${frame.left} ${y}H${right}`} />
      <text class="curve-promised" x={narrow ? right - 8 : right + 8} y={narrow ? y - 5 : y + 4} text-anchor={narrow ? "end" : "start"}>
        {t("project.curve.promise", { n: Math.round(target * 100) })}
      </text>
    </g>
  );
}

function Child({ frame, all }: { frame: Frame; all: Dot[] }) {
  const last = all[all.length - 1]!;
  const spot = labelSpot(frame, all);
  return (
    <g>
      <path class="curve-band" d={band(frame, all)} />
      <path class="curve-line" d={line(frame, all)} />
      <circle class="curve-now" cx={atX(frame, last.x)} cy={atY(frame, last.y)} r={5.5} />
      <text class="curve-child" x={spot.x} y={spot.y} text-anchor={spot.anchor}>{t("project.curve.child")}</text>
    </g>
  );
}

function spoken(all: readonly Dot[], target: number): string {
  const last = all[all.length - 1];
  if (!last) return t("project.curve.none");
  const words = { x: number(last.x, 2), y: Math.round(last.y), low: Math.round(last.low), high: Math.round(last.high) };
  const now = t("project.curve.spoken", words);
  return target > 0 ? `${now} ${t("project.curve.spokenPromise", { n: Math.round(target * 100) })}` : now;
}
