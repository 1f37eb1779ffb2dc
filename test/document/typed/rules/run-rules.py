"""Writes the points that the programs behind `@py` make behind `@runs`: python3 run-rules.py FILE...

A program has x, the vector of the parameters; g(n, x) and f(n, x), the gradient and the loss of step n; h, the step; its hyperparameters
by their plain names (lambda is lam), schedules as lists. It yields x after every step. Losses and values are those of run-rule.ts.
"""
import math
import re
import sys
import textwrap

SCALARS = [4 / 5, 9 / 10, 1 / 7, 2 / 7, 1 / 3, 5 / 11, 3 / 13]
SCHEDULE = [1, 1 / 2, 2 / 3, 1 / 4, 3 / 5, 2 / 5, 1 / 3]
STEPS = 5


class V(list):
    def both(self, other, f):
        return V(f(a, b) for a, b in zip(self, other if isinstance(other, list) else [other] * len(self)))

    def __add__(self, other): return self.both(other, lambda a, b: a + b)
    def __sub__(self, other): return self.both(other, lambda a, b: a - b)
    def __rsub__(self, other): return self.both(other, lambda a, b: b - a)
    def __mul__(self, other): return self.both(other, lambda a, b: a * b)
    def __truediv__(self, other): return self.both(other, lambda a, b: a / b)
    def __rtruediv__(self, other): return self.both(other, lambda a, b: b / a)
    def __pow__(self, other): return self.both(other, lambda a, b: a ** b)
    def __neg__(self): return V(-a for a in self)
    __radd__ = __add__
    __rmul__ = __mul__


def each(f):
    return lambda x, *more: V(f(a, *[m[i] if isinstance(m, list) else m for m in more]) for i, a in enumerate(x)) \
        if isinstance(x, list) else f(x, *more)


NAMES = {
    "math": math, "V": V, "O": V([0.0, 0.0]), "h": 1 / 64, "SCH": SCHEDULE,
    "sqrt": each(math.sqrt), "absv": each(abs), "tanh": each(math.tanh), "exp": each(math.exp), "log": each(math.log),
    "atan": each(math.atan), "maxv": each(max), "minv": each(min), "sign": each(lambda a: (a > 0) - (a < 0)),
    "cbrt": each(lambda a: math.copysign(abs(a) ** (1 / 3), a)),
    "norm": lambda v: math.sqrt(sum(a * a for a in v)), "dot": lambda a, b: sum(x * y for x, y in zip(a, b)),
}


def sech2(u): return 1 - math.tanh(u) ** 2


GRADIENTS = [
    lambda x, y: (x + y / 3, x / 3 - 1),
    lambda x, y: (y * y + 2, 2 * x * y),
    lambda x, y: ((1.5 - 2 * x * y) * (-2 * y), (1.5 - 2 * x * y) * (-2 * x)),
    lambda x, y: (y * sech2(x * y) + 1, x * sech2(x * y)),
    lambda x, y: (2 * x - y, -x + 2 * y / 3 + 1),
]
LOSSES = [
    lambda x, y: x * x / 2 + x * y / 3 - y,
    lambda x, y: x * y * y + 2 * x,
    lambda x, y: (1.5 - 2 * x * y) ** 2 / 2,
    lambda x, y: math.tanh(x * y) + x,
    lambda x, y: x * x - x * y + y * y / 3 + y,
]


def points(head, program):
    words = head.split()
    full = "full" in words
    given = dict(word.split("=") for word in words if "=" in word)
    names = sorted(word for word in words if "=" not in word and word not in ("full",) and not word.endswith("[]"))
    world = dict(NAMES)
    world["g"] = lambda n, x: V(GRADIENTS[2 if full else n](*x))
    world["f"] = lambda n, x: LOSSES[2 if full else n](*x)
    values = {name: SCALARS[at] for at, name in enumerate(sorted([*names, *given]))}
    values.update({name: eval(text) for name, text in given.items()})
    world["p"] = values
    world.update({"lam" if name == "lambda" else name: value for name, value in values.items()})
    world.update({word[:-2]: SCHEDULE for word in words if word.endswith("[]")})
    exec("def run(x):\n" + textwrap.indent(program, "  "), world)
    return [V(x) for _, x in zip(range(STEPS), world["run"](V([1 / 3, -2 / 5])))]


def rewritten(text):
    def block(found):
        made = "\n".join(" ".join(repr(value) for value in point) for point in points(found[1], found[2].strip("\n")))
        return f"@py{found[1]}\n{found[2].rstrip()}\n@runs\n{made}\n"
    return re.sub(r"^@py(.*)\n((?:(?!@).*\n)+)(?:@runs\n(?:[-\d].*\n)*)?", block, text, flags=re.M)


def main(name):
    with open(name) as file:
        text = file.read()
    made = rewritten(text)
    with open(name, "w") as file:
        file.write(made)


for name in sys.argv[1:]:
    main(name)
