import type { Spread } from "../measure/statistics.js";
import type { Column, Row } from "./report.js";

/** A value as a person reads it; a spread as its median and, in brackets, its ends. */
export function formatValue(value: Row[string], unit: Column["unit"]): string {
  if (value === undefined) return "";
  if (typeof value === "string") return value;
  if (typeof value === "number") return formatNumber(value, unit);
  return `${formatNumber(value.median, unit)} ${formatEnds(value, unit)}`;
}

function formatEnds({ min, max }: Spread, unit: Column["unit"]): string {
  return `[${formatNumber(min, unit)}..${formatNumber(max, unit)}]`;
}

function formatNumber(value: number, unit: Column["unit"]): string {
  switch (unit) {
    case "ns":
      return value >= 10_000 ? `${significant(value / 1000)} us` : `${significant(value)} ns`;
    case "per-second":
      return value >= 1e6
        ? `${significant(value / 1e6)} M/s`
        : value >= 1000
          ? `${significant(value / 1000)} k/s`
          : `${significant(value)} /s`;
    case "ratio":
      return value >= 100 ? `${grouped(value)}x` : `${value.toFixed(2)}x`;
    case "bytes":
      return `${grouped(value)} B`;
    default:
      return grouped(value);
  }
}

function significant(value: number): string {
  return value >= 100 ? grouped(value) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

function grouped(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}
