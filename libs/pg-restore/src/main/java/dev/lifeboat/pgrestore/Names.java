package dev.lifeboat.pgrestore;

import java.nio.charset.StandardCharsets;

/** Names of databases that are put away, the same in every process that works on the same incident. */
final class Names {
    private static final int DIGEST_CHARACTERS = 8;

    private Names() {}

    /** {@code <live>_quarantine_<digest of the incident>}: what the replaced database is called, at most 63 bytes. */
    static String quarantine(String live, String incident) {
        return suffixed(live, "_quarantine_", incident);
    }

    /** What the restored database is called after an undo, at most 63 bytes. */
    static String undone(String live, String incident) {
        return suffixed(live, "_undone_", incident);
    }

    /** What a database that is restored by itself is called until it is whole, at most 63 bytes. */
    static String unfinished(String database) {
        return suffixed(database, "_unfinished_", "");
    }

    private static String suffixed(String live, String infix, String incident) {
        String suffix = infix + Digests.sha256Hex(live + "/" + incident).substring(0, DIGEST_CHARACTERS);
        String prefix = live;
        while ((prefix + suffix).getBytes(StandardCharsets.UTF_8).length > RestoreTarget.MAX_NAME_BYTES) {
            prefix = prefix.substring(0, prefix.offsetByCodePoints(prefix.length(), -1));
        }
        return prefix + suffix;
    }
}
