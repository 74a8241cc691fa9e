import { formatValue } from "./format-value.js";
import type { Machine } from "./machine.js";
import { type Aim, isReached, type Report, type Table } from "./report.js";

/** The machine in one line. */
export function renderMachine({ node, v8, cpu, cores, memoryGiB, load }: Machine): string {
  return `node ${node} (V8 ${v8}), ${cores} x ${cpu}, ${memoryGiB} GiB, load ${load} at the start\n`;
}

/** A section as text: tables, then aims, then what must be known to read them. */
export function renderReport({ section, title, sizes, tables, aims, notes }: Report): string {
  const parts = [`\n## ${section}: ${title}\n${sizes}\n`];
  for (const table of tables) parts.push(`\n${table.title === "" ? "" : `${table.title}\n`}${renderTable(table)}`);
  if (aims.length > 0) parts.push(`\nAims\n${aims.map(renderAim).join("")}`);
  if (notes.length > 0) parts.push(`\n${notes.map((note) => `- ${note}\n`).join("")}`);
  return parts.join("");
}

function renderTable({ columns, rows }: Table): string {
  const cells = [columns.map(({ heading }) => heading), ...rows.map((row) => columns.map(({ key, unit }) => formatValue(row[key], unit)))];
  const widths = columns.map((_, at) => Math.max(...cells.map((line) => line[at]!.length)));
  const lines = cells.map((line) =>
    line.map((cell, at) => (columns[at]!.unit === "text" ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join("  "),
  );
  return lines.map((line) => `  ${line.trimEnd()}\n`).join("");
}

function renderAim(aim: Aim): string {
  const { what, bound, wanted, got, unit } = aim;
  const word = isReached(aim) ? "reached    " : "NOT reached";
  return `  ${word}  ${what}: ${formatValue(got, unit)}, aim ${bound} ${formatValue(wanted, unit)}\n`;
}
