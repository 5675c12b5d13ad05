/* eslint-disable @typescript-eslint/no-require-imports -- this runtime starts CommonJS only */
/**
 * Start file of the stand-in runtime: loads the application whose folder is on the command line, as
 * the official runtime does. Copied into its resources/app by set-up.
 */
const path = require('node:path');
const { app } = require('electron');

const folder = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
if (!folder) {
  process.stderr.write('name the folder of an application\n');
  app.exit(2);
} else {
  const root = path.resolve(folder);
  const manifest = require(path.join(root, 'package.json'));
  app.setAppPath(root);
  app.setName(manifest.productName ?? manifest.name);
  app.setVersion(manifest.version);
  app.setPath('userData', path.join(app.getPath('appData'), app.getName()));
  require(path.join(root, manifest.main));
}
