#!/usr/bin/env python3
"""Values of formulas as authors type them, computed without the program: `python3 make-table.py > table.json`.

Needs mpmath (1.3.0 was used). Polynomials and their derivatives are exact fractions in a few lines of their own; everything else is
mpmath with 60 digits, of which 40 are written. The world: three parameters, n = 3, four losses E_0 ... E_3 (mini-batch), of which E_3 is E
in the full batch; h, beta, rho, epsilon, x, and the vectors u and v have the values below. A pair is the text of one side, the rows that
define what it uses, the component that is meant (0: a number), and its value.
"""
import json
from fractions import Fraction as F
from itertools import product

import mpmath as mp

mp.mp.dps = 60
THETA = [F(2, 3), F(-1, 2), F(1, 4)]
N, P = 3, 3
H, BETA, RHO, EPS, X = F(1, 10), F(4, 5), F(2, 3), F(1, 100), F(3, 2)
U = [F(1, 2), F(-1), F(3)]
V = [F(2), F(1, 3), F(-1, 4)]
# Powers of x1, x2, x3 and coefficients.
LOSSES = [
    {(2, 0, 0): F(1, 2), (1, 1, 0): F(1, 3), (0, 1, 0): F(-1), (0, 0, 2): F(1, 5)},
    {(1, 2, 0): F(1), (1, 0, 0): F(2), (0, 0, 1): F(1, 2)},
    {(3, 0, 0): F(1, 6), (0, 1, 1): F(-2), (0, 2, 0): F(1, 4), (1, 0, 0): F(-1)},
    {(3, 0, 0): F(1, 3), (1, 2, 0): F(1, 2), (0, 1, 1): F(-1), (1, 0, 2): F(1, 5), (0, 3, 0): F(1, 7), (2, 1, 1): F(1, 2)},
]


def derive(poly, i):
    out = {}
    for powers, c in poly.items():
        if powers[i] > 0:
            lower = tuple(q - (a == i) for a, q in enumerate(powers))
            out[lower] = out.get(lower, F(0)) + c * powers[i]
    return out


def value(poly, at):
    total = F(0) if all(isinstance(a, F) for a in at) else mp.mpf(0)
    for powers, c in poly.items():
        term = c if isinstance(total, F) else real(c)
        for a, q in zip(at, powers):
            term = term * a**q
        total = total + term
    return total


def real(q):
    return mp.mpf(q.numerator) / q.denominator if isinstance(q, F) else mp.mpf(q)


def D(poly, at, *by):
    for i in by:
        poly = derive(poly, i)
    return value(poly, at)


R = range(P)
E = LOSSES[3]
g = [D(E, THETA, i) for i in R]
Hs = [[D(E, THETA, i, k) for k in R] for i in R]
T = [[[D(E, THETA, i, k, l) for l in R] for k in R] for i in R]
gk = [[D(LOSSES[k], THETA, i) for i in R] for k in range(N + 1)]
Hk = [[[D(LOSSES[k], THETA, i, l) for l in R] for i in R] for k in range(N + 1)]
dot = lambda a, b: sum((x * y for x, y in zip(a, b)), F(0))
mul = lambda A, b: [dot(row, b) for row in A]
mat = lambda A, B: [[sum((A[i][k] * B[k][l] for k in R), F(0)) for l in R] for i in R]
Tuv = lambda a, b: [sum((T[i][k][l] * a[k] * b[l] for k in R for l in R), F(0)) for i in R]
Hg = mul(Hs, g)
norm = lambda a: mp.sqrt(real(dot(a, a)))
eE = value(E, THETA)
vals = lambda k: value(LOSSES[k], THETA)
r = real
sgn = lambda q: (q > 0) - (q < 0)

pairs = []


def pair(latex, result, rows="", setting="full-batch"):
    """A number, or a list of components."""
    items = [(0, result)] if not isinstance(result, list) else [(i + 1, x) for i, x in enumerate(result)]
    for component, x in items:
        pairs.append(
            {
                "latex": latex,
                "rows": rows,
                "setting": setting,
                "component": component,
                "value": mp.nstr(r(x), 40, strip_zeros=False),
            }
        )


mini = lambda latex, result, rows="": pair(latex, result, rows, "mini-batch")
b, q, e, x, h = r(BETA), r(RHO), r(EPS), r(X), r(H)

