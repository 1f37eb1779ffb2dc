"""Reads {"scalars": {name: positive}, "difference": text, "points": [text]} a line, answers {"rules", "points"} a line.

rules: zero, open, or none where an error or the time ended it; points: zero, nonzero or none for each.
"""
import json
import signal
import sys

import sympy
from sympy import Abs, Max, Min, Piecewise, Product, Rational, Sum, Symbol, sign, simplify, sqrt

SECONDS = 12
NAMES = {'Abs': Abs, 'Max': Max, 'Min': Min, 'Product': Product, 'Rational': Rational, 'Sum': Sum, 'sign': sign, 'sqrt': sqrt}


class TooLong(Exception):
    pass


def stop(_number, _frame):
    raise TooLong


signal.signal(signal.SIGALRM, stop)


def within(action):
    signal.alarm(SECONDS)
    try:
        return action()
    except Exception:
        return 'none'
    finally:
        signal.alarm(0)


def by_rules(text, names):
    def decide():
        value = eval(text, {'__builtins__': {}}, names).doit()
        # A geometric sum has a case for the ratio 1; what holds elsewhere is asked for.
        value = value.replace(Piecewise, lambda *cases: cases[-1][0])
        return 'zero' if simplify(value) == 0 else 'open'
    return within(decide)


def at_point(text):
    def decide():
        value = sympy.nsimplify(eval(text, {'__builtins__': {}}, NAMES))
        known = value.equals(0)
        return 'none' if known is None or not value.is_finite else 'zero' if known else 'nonzero'
    return within(decide)


for line in sys.stdin:
    task = json.loads(line)
    names = dict(NAMES)
    for name, positive in task['scalars'].items():
        names[name] = Symbol(name, positive=True) if positive else Symbol(name, real=True)
    for letter in task['letters']:
        names[letter] = Symbol(letter, integer=True, nonnegative=True) if letter == 'xn' else Symbol(letter, integer=True)
    answer = {'rules': by_rules(task['difference'], names), 'points': [at_point(each) for each in task['points']]}
    print(json.dumps(answer), flush=True)
