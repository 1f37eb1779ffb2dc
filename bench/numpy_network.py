"""The gradient and a Hessian product of a network's cross-entropy in NumPy, as one writes them down; prints milliseconds for each shape given as JSON."""
import json
import sys
import time

import numpy as np


def best(action, repeats):
    action()
    times = []
    for _ in range(repeats):
        start = time.process_time()
        action()
        times.append(time.process_time() - start)
    return 1000 * min(times)


def measure(rows, widths, repeats):
    rng = np.random.default_rng(1)
    x = rng.uniform(-1, 1, (rows, widths[0]))
    y = np.arange(rows) % widths[-1]
    own = np.arange(rows), y
    w = [rng.uniform(-0.5, 0.5, (units, inputs + 1)) for inputs, units in zip(widths, widths[1:])]
    v = [rng.uniform(-0.5, 0.5, each.shape) for each in w]
    at = {}

    def gradient():
        signals = [x]
        for each in w[:-1]:
            signals.append(np.tanh(signals[-1] @ each[:, :-1].T + each[:, -1]))
        logits = signals[-1] @ w[-1][:, :-1].T + w[-1][:, -1]
        likelihoods = np.exp(logits - logits.max(axis=1, keepdims=True))
        likelihoods /= likelihoods.sum(axis=1, keepdims=True)
        delta = likelihoods.copy()
        delta[own] -= 1
        delta /= rows
        deltas, pulled, gradients = [delta], [], []
        for layer in range(len(w) - 1, -1, -1):
            gradients.append(np.hstack([delta.T @ signals[layer], delta.sum(axis=0)[:, None]]))
            if layer > 0:
                pulled.append(delta @ w[layer][:, :-1])
                delta = pulled[-1] * (1 - signals[layer] ** 2)
                deltas.append(delta)
        at.update(signals=signals, likelihoods=likelihoods, deltas=deltas[::-1], pulled=pulled[::-1])
        return gradients

    def product():
        signals, likelihoods = at["signals"], at["likelihoods"]
        moved = [np.zeros_like(x)]
        sums = []
        for layer, (each, along) in enumerate(zip(w, v)):
            z = signals[layer] @ along[:, :-1].T + along[:, -1]
            if layer > 0:
                z += moved[-1] @ each[:, :-1].T
            sums.append(z)
            if layer < len(w) - 1:
                moved.append((1 - signals[layer + 1] ** 2) * z)
        z = sums[-1]
        delta = likelihoods * (z - (likelihoods * z).sum(axis=1, keepdims=True)) / rows
        found = []
        for layer in range(len(w) - 1, -1, -1):
            weights = delta.T @ signals[layer]
            if layer > 0:
                weights += at["deltas"][layer].T @ moved[layer]
            found.append(np.hstack([weights, delta.sum(axis=0)[:, None]]))
            if layer > 0:
                a = signals[layer]
                back = delta @ w[layer][:, :-1] + at["deltas"][layer] @ v[layer][:, :-1]
                delta = (1 - a**2) * back - 2 * a * (1 - a**2) * sums[layer - 1] * at["pulled"][layer - 1]
        return found

    return {"gradient": best(gradient, repeats), "product": best(product, repeats)}


given = json.load(sys.stdin)
json.dump([measure(each["rows"], each["widths"], given["repeats"]) for each in given["shapes"]], sys.stdout)
