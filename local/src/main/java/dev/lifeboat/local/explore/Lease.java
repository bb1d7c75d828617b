package dev.lifeboat.local.explore;

/**
 * Who may change the target.
 *
 * @param token the fencing token, 0 before the first owner
 * @param owner the ARN of the owner's execution
 * @param held false when it was given back
 * @param heir the ARN of the execution that the owner has started and that acts under its token; empty when there is none
 */
record Lease(long token, String owner, boolean held, String heir) {
    static final Lease NONE = new Lease(0, "", false);

    /** One that nobody has inherited. */
    Lease(long token, String owner, boolean held) {
        this(token, owner, held, "");
    }

    boolean isHeldUnder(long asked) {
        return held && token == asked;
    }

    Lease inheritedBy(String execution) {
        return new Lease(token, owner, held, execution);
    }
}
