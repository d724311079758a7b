package dev.sluice.cli.command;

import dev.sluice.cli.Printable;
import java.util.List;

/// Rows under a head, in columns as wide as their widest cell. Control characters in cells are shown as `?`, so that
/// no value can play with the terminal.
record Table(List<String> head, List<List<String>> rows) {
    String text() {
        StringBuilder text = new StringBuilder();
        line(text, head);
        rows.forEach(row -> line(text, row));
        return text.toString();
    }

    private void line(StringBuilder text, List<String> cells) {
        for (int column = 0; column < cells.size(); column++) {
            String cell = Printable.of(cells.get(column));
            text.append(cell);
            if (column < cells.size() - 1) {
                text.repeat(' ', width(column) - cell.length() + 2);
            }
        }
        text.append(System.lineSeparator());
    }

    private int width(int column) {
        int width = head.get(column).length();
        for (List<String> row : rows) {
            width = Math.max(width, row.get(column).length());
        }
        return width;
    }
}
