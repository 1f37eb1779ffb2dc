"""Writes values.json: for the rules of rules.tex, written once more below, the coefficients at an instance. `python3 run.py` in this folder."""
import json

from mpmath import mp

from modified import LOSSES, coefficients, fraction
from rules import RULES

THETA = ["1/4", "-1/2"]


def main():
    found = []
    for name, (rule, n, values) in RULES.items():
        for setting in ("mini-batch", "full-batch"):
            full = setting == "full-batch"
            f = coefficients(rule, [fraction(t) for t in THETA], n, full, values)
            instance = {"n": n, "theta": THETA, "setting": setting,
                        "losses": [LOSSES[0][0]] if full else [LOSSES[k][0] for k in range(n + 1)],
                        "hyperparameters": {k: v for k, v in values.items() if not isinstance(v, list)}}
            schedules = {k: v for k, v in values.items() if isinstance(v, list)}
            if schedules:
                instance["schedules"] = schedules
            found.append({"id": name, "instance": instance, "f": [[mp.nstr(x, 22) for x in row] for row in f]})
    with open("values.json", "w", encoding="utf-8") as file:
        file.write("[\n" + ",\n".join("  " + json.dumps(each) for each in found) + "\n]\n")


main()
