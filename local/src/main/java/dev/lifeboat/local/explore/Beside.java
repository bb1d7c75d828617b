package dev.lifeboat.local.explore;

/**
 * The instance of PostgreSQL beside the live one, or the live one itself while it is restored in place.
 *
 * @param token of the recovery that makes it
 * @param stage how far it is
 * @param inspected whether it was looked into since
 * @param kept what the live one held before it was restored in place, null when another instance is made beside it
 * @param keptFor the incident for which that is kept, empty when nothing is
 */
record Beside(long token, Stage stage, boolean inspected, Data kept, String keptFor) {
    /** One beside the live instance. */
    static Beside begun(long token) {
        return new Beside(token, Stage.RESTORING, false, null, "");
    }

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
        LIVE,
        /** It is the live one and what it was: the steps to its point were taken back, and none of theirs is taken any more. */
        PUT_BACK
    }

    Beside at(Stage next) {
        return new Beside(token, next, inspected, kept, keptFor);
    }

    Beside lookedInto() {
        return new Beside(token, stage, true, kept, keptFor);
    }

    Beside under(long other) {
        return new Beside(other, stage, inspected, kept, keptFor);
    }

    boolean isInPlace() {
        return kept != null;
    }

    /** Whether the live instance is neither what it was nor at its point. */
    boolean isHalfRestored() {
        return isInPlace() && stage.compareTo(Stage.LIVE) < 0;
    }
}
