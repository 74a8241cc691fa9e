import { accountsFrom, demoAccounts } from "./demo-accounts.js";
import { authenticator } from "./second-factor.js";
import { startServer } from "./server.js";
import { readSettings } from "./settings.js";

const settings = readSettings(process.env);
const accounts = settings.accountsFile === undefined ? demoAccounts(process.env) : await accountsFrom(settings.accountsFile);
const server = await startServer(settings, {
  accounts,
  writeLine: (line) => process.stdout.write(`${line}\n`),
  // in place of a mail server
  sendMail: (to, text) => process.stderr.write(`mail to ${to}: ${text}\n`),
});

process.stderr.write(`listening on http://127.0.0.1:${server.port}, remembering in ${server.store}\n`);
if (settings.accountsFile === undefined) {
  for (const { id, password, status, totpSecret } of accounts) {
    process.stderr.write(`  ${id}  ${password}${status === undefined ? "" : `  (${status})`}\n`);
    if (totpSecret !== undefined) process.stderr.write(`    second factor: ${authenticator(id, totpSecret).toString()}\n`);
  }
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    server.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });
}
