package dev.lifeboat.kubernetes;

/**
 * A Deployment that was rolled back.
 *
 * @param deployment its name
 * @param changed false when it had that content already
 * @param fromRevision the number of the revision that it had; 0 when it is not known any more
 * @param toRevision the number that the revision had that it got again
 */
public record RolledBack(String deployment, boolean changed, long fromRevision, long toRevision) {}
