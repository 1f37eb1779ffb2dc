// Which mutants count: those that somebody could have written by mistake and that change what is proved. Left out by rule are
//
//  - what the compiler refuses (a check for undefined that it asks for, an empty list of another type);
//  - what a cache finds again: the condition of `const known = cache.get(…); if (known !== undefined) return known;`;
//  - how much is tried: a comparison with a constant in capitals with what is done beyond it or, in the head of a loop, with a
//    number of rounds, the counting of rounds that the loop's body does not use, and what is spent from a budget. Budgets end a search
//    as `undecided`; other tests hold that they do;
//  - what is the same for every expression: `<=` for `<` where the sign of a term's coefficient, which is never 0, is compared.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import ts from 'typescript';

const COMPARISONS = new Set([
  ts.SyntaxKind.LessThanToken,
  ts.SyntaxKind.LessThanEqualsToken,
  ts.SyntaxKind.GreaterThanToken,
  ts.SyntaxKind.GreaterThanEqualsToken,
]);
/** Names that nothing uses any more are no mistake of types. */
const UNUSED = new Set([6133, 6192, 6196, 6198, 7027]);

/** Those of the mutants that count. All are looked at by one compiler, each as a file of its own beside the one that it changes. */
export function countedAmong(mutants) {
  const texts = new Map();
  const candidates = mutants.flatMap(mutant => {
    if (!texts.has(mutant.file)) texts.set(mutant.file, readFileSync(mutant.file, 'utf8'));
    const text = texts.get(mutant.file);
    const source = ts.createSourceFile(mutant.file, text, ts.ScriptTarget.Latest, true);
    const [from, to] = [mutant.start, mutant.end].map(({ line, column }) =>
      source.getPositionOfLineAndCharacter(line, column),
    );
    if (isWorkOnly(source, from, to) || isSameOfCoefficient(source, from, to, mutant.replacement)) return [];
    return [{ mutant, text: text.slice(0, from) + mutant.replacement + text.slice(to) }];
  });
  const errorsOf = compiler([
    ...[...texts].map(([file, text]) => ({ name: besides(file, 'whole'), text })),
    ...candidates.map(({ mutant, text }, at) => ({ name: besides(mutant.file, at), text })),
  ]);
  return new Set(
    candidates
      .filter(({ mutant }, at) => {
        // What is wrong with the copy alone, as with a class that is another one there.
        const known = errorsOf(besides(mutant.file, 'whole'));
        return errorsOf(besides(mutant.file, at)).every(error => known.includes(error));
      })
      .map(({ mutant }) => mutant),
  );
}

const besides = (file, name) => resolve(file.replace(/\.ts$/, `.mutant-${name}.ts`));

/** Whether `coefficient.sign() < 0` becomes `coefficient.sign() <= 0`, or the other way. */
function isSameOfCoefficient(source, from, to, replacement) {
  const text = source.text.slice(from, to);
  return (
    /\bcoefficient\.sign\(\) [<>]=? 0$/.test(text) &&
    replacement.replace(/([<>])=?/, '$1') === text.replace(/([<>])=?/, '$1')
  );
}

/** Whether the place lies in what only decides how much work is done. */
function isWorkOnly(source, from, to) {
  const chain = [];
  const visit = node => {
    if (node.getStart(source) > from || node.end < to) return;
    chain.push(node);
    node.forEachChild(visit);
  };
  visit(source);
  return chain.some(
    (node, at) =>
      isSpending(node) ||
      isLimit(node) ||
      (ts.isIfStatement(node) && (isLimit(node.expression) || onlySpends(node))) ||
      (chain[at - 1] !== undefined &&
        ts.isForStatement(chain[at - 1]) &&
        chain[at - 1].condition === node &&
        isRounds(node)) ||
      (chain[at - 1] !== undefined && isCounting(chain[at - 1], node)) ||
      (ts.isIfStatement(node) && node.expression === chain[at + 1] && isFoundAgain(node)),
  );
}

