import { useEffect, useState } from "preact/hooks";
import { may, me } from "../sync/me";
import { clock, date, number, size, t } from "../core/words";
import { Icon } from "../parts/Icon";
import { Loaded, useLoad } from "../parts/Loaded";
import { Page } from "../parts/Page";
import { SaveAnswers } from "../parts/SaveAnswers";
import { myOutbox } from "../sync/mine";
import type { Outbox } from "../sync/outbox";
import { Pack, type PackProblem } from "../sync/pack";
import { keeps } from "../sync/shell";
import { free, lookAtSpace } from "../sync/space";
import { sideHere } from "../sync/speed";
import "../style/shared.css";
import "../style/pack.css";

const SIZES = [50, 100, 200, 500];
const PER_PICTURE = 35_000; // bytes of one of 720 pixels, until it is measured

/** Pictures to take along: what is on the device, what is left, what waits to be sent, and until when. */
export default function PackPage({ project }: { project: string }) {
  const load = useLoad(() => open(project), [project]);
  useEffect(() => () => load.value?.pack.close(), [load.value]);
  return (
    <Page title={t("pack.title")} project={project} tab="work">
      <div class="pack">
        <h1>{t("pack.title")}</h1>
        <p class="pack-lead">{t("pack.lead")}</p>
        {keeps ? <Loaded load={load}>{({ pack, outbox }) => <Place pack={pack} outbox={outbox} />}</Loaded> : <Off />}
      </div>
    </Page>
  );
}

async function open(project: string) {
  const outbox = await myOutbox();
  const pack = await Pack.open(outbox.person, project);
  await lookAtSpace();
  if (pack.row.value) void pack.resume();
  return { pack, outbox };
}

function Off() {
  return (
    <div class="pack-off">
      <p><b>{t("pack.off")}</b></p>
      <p>{t(me.value?.insecure ? "pack.offNext" : "pack.offBrowser")}</p>
    </div>
  );
}

function Place({ pack, outbox }: { pack: Pack; outbox: Outbox }) {
  const has = pack.row.value !== null;
  return (
    <>
      {has ? <Here pack={pack} outbox={outbox} /> : <Take pack={pack} outbox={outbox} />}
      <p class="bad pack-problem" role="alert">{problemOf(pack.problem.value, pack.refusal.value)}</p>
      {outbox.waiting.value > 0 && <SaveAnswers outbox={outbox} />}
    </>
  );
}

function problemOf(p: PackProblem, refusal: string): string {
  return p === "" ? "" : p === "refused" ? refusal : t(`pack.problem.${p}`);
}

/** How many pictures to take, and what that costs of line and room. */
function Take({ pack, outbox }: { pack: Pack; outbox: Outbox }) {
  const [n, setN] = useState(100);
  const bytes = n * PER_PICTURE;
  const room = free.value;
  const fits = room === null || bytes * 1.5 < room;
  return (
    <section class="part" aria-labelledby="take-h">
      <h2 id="take-h">{t("pack.howMany")}</h2>
      <Sizes n={n} onChoose={setN} />
      <p class="label">{t("pack.cost", { size: size(bytes) })} {room !== null && t("pack.room", { size: size(room) })}</p>
      {!fits && <p class="bad">{t("pack.noRoom")}</p>}
      <button type="button" class="button main pack-go" disabled={pack.busy.value || !fits} onClick={() => void pack.take(n, sideHere(0.75), outbox)}>
        <Icon name="download" />{t(pack.busy.value ? "pack.coming" : "pack.take")}
      </button>
    </section>
  );
}

function Sizes({ n, onChoose }: { n: number; onChoose: (n: number) => void }) {
  return (
    <div class="pack-sizes" role="radiogroup" aria-labelledby="take-h">
      {SIZES.map((some) => (
        <label key={some}><input type="radio" name="size" checked={n === some} onChange={() => onChoose(some)} /><b>{number(some)}</b></label>
      ))}
    </div>
  );
}

/** A pack that is on the device. */
function Here({ pack, outbox }: { pack: Pack; outbox: Outbox }) {
  const [sure, setSure] = useState(false);
  const row = pack.row.value!;
  const all = pack.whole.value;
  const late = row.until < Date.now();
  return (
    <section class="part" aria-label={t("pack.here")}>
      <dl class="pack-facts">
        <div><dt>{t("pack.here")}</dt><dd>{t("pack.pictures", { n: pack.total.value })}</dd></div>
        <div><dt>{t("pack.left")}</dt><dd>{number(pack.left.value)}</dd></div>
        <div><dt>{t("pack.waits")}</dt><dd>{number(outbox.waiting.value)}</dd></div>
        <div><dt>{t("pack.until")}</dt><dd>{`${date(row.until)}, ${clock(row.until)}`}</dd></div>
      </dl>
      <progress class="bar" value={pack.total.value - pack.left.value} max={Math.max(1, pack.total.value)} aria-label={t("work.far")} />
      <p class="label pack-state" role="status">{all ? t(late ? "pack.late" : "pack.ready") : t("pack.fetching", { n: pack.here.value, m: pack.wanted.value })}{pack.bytes.value > 0 && ` ${t("pack.size", { size: size(pack.bytes.value) })}`}</p>
      <p class="pack-acts">
        {may("annotate") && <a class="button main" href={`/projects/${pack.project}/work`}>{t("home.work")}</a>}
        {!all && !pack.busy.value && <button type="button" class="button" onClick={() => void pack.resume()}>{t("pack.goOn")}</button>}
        <button type="button" class="button" disabled={pack.busy.value} onClick={() => void pack.take(Math.max(50, pack.total.value), row.side, outbox)}>{t("pack.fill")}</button>
        <button type="button" class="button" disabled={pack.busy.value} onClick={() => setSure(true)}>{t("pack.return")}</button>
      </p>
      {sure && (
        <div class="pack-sure" role="alert">
          <p>{t("pack.sure", { n: pack.left.value })}</p>
          <p class="pack-acts">
            <button type="button" class="button" onClick={() => void pack.giveBack(outbox).then(() => setSure(false))}>{t("pack.returnYes")}</button>
            <button type="button" class="button" onClick={() => setSure(false)}>{t("pack.keep")}</button>
          </p>
        </div>
      )}
    </section>
  );
}
