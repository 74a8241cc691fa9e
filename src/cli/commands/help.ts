const overview = `portcullis - decides logins, says why, and recognises the attack behind them

Usage
  portcullis evaluate [FILE...|-] [options]   judge every login of a log
  portcullis schema event|policy              print a JSON Schema for your editor
  portcullis help [COMMAND]                   more about a command
  portcullis --version

Try it
  portcullis evaluate /var/log/auth.log --show FLAG,CHALLENGE,BLOCK
`;

const evaluate = `portcullis evaluate [FILE...|-] - judge every login of a log

Reads logs in the order given, from standard input for - or when no file is named. Prints a line a login with what the policy says
and why, alerts where they arise, and a summary. Outcomes are taken as recorded: a success that happened, happened.

Options
  --format auto|json|jsonl|openssh  what the logs are; auto (default) looks at their beginning
                                    json: an array of events or of plain rows (user, country, ip, failed_attempts ...)
                                    jsonl: one such object a line; openssh: sshd lines of a syslog
  --policy FILE                     a policy file (JSON); the default policy otherwise
  --show ACTIONS                    only these, of ALLOW,FLAG,CHALLENGE,BLOCK; alerts are always shown
  --summary                         no line a login: alerts and the summary
  --json                            one object a line, { event, decision, detections }; with --summary one object in all
  --strict                          stop at the first line that cannot be read
  --year YEAR                       the year in which a log without years begins; by default by the file's date

Exit codes
  0 done, whatever the decisions    1 a fault of portcullis itself
  2 the command, a policy or a file cannot be used    3 with --strict: a line could not be read

Examples
  portcullis evaluate auth.log --format openssh --show BLOCK
  zcat auth.log.2.gz | portcullis evaluate - --summary
  portcullis evaluate events.jsonl --policy policy.json --json > decisions.jsonl
`;

const schema = `portcullis schema event|policy - print a JSON Schema for your editor

Example
  portcullis schema policy > policy.schema.json
  and in policy.json: { "$schema": "./policy.schema.json", "id": "mine", "rules": [] }
`;

const texts: ReadonlyMap<string, string> = new Map([
  ["evaluate", evaluate],
  ["schema", schema],
]);

/** The help for a command, or for all where none or an unknown one is named. */
export function helpText(command?: string): string {
  return texts.get(command ?? "") ?? overview;
}
