package dev.lifeboat.pgrestore;

import dev.lifeboat.pgarchive.PgArchive;

/** Tells archives apart by their header and table of contents, which hold the time of the dump and where each block lies. */
final class ArchiveId {
    private ArchiveId() {}

    static String of(PgArchive archive) {
        return Digests.sha256Hex(archive.header() + "\n" + archive.entries());
    }
}
