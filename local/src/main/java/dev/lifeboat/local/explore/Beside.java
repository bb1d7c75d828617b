package dev.lifeboat.local.explore;

/**
 * The instance of PostgreSQL beside the live one.
 *
 * @param token of the recovery that makes it
 * @param stage how far it is
 * @param inspected whether it was looked into since
 */
record Beside(long token, Stage stage, boolean inspected) {
    /** How far an instance is. */
    enum Stage {
        /** Its base backup is being restored, or WAL replayed. */
        RESTORING,
        /** It stands at its point, and archives nothing. */
        PAUSED,
        /** It will archive once it is promoted, and may be on its way to its point again. */
        ARCHIVING,
        /** It takes writes, and nobody is led to it. */
        PROMOTED,
        /** It is the live one. */
        LIVE
    }

    Beside at(Stage next) {
        return new Beside(token, next, inspected);
    }

    Beside lookedInto() {
        return new Beside(token, stage, true);
    }
}
