package dev.lifeboat.kubernetes;

/**
 * Which instance a Service leads to.
 *
 * @param from the StatefulSet that it led to before; null when that is not known
 * @param to the StatefulSet that it leads to now
 * @param changed whether this call changed it
 */
public record TakenOver(String from, String to, boolean changed) {}