# Numbers, powers, fractions, signs.
for latex, result in [
    (r"2^{-3}", F(1, 8)), (r"-2^2", F(-4)), (r"(-2)^2", F(4)), (r"\frac12\beta^2", BETA**2 / 2), (r"\frac h2\beta", H * BETA / 2),
    (r"2 \cdot 3 + 4", F(10)), (r"1e-2\beta", BETA / 100), (r".5\beta", BETA / 2), (r"\tfrac34 - \frac1{12}", F(2, 3)),
    (r"\beta(1-\beta)", BETA * (1 - BETA)), (r"\beta - -\rho", BETA + RHO), (r"-\beta^2", -BETA**2), (r"2\beta-3\rho", 2 * BETA - 3 * RHO),
    (r"\beta/\rho/2", BETA / RHO / 2), (r"\left(\frac{\beta}{\rho}\right)^{3}", (BETA / RHO) ** 3), (r"\beta^{n+1}", BETA**4),
    (r"\beta^{2n}", BETA**6), (r"\beta^{-n}", 1 / BETA**3), (r"\frac{1}{1-\beta^{n+1}}", 1 / (1 - BETA**4)), (r"|\beta-1|", 1 - BETA),
    (r"\left|\rho-\beta\right|^3", (BETA - RHO) ** 3), (r"\max(\beta,\rho)", BETA), (r"\min\{\beta,\rho,1/2\}", F(1, 2)),
    (r"\mathrm{sign}(\rho-\beta)", F(-1)), (r"\operatorname{sgn}(\beta)", F(1)), (r"\sqrt\beta\rho", mp.sqrt(b) * q),
    (r"\sqrt[3]{\rho}", mp.cbrt(q)), (r"\beta^{1/2}", mp.sqrt(b)), (r"\beta^{\rho}", b**q), (r"\beta^{-3/2}", b ** (-1.5)),
    (r"e^{-\beta}", mp.exp(-b)), (r"\exp(-\beta\rho)", mp.exp(-b * q)), (r"\log\beta", mp.log(b)), (r"\ln(1+\beta)", mp.log(1 + b)),
    (r"\tanh(\beta/\rho)", mp.tanh(b / q)), (r"\tanh^2(\beta)", mp.tanh(b) ** 2), (r"\operatorname{sech}(\beta)", mp.sech(b)),
    (r"\cosh\beta\sinh\rho", mp.cosh(b) * mp.sinh(q)), (r"\sin(2x)\cos(x)", mp.sin(2 * x) * mp.cos(x)), (r"\pi\beta", mp.pi * b),
    (r"\cos(\pi/3)+\beta", F(1, 2) + BETA), (r"\frac{\pi^2}{6}", mp.pi**2 / 6), (r"\sqrt{x^2+\varepsilon}", mp.sqrt(x**2 + e)),
    (r"\frac{x}{\sqrt{x^2+\varepsilon}}", x / mp.sqrt(x**2 + e)), (r"(1-\beta)^{n}(1-\rho)", (1 - BETA) ** 3 * (1 - RHO)),
    (r"\left(1-\beta\right)\left[\rho+\{1-x\}\right]", (1 - BETA) * (RHO + 1 - X)), (r"\frac{\beta}{\frac{\rho}{x}}", BETA * X / RHO),
    (r"\underbrace{\beta\rho}_{\text{small}}+1", BETA * RHO + 1), (r"{\beta}^{2}{\rho}", BETA**2 * RHO), (r"\beta^{2^{2}}", BETA**4),
    (r"n\beta+p", 3 * BETA + 3), (r"\dfrac{n(n+1)}{2}", F(6)), (r"\beta\,\rho\;x", BETA * RHO * X), (r"\bigl(\beta+\rho\bigr)^2", (BETA + RHO) ** 2),
]:
    pair(latex, result)

