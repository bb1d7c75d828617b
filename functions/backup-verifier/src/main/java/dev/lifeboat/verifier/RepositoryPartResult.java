package dev.lifeboat.verifier;

/**
 * What the verification of a part came to, in short: the rest lies in the bucket.
 *
 * @param part which one
 * @param problems how many things are wrong with it
 */
record RepositoryPartResult(String part, int problems) {}
