package dev.lifeboat.pgarchive;

/** The versions of the archive format that this library reads (K_VERS_… of pg_backup_archiver.h), in their order. */
enum FormatVersion {
    /** PostgreSQL 12 to 15. */
    V1_14("1.14"),
    /** PostgreSQL 16: the header names the compression algorithm. */
    V1_15("1.15"),
    /** PostgreSQL 17 and 18: entries have a relkind, and there may be several BLOBS entries. */
    V1_16("1.16");

    private static final int FIRST_MINOR = 14;

    private final String label;

    FormatVersion(String label) {
        this.label = label;
    }

    /** As in {@link ArchiveHeader#formatVersion()}. */
    String label() {
        return label;
    }

    boolean namesCompressionAlgorithm() {
        return compareTo(V1_15) >= 0;
    }

    boolean hasRelationKind() {
        return compareTo(V1_16) >= 0;
    }

    boolean hasSeveralLargeObjectEntries() {
        return compareTo(V1_16) >= 0;
    }

    /** The version, or null when this library does not read it. */
    static FormatVersion of(int major, int minor) {
        int index = minor - FIRST_MINOR;
        return major == 1 && index >= 0 && index < values().length ? values()[index] : null;
    }
}
