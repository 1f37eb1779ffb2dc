/**
 * The findings of a check as a SARIF log, which code hosts and editors read. Source: OASIS, Static Analysis Results Interchange
 * Format (SARIF) Version 2.1.0.
 */
import type { CheckReport } from './check-report.ts';
import { type Finding, findingsOf } from './findings.ts';

export interface SarifTool {
  readonly version: string;
  /** Whether the program itself failed on the way. */
  readonly failed: boolean;
}

/** The log as a value; `tool` says which program ran, and how it ended. */
export function sarifLog(report: CheckReport, { version, failed }: SarifTool) {
  const findings = findingsOf(report);
  const rules = [...new Set(findings.map(({ rule }) => rule))];
  const { seed, summary, coverage } = report;
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'modeq',
            version,
            rules: rules.map(id => ({ id, shortDescription: { text: meaningOf(id) } })),
          },
        },
        invocations: [{ executionSuccessful: !failed }],
        columnKind: 'utf16CodeUnits',
        results: findings.map(finding => resultOf(finding, rules)),
        properties: { seed, summary, coverage },
      },
    ],
  };
}

function resultOf({ level, rule, file, line, column, length, sentences }: Finding, rules: readonly string[]) {
  const region =
    line === null
      ? {}
      : {
          region: {
            startLine: line,
            ...(column === null ? {} : { startColumn: column }),
            ...(column === null || length === null || length === 0 ? {} : { endColumn: column + length }),
          },
        };
  return {
    ruleId: rule,
    ruleIndex: rules.indexOf(rule),
    level,
    message: { text: sentences.join('\n') },
    ...(file === null
      ? {}
      : { locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(file) }, ...region } }] }),
  };
}

/** A relative reference, or a file URI for an absolute path. */
function uriOf(file: string): string {
  const path = file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
  return path.startsWith('/') ? `file://${path}` : path;
}

const VERDICTS: Readonly<Record<string, string>> = {
  proved: 'a claim is proved that was expected to have another verdict',
  conditional: 'a claim holds under hypotheses that were not checked',
  supported: 'a claim agrees with all instances and is not proved',
  refuted: 'a claim has a counterexample',
  undecided: 'a claim is neither proved nor refuted',
  unreadable: 'a claim could not be read',
};

const meaningOf = (rule: string): string => VERDICTS[rule] ?? rule.replaceAll('-', ' ');
