"""Adam as a program that `modeq follow --program` holds against the rows of a document: JSON lines in, JSON lines out."""
import json
import sys

for line in sys.stdin:
    message = json.loads(line)
    if "start" in message:
        theta, hyper, h = (message["start"][key] for key in ("theta", "hyper", "h"))
        m, v = [0.0] * len(theta), [0.0] * len(theta)
        beta, rho, epsilon, decay = (hyper[key] for key in ("beta", "rho", "epsilon", "lambda"))
        continue
    n, gradient = message["n"], message["gradient"]
    for j, g in enumerate(gradient):
        m[j] = beta * m[j] + (1 - beta) * g
        v[j] = rho * v[j] + (1 - rho) * g * g
        step = m[j] / (1 - beta ** (n + 1)) / ((v[j] / (1 - rho ** (n + 1))) ** 0.5 + epsilon)
        theta[j] = (1 - h * decay) * theta[j] - h * step
    print(json.dumps({"theta": theta}), flush=True)