# Sums and products.
S = lambda f, lo=0, hi=N: sum((f(k) for k in range(lo, hi + 1)), F(0))
for latex, result in [
    (r"\sum_{k=0}^n \beta^k", S(lambda k: BETA**k)), (r"\sum_{k=0}^n \beta^k + 1", S(lambda k: BETA**k) + 1),
    (r"\sum_{k=0}^{n} k\beta^{n-k}", S(lambda k: k * BETA ** (N - k))), (r"\sum_{k=1}^{n}\sum_{l=0}^{k-1}\beta^{k-l}\rho^l", S(lambda k: S(lambda l: BETA ** (k - l) * RHO**l, 0, k - 1), 1)),
    (r"\sum_{0\le k<l\le n}\beta^k\rho^l", sum((BETA**k * RHO**l for k, l in product(range(4), repeat=2) if k < l), F(0))),
    (r"\prod_{k=1}^n (1-\beta^k)", (1 - BETA) * (1 - BETA**2) * (1 - BETA**3)), (r"\prod_{k=4}^3 \beta", F(1)), (r"\sum_{k=n+1}^{n} \beta", F(0)),
    (r"\sum_{l=\max(0,n-2)}^{n} l", F(6)), (r"2\sum_{k=0}^n \beta^k \rho", 2 * RHO * S(lambda k: BETA**k)), (r"\sum_i \nabla_iE", sum(g)),
    (r"\sum_{i=1}^p (\nabla_iE)^2", dot(g, g)), (r"\sum_{i,k=1}^p \nabla_{ik}E", sum(sum(row) for row in Hs)), (r"\sum_i\sum_k \nabla_{ik}E\nabla_iE\nabla_kE", dot(g, Hg)),
    (r"\left(\sum_i \nabla_iE\right)^2", sum(g) ** 2), (r"\sum_i |\nabla_iE|", sum(abs(a) for a in g)), (r"\sum_{i\ne k}\nabla_{ik}E", sum(Hs[i][k] for i in R for k in R if i != k)),
    (r"\sum_{i<k}\nabla_{ik}E", sum(Hs[i][k] for i in R for k in R if i < k)), (r"\sum_j \nabla_jE\,\theta_j", dot(g, THETA)),
]:
    pair(latex, result)

# Gradients and Hessians in many notations.
for latex, result in [
    (r"E", eE), (r"E(\theta)", eE), (r"E^2", eE**2), (r"\nabla_1E", g[0]), (r"\partial_2E", g[1]), (r"\frac{\partial E}{\partial\theta_3}", g[2]),
    (r"\frac{\partial E(\theta)}{\partial\theta_1}", g[0]), (r"\frac{\partial}{\partial\theta_1}E(\theta)", g[0]), (r"\nabla_1E(\theta)\nabla_2E(\theta)", g[0] * g[1]),
    (r"\nabla_{1,2}E", Hs[0][1]), (r"\nabla_{12}E", Hs[0][1]), (r"\partial_{11}E", Hs[0][0]), (r"\partial_1\partial_3E", Hs[0][2]), (r"\frac{\partial^2E}{\partial\theta_1\partial\theta_2}", Hs[0][1]),
    (r"\frac{\partial^2E}{\partial\theta_2^2}", Hs[1][1]), (r"\nabla_{1,2,3}E", T[0][1][2]), (r"\nabla_1(E^2)", 2 * eE * g[0]), (r"(\nabla_1E)^2", g[0] ** 2), (r"\nabla_1\|\nabla E\|^2", 2 * Hg[0]),
    (r"\nabla_2\sum_i(\nabla_iE)^2", 2 * Hg[1]), (r"\nabla E", g), (r"\nabla E(\theta)", g), (r"\nabla_\theta E", g), (r"D E", g), (r"E'", g), (r"\nabla\|\nabla E\|^2", [2 * a for a in Hg]), (r"\nabla|\nabla E|^2", [2 * a for a in Hg]),
    (r"\nabla\left(E+\frac h4\|\nabla E\|^2\right)", [a + H * c / 2 for a, c in zip(g, Hg)]), (r"\nabla_1\log(1+E^2)", 2 * r(eE) * r(g[0]) / (1 + r(eE) ** 2)),
    (r"\nabla_1E(\theta-h\nabla E(\theta))", D(E, [t - H * a for t, a in zip(THETA, g)], 0)), (r"E(2\theta)", value(E, [2 * t for t in THETA])), (r"\nabla_3\left(E(\theta)\,\theta_1\right)", g[2] * THETA[0]),
    (r"\left.\nabla_1E\right|_{\theta=\theta}", g[0]),
]:
    pair(latex, result)

