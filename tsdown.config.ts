import { defineConfig } from 'tsdown';

// Five entries, one build: the command, its workers, the library and its matchers share chunks, and what is imported lazily (the parser of losses,
// the generator of instances) stays in files of its own, so that `modeq derive` loads neither.
export default defineConfig({
  entry: {
    'cli/main': 'src/cli/main.ts',
    'cli/check-worker': 'src/session/check-worker.ts',
    'cli/training-worker': 'src/session/training-worker.ts',
    index: 'src/index.ts',
    vitest: 'src/vitest/index.ts',
  },
  outDir: 'build',
  format: 'esm',
  platform: 'node',
  target: 'node20',
  dts: { entry: ['src/index.ts', 'src/vitest/index.ts'] },
  clean: true,
  sourcemap: false,
  // How long the types take depends on the machine and is no mistake.
  inputOptions: { checks: { pluginTimings: false } },
  fixedExtension: false,
  outputOptions: { chunkFileNames: 'chunks/[name]-[hash].js' },
});
