package dev.lifeboat.pgarchive;

import java.util.HashSet;
import java.util.Set;

/**
 * Compares the large objects that have contents with those that the table of contents lists. Before format 1.16 each has a
 * BLOB entry of its own; a data-only dump has none, and 1.16 lists many in one entry: then there is nothing to compare.
 */
final class LargeObjectCheck {
    private static final String LISTED = "BLOB";

    private final ArchiveInput in;
    private final Problems problems;
    private final Set<Long> missing = new HashSet<>();
    private final boolean listed;

    LargeObjectCheck(TableOfContents toc, ArchiveInput in, Problems problems) {
        this.in = in;
        this.problems = problems;
        for (TocEntry entry : toc.entries().values()) {
            if (entry.kind().equals(LISTED)) {
                missing.add(entry.objectOid());
            }
        }
        this.listed = !missing.isEmpty();
    }

    void found(long oid) {
        if (listed && !missing.remove(oid)) {
            problems.add(in.corruptContent("large object " + oid + " has no entry of its own, or a second content."));
        }
    }

    void end() {
        for (long oid : missing) {
            problems.add(in.corruptContent("large object " + oid + " is listed, but has no content."));
        }
    }
}
