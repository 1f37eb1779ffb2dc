"""f_0, f_1, f_2 of the modified equation of an optimizer at the point theta of the step n, from runs of the optimizer alone.

G_n(theta; h) is the next iterate as a function of the current one: theta^{(0)} is solved for. Its expansion theta + h Psi_0 + h^2 Psi_1 + ... comes
from interpolation at h = 10^-24 i, derivatives by theta from central differences of 10^-18, all with 160 digits; then
f_0 = Psi_0, f_1 = Psi_1 - 1/2 f_0' f_0, f_2 = Psi_2 - 1/2 (f_1' f_0 + f_0' f_1) - 1/6 (f_0''(f_0, f_0) + f_0' f_0' f_0),
since the solution at the time h is theta + h f + h^2/2 f' f + h^3/6 (f''(f, f) + f' f' f) + ....
Shares nothing with the program.
"""
from mpmath import lu_solve, matrix, mp, mpf

mp.dps = 160
STEP = mpf(10) ** -24
DIFFERENCE = mpf(10) ** -18
NODES = 5

# As the program reads them, the gradient and the Hessian.
LOSSES = [
    ("x1^2/2 + x1*x2/3 - x2 + x1^3/7", lambda x, y: [x + y / 3 + 3 * x * x / 7, x / 3 - 1],
     lambda x, y: [[1 + 6 * x / 7, mpf(1) / 3], [mpf(1) / 3, mpf(0)]]),
    ("x1*x2^2 + 2*x1 + x2^3/3", lambda x, y: [y * y + 2, 2 * x * y + y * y],
     lambda x, y: [[mpf(0), 2 * y], [2 * y, 2 * x + 2 * y]]),
    ("x1^2*x2 - x2^2/5 + x1/3", lambda x, y: [2 * x * y + mpf(1) / 3, x * x - 2 * y / 5],
     lambda x, y: [[2 * y, 2 * x], [2 * x, -mpf(2) / 5]]),
    ("x1^4/4 + x2^2 - x1*x2", lambda x, y: [x**3 - y, 2 * y - x],
     lambda x, y: [[3 * x * x, -mpf(1)], [-mpf(1), mpf(2)]]),
]


class World:
    """The step, the gradients, the hyperparameters (w.beta) and schedules (w.eta[n])."""

    def __init__(self, h, full, values):
        self.h, self.full = h, full
        for name, value in values.items():
            setattr(self, name, [fraction(v) for v in value] if isinstance(value, list) else fraction(value))

    def g(self, k, x):
        return [mpf(0)] * len(x) if k < 0 else LOSSES[0 if self.full else k][1](*x)

    def hessian(self, k, x):
        return LOSSES[0 if self.full else k][2](*x)


def fraction(text):
    above, _, below = text.partition("/")
    return mpf(above) / mpf(below or 1)


def add(a, b, factor=1):
    return [x + factor * y for x, y in zip(a, b)]


def times(factor, a):
    return [factor * x for x in a]


def solved(start, f):
    """x = f(x) by repetition, for an f that contracts by a power of h."""
    x = start
    for _ in range(400):
        y = f(x)
        if max(abs(a - b) for a, b in zip(x, y)) < mpf(10) ** -(mp.dps - 8):
            return y
        x = y
    raise ArithmeticError("not solved")


def iterates(rule, w, start, steps):
    """A rule is called with the world and the start, and gives a function of n and the current point that makes the next one."""
    points, step = [start], rule(w, start)
    for n in range(steps):
        points.append(step(n, points[-1]))
    return points


def next_point(rule, w, theta, n):
    start = solved(theta, lambda s: add(s, add(theta, iterates(rule, w, s, n)[n], -1)))
    return iterates(rule, w, start, n + 1)[n + 1]


def expansion(rule, theta, n, full, values):
    nodes = [(i + 1) * STEP for i in range(NODES)]
    made = [times(1 / h, add(next_point(rule, World(h, full, values), theta, n), theta, -1)) for h in nodes]
    powers = matrix(NODES, NODES)
    for i in range(NODES):
        for j in range(NODES):
            powers[i, j] = mpf(i + 1) ** j
    columns = [lu_solve(powers, matrix([value[c] for value in made])) for c in range(len(theta))]
    return [[column[q] / STEP**q for column in columns] for q in range(3)]


def along(field, x, v):
    return times(1 / (2 * DIFFERENCE), add(field(add(x, v, DIFFERENCE)), field(add(x, v, -DIFFERENCE)), -1))


def coefficients(rule, theta, n, full, values):
    psi = lambda x: expansion(rule, x, n, full, values)
    first = lambda x: psi(x)[0]

    def second(x):
        own = psi(x)
        return add(own[1], along(first, x, own[0]), mpf(-1) / 2)

    here = psi(theta)
    f0 = here[0]
    slope = along(first, theta, f0)
    f1 = add(here[1], slope, mpf(-1) / 2)
    both = add(first(add(theta, f0, DIFFERENCE)), first(add(theta, f0, -DIFFERENCE)))
    bend = times(1 / DIFFERENCE**2, add(both, first(theta), -2))
    changes = add(along(second, theta, f0), along(first, theta, f1))
    third = add(bend, along(first, theta, slope))
    return [f0, f1, add(add(here[2], changes, mpf(-1) / 2), third, mpf(-1) / 6)]
