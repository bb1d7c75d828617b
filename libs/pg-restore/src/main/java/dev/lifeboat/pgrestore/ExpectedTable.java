package dev.lifeboat.pgrestore;

/**
 * What a table must hold according to the verification of the backup.
 *
 * @param schema not quoted
 * @param name not quoted
 * @param rows 0 or more
 * @param fingerprint as {@link dev.lifeboat.pgarchive.RowFingerprint#value()} gives it
 */
public record ExpectedTable(String schema, String name, long rows, String fingerprint) {}