# Vectors and matrices.
odot = lambda a, c: [y * z for y, z in zip(a, c)]
for latex, result in [
    (r"\|\nabla E\|", norm(g)), (r"\|\nabla E\|_2^2", dot(g, g)), (r"\|\nabla E\|_1", sum(abs(a) for a in g)), (r"\|\nabla E\|_{1,\varepsilon}", sum(mp.sqrt(r(a) ** 2 + e) for a in g)),
    (r"\left\|u\right\|^2", dot(U, U)), (r"||u||^2", dot(U, U)), (r"\lVert u - v\rVert", norm([a - c for a, c in zip(U, V)])), (r"|\nabla E|^2", dot(g, g)), (r"|u|_2", norm(U)),
    (r"u^\top v", dot(U, V)), (r"u^T v", dot(U, V)), (r"u\cdot v", dot(U, V)), (r"\langle u, v\rangle", dot(U, V)), (r"\nabla E\cdot\nabla^2E\,u", dot(g, mul(Hs, U))), (r"\nabla E^\top\nabla^2E\nabla E", dot(g, Hg)),
    (r"\langle\nabla E, \nabla^2E\,\nabla E\rangle", dot(g, Hg)), (r"\nabla^2E\,\nabla E", Hg), (r"\nabla^2E\,u", mul(Hs, U)), (r"D^2E\,DE", Hg), (r"\nabla\nabla E\,u", mul(Hs, U)), (r"E''E'", Hg), (r"\nabla^2E[\nabla E]", Hg),
    (r"(\nabla^2E)^2u", mul(Hs, mul(Hs, U))), (r"\nabla^2E\,\nabla^2E\,u", mul(Hs, mul(Hs, U))), (r"\nabla^3E[u,v]", Tuv(U, V)), (r"\nabla^3E(u,v)", Tuv(U, V)), (r"D^3E(\theta)[u,u]", Tuv(U, U)), (r"\nabla^3E(\nabla E,\nabla E)", Tuv(g, g)),
    (r"\nabla^2E[u,v]", dot(U, mul(Hs, V))), (r"u\odot v", odot(U, V)), (r"u\odot v + \nabla E", [a + c for a, c in zip(odot(U, V), g)]), (r"u\,v^\top\nabla E", [a * dot(V, g) for a in U]), (r"(u\cdot v)\nabla E", [a * dot(U, V) for a in g]),
    (r"(I+h\nabla^2E)u", [a + H * c for a, c in zip(U, mul(Hs, U))]), (r"\left(\mathbf I - \frac h2\nabla^2E\right)\nabla E", [a - H * c / 2 for a, c in zip(g, Hg)]), (r"I\,u", U), (r"\mathrm{Id}\,u+v", [a + c for a, c in zip(U, V)]), (r"2I\nabla^2E\,u", [2 * a for a in mul(Hs, U)]),
    (r"(I+\nabla^2E)^2u", [a + 2 * c + d for a, c, d in zip(U, mul(Hs, U), mul(Hs, mul(Hs, U)))]), (r"\mathrm{diag}(u)v", odot(U, V)), (r"\mathrm{diag}(u)^{2}v", odot(odot(U, U), V)), (r"\operatorname{diag}(u)^{-1}v", [c / a for a, c in zip(U, V)]),
    (r"\nabla^2E\,\mathrm{diag}(u)\,v", mul(Hs, odot(U, V))), (r"\mathrm{tr}(\nabla^2E)", sum(Hs[i][i] for i in R)), (r"\mathrm{tr}(I)", F(3)), (r"\mathrm{tr}(\nabla^2E\,\nabla^2E)", sum(mat(Hs, Hs)[i][i] for i in R)), (r"\nabla\cdot\nabla E", sum(Hs[i][i] for i in R)),
    (r"(u\cdot\nabla)E", dot(U, g)), (r"(\nabla E\cdot\nabla)\nabla E", Hg), (r"\mathrm{sign}(\nabla E)", [F(sgn(a)) for a in g]), (r"\nabla E\cdot\mathrm{sign}(\nabla E)", sum(abs(a) for a in g)), (r"\tanh(u)", [mp.tanh(r(a)) for a in U]),
    (r"u_1v_2 - u_2v_1", U[0] * V[1] - U[1] * V[0]), (r"(\nabla^2E\,u)_2", mul(Hs, U)[1]), (r"\frac{u}{2}-\frac{1}{\beta}v", [a / 2 - c / BETA for a, c in zip(U, V)]), (r"-u", [-a for a in U]), (r"\nabla^2E(u+v)", None),
    (r"u^\top\nabla^2E\,v\,\beta", dot(U, mul(Hs, V)) * BETA),
]:
    if result is not None:
        pair(latex, result)

