package dev.lifeboat.local.explore;

/**
 * A step from one node to another.
 *
 * @param label what happens, in words
 * @param to what is so then
 * @param violation which rule that breaks; null when none
 */
record Edge(String label, Node to, String violation) {}
