"""Runs printed programs at points: reads [{kind, code, losses, theta, n, values, schedules}] and prints the coefficients of each."""
import json
import sys

import numpy
import sympy as sp


def number(text):
    return float(sp.Rational(text))


def of(loss, symbols, order):
    """The derivative of the loss of an order, as a function of a point and vectors: an independent route, entry by entry."""
    entries = [loss]
    for _ in range(order):
        entries = [sp.diff(entry, x) for entry in entries for x in symbols]
    tensor = sp.lambdify(symbols, entries, 'numpy')

    def at(theta, *vectors):
        value = numpy.array(tensor(*theta), dtype=float).reshape((len(symbols),) * order)
        for vector in reversed(vectors):
            value = value @ vector
        return value if value.ndim else float(value)

    return at


def run(task):
    module = {}
    exec(task['code'], module)
    symbols = sp.symbols(f"x1:{len(task['theta']) + 1}", real=True)
    loss = sp.sympify(task['loss'].replace('^', '**'), locals={str(x): x for x in symbols})
    theta = [number(text) for text in task['theta']]
    schedules = {name: [number(each) for each in values] for name, values in task['schedules'].items()}
    n = task['n']
    if task['kind'] == 'sympy':
        values = {name: sp.Rational(text) for name, text in task['values'].items()}
        values.update({name: (lambda k, own=name: sp.Rational(task['schedules'][own][int(k)])) for name in schedules})
        point = dict(zip(symbols, [sp.Rational(text) for text in task['theta']]))
        found = module['coefficients'](loss, symbols, n, **values)
        return [[float(sp.N(sp.sympify(entry).xreplace(point).doit(), 30)) for entry in row] for row in found]
    values = {name: number(text) for name, text in task['values'].items()}
    values.update({name: (lambda k, own=name: schedules[own][int(k)]) for name in schedules})
    for name in task['asked']:
        if name == 'loss':
            values['loss'] = of(loss, symbols, 0)
        if name[0] == 'd' and name[1:].isdigit():
            values[name] = of(loss, symbols, int(name[1:]))
    found = module['coefficients'](numpy.array(theta), of(loss, symbols, 1), of(loss, symbols, 2), n, **values)
    right = module['rhs'](numpy.array(theta), of(loss, symbols, 1), of(loss, symbols, 2), n, **values, **{task['step']: 0.25})
    assert numpy.allclose(right, sum(0.25**q * row for q, row in enumerate(found)), rtol=1e-14, atol=0)
    return [[float(entry) for entry in row] for row in found]


results = []
for task in json.load(sys.stdin):
    try:
        results.append(run(task))
    except Exception as error:  # the test shows it
        results.append(f'{type(error).__name__}: {error}')
json.dump(results, sys.stdout)