# Definitions: vectors, matrices, functions of a number, fields.
phi = lambda a: r(a) / mp.sqrt(r(a) ** 2 + e)
dphi = lambda a: e / (r(a) ** 2 + e) ** mp.mpf(1.5)
f = [-a for a in g]
PHI = r"\phi(y) := \frac{y}{\sqrt{y^2+\varepsilon}}"
FIELD = r"G := -\phi(\nabla E), \quad " + PHI
G = [-phi(a) for a in g]
JG = [[-dphi(g[i]) * r(Hs[i][k]) for k in R] for i in R]
JGG = [sum(JG[i][k] * G[k] for k in R) for i in R]
for latex, result, rows in [
    (r"A u", mul(Hs, U), r"A := \nabla^2E"), (r"A_{12}", None, r"A := \nabla^2E"), (r"A_{1,2}", Hs[0][1], r"A := \nabla^2E"), (r"\sum_k A_{2k}w_k", mul(Hs, g)[1], r"A_{ik} := \nabla_{ik}E, \quad w := \nabla E"),
    (r"w^\top A w", dot(g, Hg), r"A := \nabla^2E, \quad w := \nabla E"), (r"A(\theta)w(\theta)", Hg, r"A(\theta) := \nabla^2E(\theta), \quad w(\theta) := \nabla E(\theta)"), (r"B u", [a + H * c for a, c in zip(U, mul(Hs, U))], r"B := I + h\nabla^2E"),
    (r"B_{1,1}", 1 + H * Hs[0][0], r"B := I + h\nabla^2E"), (r"f'f", Hg, r"f := -\nabla E"), (r"f''(f,f)", [-a for a in Tuv(g, g)], r"f := -\nabla E"), (r"f'f'f", [-a for a in mul(Hs, Hg)], r"f := -\nabla E"),
    (r"f'(\theta)f(\theta)", Hg, r"f(\theta) := -\nabla E(\theta)"), (r"\phi(x)", phi(X), PHI), (r"\phi(x)+\phi(-x)", F(0), PHI), (r"\phi'(x)", dphi(X), PHI), (r"\phi(\nabla_1E)", phi(g[0]), PHI), (r"\phi(\nabla E)", [phi(a) for a in g], PHI),
    (r"\sum_i\phi(\nabla_iE)\nabla_iE", sum(phi(a) * r(a) for a in g), PHI), (r"G'G", JGG, FIELD), (r"\nabla G\,G", JGG, FIELD), (r"(G\cdot\nabla)G", JGG, FIELD), (r"DG\,G", JGG, FIELD),
    (r"(\nabla G)^\top G", [sum(JG[k][i] * G[k] for k in R) for i in R], FIELD), (r"\frac12\nabla(G\cdot G)", [sum(JG[k][i] * G[k] for k in R) for i in R], FIELD), (r"\nabla\cdot G", sum(JG[i][i] for i in R), FIELD),
    (r"\sigma(x)(1-\sigma(x))", mp.exp(-x) / (1 + mp.exp(-x)) ** 2, r"\sigma(y) := 1/(1+e^{-y})"), (r"\sigma'(x)", mp.exp(-x) / (1 + mp.exp(-x)) ** 2, r"\sigma(y) := 1/(1+e^{-y})"),
    (r"\sum_{k=0}^n c_{n,k}", 1 - BETA**4, r"c_{n,k} := (1-\beta)\beta^{n-k}"), (r"\sum_{k=0}^n c_{n-k}k", (1 - BETA) * S(lambda k: k * BETA ** (N - k)), r"c_l := (1-\beta)\beta^l"), (r"\boldsymbol M(\theta)", [2 * a for a in g], r"M_r(\theta) := 2\nabla_rE(\theta)"),
    (r"w_2", g[1], r"\boldsymbol w := \nabla E"), (r"F(\theta)-E(\theta)", dot(THETA, THETA) * BETA, r"F(y) := E(y) + \beta\|y\|^2"), (r"\nabla F", [a + 2 * BETA * t for a, t in zip(g, THETA)], r"F(y) := E(y) + \beta\|y\|^2"),
    (r"R/(1+R)", BETA / (1 + BETA), r"R := \beta"), (r"a b", BETA * RHO + RHO**2, r"a := \beta + \rho, \quad b := \rho"), (r"a^2", (BETA + RHO) ** 2, r"a := \beta + \rho"), (r"-a", -BETA - RHO, r"a := \beta + \rho"), (r"1/a", 1 / (BETA + RHO), r"a := \beta + \rho"),
]:
    if result is not None:
        pair(latex, result, rows)

