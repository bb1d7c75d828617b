package dev.lifeboat.local.explore;

/**
 * Who may change the target.
 *
 * @param token the fencing token, 0 before the first owner
 * @param owner the ARN of the owner's execution
 * @param held false when it was given back
 */
record Lease(long token, String owner, boolean held) {
    static final Lease NONE = new Lease(0, "", false);
}
