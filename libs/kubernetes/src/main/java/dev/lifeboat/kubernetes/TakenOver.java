package dev.lifeboat.kubernetes;

/**
 * Which instance a Service leads to.
 *
 * @param from the StatefulSet that it led to before; null when that is not known
 * @param to the StatefulSet that it leads to now
 * @param incident for which it was led there; null when that is not known
 * @param changed whether this call changed it
 */
public record TakenOver(String from, String to, String incident, boolean changed) {}