# Mini-batches: E_k is a loss of its own.
for latex, result, rows in [
    (r"E_2", vals(2), ""), (r"E_n(\theta)", vals(3), ""), (r"\nabla_1E_k(\theta)\Big|_{\theta=\theta}", None, ""), (r"\nabla_1E_0", gk[0][0], ""), (r"\nabla_2E_{n-1}(\theta)", gk[2][1], ""), (r"\sum_{k=0}^n E_k", sum(vals(k) for k in range(4)), ""),
    (r"\frac{1}{n+1}\sum_{k=0}^n \nabla E_k", [sum(gk[k][i] for k in range(4)) / 4 for i in R], ""), (r"(1-\beta)\sum_{k=0}^n\beta^{n-k}\nabla_1E_k(\theta)", (1 - BETA) * S(lambda k: BETA ** (N - k) * gk[k][0]), ""),
    (r"\sum_{k=0}^n\beta^{n-k}\nabla E_k", [S(lambda k, i=i: BETA ** (N - k) * gk[k][i]) for i in R], ""), (r"\sum_{k=0}^{n-1}\nabla^2E_n\,\nabla E_k", [sum(dot(Hk[3][i], gk[k]) for k in range(3)) for i in R], ""),
    (r"\left\langle\nabla E_0,\nabla E_1\right\rangle", dot(gk[0], gk[1]), ""), (r"\|\nabla E_0-\nabla E_1\|^2", dot([a - c for a, c in zip(gk[0], gk[1])], [a - c for a, c in zip(gk[0], gk[1])]), ""),
    (r"M_1^{(n)}(\theta)", (1 - BETA) * S(lambda k: BETA ** (N - k) * gk[k][0]), r"M_j^{(n)}(\theta) := (1-\beta)\sum_{k=0}^n\beta^{n-k}\nabla_jE_k(\theta)"), (r"M_2^{(1)}", (1 - BETA) * (BETA * gk[0][1] + gk[1][1]), r"M_j^{(n)}(\theta) := (1-\beta)\sum_{k=0}^n\beta^{n-k}\nabla_jE_k(\theta)"),
    (r"\sum_{l=0}^{n} M_1^{(l)}(\theta)^2", S(lambda l: ((1 - BETA) * S(lambda k: BETA ** (l - k) * gk[k][0], 0, l)) ** 2), r"M_j^{(n)}(\theta) := (1-\beta)\sum_{k=0}^n\beta^{n-k}\nabla_jE_k(\theta)"),
    (r"\sum_{k=0}^n\mu_{n,k}\nabla_3E_k", (1 - BETA) * S(lambda k: BETA ** (N - k) * gk[k][2]), r"\mu_{n,k} := (1-\beta)\beta^{n-k}"),
]:
    if result is not None:
        mini(latex, result, rows)

world = {
    "n": N, "theta": [str(t) for t in THETA], "h": str(H), "hyperparameters": {"\\beta": str(BETA), "\\rho": str(RHO), "\\varepsilon": str(EPS), "x": str(X)},
    "vectors": {"u": [str(a) for a in U], "v": [str(a) for a in V]},
    "losses": [[{"powers": list(k), "coefficient": str(c)} for k, c in poly.items()] for poly in LOSSES],
}
print("{")
print('  "made": "python3 test/document/values/make-table.py",')
print('  "world": ' + json.dumps(world) + ",")
print('  "pairs": [')
print(",\n".join("    " + json.dumps(p) for p in pairs))
print("  ]\n}")
