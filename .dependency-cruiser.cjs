/**
 * Who may import whom (docs/architecture.md). Rooms stand on floors; imports point down, and
 * rooms of one floor do not know each other.
 */
const FLOORS = [
  ['contract'],
  ['words', 'records'],
  ['paper'],
  ['privacy', 'identify', 'fairness', 'report'],
  ['learning', 'anonymise', 'monitor', 'vault'],
  ['explain', 'federation'],
  ['study'],
  ['engine'],
];

const room = (names) => `^main/(${names.join('|')})/`;

const floorRules = FLOORS.flatMap((rooms, floor) =>
  rooms.map((name) => {
    const below = FLOORS.slice(0, floor).flat();
    const allowed = [name, ...below];
    return {
      name: `${name}-looks-down`,
      comment: `main/${name} may import: ${allowed.join(', ')}`,
      severity: 'error',
      from: { path: room([name]) },
      to: { path: '^(main|renderer)/', pathNot: room(allowed) },
    };
  }),
);

module.exports = {
  forbidden: [
    ...floorRules,
    {
      name: 'shell-knows-the-contract',
      comment: 'main/shell may import: shell, contract, words',
      severity: 'error',
      from: { path: '^main/shell/' },
      to: { path: '^(main|renderer)/', pathNot: room(['shell', 'contract', 'words']) },
    },
    {
      name: 'renderer-knows-words-and-paper',
      comment: 'renderer may import: renderer, contract, words, paper',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^main/', pathNot: room(['contract', 'words', 'paper']) },
    },
    {
      name: 'nobody-imports-the-command-line',
      severity: 'error',
      from: { path: '^(main|renderer)/' },
      to: { path: '^main/cli(\\.ts|/)', pathNot: '^main/cli/' },
    },
    {
      name: 'tensorflow-in-learning-only',
      severity: 'error',
      from: { path: '^(main|renderer)/', pathNot: '^main/learning/' },
      to: { path: '@tensorflow' },
    },
    {
      name: 'file-formats-in-records-only',
      severity: 'error',
      from: { path: '^(main|renderer)/', pathNot: '^main/records/' },
      to: { path: 'node_modules/(hyparquet|saxes|yauzl)/' },
    },
    {
      name: 'database-in-vault-only',
      severity: 'error',
      from: { path: '^(main|renderer)/', pathNot: '^main/vault/' },
      to: { path: 'better-sqlite3' },
    },
    {
      name: 'electron-in-shell-only',
      severity: 'error',
      from: { path: '^(main|renderer)/', pathNot: '^main/shell/' },
      to: { path: '(^electron$|node_modules/electron/)' },
    },
    { name: 'no-circle', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.main.json' },
    extraExtensionsToScan: ['.svelte'],
  },
};
