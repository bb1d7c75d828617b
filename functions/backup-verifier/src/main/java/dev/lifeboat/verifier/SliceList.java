package dev.lifeboat.verifier;

import java.util.List;

/**
 * What {@code plan-verification} answers.
 *
 * @param slices their numbers, for a Map state
 */
record SliceList(List<Integer> slices) {}
