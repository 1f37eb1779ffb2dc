import { builtInDocuments, checkDocuments, deriveTheorem, readDocument, theoremText } from 'modeq';

const text = String.raw`
% !modeq claim gd-flow about=gd
\[ \dot{\tilde\theta}_j(t) = -\nabla_j E_n(\tilde\theta(t))
     - \frac h2 \sum_{i=1}^p \nabla_{ij} E_n(\tilde\theta(t)) \nabla_i E_n(\tilde\theta(t)) \]
`;

const { documents } = builtInDocuments();
const report = await checkDocuments([readDocument({ name: 'paper.tex', text }, { documents })]);
for (const { id, verdict } of report.claims) console.log(id, verdict); // gd-flow proved

const gd = documents.flatMap(({ optimizers }) => optimizers).find(({ id }) => id === 'gd');
if (gd === undefined) throw new Error('gd comes with the package');
const derived = deriveTheorem(gd, { order: 1, setting: 'mini-batch' });
if (derived.ok) console.log(theoremText(derived.value));
else for (const { message } of derived.problems) console.error(message);
