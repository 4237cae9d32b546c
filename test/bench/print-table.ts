/** Prints a titled table with aligned columns. */
export function printTable(
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): void {
  const lines = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? "").length)));
  const print = (line: readonly string[]): void => {
    const cells = line.map((cell, column) => cell.padEnd(widths[column] ?? 0));
    process.stdout.write(`  ${cells.join("   ").trimEnd()}\n`);
  };
  process.stdout.write(`\n${title}\n`);
  print(head);
  print(widths.map((width) => "─".repeat(width)));
  for (const row of rows) print(row);
}
