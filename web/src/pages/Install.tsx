import { useEffect, useState } from "preact/hooks";
import { t } from "../core/words";
import { Gate } from "../parts/Gate";
import { Icon } from "../parts/Icon";
import { Loaded, useLoad } from "../parts/Loaded";
import { type Install as Needed, install, isTrusted } from "../sync/install";
import "../style/install.css";

const LOOK_AGAIN = 3000;

const STEPS = {
  android: ["install.android1", "install.android2"],
  windows: ["install.windows1", "install.windows2", "install.windows3"],
  iphone: ["install.iphone1", "install.iphone2"],
} as const;
type System = keyof typeof STEPS;

/** Helps a device to trust a server that vouches for itself: one file, a few steps, and a word when it is done. */
export default function Install() {
  const load = useLoad(install, []);
  return (
    <Gate title={t("install.title")} lead={t("install.lead")}>
      <Loaded load={load}>{(needed) => (needed === "none" ? <Nothing /> : <Steps needed={needed} />)}</Loaded>
    </Gate>
  );
}

function Nothing() {
  return (
    <>
      <p class="install-none">{t("install.none")}</p>
      <a class="button main wide" href="/">{t("install.open")}</a>
    </>
  );
}

function Steps({ needed }: { needed: Needed }) {
  const [system, setSystem] = useState<System>(guess(navigator.userAgent));
  const ready = useTrust(needed.secure);
  return (
    <>
      <div role="status">{ready && <Ready to={needed.secure} />}</div>
      {!ready && (
        <>
          <div class="install-systems" role="group" aria-label={t("install.system")}>
            {(Object.keys(STEPS) as System[]).map((s) => <button key={s} type="button" aria-pressed={s === system} onClick={() => setSystem(s)}>{t(`install.${s}`)}</button>)}
          </div>
          <ol class="install-steps">
            <li><a class="button main" href="/api/install/akhra.crt">{t("install.fetch")}</a></li>
            {STEPS[system].map((step) => <li key={step}>{t(step)}</li>)}
          </ol>
          <p class="label">{t("install.waits")}</p>
          <p class="label">{t("install.compare")} <b class="install-signs">{needed.fingerprint}</b></p>
        </>
      )}
      <Others pages={needed.pages} />
    </>
  );
}

function Ready({ to }: { to: string }) {
  return (
    <>
      <p class="install-ready"><Icon name="check" size={20} />{t("install.ready")}</p>
      <a class="button main wide" href={`${to}/`}>{t("install.open")}</a>
    </>
  );
}

/** Where the next device opens this page. */
function Others({ pages }: { pages: Needed["pages"] }) {
  if (pages.length === 0) return null;
  return (
    <section class="install-others" aria-labelledby="others-h">
      <h2 id="others-h">{t("install.others")}</h2>
      <p class="label">{t("install.othersHow")}</p>
      {pages.map((p) => (
        <figure key={p.address}>
          <svg viewBox={`-4 -4 ${p.side + 8} ${p.side + 8}`} role="img" aria-label={t("install.code", { address: p.address })}><path d={p.code} /></svg>
          <figcaption>{p.address}</figcaption>
        </figure>
      ))}
    </section>
  );
}

/** Looks again and again until the device trusts the server. */
function useTrust(secure: string): boolean {
  const [trusts, setTrusts] = useState(false);
  useEffect(() => {
    if (trusts) return;
    const look = () => void (!document.hidden && isTrusted(secure).then((yes) => yes && setTrusts(true)));
    look();
    const timer = setInterval(look, LOOK_AGAIN);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [secure, trusts]);
  return trusts;
}

function guess(agent: string): System {
  if (/Android/.test(agent)) return "android";
  return /iPhone|iPad|Macintosh/.test(agent) ? "iphone" : "windows";
}
