/**
 * `npm run try-slurm`: the job script of docs/cluster.md as it is printed, on a one-node Slurm of its own on the loopback. A short campaign runs
 * as an array of two tasks, of which one is requeued behind its first claim; the parts are merged and compared with the campaign as a
 * whole. Needs root, slurmctld, slurmd, slurm-client and munge; where they are missing or do not start it says that nothing was tried.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const CLAIMS =
  'method-gradient,method-point,method-second-moment,method-momentum,method-step,method-rmsprop,intro-smith-ode,intro-smith';
const CAMPAIGN = ['--only', CLAIMS, '--instances', '20', '--runs', '2'];
const PARTS = 2;
/** Seconds for a daemon to answer, and for the jobs to end. */
const [START, WORK] = [30, 900];

const missing = ['slurmctld', 'slurmd', 'sbatch', 'scontrol', 'squeue', 'sinfo', 'munged', 'munge'].filter(
  name => spawnSync('sh', ['-c', `command -v ${name}`]).status !== 0,
);
if (missing.length > 0) skip(`not installed: ${missing.join(', ')}`);
if (process.getuid?.() !== 0) skip('only root can start the daemons');

const folder = mkdtempSync(join(tmpdir(), 'modeq-slurm-'));
const shards = join(root, 'build', 'shards');
const daemons = [];
const slurm = { ...process.env, SLURM_CONF: join(folder, 'slurm.conf') };
let failed = null;
try {
  await startSlurm();
  failed = await tryArray();
} finally {
  for (const daemon of daemons.reverse()) daemon.kill('SIGTERM');
  await sleep(1000);
  rmSync(folder, { recursive: true, force: true });
}
if (failed !== null) {
  process.stderr.write(`${failed}\n`);
  process.exit(1);
}

function skip(reason) {
  process.stdout.write(`skipped, nothing was tried on Slurm: ${reason}\n`);
  process.exit(0);
}

async function startSlurm() {
  const host = hostname().split('.')[0];
  const own = ['state', 'spool'].map(name => join(folder, name));
  for (const path of own) mkdirSync(path);
  const lines = [
    'ClusterName=modeq',
    `SlurmctldHost=${host}(127.0.0.1)`,
    'SlurmUser=root',
    'SlurmdUser=root',
    'AuthType=auth/munge',
    `StateSaveLocation=${own[0]}`,
    `SlurmdSpoolDir=${own[1]}`,
    ...['slurmctld', 'slurmd'].map(
      name => `${name === 'slurmd' ? 'Slurmd' : 'Slurmctld'}PidFile=${folder}/${name}.pid`,
    ),
    // Away from the ports of a Slurm that the machine may have.
    'SlurmctldPort=16817',
    'SlurmdPort=16818',
    'ProctrackType=proctrack/pgid',
    'TaskPlugin=task/none',
    'SelectType=select/cons_tres',
    'SelectTypeParameters=CR_Core',
    'JobAcctGatherType=jobacct_gather/none',
    'AccountingStorageType=accounting_storage/none',
    'MpiDefault=none',
    'ReturnToService=2',
    'KillWait=5',
    `NodeName=${host} NodeAddr=127.0.0.1 CPUs=2 RealMemory=8192 State=UNKNOWN`,
    'PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP',
  ];
  // Memory that is asked for but not there keeps a node from starting; it is not what is tried here.
  writeFileSync(slurm.SLURM_CONF, `${lines.join('\n')}\nSlurmdParameters=config_overrides\n`);
  if (spawnSync('munge', ['-n']).status !== 0) {
    mkdirSync('/run/munge', { recursive: true });
    spawnSync('chown', ['munge:munge', '/run/munge']);
    daemons.push(daemon('runuser', ['-u', 'munge', '--', 'munged', '--foreground']));
    if (!(await until(() => spawnSync('munge', ['-n']).status === 0, START))) await giveUp('munge does not start');
  }
  daemons.push(daemon('slurmctld', ['-D', '-c']), daemon('slurmd', ['-D']));
  const isUp = () => /\bidle\b/.test(run('sinfo', ['-h', '-o', '%t']).stdout);
  if (!(await until(isUp, START))) await giveUp('slurmctld and slurmd do not come up');
}

async function giveUp(reason) {
  const told = daemons.map(({ told: text }) => text.slice(-600)).join('\n');
  for (const each of daemons.reverse()) each.kill('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
  process.stdout.write(told);
  skip(reason);
}

async function tryArray() {
  const page = readFileSync(join(root, 'docs/cluster.md'), 'utf8');
  const script = /```sh\n(#!\/bin\/sh\n#SBATCH[\s\S]*?)```/.exec(page)?.[1];
  if (script === undefined) return 'docs/cluster.md has no job script';
  const file = join(folder, 'campaign.sbatch');
  writeFileSync(file, script);
  rmSync(shards, { recursive: true, force: true });
  mkdirSync(shards, { recursive: true });

  const submit = ['--parsable', `--array=1-${PARTS}`, `--export=ALL,SHARDS=${PARTS}`, '--mem=0', file, ...CAMPAIGN];
  const { stdout, stderr, status } = run('sbatch', submit);
  if (status !== 0) return `sbatch: ${stderr}`;
  const job = stdout.trim();
  process.stdout.write(`job ${job}: ${PARTS} tasks\n`);
  const part = number => join(shards, `campaign-${number}.json`);
  if (!(await until(() => existsSync(part(1)), WORK))) return `task 1 finds nothing: ${logs()}`;
  const before = entriesOf(part(1)).length;
  const requeued = run('scontrol', ['requeue', `${job}_1`]);
  if (requeued.status !== 0) return `scontrol requeue: ${requeued.stderr}`;
  process.stdout.write(`task 1 requeued behind ${before} claims\n`);
  if (!(await until(() => run('squeue', ['-h', '-j', job]).stdout.trim() === '', WORK))) return `no end: ${logs()}`;
  if (!/claims are in .* already/.test(logs())) return `task 1 did not go on where it was: ${logs()}`;

  const [merged, whole] = ['merged.json', 'whole.json'].map(name => join(folder, name));
  const parts = Array.from({ length: PARTS }, (_, at) => part(at + 1));
  for (const args of [
    ['--merge', ...parts, '--out', merged],
    ['--out', whole],
  ]) {
    const done = run('npm', ['run', '--silent', 'campaign', '--', ...CAMPAIGN, ...args]);
    if (done.status !== 0) return `campaign ${args[0]}: ${done.stdout}${done.stderr}`;
  }
  if (timeless(merged) !== timeless(whole)) return 'the merged campaign is not the whole one';
  process.stdout.write(`${entriesOf(whole).length} claims: the merged parts equal the whole but for the times\n`);
  return null;
}

function entriesOf(path) {
  return JSON.parse(readFileSync(path, 'utf8')).entries;
}

function timeless(path) {
  return readFileSync(path, 'utf8').replaceAll(/"seconds": [\d.]+/g, '"seconds": 0');
}

function logs() {
  return run('sh', ['-c', `cat ${shards}/*.log`]).stdout;
}

function run(command, args) {
  return spawnSync(command, args, { cwd: root, env: slurm, encoding: 'utf8' });
}

function daemon(command, args) {
  const child = spawn(command, args, { env: slurm, stdio: ['ignore', 'pipe', 'pipe'] });
  const kept = { told: '', kill: signal => child.kill(signal) };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', text => (kept.told += text));
  return kept;
}

async function until(isDone, seconds) {
  for (let waited = 0; waited < seconds; waited += 0.5) {
    if (isDone()) return true;
    await sleep(500);
  }
  return isDone();
}
