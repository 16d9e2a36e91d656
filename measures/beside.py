#!/usr/bin/env python3
"""Fits crowd-kit's methods to folders of answers: reads lines "FOLDER METHOD", writes one JSON object for each.

    echo ../shared/data/crowd/dog DawidSkene | python measures/beside.py

Seconds are processor time, from answers in memory as text to classes, the least of some repeats.
Accuracy is over the items that have a truth and an answer, as crowd-kit breaks ties.
"""
import json
import pathlib
import sys
import time
import warnings

import pandas
from crowdkit import aggregation

ENOUGH = 1.0  # seconds of repeats


def answers(folder):
    packed = folder / "answers.csv.gz"
    table = pandas.read_csv(packed if packed.exists() else folder / "answers.csv", dtype=str, keep_default_na=False)
    table.columns = [{"item": "task", "annotator": "worker", "class": "label"}.get(name, name) for name in table.columns]
    return table[["task", "worker", "label"]]


def truth(folder):
    table = pandas.read_csv(folder / "truth.csv", dtype=str, keep_default_na=False)
    return dict(zip(table["item"], table["class" if "class" in table else "label"]))


def fit(method, table):
    least, spent = None, 0.0
    while least is None or spent < ENOUGH and spent + least < ENOUGH:
        before = time.process_time()
        said = getattr(aggregation, method)().fit_predict(table)
        seconds = time.process_time() - before
        least, spent = min(seconds, least or seconds), spent + seconds
    return said, least


def main():
    warnings.filterwarnings("ignore")
    for line in sys.stdin:
        folder, method = line.split()
        known = truth(pathlib.Path(folder))
        said, seconds = fit(method, answers(pathlib.Path(folder)))
        right = [label == known[task] for task, label in said.items() if task in known]
        print(json.dumps({"seconds": seconds, "accuracy": sum(right) / max(1, len(right))}), flush=True)


if __name__ == "__main__":
    main()
