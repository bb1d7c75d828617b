package dev.lifeboat.contract.backup;

import dev.lifeboat.contract.Require;

/**
 * Rows of one TABLE DATA entry in the dump's own snapshot, counted {@code FROM ONLY}.
 *
 * @param schema not quoted
 * @param name not quoted
 * @param rows 0 or more
 */
public record TableCount(String schema, String name, long rows) {
    public TableCount {
        Require.text("schema", schema);
        Require.text("name", name);
        Require.range("rows", rows, 0, Long.MAX_VALUE);
    }
}
