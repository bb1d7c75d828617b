package dev.lifeboat.report;

import dev.lifeboat.contract.Require;
import java.util.List;

/**
 * A table of the reader's own making at the report's end, such as a drill's checks.
 *
 * @param title its heading
 * @param rows in order
 */
public record Section(String title, List<Row> rows) {
    public Section {
        Require.text("section.title", title);
        rows = Require.listOrEmpty(rows);
    }

    /**
     * One row.
     *
     * @param name what
     * @param value how it is
     * @param held whether that is well; null when the row is no check
     */
    public record Row(String name, String value, Boolean held) {
        public Row {
            Require.text("row.name", name);
            Require.present("row.value", value);
        }
    }
}
