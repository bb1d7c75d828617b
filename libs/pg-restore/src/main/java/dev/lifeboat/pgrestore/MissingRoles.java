package dev.lifeboat.pgrestore;

/** What a restore does when a dump gives something to roles that the server lacks, also after the backup's globals were replayed. */
public enum MissingRoles {
    /** Nothing is built, and the roles are named. */
    REFUSE,
    /**
     * What belongs to them stays the restoring role's, and privileges that they have, gave or would get by default are left out, like
     * database settings of theirs: what pg_restore's {@code --no-owner} and {@code --no-privileges} do, but of these roles alone. Each
     * thing that is left out is listed. Policies and user mappings are never left out: without them rows would be seen by others, or by
     * nobody. Where they name such a role, the restore is refused.
     */
    LEAVE_OUT
}
