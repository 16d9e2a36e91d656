import { leaveDevice, me } from "./me";

/** After so long without a touch or key a shared device is nobody's again. */
const IDLE = 3 * 60_000;

/** Lets go of a shared device when whoever signed in with a PIN has left it. Her answers wait on and go on being hers. */
export function lockWhenIdle(): void {
  let timer = 0;
  const touched = () => {
    clearTimeout(timer);
    if (me.value?.shared) timer = window.setTimeout(() => void leaveDevice(), IDLE);
  };
  for (const kind of ["pointerdown", "keydown", "wheel"]) addEventListener(kind, touched, { passive: true });
  me.subscribe(touched);
}
