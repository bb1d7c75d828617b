package dev.lifeboat.local.explore;

import java.util.List;

/**
 * A rule that is broken.
 *
 * @param rule what is wrong
 * @param path a shortest way to it, from the beginning on
 */
public record Violation(String rule, List<String> path) {}
