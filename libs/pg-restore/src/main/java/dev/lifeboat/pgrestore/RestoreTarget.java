package dev.lifeboat.pgrestore;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * What is restored, under which names and on whose behalf.
 *
 * @param targetName names the fencing row, at most 40 characters
 * @param liveDatabase the database that applications use; need not exist
 * @param restoreDatabase the name that the restore is built under, beside the live one; at most 63 bytes
 * @param token the fencing token, 1 or more: a higher one has taken over
 * @param createMissingRoles whether roles that the server lacks are created from the backup's globals
 * @param missingRoles what becomes of what belongs to those that it lacks even then
 */
public record RestoreTarget(
        String targetName,
        String liveDatabase,
        String restoreDatabase,
        long token,
        boolean createMissingRoles,
        MissingRoles missingRoles) {
    /** PostgreSQL silently cuts longer names (NAMEDATALEN - 1). */
    static final int MAX_NAME_BYTES = 63;

    private static final int MAX_TARGET_CHARACTERS = 40;
    private static final int DIGEST_CHARACTERS = 16;

    /** One that is refused when roles are missing. */
    public RestoreTarget(
            String targetName, String liveDatabase, String restoreDatabase, long token, boolean createMissingRoles) {
        this(targetName, liveDatabase, restoreDatabase, token, createMissingRoles, MissingRoles.REFUSE);
    }

    public RestoreTarget {
        Objects.requireNonNull(missingRoles, "missingRoles");
        name("liveDatabase", liveDatabase);
        name("restoreDatabase", restoreDatabase);
        if (targetName == null || targetName.isBlank() || targetName.length() > MAX_TARGET_CHARACTERS) {
            throw new IllegalArgumentException("targetName is '" + targetName + "', expected 1 to 40 characters");
        }
        if (liveDatabase.equals(restoreDatabase)) {
            throw new IllegalArgumentException("The restore would be built in the live database " + liveDatabase);
        }
        if (token < 1) {
            throw new IllegalArgumentException("token is " + token + ", expected 1 or more");
        }
    }

    /**
     * A new database that no application uses until it is whole, restored by itself.
     *
     * @param database its name, which is free
     */
    static RestoreTarget alone(String database, MissingRoles missingRoles) {
        name("database", database);
        return new RestoreTarget(
                "alone-" + Digests.sha256Hex(database).substring(0, DIGEST_CHARACTERS),
                database,
                Names.unfinished(database),
                1,
                true,
                missingRoles);
    }

    private static void name(String field, String value) {
        if (value == null || value.isEmpty() || value.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
            throw new IllegalArgumentException(field + " is '" + value + "', expected 1 to 63 bytes");
        }
    }
}
