#!/usr/bin/env node
import { processTerminal } from "./process-terminal.js";
import { runCli } from "./run-cli.js";

// a reader that has seen enough (`| head`) closes the pipe: that is no failure
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

process.exitCode = await runCli(process.argv.slice(2), processTerminal());
