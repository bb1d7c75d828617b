package dev.lifeboat.report;

import java.util.List;

/** Tables of a report. Cells are HTML already: who makes them escapes. */
final class HtmlTable {
    private final StringBuilder rows = new StringBuilder();
    private final List<String> columns;

    private HtmlTable(List<String> columns) {
        this.columns = columns;
    }

    /** With a head; a column whose name begins with {@code #} holds figures, one with {@code =} words that are not broken. */
    static HtmlTable of(String... columns) {
        return new HtmlTable(List.of(columns));
    }

    /** Two columns, names and values, without a head. */
    static HtmlTable facts() {
        return new HtmlTable(List.of());
    }

    /** The first cell names the row. */
    HtmlTable row(String... cells) {
        rows.append("<tr>");
        for (int i = 0; i < cells.length; i++) {
            String kind = i < columns.size() ? kind(columns.get(i)) : "";
            rows.append(i == 0 ? "<th scope=\"row\"" + kind + ">" : "<td" + kind + ">")
                    .append(cells[i])
                    .append(i == 0 ? "</th>" : "</td>");
        }
        rows.append("</tr>\n");
        return this;
    }

    /** A row of {@link #facts()}; left out when there is no value. */
    HtmlTable fact(String name, Object value) {
        return value == null ? this : row(HtmlText.escape(name), HtmlText.escape(value));
    }

    private static String kind(String column) {
        return column.startsWith("#") ? " class=\"figure\"" : column.startsWith("=") ? " class=\"word\"" : "";
    }

    String html() {
        StringBuilder html = new StringBuilder("<div class=\"scroll\"><table");
        html.append(columns.isEmpty() ? " class=\"facts\">\n" : ">\n<thead><tr>");
        for (String column : columns) {
            String kind = kind(column);
            html.append("<th scope=\"col\"")
                    .append(kind)
                    .append('>')
                    .append(HtmlText.escape(kind.isEmpty() ? column : column.substring(1)))
                    .append("</th>");
        }
        html.append(columns.isEmpty() ? "" : "</tr></thead>\n");
        return html.append("<tbody>\n")
                .append(rows)
                .append("</tbody></table></div>\n")
                .toString();
    }
}
