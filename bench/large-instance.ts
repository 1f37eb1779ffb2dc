/** An instance of mini-batch Adam with many steps and coordinates: every loss couples neighbouring coordinates. */

/** The JSON text of an instance with `n` past steps and `p` coordinates. */
export function largeInstance(n: number, p: number): string {
  const losses = Array.from({ length: n + 1 }, (_, batch) =>
    Array.from({ length: p }, (__, at) => {
      const next = ((at + 1) % p) + 1;
      return `(${(batch % 7) + 1}/5)*x${at + 1}^2/2 + x${at + 1}*x${next}^2/${(batch % 5) + 2}`;
    }).join(' + '),
  );
  const theta = Array.from({ length: p }, (_, at) => `${(at % 3) + 1}/${at + 2}`);
  return JSON.stringify({ n, theta, hyperparameters: { beta: '9/10', rho: '99/100', epsilon: '1/100' }, losses });
}

/** Two coordinates and `n` past steps with three losses in turn, or with one. */
export function longInstance(n: number, full: boolean): string {
  const cycle = ['x1^2/2 + x1*x2/3 - x2', 'x1*x2^2 + 2*x1', '(3/2 - 2*x1*x2)^2/2'];
  const losses = full ? cycle.slice(2) : Array.from({ length: n + 1 }, (_, k) => cycle[k % 3]);
  const setting = full ? 'full-batch' : 'mini-batch';
  return JSON.stringify({ n, theta: ['1/3', '-2/5'], setting, hyperparameters: { beta: '9/10' }, losses });
}
