#!/usr/bin/env python3
"""The table of truth inference: every set of answers under DATA, our methods beside crowd-kit's in the same run.

measures/truth.sh calls this. Accuracy in percent, ties by expectation; seconds are processor time on one thread, from
answers in memory, their names still to be numbered, to posteriors, the least of some repeats.
"""
import argparse
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys

METHODS = ["majority", "ds", "bds", "auto"]
SMALL = 30_000  # answers
# Accuracy that each set must reach, and what the best known method reaches there.
BARS = {"adult": (74.3, 76.6), "bluebird": (88.4, 88.9), "cf": (88.2, 88.7), "cf_amt": (85.2, 85.7), "cifar10n": (91.0, 91.5),
        "dog": (83.5, 84.3), "face": (64.4, 64.9), "fact": (87.3, 88.8), "fej2013": (88.0, 89.2), "music": (78.1, 78.7),
        "possent": (95.5, 96.0), "product": (93.3, 94.0), "reuters": (73.1, 73.8), "rte": (92.4, 93.1), "sp": (91.1, 91.6),
        "sp_amt": (93.9, 94.4), "trec": (70.0, 70.5)}
NEAR = 0.05  # points: the bars are rounded to a tenth


def infer(o, folder, method):
    """What `akhra truth infer` says of a set."""
    answers = folder / "answers.csv"
    if not answers.exists():
        answers = folder / "answers.csv.gz"
    out = subprocess.run([o.akhra, "truth", "infer", "--method", method, "--answers", answers, "--truth", folder / "truth.csv", "--json"],
                         check=True, capture_output=True, text=True)
    return json.loads(out.stdout)


def seconds(o, folder, methods):
    """Processor seconds of our methods on a set."""
    which = f"^BenchmarkInfer$/^{re.escape(folder.name)}$/^({'|'.join(methods)})$"
    run = subprocess.run([o.bench, "-test.run", "^$", "-test.bench", which, "-test.benchtime", "200ms", "-test.count", "3"],
                         check=True, capture_output=True, text=True, env=os.environ | {"AKHRA_CROWD": str(o.data), "GOMAXPROCS": "1"})
    least = {}
    for method, took in re.findall(r"BenchmarkInfer/\S+?/(\S+)\s.*?([0-9.e-]+) cpu-s/op", run.stdout):
        least[method] = min(float(took), least.get(method, float("inf")))
    return least


