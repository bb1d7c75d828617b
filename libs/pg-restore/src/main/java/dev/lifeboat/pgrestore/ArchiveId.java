package dev.lifeboat.pgrestore;

import dev.lifeboat.pgarchive.DumpContents;
import dev.lifeboat.pgarchive.PlainScript;

/**
 * Tells dumps apart: archives by their header and table of contents, which hold the time of the dump and where each block lies, scripts by
 * all of their bytes.
 */
final class ArchiveId {
    private ArchiveId() {}

    static String of(DumpContents archive) {
        if (archive instanceof PlainScript script) {
            return Digests.sha256Hex("script " + script.sha256());
        }
        return Digests.sha256Hex(archive.header() + "\n" + archive.entries());
    }
}
