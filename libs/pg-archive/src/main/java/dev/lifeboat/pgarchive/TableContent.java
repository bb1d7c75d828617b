package dev.lifeboat.pgarchive;

/**
 * What a TABLE DATA entry holds.
 *
 * @param entry the entry
 * @param rows 0 or more
 * @param fingerprint as {@link RowFingerprint#value()} gives it
 */
public record TableContent(TocEntry entry, long rows, String fingerprint) {}
