package org.tiepoint.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A Markdown table with columns of even width: the first ones hold text, the rest numbers. Not thread-safe. */
public final class MarkdownTable {
    private final int textColumns;
    private final List<List<String>> rows = new ArrayList<>();

    /** @param textColumns how many of the first columns hold text */
    public MarkdownTable(int textColumns, String... header) {
        this.textColumns = textColumns;
        rows.add(List.of(header));
    }

    /** Adds a row with a cell for each column. */
    public void row(List<String> cells) {
        if (cells.size() != rows.get(0).size()) {
            throw new IllegalArgumentException("a row of " + cells.size() + " cells in a table of "
                    + rows.get(0).size() + " columns");
        }
        rows.add(cells.stream().map(cell -> cell.replace("|", "\\|")).toList());
    }

    /** Lines that end with a line feed. */
    @Override
    public String toString() {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        List<String> lines = rows.stream().map(row -> line(row, widths)).collect(Collectors.toList());
        StringBuilder rule = new StringBuilder("|");
        for (int i = 0; i < columns; i++) {
            String dashes = "-".repeat(widths[i]);
            rule.append(i < textColumns ? " " + dashes + " |" : " " + dashes.substring(1) + ": |");
        }
        lines.add(1, rule.toString());
        return String.join("\n", lines) + "\n";
    }

    private String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder("|");
        for (int i = 0; i < widths.length; i++) {
            String space = " ".repeat(widths[i] - row.get(i).length());
            line.append(' ').append(i < textColumns ? row.get(i) + space : space + row.get(i)).append(" |");
        }
        return line.toString();
    }
}
