"""Adam in the full batch on a network with tanh units, written down from the papers' formulas alone; shares no code with the project.

Reads {features, species, seed, rows, hidden, beta, rho, epsilon, h, steps, threshold} as JSON, prints the loss, the perturbed one-norm and the
test accuracy after every step.
"""
import json
import sys

import numpy as np


def mulberry(seed):
    """Tommy Ettinger's generator."""
    state = seed & 0xFFFFFFFF
    while True:
        state = (state + 0x6D2B79F5) & 0xFFFFFFFF
        t = ((state ^ (state >> 15)) * (state | 1)) & 0xFFFFFFFF
        t = ((t + (((t ^ (t >> 7)) * (t | 61)) & 0xFFFFFFFF)) & 0xFFFFFFFF) ^ t
        yield ((t ^ (t >> 14)) & 0xFFFFFFFF) / 2.0**32


def shuffled(count, numbers):
    order = list(range(count))
    for at in range(count - 1, 0, -1):
        other = int(next(numbers) * (at + 1))
        order[at], order[other] = order[other], order[at]
    return order


def main():
    given = json.load(sys.stdin)
    x = np.array(given["features"])
    x = (x - x.mean(axis=0)) / x.std(axis=0)
    names = sorted(set(given["species"]))
    y = np.array([names.index(each) for each in given["species"]])
    order = shuffled(len(y), mulberry(1))
    train, test = order[: given["rows"]], order[given["rows"] :]
    widths = [x.shape[1], *given["hidden"], len(names)]
    numbers = mulberry(given["seed"])
    weights = []
    for inputs, units in zip(widths, widths[1:]):
        bound = np.sqrt(6 / (inputs + units))
        w = np.array([[bound * (2 * next(numbers) - 1) for _ in range(inputs)] + [0.0] for _ in range(units)])
        weights.append(w)

    def forward(rows):
        signals = [x[rows]]
        for w in weights[:-1]:
            signals.append(np.tanh(signals[-1] @ w[:, :-1].T + w[:, -1]))
        logits = signals[-1] @ weights[-1][:, :-1].T + weights[-1][:, -1]
        shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
        return signals, logits, shifted / shifted.sum(axis=1, keepdims=True)

    def loss_and_gradient():
        signals, _, likelihoods = forward(train)
        own = np.arange(len(train)), y[train]
        loss = -np.mean(np.log(likelihoods[own]))
        delta = likelihoods.copy()
        delta[own] -= 1
        delta /= len(train)
        gradients = [None] * len(weights)
        for layer in range(len(weights) - 1, -1, -1):
            gradients[layer] = np.hstack([delta.T @ signals[layer], delta.sum(axis=0)[:, None]])
            delta = (delta @ weights[layer][:, :-1]) * (1 - signals[layer] ** 2)
        return loss, gradients

    beta, rho, epsilon, h = (given[key] for key in ("beta", "rho", "epsilon", "h"))
    m = [np.zeros_like(w) for w in weights]
    v = [np.zeros_like(w) for w in weights]
    lines = []
    for n in range(given["steps"] + 1):
        loss, gradients = loss_and_gradient()
        norm = sum(np.sqrt(g**2 + epsilon).sum() for g in gradients)
        accuracy = np.mean(forward(test)[1].argmax(axis=1) == y[test])
        lines.append({"n": n, "loss": loss, "norm": norm, "accuracy": accuracy})
        for at, g in enumerate(gradients):
            v[at] = rho * v[at] + (1 - rho) * g**2
            m[at] = beta * m[at] + (1 - beta) * g
            step = (m[at] / (1 - beta ** (n + 1))) / np.sqrt(v[at] / (1 - rho ** (n + 1)) + epsilon)
            weights[at] = weights[at] - h * step
    crossing = next((line for line in lines if line["loss"] < given["threshold"]), None)
    json.dump({"points": lines, "crossing": crossing}, sys.stdout)


main()
