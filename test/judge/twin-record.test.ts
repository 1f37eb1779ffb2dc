import { expect, it } from 'vitest';
import type { TwinSummary } from '../../src/judge/judge-twins.ts';
import { inClaimOrder, mergeTwinRecords, type TwinRecord } from './twin-record.ts';

const of = (claim: string, refuted = 1): TwinSummary => ({
  claim,
  twins: [],
  refuted,
  harmless: 0,
  empty: [],
  open: [],
});
const record = (...summaries: TwinSummary[]): TwinRecord => ({ every: 24, fingerprint: 'f', summaries });
const order = ['a', 'b', 'c'];

it('the records of parts are together the whole one, in the order of the claims', () => {
  expect(mergeTwinRecords([record(of('c'), of('a')), record(of('b'))], order)).toEqual(
    record(of('a'), of('b'), of('c')),
  );
  expect(inClaimOrder(record(of('c'), of('b')), order)).toEqual(record(of('b'), of('c')));
});

it('records that are not of one run are refused', () => {
  expect(() => mergeTwinRecords([record(of('a')), { ...record(of('b')), every: 1 }], order)).toThrow(/other twins/);
  expect(() => mergeTwinRecords([record(of('a')), { ...record(of('b')), fingerprint: 'g' }], order)).toThrow(/sources/);
  expect(() => mergeTwinRecords([record(of('a')), record(of('a', 2))], order)).toThrow(/different things of a/);
});
