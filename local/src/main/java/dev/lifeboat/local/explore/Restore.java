package dev.lifeboat.local.explore;

/**
 * The database beside the live one.
 *
 * @param token of the recovery that makes it
 * @param plan of which it is made
 * @param stage how far it is
 * @param checked whether it was compared with its backup since
 */
record Restore(long token, String plan, Stage stage, boolean checked) {
    /** How far a restore is. */
    enum Stage {
        /** Its definitions are there, its rows are not. */
        PREPARED,
        /** Rows of the first shard are there. */
        PARTLY_LOADED,
        /** All rows are there. */
        LOADED,
        /** Nothing is left to do. */
        FINISHED
    }

    Restore at(Stage next) {
        return new Restore(token, plan, next, false);
    }

    Restore compared() {
        return new Restore(token, plan, stage, true);
    }

    boolean is(long ofToken, String ofPlan) {
        return token == ofToken && plan.equals(ofPlan);
    }
}
