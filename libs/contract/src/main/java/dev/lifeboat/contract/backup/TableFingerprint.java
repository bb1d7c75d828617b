package dev.lifeboat.contract.backup;

import dev.lifeboat.contract.Require;

/**
 * What a table holds, independent of the order of its rows.
 *
 * @param schema not quoted
 * @param name not quoted
 * @param rows 0 or more
 * @param fingerprint the sum modulo 2^128 of the hash of each COPY line, 32 lower-case hexadecimal digits
 */
public record TableFingerprint(String schema, String name, long rows, String fingerprint) {
    public TableFingerprint {
        Require.text("schema", schema);
        Require.text("name", name);
        Require.range("rows", rows, 0, Long.MAX_VALUE);
        Require.text("fingerprint", fingerprint);
    }
}