/** `budget.spend(…)`, and `work(…)`, which is the same of what every caller spends. */
const isSpending = node =>
  ts.isCallExpression(node) &&
  (ts.isPropertyAccessExpression(node.expression)
    ? node.expression.name.text === 'spend'
    : ts.isIdentifier(node.expression) && node.expression.text === 'work');

/** `if (…) budget.spend();` */
const onlySpends = ({ thenStatement, elseStatement }) =>
  elseStatement === undefined && ts.isExpressionStatement(thenStatement) && isSpending(thenStatement.expression);

/** `… > MOST_TERMS`. */
const isLimit = node =>
  ts.isBinaryExpression(node) &&
  COMPARISONS.has(node.operatorToken.kind) &&
  [node.left, node.right].some(side => ts.isIdentifier(side) && /^[A-Z][A-Z_]{3,}$/.test(side.text));

/** `round < 24`. */
const isRounds = node =>
  ts.isBinaryExpression(node) &&
  COMPARISONS.has(node.operatorToken.kind) &&
  ts.isNumericLiteral(node.right) &&
  Number(node.right.text) > 2;

/** `round += 1` in the head of a loop that ends after so many rounds, where nothing else reads `round`. */
function isCounting(loop, node) {
  if (!ts.isForStatement(loop) || loop.incrementor !== node || !ts.isBinaryExpression(node)) return false;
  const heads = loop.condition === undefined ? [] : conjunction(loop.condition);
  const isRead = part => {
    if (ts.isIdentifier(part) && part.text === node.left.getText()) return true;
    return ts.forEachChild(part, isRead) === true;
  };
  return heads.some(each => (isLimit(each) || isRounds(each)) && isRead(each)) && !isRead(loop.statement);
}

const conjunction = node =>
  ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken
    ? [...conjunction(node.left), ...conjunction(node.right)]
    : [node];

/** `const known = cache.get(key); if (known !== undefined) return known;` */
function isFoundAgain({ expression, thenStatement, parent }) {
  if (!ts.isReturnStatement(thenStatement) || thenStatement.expression === undefined) return false;
  const name = thenStatement.expression;
  if (!ts.isIdentifier(name) || !ts.isBinaryExpression(expression)) return false;
  if (!ts.isIdentifier(expression.left) || expression.left.text !== name.text || !ts.isBlock(parent)) return false;
  return parent.statements.some(
    statement =>
      ts.isVariableStatement(statement) &&
      statement.declarationList.declarations.some(
        ({ name: own, initializer }) =>
          ts.isIdentifier(own) &&
          own.text === name.text &&
          initializer !== undefined &&
          ts.isCallExpression(initializer) &&
          ts.isPropertyAccessExpression(initializer.expression) &&
          initializer.expression.name.text === 'get',
      ),
  );
}

/** The mistakes that the compiler finds in each of these files, which are not on the disk. */
function compiler(files) {
  const { options } = ts.getParsedCommandLineOfConfigFile(
    resolve('tsconfig.json'),
    { noEmit: true, incremental: false, composite: false, tsBuildInfoFile: undefined },
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} },
  );
  const texts = new Map(files.map(({ name, text }) => [name, text]));
  const host = ts.createCompilerHost(options);
  const onDisk = { source: host.getSourceFile.bind(host), exists: host.fileExists.bind(host) };
  host.fileExists = name => texts.has(name) || onDisk.exists(name);
  host.getSourceFile = (name, language, ...rest) =>
    texts.has(name)
      ? ts.createSourceFile(name, texts.get(name), language, true)
      : onDisk.source(name, language, ...rest);
  const program = ts.createProgram({ rootNames: [...texts.keys()], options, host });
  const found = new Map();
  return name => {
    if (!found.has(name)) {
      const source = program.getSourceFile(name);
      const all = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
      const told = all.filter(({ code }) => !UNUSED.has(code));
      found.set(
        name,
        told.map(({ code, messageText }) => `${code} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`),
      );
    }
    return found.get(name);
  };
}
