import { describe, expect, it } from "vitest";
import { type Backups, commands, often } from "./backup";

const none: Backups = { data: "/var/lib/akhra", to: "", every: 0, keep: 7, unproven: 0, due: true };

describe("commands", () => {
  it("name the server's own folders, and those with spaces in quotes", () => {
    expect(commands(none).make).toBe("akhra backup --data /var/lib/akhra --out BACKUPS --verify");
    const kept = { made: 1, folder: "/mnt/usb disk/20260102-150405.000", answers: 2, items: 3 };
    const told = commands({ ...none, to: "/mnt/usb disk", verified: kept });
    expect(told.often).toBe('akhra serve --data /var/lib/akhra --backup "/mnt/usb disk" --backup-every 24h');
    expect(told.restore).toBe('akhra restore "/mnt/usb disk/20260102-150405.000" --data NEW --verify');
  });
});

describe("how often", () => {
  it.each([[86400, "day", 1], [604800, "days", 7], [21600, "hours", 6], [5400, "time", 5400], [90, "time", 90]])("%d seconds are %s %d", (seconds, unit, n) => {
    expect(often(seconds)).toEqual({ unit, n });
  });
});