class CrowdKit:
    """crowd-kit in a process of its own, so that it is loaded once."""

    def __init__(self, python):
        program = pathlib.Path(__file__).with_name("beside.py")
        one = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}
        self.process = python and subprocess.Popen([python, program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ | one)

    def fit(self, folder, method):
        if not self.process:
            return None
        print(folder, method, file=self.process.stdin, flush=True)
        return json.loads(self.process.stdout.readline())


def measure(o, folder, crowdkit):
    said = {method: infer(o, folder, method) for method in METHODS}
    row = {"set": folder.name, "answers": said["auto"]["answers"], "reason": said["auto"]["reason"]}
    row |= {method: 100 * one["accuracy"] for method, one in said.items()}
    glad = o.glad and row["answers"] < SMALL
    row["ours"] = seconds(o, folder, ["bds", "auto"] + ["glad"] * glad)
    row["crowdkit"] = crowdkit.fit(folder, "DawidSkene")
    row["glad"] = crowdkit.fit(folder, "GLAD") if glad else None
    return row


def ratio(row, method, other="crowdkit"):
    return row[other]["seconds"] / row["ours"][method] if row.get(other) else None


def show(number, form):
    return "-" if number is None else format(number, form)


def table(rows):
    head = f"{'set':9} {'majority':>8} {'ds':>6} {'bds':>6} {'auto':>6} {'floor':>6} {'goal':>6} {'+maj':>6}  {'bds s':>8} {'auto s':>8} {'ckit DS':>8}"
    print(head + f" {'DS acc':>6} {'x bds':>6} {'x auto':>6} {'ckit GLAD':>9} {'x glad':>6}")
    for r in rows:
        floor, goal = BARS.get(r["set"], (None, None))
        ckit, glad = r["crowdkit"] or {}, r.get("glad") or {}
        print(f"{r['set']:9} {r['majority']:8.2f} {r['ds']:6.2f} {r['bds']:6.2f} {r['auto']:6.2f} {show(floor, '6.1f'):>6} {show(goal, '6.1f'):>6}"
              f" {r['auto'] - r['majority']:+6.2f}  {r['ours']['bds']:8.4f} {r['ours']['auto']:8.4f} {show(ckit.get('seconds'), '8.3f'):>8}"
              f" {show(ckit and 100 * ckit['accuracy'] or None, '6.2f'):>6} {show(ratio(r, 'bds'), '6.1f'):>6} {show(ratio(r, 'auto'), '6.1f'):>6}"
              f" {show(glad.get('seconds'), '9.2f'):>9} {show(ratio(r, 'glad', 'glad'), '6.0f'):>6}")
    means = [statistics.mean(r[m] for r in rows) for m in METHODS]
    print(f"{'mean':9} {means[0]:8.2f} {means[1]:6.2f} {means[2]:6.2f} {means[3]:6.2f}")
    return means[3]


def bar(what, value, must, aim=None, form=".1f"):
    """Prints a bar and tells whether it is met."""
    met = value >= must
    beyond = "" if aim is None else f", aim {aim:{form}} {'met' if value >= aim else 'missed'}"
    print(f"{'pass' if met else 'FAIL'}  {what}: {value:{form}} (must {must:{form}}{beyond})")
    return met


def bars(rows, mean):
    known = [r for r in rows if r["set"] in BARS]
    met = [bar("mean accuracy of auto", mean, 85.0, 85.3, ".2f")] if len(known) == len(BARS) else []
    for r in known:
        floor, goal = BARS[r["set"]]
        met.append(bar(f"{r['set']} with auto", r["auto"], floor - NEAR, goal - NEAR, ".2f"))
    met.append(bar("worst set against majority, points", min(r["auto"] - r["majority"] for r in rows), -1.5, 0, ".2f"))
    timed = [r for r in rows if r["crowdkit"]]
    small, large = [r for r in timed if r["answers"] < SMALL], [r for r in timed if r["answers"] >= SMALL]
    for method in ("bds", "auto"):
        if small:
            met.append(bar(f"times faster than crowd-kit's DawidSkene, {method}, median of the {len(small)} small sets", statistics.median(ratio(r, method) for r in small), 20, 60))
        for r in large:
            met.append(bar(f"times faster than crowd-kit's DawidSkene, {method}, {r['set']}", ratio(r, method), 3, 8))
    glad = [ratio(r, "glad", "glad") for r in rows if r.get("glad")]
    if glad:
        met.append(bar(f"times faster than crowd-kit's GLAD, least of {len(glad)} sets", min(glad), 30, 100, ".0f"))
    return all(met)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True, help="folder of folders with answers.csv (or .gz) and truth.csv")
    parser.add_argument("--akhra", required=True, help="our program")
    parser.add_argument("--bench", required=True, help="its benchmarks")
    parser.add_argument("--crowdkit", help="a Python that has crowd-kit; without it ours stands alone")
    parser.add_argument("--no-glad", dest="glad", action="store_false", help="leave GLAD out, which takes crowd-kit minutes")
    o = parser.parse_args()
    crowdkit, rows = CrowdKit(o.crowdkit), []
    for folder in sorted(path.parent for path in o.data.glob("*/truth.csv")):
        rows.append(measure(o, folder, crowdkit))
        print(f"{folder.name}: {rows[-1]['reason']}", file=sys.stderr, flush=True)
    if not rows:
        sys.exit(f"There are no sets of answers in {o.data}.")
    met = bars(rows, table(rows))
    sys.exit(0 if met else 1)


if __name__ == "__main__":
    main()
