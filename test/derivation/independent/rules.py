"""The rules of rules.tex, each with n and the values of its hyperparameters and schedules."""
from modified import add, solved, times


def three_steps(w, start):
    past = [start, start]

    def step(n, x):
        p, q = past
        past[:] = [x, p]
        return [x[c] + w.a * (x[c] - p[c]) + w.b * (p[c] - q[c]) - w.h * w.g(n, x)[c] for c in range(2)]

    return step


def four_points_ahead(w, start):
    past = [start, start, start]

    def step(n, x):
        p, q, r = past
        past[:] = [x, p, q]
        y = [x[c] + w.a * (x[c] - p[c]) + w.b * (q[c] - r[c]) for c in range(2)]
        return add(times(1 - w.h * getattr(w, "lambda"), y), w.g(n, y), -w.h)

    return step


def named_differences(w, start):
    past = [start, start]

    def step(n, x):
        p, q = past
        past[:] = [x, p]
        g = w.g(n, [x[c] + w.a * (p[c] - q[c]) for c in range(2)])
        return [x[c] + w.a * (x[c] - p[c]) + w.b * (p[c] - q[c]) - w.h * g[c] for c in range(2)]

    return step


def anchored_momentum(w, start):
    past = [start]

    def step(n, x):
        p = past[0]
        past[0] = x
        return [x[c] + w.mu * (x[c] - p[c]) + w.kappa * (start[c] - x[c]) - w.h * w.g(n, x)[c] for c in range(2)]

    return step


def implicit_three_steps(w, start):
    past = [start, start]

    def step(n, x):
        p, q = past
        past[:] = [x, p]
        base = [x[c] + w.a * (x[c] - p[c]) - w.b * (p[c] - q[c]) for c in range(2)]
        return solved(x, lambda y: add(base, w.g(n, y), -w.h))

    return step


def three_steps_adaptive(w, start):
    past, v = [start, start], [[0, 0]]

    def step(n, x):
        p, q = past
        past[:] = [x, p]
        g = w.g(n, x)
        v[0] = [w.rho * v[0][c] + (1 - w.rho) * g[c] ** 2 for c in range(2)]
        return [
            x[c] + w.a * (x[c] - p[c]) + w.b * (x[c] - q[c]) - w.h * g[c] / (v[0][c] + w.epsilon) ** 0.5 for c in range(2)
        ]

    return step


def decayed_new_momentum(w, start):
    m = [[0, 0]]

    def step(n, x):
        m[0] = [(w.beta * m[0][c] + w.g(n, x)[c]) / (1 + w.h * getattr(w, "lambda")) for c in range(2)]
        return add(x, m[0], -w.h)

    return step


def momentum_ahead_of_itself(w, start):
    m = [[0, 0]]

    def step(n, x):
        old = m[0]
        m[0] = solved(old, lambda new: add(times(w.beta, old), w.g(n, add(x, new, -w.h))))
        return add(x, old, -w.h)

    return step


def quotient_of_steps(w, start):
    return lambda n, x: add(x, w.g(n, x), -w.h / (1 + w.h))


def damped_steps(w, start):
    m = [[0, 0]]
    decay = getattr(w, "lambda")

    def step(n, x):
        change = add(w.g(n, add(x, m[0], w.h)), w.g(n, x), -1)
        m[0] = add(add(times(w.beta, m[0]), change, 1 / (decay + 2 * w.h**2)), w.g(n, x))
        return add(x, m[0], -w.h / (1 + decay * w.h))

    return step


def proximal_gradient(w, start):
    decay = getattr(w, "lambda")

    def step(n, x):
        base = add(x, w.g(n, x), -w.h)
        return solved(base, lambda y: [base[c] - w.h * decay * (y[c] + y[c] ** 3) for c in range(2)])

    return step


def proximal_point(w, start):
    m = [[0, 0]]
    decay = getattr(w, "lambda")

    def step(n, x):
        m[0] = add(times(w.beta, m[0]), w.g(n, x))
        base = add(x, m[0], -w.h)
        return solved(base, lambda y: add(add(base, w.g(n, y), -w.h * w.beta), y, -w.h * decay))

    return step


def proximal_midway(w, start):
    def step(n, x):
        y = solved(x, lambda z: add(x, w.g(n, z), -w.h * getattr(w, "lambda")))
        return add(y, w.g(n, y), -w.h)

    return step


def bounded_speed(w, start):
    past = [[0, 0]]
    slowed = lambda v: (1 + w.delta * (v[0] ** 2 + v[1] ** 2)) ** 0.5

    def step(n, x):
        v = past[0]
        past[0] = add(times(w.mu, v), w.g(n, add(x, v, -w.h * w.mu / slowed(v))))
        return add(x, past[0], -w.h / slowed(past[0]))

    return step


def transported_gradients(w, start):
    past = [[0, 0], start]

    def step(n, x):
        v, before = past
        g = w.g(n, [x[c] + n * (x[c] - before[c]) for c in range(2)])
        past[:] = [[(n * v[c] + g[c]) / (n + 1) for c in range(2)], x]
        return add(x, past[0], -w.h)

    return step


def learned_step(w, start):
    past = [w.alpha, [0, 0]]

    def step(n, x):
        size, before = past
        g = w.g(n, x)
        past[:] = [size + w.c * w.h * (g[0] * before[0] + g[1] * before[1]), g]
        return add(x, g, -w.h * past[0])

    return step


RULES = {
    "three-steps": (three_steps, 3, {"a": "3/5", "b": "1/4"}),
    "four-points-ahead": (four_points_ahead, 3, {"a": "3/5", "b": "1/4", "lambda": "1/7"}),
    "named-differences": (named_differences, 2, {"a": "3/5", "b": "1/4"}),
    "anchored-momentum": (anchored_momentum, 3, {"mu": "3/5", "kappa": "1/3"}),
    "implicit-three-steps": (implicit_three_steps, 2, {"a": "3/5", "b": "1/4"}),
    "three-steps-adaptive": (three_steps_adaptive, 2, {"a": "2/5", "b": "1/4", "rho": "3/4", "epsilon": "1/5"}),
    "decayed-new-momentum": (decayed_new_momentum, 2, {"beta": "3/5", "lambda": "1/7"}),
    "momentum-ahead-of-itself": (momentum_ahead_of_itself, 2, {"beta": "3/5"}),
    "quotient-of-steps": (quotient_of_steps, 2, {}),
    "damped-steps": (damped_steps, 2, {"beta": "3/5", "lambda": "1/7"}),
    "proximal-gradient": (proximal_gradient, 2, {"lambda": "1/7"}),
    "proximal-point": (proximal_point, 2, {"lambda": "1/7", "beta": "3/5"}),
    "proximal-midway": (proximal_midway, 2, {"lambda": "3/7"}),
    "bounded-speed": (bounded_speed, 2, {"mu": "3/5", "delta": "1/3"}),
    "transported-gradients": (transported_gradients, 2, {}),
    "learned-step": (learned_step, 2, {"alpha": "1/3", "c": "2"}),
}
