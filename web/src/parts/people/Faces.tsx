import { useState } from "preact/hooks";
import type { SharedDevice } from "../../core/people";
import { initials } from "../../core/naming";
import { t } from "../../core/words";
import { signInPIN } from "../../sync/me";
import { Gate } from "../Gate";
import { useAct } from "../useAct";
import { PinPad } from "./PinPad";
import "../../style/pin.css";

type Face = SharedDevice["people"][number];

/** Signing in on a shared device: one taps oneself, then six digits. */
export function Faces({ device, onPassword }: { device: SharedDevice; onPassword: () => void }) {
  const [who, setWho] = useState<Face | null>(null);
  if (who) return <Pin who={who} onBack={() => setWho(null)} onPassword={onPassword} />;
  return (
    <Gate title={t("pin.who")} lead={device.name}>
      <ul class="faces">
        {device.people.map((p) => (
          <li key={p.id}><button type="button" class="button" onClick={() => setWho(p)}><span class="face" aria-hidden="true">{initials(p.name)}</span>{p.name}</button></li>
        ))}
      </ul>
      <button type="button" class="link" onClick={onPassword}>{t("pin.password")}</button>
    </Gate>
  );
}

function Pin({ who, onBack, onPassword }: { who: Face; onBack: () => void; onPassword: () => void }) {
  const { problem, busy, run } = useAct();
  return (
    <Gate title={who.name} lead={t(who.pin ? "pin.lead" : "pin.none")}>
      {who.pin && <PinPad busy={busy} onPIN={(pin) => run(() => signInPIN(who.id, pin))} />}
      <p class="bad gate-problem" role="alert">{problem}</p>
      <p class="acts">
        <button type="button" class="link" onClick={onBack}>{t("pin.other")}</button>
        <button type="button" class="link" onClick={onPassword}>{t("pin.password")}</button>
      </p>
    </Gate>
  );
}
